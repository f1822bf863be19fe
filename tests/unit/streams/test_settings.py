from pathlib import Path

import pytest

from streams.errors import SettingsInvalid
from streams.settings import Settings, load_settings, misspelt


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder, and no setting in the environment."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"CLAIMWIRE_{name.upper()}", raising=False)
    load_settings.cache_clear()
    return tmp_path


def test_defaults_are_for_the_local_broker() -> None:
    settings = load_settings()
    assert settings.broker == "127.0.0.1:9092"
    assert settings.application == "claimwire"
    assert settings.window_days == 45


def test_environment_comes_before_dotenv_and_dotenv_before_toml(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "claimwire.toml").write_text('app = "toml"\nprefix = "toml."\npartitions = 3\n')
    (folder / ".env").write_text("CLAIMWIRE_APP=dotenv\nCLAIMWIRE_PREFIX=dotenv.\n")
    monkeypatch.setenv("CLAIMWIRE_APP", "environment")
    settings = load_settings()
    assert (settings.app, settings.prefix, settings.partitions) == ("environment", "dotenv.", 3)
    assert settings.application == "dotenv.environment"


@pytest.mark.parametrize(
    ("name", "value"),
    [("partitions", "none"), ("partitions", "0"), ("replication", "0"), ("window_days", "-1"), ("window_days", "long")],
)
def test_setting_that_is_not_understood_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"CLAIMWIRE_{name.upper()}", value)
    with pytest.raises(SettingsInvalid, match=name):
        load_settings()


def test_toml_that_is_none_is_named(folder: Path) -> None:
    (folder / "claimwire.toml").write_text("app = ")
    with pytest.raises(SettingsInvalid, match=r"claimwire\.toml is not TOML"):
        load_settings()


def test_wrong_value_in_toml_is_named(folder: Path) -> None:
    (folder / "claimwire.toml").write_text('partitions = "many"\n')
    with pytest.raises(SettingsInvalid, match="partitions"):
        load_settings()


def test_misspelt_setting_is_told_with_the_one_that_was_meant(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLAIMWIRE_BORKER", "x:1")
    (tmp_path / "claimwire.toml").write_text("partitoins = 3\n[tool]\nx = 1\n")
    told = "\n".join(misspelt())
    assert "CLAIMWIRE_BORKER is no setting and changes nothing: broker was meant?" in told
    assert "partitoins in claimwire.toml is no setting and changes nothing: partitions was meant?" in told
    assert "broker in" not in told


@pytest.mark.parametrize(
    ("given", "meant"),
    [("", ""), ("8080", "127.0.0.1:8080"), ("0.0.0.0:8080", "0.0.0.0:8080"), ("[::1]:8080", "[::1]:8080")],
)
def test_http_is_off_or_an_address_and_a_port_alone_is_of_this_machine_only(given: str, meant: str) -> None:
    assert Settings(http=given).http == meant


@pytest.mark.parametrize("given", ["0", "70000", "here", ":8080"])
def test_http_that_is_no_address_is_refused(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMWIRE_HTTP", given)
    with pytest.raises(SettingsInvalid, match="CLAIMWIRE_HTTP"):
        load_settings()
