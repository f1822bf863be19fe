"""Security: headers that tell the browser what not to do, and checks of where a request comes from.

Sources: OWASP's cheat sheets on HTTP Headers, Content Security Policy and Cross-Site Request Forgery Prevention.
"""

from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
"""Nothing may come from elsewhere, and no script or style may be in the page itself."""

LOOPBACK_NAME = "localhost"

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-cache",
}


class WithSecurityHeaders:
    """Adds the headers to every answer, also to errors."""

    def __init__(self, application: ASGIApp) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._application(scope, receive, told)


class OnlyAtLoopback:
    """Refuses requests for any host but this machine, so that a foreign page cannot reach the board by DNS rebinding.

    For a board that listens on this machine alone.

    Parameters
    ----------
    url
        Address at which people open the board through a proxy, whose host is allowed too; empty for none.
    """

    def __init__(self, application: ASGIApp, url: str = "") -> None:
        self._application = application
        self._url = url

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] == "http" and not self._is_known(Headers(scope=scope).get("host", "")):
            where = f"{self._url} and 127.0.0.1" if self._url else "127.0.0.1"
            refusal = PlainTextResponse(f"This board is served at {where} alone. Open it by that address.\n", 403)
            await refusal(scope, receive, send)
            return
        await self._application(scope, receive, send)

    def _is_known(self, host: str) -> bool:
        return is_loopback(host) or bool(self._url and host.lower() == urlsplit(self._url).netloc)


def is_loopback(host: str) -> bool:
    """Whether a host, with or without its port, is this machine."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
        return name == LOOPBACK_NAME or ip_address(name).is_loopback
    except ValueError:
        return False


def address_of(request: Request) -> str:
    """The address at which people open the board, without a slash at its end."""
    url: str = request.app.state.url
    return url or str(request.base_url).rstrip("/")


def comes_from_here(request: Request) -> bool:
    """Whether a page of this board sent the form, by the browser's `Origin` or `Sec-Fetch-Site`."""
    headers, origin = request.headers, request.headers.get("origin")
    if origin is None:
        return headers.get("sec-fetch-site") == "same-origin"
    if origin and origin == request.app.state.url:
        return True
    try:
        here = urlsplit(origin)
    except ValueError:
        return False
    return here.scheme in ("http", "https") and bool(here.netloc) and here.netloc == headers.get("host")
