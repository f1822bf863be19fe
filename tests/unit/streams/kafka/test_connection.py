from pathlib import Path

import pytest

from streams.errors import SettingsInvalid
from streams.kafka.connection import client_options
from streams.settings import Settings


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty working folder, and no setting in the environment."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"CLAIMWIRE_{name.upper()}", raising=False)


def sasl(**others: object) -> Settings:
    return Settings(security_protocol="SASL_PLAINTEXT", username="desk", **others)  # type: ignore[arg-type]


def test_local_broker_is_asked_without_user_and_tls() -> None:
    assert client_options(Settings()) == {"bootstrap_servers": "127.0.0.1:9092", "security_protocol": "PLAINTEXT"}


def test_password_comes_from_its_file_without_the_end_of_the_line(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text(" s3cret \n")
    assert client_options(sasl(password_file=file))["sasl_plain_password"] == " s3cret "
    assert client_options(sasl(password="given"))["sasl_plain_password"] == "given"


@pytest.mark.parametrize("content", [None, b"\n", b"\xff\xfe"])
def test_password_file_that_holds_none_is_named(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "password"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SettingsInvalid, match=r"password_file \(CLAIMWIRE_PASSWORD_FILE\): .*password"):
        client_options(sasl(password_file=file))


@pytest.mark.parametrize(
    ("wrong", "files"),
    [
        ("ssl_ca", {"ssl_ca": "missing"}),
        ("ssl_ca", {"ssl_ca": "text"}),
        ("ssl_cert", {"ssl_cert": "missing"}),
        ("ssl_cert", {"ssl_cert": "text"}),
        ("ssl_cert", {"ssl_cert": "missing", "ssl_key": "text"}),
        ("ssl_key", {"ssl_cert": "text", "ssl_key": "missing"}),
    ],
)
def test_file_for_tls_that_cannot_be_used_is_named(tmp_path: Path, wrong: str, files: dict[str, str]) -> None:
    (tmp_path / "text").write_text("no PEM\n")
    paths = {name: tmp_path / file for name, file in files.items()}
    with pytest.raises(SettingsInvalid, match=rf"{wrong} \(CLAIMWIRE_{wrong.upper()}\): {paths[wrong]} cannot be used"):
        client_options(Settings(security_protocol="SSL", **paths))  # type: ignore[arg-type]


def test_tls_takes_the_system_s_authorities_and_asks_for_the_host_s_name() -> None:
    context = client_options(Settings(security_protocol="SSL"))["ssl_context"]
    assert context.check_hostname
    assert context.verify_mode.name == "CERT_REQUIRED"
