"""Alert rules: which status changes somebody wants to hear of, and where.

A rules file is TOML::

    [[rule]]
    name = "front line"
    to = ["disputed", "refuted"]      # any of these; left out: every status
    from = ["unverified"]
    side = "Russia"                   # the claimant's
    place = "pokrovsk"                # begins the place's key
    text = "oil depot"                # stands in the claim's text
    webhook = "http://127.0.0.1:8000/hook"
"""

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, ValidationError

from claimwire.judging import ClaimSummary, StatusChanged
from claimwire.statuses import Status
from streams.errors import SettingsInvalid


class Rule(BaseModel):
    """One rule. What it leaves out, it doesn't ask for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    previous: tuple[Status, ...] = Field((), alias="from")
    status: tuple[Status, ...] = Field((), alias="to")
    side: str = ""
    place: str = ""
    text: str = ""
    webhook: HttpUrl | None = None

    def matches(self, event: StatusChanged) -> bool:
        """Whether the rule asks for this change."""
        claim = event.claim
        return (
            (not self.previous or event.previous in self.previous)
            and (not self.status or event.status in self.status)
            and (not self.side or claim.side.casefold() == self.side.casefold())
            and (not self.place or _key(claim).startswith(self.place.casefold()))
            and (not self.text or self.text.casefold() in claim.text.casefold())
        )


def _key(claim: ClaimSummary) -> str:
    return claim.place.key.casefold() if claim.place else ""


class _Rules(BaseModel):
    model_config = ConfigDict(extra="forbid")

    rule: tuple[Rule, ...] = ()


def _place(where: tuple[int | str, ...]) -> str:
    """Where in the file, counted from 1: ``rule 2, to``."""
    named = [f"{part + 1}" if isinstance(part, int) else part for part in where]
    return ", ".join([" ".join(named[:2]), *named[2:]])


def load_rules(path: Path | None) -> tuple[Rule, ...]:
    """The rules of a file; none where there is no file to read.

    Raises
    ------
    SettingsInvalid
        If the file can't be read, or is no file of rules; the message names the place in it.
    """
    if path is None:
        return ()
    try:
        return _Rules.model_validate(tomllib.loads(path.read_text("utf8"))).rule
    except OSError as error:
        raise SettingsInvalid(f"cannot read the alert rules {path}: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsInvalid(f"{path} is not TOML: {error}") from None
    except ValidationError as error:
        wrong = "; ".join(f"{_place(e['loc'])}: {e['msg']}".replace("valid tuple", "list") for e in error.errors())
        raise SettingsInvalid(f"{path} holds no alert rules: {wrong}") from None
