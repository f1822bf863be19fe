"""Alert rules: which status changes somebody wants to know, and where to send them.

A rules file is TOML::

    [[rule]]
    name = "front line"
    to = ["disputed", "refuted"]       # any of these; left out: each but superseded, dropped and set_aside
    from = ["unverified"]
    side = "Russia"                    # the claimant's
    about = "Ukraine"                  # a side that the claim concerns
    subject = "place:pokrovsk.ua"      # where the claim meets other statements
    place = "pokrovsk"                 # begins the place's key
    near = { latitude = 48.28, longitude = 37.18, km = 50 }
    words = ["oil depot", "refinery"]  # one of them stands in the claim's text or headline
    urgency = 3                        # of the item that brought the change about: this or more urgent (1 is the most)
    record = { settled = 5, failed = 0.5 }  # so many of the side's claims are settled, so large a share failed
    at_most = 10                       # alerts an hour; what is more comes in a digest at its end
    quiet = "22:00-07:00"              # nothing goes out then; what happened comes in a digest in the morning
    timezone = "Europe/Kyiv"
    notify = ["mailto://user:password@smtp.example.org"]  # Apprise: e-mail, Slack, Telegram and many others
    webhook = "https://desk.example.org/hook"
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"     # signs what the webhook is sent
"""

import tomllib
from datetime import datetime, time
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    HttpUrl,
    SecretStr,
    ValidationError,
    model_validator,
)

from claimwire.status_events import NOT_TAKEN_BACK, ClaimSummary, Gone, StatusChanged
from claimwire.statuses import Status
from claimwire.track_records import Ending, TrackRecord
from streams.alerting.signing import readable_secret
from streams.errors import SettingsInvalid

EARTH_KM = 6371.0
"""Mean radius of the earth."""

UTC_NAME = "UTC"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Near(_Part):
    """A circle: its middle in degrees, its radius in kilometres."""

    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)
    km: float = Field(gt=0)

    def holds(self, claim: ClaimSummary) -> bool:
        """Whether the claim's place is inside; False if it has no coordinates."""
        place = claim.place
        if place is None or place.latitude is None or place.longitude is None:
            return False
        return distance_km(self.latitude, self.longitude, place.latitude, place.longitude) <= self.km


class RecordAsked(_Part):
    """The track record that the claimant's side must have.

    Attributes
    ----------
    settled
        The least number of its claims that were borne out or failed.
    failed
        The least share of these that failed.
    """

    settled: int = Field(1, ge=1)
    failed: float = Field(0.0, ge=0, le=1)

    def holds(self, record: TrackRecord | None) -> bool:
        """Whether a track record fits; None does not."""
        if record is None or record.settled < self.settled:
            return False
        return record.endings[Ending.FAILED] / record.settled >= self.failed


class Quiet(_Part):
    """Hours in which nothing goes out, by the clock of the rule. They may cross midnight."""

    start: time
    end: time

    def holds(self, moment: datetime) -> bool:
        """Whether the moment, in the rule's zone, is in these hours."""
        now = moment.time()
        if self.start <= self.end:
            return self.start <= now < self.end
        return now >= self.start or now < self.end


def _quiet(value: object) -> object:
    """Read "22:00-07:00"."""
    if not isinstance(value, str):
        return value
    start, dash, end = value.partition("-")
    if not dash:
        raise ValueError("is no stretch of hours such as 22:00-07:00")
    return {"start": start.strip(), "end": end.strip()}


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError(f"{name!r} is no time zone such as Europe/Kyiv") from None
    return name


class Rule(_Part):
    """One rule. A field that is left out sets no condition."""

    name: str = Field(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]*$")
    previous: tuple[Status, ...] = Field((), alias="from")
    status: tuple[Status | Literal[Gone.SUPERSEDED, Gone.DROPPED, Gone.SET_ASIDE], ...] = Field((), alias="to")
    side: str = ""
    about: str = ""
    subject: str = ""
    place: str = ""
    near: Near | None = None
    words: tuple[str, ...] = ()
    urgency: int | None = Field(None, ge=1, le=9)
    record: RecordAsked | None = None
    at_most: int | None = Field(None, ge=1)
    quiet: Annotated[Quiet, BeforeValidator(_quiet)] | None = None
    timezone: Annotated[str, AfterValidator(_zone)] = UTC_NAME
    notify: tuple[SecretStr, ...] = ()
    webhook: HttpUrl | None = None
    secret: Annotated[SecretStr, AfterValidator(readable_secret)] | None = None

    @model_validator(mode="after")
    def _secret_signs_something(self) -> Self:
        if self.secret and not self.webhook:
            raise ValueError("secret signs what a webhook is sent, and there is no webhook")
        return self

    @property
    def zone(self) -> ZoneInfo:
        """The zone of its quiet hours."""
        return ZoneInfo(self.timezone)

    def matches(self, event: StatusChanged, record: TrackRecord | None = None) -> bool:
        """Whether the rule asks for this change.

        Parameters
        ----------
        record
            The track record of the claimant's side, if any.
        """
        urgency = event.cause.urgency
        return (
            (not self.previous or event.previous in self.previous)
            and (event.word in self.status if self.status else event.word not in NOT_TAKEN_BACK)
            and self._means(event.claim)
            and (self.urgency is None or (urgency is not None and urgency <= self.urgency))
            and (self.record is None or self.record.holds(record))
        )

    def is_overtaken_by(self, event: StatusChanged) -> bool:
        """Whether the rule may have asked for the change that this one follows."""
        before = {event.previous, *NOT_TAKEN_BACK} if event.previous is Status.RETRACTED else {event.previous}
        asked = not self.status or not before.isdisjoint(self.status)
        return event.previous is not None and asked and self._means(event.claim)

    def _means(self, claim: ClaimSummary) -> bool:
        told = f"{claim.headline}\n{claim.text}".casefold()
        return (
            (not self.side or claim.side.casefold() == self.side.casefold())
            and (not self.about or self.about.casefold() in map(str.casefold, claim.about))
            and (not self.subject or claim.subject.casefold() == self.subject.casefold())
            and (not self.place or _key(claim).startswith(self.place.casefold()))
            and (not self.near or self.near.holds(claim))
            and (not self.words or any(word.casefold() in told for word in self.words))
        )


class _Rules(BaseModel):
    model_config = ConfigDict(extra="forbid")

    rule: tuple[Rule, ...] = ()

    @model_validator(mode="after")
    def _names_differ(self) -> Self:
        names = [rule.name for rule in self.rule]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise ValueError(f"two rules are called {twice!r}")
        return self


def distance_km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """The great-circle distance of two places in degrees, by the haversine formula."""
    north, south = radians(latitude), radians(other_latitude)
    across, along = radians(other_latitude - latitude), radians(other_longitude - longitude)
    half = sin(across / 2) ** 2 + cos(north) * cos(south) * sin(along / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, half)))


def _key(claim: ClaimSummary) -> str:
    return claim.place.key.casefold() if claim.place else ""


def _place(where: tuple[int | str, ...]) -> str:
    """The place in the file, counted from 1: ``rule 2, to``."""
    named = [f"{part + 1}" if isinstance(part, int) else part for part in where]
    return ", ".join([" ".join(named[:2]), *named[2:]])


def load_rules(path: Path | None) -> tuple[Rule, ...]:
    """The rules of a file; none if there is no file.

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
        found = ((_place(e["loc"]), e["msg"].removeprefix("Value error, ")) for e in error.errors(include_input=False))
        wrong = "; ".join(f"{where}: {what}".lstrip(": ").replace("valid tuple", "list") for where, what in found)
        raise SettingsInvalid(f"{path} holds no alert rules: {wrong}") from None
