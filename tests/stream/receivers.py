"""Who alerts are delivered to: an HTTP server and an SMTP server in the test's process."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from standardwebhooks import Webhook

from streams.local_broker.server import free_port


@dataclass
class Received:
    """A request."""

    headers: dict[str, str]
    body: bytes
    status: int
    at: float = field(default_factory=time.monotonic)

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    def verified(self, secret: str) -> Any:
        """The body, once its signature has been found true."""
        return Webhook(secret).verify(self.body, self.headers)


@dataclass
class Receiver:
    """An HTTP server that keeps what it is sent.

    Attributes
    ----------
    answers
        Statuses of its first answers; the last one stays.
    seconds
        Before it answers.
    """

    answers: list[int] = field(default_factory=lambda: [200])
    seconds: float = 0
    url: str = ""
    received: list[Received] = field(default_factory=list)

    @property
    def taken(self) -> list[Received]:
        """What it did not turn down."""
        return [r for r in self.received if r.status == 200]

    @contextmanager
    def listening(self) -> Iterator["Receiver"]:
        receiver, over = self, threading.Event()

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status = receiver.answers.pop(0) if len(receiver.answers) > 1 else receiver.answers[0]
                headers = {name.lower(): value for name, value in self.headers.items()}
                receiver.received.append(Received(headers, body, status))
                over.wait(receiver.seconds)
                try:
                    self.send_response(status)
                    self.send_header("Content-Length", "0")
                    if status == 503:
                        self.send_header("Retry-After", "0")
                    self.end_headers()
                except ConnectionError:
                    pass

            def log_message(self, *_: object) -> None:
                pass

        with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
            self.url = f"http://127.0.0.1:{server.server_port}/hook-SECRETPATH"
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
            thread.start()
            try:
                yield self
            finally:
                over.set()
                server.shutdown()
                thread.join(5)


class _Keeping:
    def __init__(self) -> None:
        self.received: list[EmailMessage] = []

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        made = message_from_bytes(envelope.original_content or b"", policy=policy.default)
        self.received.append(cast(EmailMessage, made))
        return "250 OK"


@contextmanager
def mailbox() -> Iterator[tuple[int, list[EmailMessage]]]:
    """The port of an SMTP server, and the mails that it was given."""
    keeping = _Keeping()
    port = free_port()
    controller = Controller(keeping, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield port, keeping.received
    finally:
        controller.stop()
