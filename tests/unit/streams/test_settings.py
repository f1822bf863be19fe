from pathlib import Path

import pytest

from streams.errors import SettingsInvalid
from streams.settings import Settings, effective, environment, load_settings, misspelt


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


SASL = {"security_protocol": "SASL_SSL", "username": "desk", "password": "s3cret"}


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ({"username": "desk"}, r"username \(CLAIMWIRE_USERNAME\) is set, but .* PLAINTEXT proves no user"),
        ({"password": "s3cret"}, r"password \(CLAIMWIRE_PASSWORD\) is set, but .* PLAINTEXT proves no user"),
        ({"ssl_ca": "ca.pem"}, r"ssl_ca \(CLAIMWIRE_SSL_CA\) is set, but .* PLAINTEXT does not encrypt"),
        (SASL | {"username": ""}, "asks for a user: set username"),
        (SASL | {"password": ""}, "asks for one of password .* and password_file"),
        (SASL | {"password_file": "p"}, "asks for one of password .* and password_file"),
        ({"security_protocol": "SSL", "ssl_key": "k.pem"}, "ssl_key .* is of no use without ssl_cert"),
        (
            {"security_protocol": "TLS"},
            r"security_protocol \(CLAIMWIRE_SECURITY_PROTOCOL\): Input should be 'PLAINTEXT'",
        ),
        (SASL | {"sasl_mechanism": "GSSAPI"}, r"sasl_mechanism \(CLAIMWIRE_SASL_MECHANISM\): Input should be 'PLAIN'"),
    ],
)
def test_settings_of_a_connection_that_do_not_fit_are_named_and_the_password_is_not_told(
    monkeypatch: pytest.MonkeyPatch, told: dict[str, str], wrong: str
) -> None:
    for name, value in told.items():
        monkeypatch.setenv(f"CLAIMWIRE_{name.upper()}", value)
    with pytest.raises(SettingsInvalid, match=wrong) as raised:
        load_settings()
    assert "s3cret" not in str(raised.value)


def test_password_that_is_no_text_is_named_and_not_told(folder: Path) -> None:
    (folder / "claimwire.toml").write_text("password = [51423]\n")
    with pytest.raises(SettingsInvalid, match="password") as raised:
        load_settings()
    assert "51423" not in str(raised.value)


def test_settings_show_no_password_but_hand_it_on_to_a_process_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(**SASL)  # type: ignore[arg-type]
    assert "s3cret" not in f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"
    for name, value in environment(settings).items():
        monkeypatch.setenv(name, value)
    assert load_settings() == settings


def test_variable_that_is_empty_names_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ALERT_RULES", "SSL_CA", "PASSWORD_FILE"):
        monkeypatch.setenv(f"CLAIMWIRE_{name}", "")
    settings = load_settings()
    assert (settings.alert_rules, settings.ssl_ca, settings.password_file) == (None, None, None)


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


def test_ledger_is_named_so_that_topics_can_be(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("v2", "main", "2025-12-model", "x" * 40):
        assert Settings(ledger=name).ledger == name
    monkeypatch.setenv("CLAIMWIRE_LEDGER", "")
    assert load_settings().ledger is None


@pytest.mark.parametrize("name", ["V2", "a.b", "a_b", "-a", "a-", "a b", "x" * 41, "ü"])
def test_name_that_a_topic_cannot_have_is_refused(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("CLAIMWIRE_LEDGER", name)
    with pytest.raises(SettingsInvalid, match=r"ledger \(CLAIMWIRE_LEDGER\).*such as v2"):
        load_settings()


def test_each_setting_is_told_with_the_strongest_source_that_has_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "claimwire.toml").write_text('broker = "toml:1"\npartitions = 3\nstore = "rocksdb"\n')
    (folder / ".env").write_text("CLAIMWIRE_BROKER=dotenv:1\nCLAIMWIRE_PARTITIONS=4\n")
    monkeypatch.setenv("claimwire_broker", "environment:1")
    told = {each.setting: (each.value, each.source) for each in effective(load_settings())}
    assert list(told) == list(Settings.model_fields)
    assert told["broker"] == ("environment:1", "environment")
    assert told["partitions"] == ("4", ".env")
    assert told["store"] == ("rocksdb", "claimwire.toml")
    assert told["app"] == ("claimwire", "default")


def test_secrets_are_masked_and_one_that_is_not_set_is_seen_to_be_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMWIRE_LISTEN_TOKEN", "s3cret")
    told = {each.setting: each.value for each in effective(Settings(**SASL))}  # type: ignore[arg-type]
    assert "s3cret" not in str(told)
    assert (told["password"], told["listen_token"]) == ("******", "******")
    monkeypatch.delenv("CLAIMWIRE_LISTEN_TOKEN")
    assert {each.setting: each.value for each in effective(Settings())}["listen_token"] == ""


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("", ""),
        ("https://board.example", "https://board.example"),
        ("HTTPS://Board.Example:443/", "https://board.example"),
        ("http://10.0.0.7:80", "http://10.0.0.7"),
        ("http://[fd00::7]:8080/", "http://[fd00::7]:8080"),
    ],
)
def test_address_of_the_board_is_as_browsers_name_it(monkeypatch: pytest.MonkeyPatch, given: str, address: str) -> None:
    monkeypatch.setenv("CLAIMWIRE_BOARD_URL", given)
    assert load_settings().board_url == address


@pytest.mark.parametrize(
    "wrong",
    [
        "board.example",
        "ftp://board.example",
        "https://anna:s3cret@b.example",
        "https://b.example/board",
        "https://b.example:0",
        "https://b.example:70000",
        "https://[b",
        "https://bo\u00e4rd.example",
    ],
)
def test_address_of_the_board_that_is_none_is_named(monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    monkeypatch.setenv("CLAIMWIRE_BOARD_URL", wrong)
    with pytest.raises(SettingsInvalid, match="board_url") as raised:
        load_settings()
    assert "s3cret" not in str(raised.value)


SECOND = {"second_url": "http://127.0.0.1:8080/v1", "second_model": "small"}


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        (SECOND | {"second_model": " "}, "second_url .* is of no use without second_model"),
        (SECOND | {"second_key": "s3cret", "second_key_file": "key"}, "one of second_key .* and second_key_file"),
        (SECOND | {"second_url": "127.0.0.1:8080"}, "second_url .* is no address such as"),
        (SECOND | {"second_url": "http://desk:s3cret@host/v1"}, "without user, password"),
        (SECOND | {"second_url": "file:///etc/passwd"}, "is no address such as"),
        (SECOND | {"second_per_minute": "0"}, "second_per_minute"),
        (SECOND | {"second_per_day": "-1"}, "second_per_day"),
    ],
)
def test_settings_of_a_model_that_do_not_fit_are_named_and_the_key_is_not_told(
    monkeypatch: pytest.MonkeyPatch, told: dict[str, str], wrong: str
) -> None:
    for name, value in told.items():
        monkeypatch.setenv(f"CLAIMWIRE_{name.upper()}", value)
    with pytest.raises(SettingsInvalid, match=wrong) as raised:
        load_settings()
    assert "s3cret" not in str(raised.value)


def test_key_of_a_model_comes_from_its_file_without_the_line_end_or_from_the_setting(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("s3cret\n")
    from_file = Settings(**SECOND, second_key_file=tmp_path / "key")  # type: ignore[arg-type]
    assert from_file.key_of_second() == "s3cret"
    assert Settings(**SECOND, second_key="s3cret").key_of_second() == "s3cret"  # type: ignore[arg-type]
    assert Settings(**SECOND).key_of_second() == ""  # type: ignore[arg-type]


def test_key_file_of_a_model_that_is_not_there_is_named(tmp_path: Path) -> None:
    settings = Settings(**SECOND, second_key_file=tmp_path / "none")  # type: ignore[arg-type]
    with pytest.raises(SettingsInvalid, match="second_key_file"):
        settings.key_of_second()
