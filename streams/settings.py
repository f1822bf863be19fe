"""Settings: from the environment, then ``.env``, then ``claimwire.toml``, then these defaults."""

import os
import tomllib
from contextlib import suppress
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from dotenv import dotenv_values
from platformdirs import user_data_path
from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

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


PREFIX = "CLAIMWIRE_"
ENV_FILE = ".env"
TOML_FILE = "claimwire.toml"
HIGHEST_PORT = 65535
Servers = Annotated[str, AfterValidator(_servers)]
Address = Annotated[str, AfterValidator(_address)]


class Settings(BaseSettings):
    """What can be set. The variable of ``broker`` is ``CLAIMWIRE_BROKER``, and so on."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=ENV_FILE, toml_file=TOML_FILE, extra="ignore", frozen=True
    )

    broker: Servers = Field("127.0.0.1:9092", description="Kafka's servers: host:port, comma-separated")
    app: str = Field("claimwire", description="id of the Faust application: its consumer group and its tables")
    prefix: str = Field("", description="put before the name of every topic, and of the application")
    partitions: int = Field(8, ge=1, le=1000, description="partitions of the keyed topics, when they are made")
    replication: int = Field(1, ge=1, description="copies of each topic, when it is made")
    window_days: float = Field(45, gt=0, le=36500, description="days within which a statement answers a claim")
    quiet_days: float = Field(30, gt=0, le=36500, description="days without news after which a claim is shown as quiet")
    home: Path = Field(user_data_path("claimwire"), description="where the local broker keeps its data")
    alert_rules: Path | None = Field(None, description="TOML file of alert rules")
    http: Address = Field("", description="where a worker serves health and metrics: host:port, or a port of 127.0.0.1")
    stall_seconds: float = Field(
        60, gt=0, description="seconds without a commit, though records wait, after which a worker is not ready"
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("WARNING", description="least level that is told")

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

    @property
    def application(self) -> str:
        """Id of the Faust application, prefix included."""
        return f"{self.prefix}{self.app}"


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
        told = ((str(e["loc"][0]), e["msg"].removeprefix("Value error, ")) for e in error.errors())
        wrong = "; ".join(f"{name} (CLAIMWIRE_{name.upper()}): {what}" for name, what in told)
        raise SettingsInvalid(
            f"setting not understood: {wrong}. Settings come from the environment, .env and claimwire.toml."
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsInvalid(f"claimwire.toml is not TOML: {error}") from None
    except (OSError, ValueError) as error:
        raise SettingsInvalid(f".env or claimwire.toml cannot be read: {error}") from None


def misspelt() -> list[str]:
    """What is set and is no setting, with the one that was probably meant.

    The files must be such as `load_settings` could read.
    """
    known = list(Settings.model_fields)
    found = {name: name.removeprefix(PREFIX).lower() for name in os.environ if name.startswith(PREFIX)}
    dotenv = (name for name in dotenv_values(ENV_FILE) if name.upper().startswith(PREFIX))
    found |= {f"{name} in {ENV_FILE}": name.upper().removeprefix(PREFIX).lower() for name in dotenv}
    with suppress(FileNotFoundError):
        found |= {f"{name} in {TOML_FILE}": name for name in tomllib.loads(Path(TOML_FILE).read_text("utf8"))}
    told = []
    for where, name in found.items():
        if name not in known:
            near = get_close_matches(name, known, 1)
            told.append(f"{where} is no setting and changes nothing" + (f": {near[0]} was meant?" if near else ""))
    return told
