"""Settings: from the environment, then ``.env``, then ``claimwire.toml``, then these defaults."""

from functools import cache
from pathlib import Path
from tomllib import TOMLDecodeError
from typing import Literal

from platformdirs import user_data_path
from pydantic import Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from streams.errors import SettingsInvalid

PORT = r"(?:[1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d{2}|655[0-2]\d|6553[0-5])"
SERVER = rf"[^\s,:/]+:{PORT}|\[[0-9a-fA-F:]+\]:{PORT}"
SERVERS = rf"^(?:{SERVER})(?:, ?(?:{SERVER}))*$"


class Settings(BaseSettings):
    """What can be set. The variable of ``broker`` is ``CLAIMWIRE_BROKER``, and so on."""

    model_config = SettingsConfigDict(
        env_prefix="CLAIMWIRE_", env_file=".env", toml_file="claimwire.toml", extra="ignore", frozen=True
    )

    broker: str = Field("127.0.0.1:9092", pattern=SERVERS, description="Kafka's servers: host:port, comma-separated")
    app: str = Field("claimwire", description="id of the Faust application: its consumer group and its tables")
    prefix: str = Field("", description="put before the name of every topic, and of the application")
    partitions: int = Field(8, ge=1, le=1000, description="partitions of the keyed topics, when they are made")
    replication: int = Field(1, ge=1, description="copies of each topic, when it is made")
    window_days: float = Field(45, gt=0, le=36500, description="days within which a statement answers a claim")
    home: Path = Field(user_data_path("claimwire"), description="where the local broker keeps its data")
    alert_rules: Path | None = Field(None, description="TOML file of alert rules")
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
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise SettingsInvalid(
            f"setting not understood: {wrong}. Settings come from CLAIMWIRE_… variables, .env and claimwire.toml."
        ) from None
    except TOMLDecodeError as error:
        raise SettingsInvalid(f"claimwire.toml is not TOML: {error}") from None
    except (OSError, ValueError) as error:
        raise SettingsInvalid(f".env or claimwire.toml cannot be read: {error}") from None
