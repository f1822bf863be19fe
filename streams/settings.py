"""Settings: from the environment, then ``.env``, then ``claimwire.toml``, then these defaults."""

import os
import re
import tomllib
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from dotenv import dotenv_values
from platformdirs import user_data_path
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from claimwire.verdict_weighing import Trusted
from claimwire.verdicts import MakerKind
from streams.errors import SettingsInvalid


def _servers(text: str) -> str:
    """Check a list of bootstrap servers.

    Raises
    ------
    ValueError
        If one of them is no host:port.
    """
    for server in text.split(","):
        host, _, port = server.strip().rpartition(":")
        if not host or not (port.isascii() and port.isdigit() and 0 < int(port) <= HIGHEST_PORT):
            raise ValueError(f"{server.strip()!r} is no host:port with a port of 1 to {HIGHEST_PORT}")
    return text


def _address(text: str) -> str:
    """Check an address to listen at; a port alone is one of 127.0.0.1, and no text is none."""
    return _servers(f"127.0.0.1:{text}" if text.isdigit() else text) if text else ""


def _makers(text: str) -> str:
    """Check a list of those whose verdicts count; no text is nobody.

    Raises
    ------
    ValueError
        If one of them is neither a kind of maker nor a maker of such a kind.
    """
    for maker in filter(None, text.split(",")):
        kind, named, name = maker.strip().partition(":")
        if kind not in list(MakerKind) or (named and not name):
            kinds = " or ".join(MakerKind)
            raise ValueError(f"{maker.strip()!r} is none whose verdicts could count: write {kinds}, or person:Anna")
    return text


def _model_url(text: str) -> str:
    """Check the base address of a model's endpoint; no text is none.

    Raises
    ------
    ValueError
        If it is none.
    """
    if text and not MODEL_URL.fullmatch(text):
        raise ValueError("it is no address such as http://127.0.0.1:8080/v1, without user, password, ? and #")
    return text


def _board_url(text: str) -> str:
    """The address at which people open the board, as browsers write it in `Origin`; no text is none.

    Raises
    ------
    ValueError
        If it is none, or has a path.
    """
    if not text:
        return ""
    given = urlsplit(text.lower())
    if not BOARD_URL.fullmatch(text) or (given.port is not None and not given.port):
        raise ValueError("it is no address such as https://board.example, without user, path, ? and #")
    return f"{given.scheme}://{given.netloc.removesuffix(DEFAULT_PORTS[given.scheme])}"


def ledger_name(text: str) -> str:
    """Check the name of a ledger; it becomes part of the names of topics.

    Raises
    ------
    ValueError
        If it is none.
    """
    if not LEDGER_NAME.fullmatch(text):
        raise ValueError(f"{text!r} is no name for a ledger: take up to 40 of a to z, 0 to 9 and - inside, such as v2")
    return text


MAIN = "main"
"""The ledger that a worker makes where no other was promoted: its topics are named as in their table."""

LEDGER_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
MODEL_URL = re.compile(r"https?://[^\s/?#@]+(?:/[^\s?#@]*)?")
BOARD_URL = re.compile(r"https?://(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::[0-9]{1,5})?/?", re.IGNORECASE)
DEFAULT_PORTS = {"http": ":80", "https": ":443"}
"""Browsers leave them out."""

PREFIX = "CLAIMWIRE_"
ENV_FILE = ".env"
TOML_FILE = "claimwire.toml"
HIGHEST_PORT = 65535
Servers = Annotated[str, AfterValidator(_servers)]
Address = Annotated[str, AfterValidator(_address)]
ModelUrl = Annotated[str, AfterValidator(_model_url)]
BoardUrl = Annotated[str, AfterValidator(_board_url)]
Makers = Annotated[str, AfterValidator(_makers)]
File = Annotated[Path | None, BeforeValidator(lambda value: value or None)]
"""A file; an empty variable names none."""
SASL_SETTINGS = ("username", "password", "password_file")
TLS_SETTINGS = ("ssl_ca", "ssl_cert", "ssl_key")


def _named(setting: str) -> str:
    """A setting as messages name it."""
    return f"{setting} ({PREFIX}{setting.upper()})"


def _is_set(value: Any) -> bool:
    return bool(value.get_secret_value() if isinstance(value, SecretStr) else value)


LedgerName = Annotated[Annotated[str, AfterValidator(ledger_name)] | None, BeforeValidator(lambda text: text or None)]
"""An empty variable names none."""


class Settings(BaseSettings):
    """What can be set. The variable of ``broker`` is ``CLAIMWIRE_BROKER``, and so on."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=ENV_FILE, toml_file=TOML_FILE, extra="ignore", frozen=True
    )

    broker: Servers = Field("127.0.0.1:9092", description="Kafka's servers: host:port, comma-separated")
    app: str = Field("claimwire", description="id of the Faust application: its consumer group and its tables")
    prefix: str = Field("", description="put before the name of every topic, and of the application")
    ledger: LedgerName = Field(
        None,
        description="name of the ledger to work for and read, `main` or a shadow's; left out: the one promoted last",
    )
    partitions: int = Field(8, ge=1, le=1000, description="partitions of the keyed topics, when they are made")
    replication: int = Field(1, ge=1, description="copies of each topic, when it is made")
    window_days: float = Field(45, gt=0, le=36500, description="days within which a statement answers a claim")
    lateness_days: float = Field(
        7, ge=0, le=36500, description="days by which a statement may come late and still be linked as if in order"
    )
    quiet_days: float = Field(30, gt=0, le=36500, description="days without news after which a claim is shown as quiet")
    max_item_bytes: int = Field(2**20, ge=1024, description="bytes of a record of `news.items`; more is rejected")
    max_item_words: int = Field(6000, ge=1, description="words and marks of an item's text; more is rejected")
    max_item_statements: int = Field(300, ge=1, description="statements of an item, repeats included; more is rejected")
    verdicts_from: Makers = Field(
        ",".join(MakerKind),
        description="whose verdicts count: person, model, or one of them as in `model:small`, comma-separated",
    )
    verdicts_by: str = Field("", description="the name under which `claimwire verdict` speaks; left out: your login")
    second_url: ModelUrl = Field(
        "",
        description="base address of a language model that gives second opinions, such as http://127.0.0.1:8080/v1; "
        "left out: nobody is asked",
    )
    second_model: str = Field("", max_length=200, description="name of that model at its server")
    second_key: SecretStr = Field(SecretStr(""), description="key that its server asks for; a file is safer")
    second_key_file: File = Field(None, description="file that holds that key and nothing else")
    second_per_minute: float = Field(20, gt=0, le=10_000, description="questions that it is asked in a minute, at most")
    second_per_day: int = Field(1000, ge=0, le=10_000_000, description="questions that it is asked in a day, at most")
    home: Path = Field(
        user_data_path("claimwire"),
        description="where the local broker keeps its data, RocksDB its state, and the board its store",
    )
    board_db: SecretStr = Field(
        SecretStr(""),
        description="the board's store: sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME; "
        "left out: a SQLite file under `home`",
    )
    board_token: Annotated[SecretStr | None, BeforeValidator(lambda value: value or None)] = Field(
        None,
        min_length=16,
        description="secret of at least 16 characters that the board asks for before it takes corrections; "
        "left out: it takes none",
    )
    board_url: BoardUrl = Field(
        "",
        description="address at which people open the board where a proxy is in front, such as "
        "https://board.example; left out: the one by which they reach it",
    )
    store: Literal["memory", "rocksdb"] = Field("memory", description="where workers keep their state")
    store_cache_mb: int = Field(
        256, ge=16, le=1_000_000, description="memory of a worker's RocksDB store, for all its tables together, in MB"
    )
    standby_replicas: int = Field(
        0, ge=0, le=9, description="other workers that keep a copy of each partition's state, ready to take over"
    )
    cache_statements: int = Field(
        200_000, ge=1000, description="statements that link, and evidences that judge, keep decoded in memory"
    )
    listen_token: Annotated[SecretStr | None, BeforeValidator(lambda value: value or None)] = Field(
        None, description="secret that `claimwire listen` asks for"
    )
    alert_rules: File = Field(None, description="TOML file of alert rules")
    http: Address = Field("", description="where a worker serves health and metrics: host:port, or a port of 127.0.0.1")
    stall_seconds: float = Field(
        60, gt=0, description="seconds without a commit, though records wait, after which a worker is not ready"
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("WARNING", description="lowest level in the log")
    log_format: Literal["text", "json"] = Field("text", description="log format: text, or json, an object a line")
    security_protocol: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = Field(
        "PLAINTEXT", description="how to connect to Kafka: PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL"
    )
    sasl_mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] = Field(
        "SCRAM-SHA-512", description="how the user proves who it is: PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512"
    )
    username: str = Field("", description="the user at Kafka, with SASL")
    password: SecretStr = Field(SecretStr(""), description="the user's password; a file is safer")
    password_file: File = Field(None, description="file that holds the password and nothing else")
    ssl_ca: File = Field(None, description="PEM file of the authorities trusted for TLS; left out: the system's")
    ssl_cert: File = Field(None, description="PEM file of the client's certificate, where the broker asks for one")
    ssl_key: File = Field(None, description="PEM file of its key, not encrypted; left out: in the certificate's file")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The sources, the strongest first."""
        return init_settings, env_settings, dotenv_settings, TomlConfigSettingsSource(settings_cls)

    @model_validator(mode="after")
    def _fit_together(self) -> Self:
        """See that what is set for SASL and TLS is whole, and used."""
        protocol = f"{_named('security_protocol')} {self.security_protocol}"
        sasl = [name for name in SASL_SETTINGS if _is_set(getattr(self, name))]
        tls = [name for name in TLS_SETTINGS if _is_set(getattr(self, name))]
        wrong = []
        if sasl and not self.sasl:
            wrong.append(f"{_named(sasl[0])} is set, but {protocol} proves no user: SASL_SSL does")
        if tls and not self.tls:
            wrong.append(f"{_named(tls[0])} is set, but {protocol} does not encrypt: SSL and SASL_SSL do")
        if self.sasl and not self.username:
            wrong.append(f"{protocol} asks for a user: set {_named('username')}")
        if self.sasl and _is_set(self.password) is (self.password_file is not None):
            wrong.append(f"{protocol} asks for one of {_named('password')} and {_named('password_file')}")
        if self.second_url and not self.second_model.strip():
            wrong.append(f"{_named('second_url')} is of no use without {_named('second_model')}")
        if _is_set(self.second_key) and self.second_key_file:
            wrong.append(f"one of {_named('second_key')} and {_named('second_key_file')} is enough")
        if self.ssl_key and not self.ssl_cert:
            wrong.append(f"{_named('ssl_key')} is of no use without {_named('ssl_cert')}")
        if wrong:
            raise ValueError("; ".join(wrong))
        return self

    @property
    def sasl(self) -> bool:
        """Whether the user must prove who it is."""
        return self.security_protocol.startswith("SASL")

    @property
    def tls(self) -> bool:
        """Whether the connection is encrypted."""
        return self.security_protocol.endswith("SSL")

    @property
    def own_prefix(self) -> str:
        """Put before the names of what belongs to one ledger alone: a shadow's begin with its name."""
        return self.prefix if self.ledger in (None, MAIN) else f"{self.prefix}{self.ledger}."

    @property
    def application(self) -> str:
        """Id of the Faust application, prefix included."""
        return f"{self.own_prefix}{self.app}"

    @property
    def trusted(self) -> Trusted:
        """Those whose verdicts count."""
        return Trusted(tuple(maker.strip() for maker in self.verdicts_from.split(",") if maker.strip()))

    def key_of_second(self) -> str:
        """The key for the model's server; empty for none.

        Raises
        ------
        SettingsInvalid
            If its file cannot be read.
        """
        if self.second_key_file is None:
            return self.second_key.get_secret_value()
        try:
            return self.second_key_file.read_text("utf8").strip()
        except (OSError, ValueError) as error:
            raise SettingsInvalid(f"{_named('second_key_file')} cannot be read: {type(error).__name__}") from None

    def of_ledger(self, name: str) -> "Settings":
        """The same settings for a ledger."""
        return self.model_copy(update={"ledger": name})


@cache
def load_settings() -> Settings:
    """The settings of this process.

    Raises
    ------
    SettingsInvalid
        If one of them holds what it can't; the message names it.
    """
    try:
        return Settings()
    except ValidationError as error:
        # Never what was given, which may be a password: the messages alone.
        told = ((e["loc"], e["msg"].removeprefix("Value error, ")) for e in error.errors(include_input=False))
        wrong = "; ".join(f"{_named(str(where[0]))}: {what}" if where else what for where, what in told)
        raise SettingsInvalid(
            f"setting not understood: {wrong}. Settings come from the environment, .env and claimwire.toml."
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsInvalid(f"claimwire.toml is not TOML: {error}") from None
    except (OSError, ValueError) as error:
        raise SettingsInvalid(f".env or claimwire.toml cannot be read: {error}") from None


def environment(settings: Settings) -> dict[str, str]:
    """The settings as variables, for another process of ours; passwords are in the open there."""

    def text(value: Any) -> str:
        return str(value.get_secret_value() if isinstance(value, SecretStr) else "" if value is None else value)

    return {f"{PREFIX}{name.upper()}": text(getattr(settings, name)) for name in Settings.model_fields}


@dataclass(frozen=True, slots=True)
class Effective:
    """A setting as it is: its value as text, a secret masked, and where that comes from."""

    setting: str
    value: str
    source: str


ENVIRONMENT, DEFAULT = "environment", "default"
MASKED = "******"


def effective(settings: Settings) -> list[Effective]:
    """All settings, as they are.

    The files must be such as `load_settings` could read.
    """
    sources = {setting: source for source, names in reversed(_set().items()) for setting in names.values()}
    found = []
    for name in Settings.model_fields:
        value = getattr(settings, name)
        text = "" if value is None else MASKED if isinstance(value, SecretStr) and _is_set(value) else str(value)
        found.append(Effective(name, text, sources.get(name, DEFAULT)))
    return found


def misspelt() -> list[str]:
    """What is set and is no setting, with the one that was probably meant.

    The files must be such as `load_settings` could read.
    """
    known = list(Settings.model_fields)
    told = []
    for source, names in _set().items():
        for written, name in names.items():
            if name not in known:
                where = written if source == ENVIRONMENT else f"{written} in {source}"
                near = get_close_matches(name, known, 1)
                told.append(f"{where} is no setting and changes nothing" + (f": {near[0]} was meant?" if near else ""))
    return told


def _set() -> dict[str, dict[str, str]]:
    """What is set in each source, as it is written there, and which setting that names; the strongest source first."""
    variables = {ENVIRONMENT: list(os.environ), ENV_FILE: list(dotenv_values(ENV_FILE))}
    found = {
        source: {name: name.upper().removeprefix(PREFIX).lower() for name in names if name.upper().startswith(PREFIX)}
        for source, names in variables.items()
    }
    with suppress(FileNotFoundError):
        found[TOML_FILE] = {name: name for name in tomllib.loads(Path(TOML_FILE).read_text("utf8"))}
    return found
