"""Sessions: who has signed in, and how long an address must wait after wrong tokens.

Sources: OWASP's Session Management and Cross-Site Request Forgery Prevention cheat sheets.
"""

import hashlib
import hmac
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NoBase64
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic, time

LIFETIME_SECONDS = 12 * 60 * 60
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
FIRST_TO_WAIT = 3
"""The wait begins with this wrong token: people mistype."""

MOST_ADDRESSES = 10_000


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who has signed in.

    Attributes
    ----------
    cookie
        The value of the cookie.
    form_token
        What each form of the session must hold.
    """

    name: str
    cookie: str
    form_token: str


@dataclass(frozen=True, slots=True)
class Sessions:
    """Makes and checks session cookies, signed with a key that lives as long as the board runs."""

    token: str = field(repr=False)
    clock: Callable[[], float] = time
    _key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    def is_token(self, shown: str) -> bool:
        """Whether this is the token, compared in constant time."""
        return hmac.compare_digest(
            hashlib.sha256(_bytes(shown)).digest(),
            hashlib.sha256(_bytes(self.token)).digest(),
        )

    def begin(self, name: str) -> Session:
        """A new session."""
        said = json.dumps([name, int(self.clock()) + LIFETIME_SECONDS, secrets.token_hex(8)])
        body = urlsafe_b64encode(said.encode()).decode()
        return self._session(name, f"{body}.{self._signed('session', body)}")

    def read(self, cookie: str) -> Session | None:
        """The session of a cookie; None if its signature is wrong or it has ended."""
        body, _, signature = cookie.rpartition(".")
        if not hmac.compare_digest(_bytes(signature), _bytes(self._signed("session", body))):
            return None
        try:
            name, ends, _ = json.loads(urlsafe_b64decode(body))
        except (ValueError, NoBase64):
            return None
        return self._session(name, cookie) if self.clock() < ends else None

    def is_form_of(self, session: Session, shown: str) -> bool:
        """Whether a form was made for the session."""
        return hmac.compare_digest(_bytes(shown), _bytes(session.form_token))

    def _session(self, name: str, cookie: str) -> Session:
        return Session(name, cookie, self._signed("form", cookie))

    def _signed(self, purpose: str, text: str) -> str:
        return hmac.new(self._key, _bytes(f"{purpose}:{text}"), hashlib.sha256).hexdigest()


@dataclass(slots=True)
class Tries:
    """Slows down guessing: after each wrong token, its address waits twice as long."""

    clock: Callable[[], float] = monotonic
    _failed: dict[str, tuple[int, float]] = field(default_factory=dict)

    def wait(self, address: str) -> float:
        """Seconds until the address may try again; 0 for at once."""
        _, until = self._failed.get(address, (0, 0.0))
        return max(0.0, until - self.clock())

    def failed(self, address: str) -> None:
        """Record a wrong token."""
        number = self._failed.pop(address, (0, 0.0))[0] + 1
        wait = min(FIRST_WAIT * 2 ** min(number - FIRST_TO_WAIT, 10), LONGEST_WAIT) if number >= FIRST_TO_WAIT else 0.0
        while len(self._failed) >= MOST_ADDRESSES:
            del self._failed[next(iter(self._failed))]
        self._failed[address] = (number, self.clock() + wait)

    def succeeded(self, address: str) -> None:
        """Forget the wrong tokens of an address."""
        self._failed.pop(address, None)


def _bytes(text: str) -> bytes:
    return text.encode("utf8", "surrogatepass")
