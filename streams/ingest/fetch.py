"""Fetches feeds over HTTP, politely and with limits, and by default never from a private network."""

import asyncio
import ipaddress
import socket
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib.metadata import version

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, TCPConnector
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver
from yarl import URL

from streams.retry_after import retry_after

SECONDS = 30
MAX_BYTES = 16 * 2**20
REDIRECTS = 5
ACCEPTED = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/json, application/xml, */*;q=.5"
)
NOT_MODIFIED, GONE = 304, 410
NOT_FOR_HOSTS = (ipaddress.IPv4Network("192.0.0.0/24"), ipaddress.IPv4Network("192.88.99.0/24"))
"""Reserved for protocols and relays, although Python counts some of them as global."""
UNICAST = ipaddress.IPv6Network("2000::/3")
"""All IPv6 addresses of public hosts. Others are local, obsolete or not assigned."""
DOCUMENTATION = ipaddress.IPv6Network("3fff::/20")
"""Reserved for documentation, but missing in Python's table."""
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""IPv4 addresses in a network with IPv6 only; the IPv4 address is the last 32 bits."""
REDIRECT = frozenset({301, 302, 303, 307, 308})


class NotFetched(Exception):
    """A feed could not be fetched; the message says why.

    Attributes
    ----------
    wait
        How long the server asks us to wait.
    gone
        Whether the server says that the feed no longer exists.
    """

    def __init__(self, reason: str, wait: timedelta = timedelta(), gone: bool = False) -> None:
        super().__init__(reason)
        self.wait = wait
        self.gone = gone


@dataclass(frozen=True, slots=True)
class Request:
    """An address with its secrets: headers, and a user and a password in the address.

    Only the host of the address gets the secrets, even if it redirects elsewhere.
    """

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    allow_private: bool = False

    def secrets(self, address: URL) -> dict[str, str]:
        """Secret headers for an address to which this one has led."""
        own = URL(self.url)
        if address.origin() != own.origin():
            return {}
        if own.user is None and own.password is None:
            return {**self.headers}
        basic = b64encode(f"{own.user or ''}:{own.password or ''}".encode()).decode()
        return {**self.headers, "Authorization": f"Basic {basic}"}


@dataclass(frozen=True, slots=True)
class Fetched:
    """A server's answer, with its character set, and the tag and date for the next request."""

    body: bytes
    charset: str
    etag: str
    modified: str


class PublicResolver(AbstractResolver):
    """Resolves names to public addresses only."""

    def __init__(self) -> None:
        self._resolver = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The addresses; a private one is an error."""
        found = await self._resolver.resolve(host, port, family)
        private = [result["host"] for result in found if not is_public(result["host"])]
        if private:
            raise OSError(None, f"{host} is the private address {private[0]}")
        return found

    async def close(self) -> None:
        """Nothing is kept."""


def is_public(address: str) -> bool:
    """Whether an IP address is public. An address that embeds another one is judged by that."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv4Address):
        return ip.is_global and not ip.is_multicast and not any(ip in network for network in NOT_FOR_HOSTS)
    inner = ip.ipv4_mapped or ip.sixtofour or (ipaddress.IPv4Address(int(ip) & 2**32 - 1) if ip in NAT64 else None)
    if inner is not None:
        return is_public(str(inner))
    return ip in UNICAST and ip.is_global and ip not in DOCUMENTATION


def session(allow_private: bool) -> ClientSession:
    """A session for one feed."""
    connector = TCPConnector(resolver=None if allow_private else PublicResolver(), limit=2, force_close=True)
    headers = {"User-Agent": f"claimwire/{version('claimwire')}", "Accept": ACCEPTED}
    return ClientSession(connector=connector, headers=headers, timeout=ClientTimeout(total=SECONDS))


async def fetch(request: Request, etag: str, modified: str) -> Fetched | None:
    """The content at the address; None if it has not changed since that tag and date.

    Raises
    ------
    NotFetched
        If there is nothing, too much, it comes too slowly, or the address is private.
    """
    asked = {"If-None-Match": etag, "If-Modified-Since": modified}
    headers = {name: value for name, value in asked.items() if value}
    try:
        async with session(request.allow_private) as client:
            address = URL(request.url)
            for _ in range(REDIRECTS + 1):
                address = address.with_user(None)
                _check(address, request.allow_private)
                shown = {**headers, **request.secrets(address)}
                async with client.get(address, headers=shown, allow_redirects=False) as response:
                    if response.status in REDIRECT and "Location" in response.headers:
                        address = address.join(URL(response.headers["Location"]))
                        continue
                    return await _answer(response)
            raise NotFetched(f"redirected more than {REDIRECTS} times")
    except TimeoutError:
        raise NotFetched(f"no whole answer within {SECONDS} s") from None
    except (ClientError, OSError, ValueError) as error:
        raise NotFetched(f"{error or type(error).__name__}") from None


def _check(address: URL, allow_private: bool) -> None:
    """Refuse addresses other than HTTP, and private ones written as numbers, which the resolver never sees."""
    if address.scheme not in ("http", "https") or not address.host:
        raise NotFetched(f"{address} is no web address")
    if not allow_private:
        try:
            public = is_public(address.host)
        except ValueError:  # a name
            return
        if not public:
            raise NotFetched(f"{address.host} is a private address; allow_private = true allows it")


async def _answer(response: ClientResponse) -> Fetched | None:
    if response.status == NOT_MODIFIED:
        return None
    if not response.ok:
        wait = retry_after(response.headers.get("Retry-After", ""), datetime.now(UTC))
        raise NotFetched(f"the server says {response.status} {response.reason}", wait, response.status == GONE)
    parts, size = [], 0
    async for part in response.content.iter_chunked(2**16):
        parts.append(part)
        size += len(part)
        if size > MAX_BYTES:
            raise NotFetched(f"more than {MAX_BYTES // 2**20} MB")
        await asyncio.sleep(0)
    tag, modified = (response.headers.get(name, "") for name in ("ETag", "Last-Modified"))
    return Fetched(b"".join(parts), response.charset or "", tag, modified)
