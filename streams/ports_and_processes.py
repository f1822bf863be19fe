"""Ports and processes of this machine: who holds a port, what answers there, and whether a process has ended."""

import os
import resource
import socket
import ssl
import struct
import time
from contextlib import suppress
from enum import IntEnum

import psutil

from streams.errors import FilesExhausted

BRIEFLY = 0.05


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def holder(port: int) -> str:
    """Who listens on a port, as far as this user may see."""
    with suppress(psutil.Error):
        for connection in psutil.net_connections("tcp"):
            listens = connection.status == psutil.CONN_LISTEN
            if listens and connection.laddr[1:] == (port,) and connection.pid:
                return f"{psutil.Process(connection.pid).name()} (pid {connection.pid})"
    return "another program"


def has_ended(process: psutil.Process) -> bool:
    """Whether a process is gone, or a zombie that only its parent can remove."""
    try:
        return bool(process.status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


def ends(process: psutil.Process, seconds: float) -> bool:
    """Whether a process ends in time after a signal."""
    deadline = time.monotonic() + seconds
    while not has_ended(process):
        if time.monotonic() > deadline:
            return False
        time.sleep(BRIEFLY)
    return True


def see_files_left() -> None:
    """Check that a file can still be opened, since a lack of descriptors looks like a fault of the other side.

    Raises
    ------
    FilesExhausted
        If none can be opened.
    """
    try:
        os.close(os.open(os.devnull, os.O_RDONLY))
    except OSError as error:
        most, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        raise FilesExhausted(
            f"no more files and connections can be opened: {error.strerror}. This process may have {most}. See who "
            f"connects to it (`lsof -p {os.getpid()}`), or raise the limit with `ulimit -n`."
        ) from None


def connects(host: str, port: int) -> bool:
    """Whether anything listens at an address.

    Raises
    ------
    FilesExhausted
        If no file descriptor is left for asking.
    """
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        see_files_left()
        return False
    return True


class Answer(IntEnum):
    """What an address answers; the higher, the better."""

    NOTHING = 0
    """No connection."""

    OTHER = 1
    """An answer unlike Kafka's, or the connection closes."""

    SILENT = 2
    """A connection, but no answer."""

    KAFKA = 3


def answers(host: str, port: int) -> bool:
    """Whether Kafka answers at an address.

    Raises
    ------
    FilesExhausted
        If no file descriptor is left for asking.
    """
    return answer(host, port) is Answer.KAFKA


def answer(host: str, port: int, context: ssl.SSLContext | None = None, sasl: bool = False) -> Answer:
    """What answers at an address. It is Kafka if it answers a metadata request with a broker in service.

    Parameters
    ----------
    context
        For a broker that speaks TLS.
    sasl
        For a broker that asks for a user. Without one, it gives at most its versions.

    Raises
    ------
    FilesExhausted
        If no file descriptor is left for asking.
    """
    versions, metadata, correlation, no_client, no_topics = 18, 3, 1, -1, 0
    if sasl:
        asked = struct.pack(">hhih", versions, 0, correlation, no_client)
    else:
        asked = struct.pack(">hhihi?", metadata, 4, correlation, no_client, no_topics, False)
    try:
        plain = socket.create_connection((host, port), timeout=1)
    except OSError:
        see_files_left()
        return Answer.NOTHING
    try:
        with plain, _encrypted(plain, context, host) as connection:
            connection.sendall(struct.pack(">i", len(asked)) + asked)
            reply = connection.makefile("rb").read(16)
    except TimeoutError:
        return Answer.SILENT
    except OSError:
        see_files_left()
        return Answer.OTHER
    if len(reply) < 16:
        return Answer.OTHER
    if sasl:
        _, correlated, error, *_ = struct.unpack(">iihhi", reply)
        return Answer.KAFKA if correlated == correlation and error == 0 else Answer.OTHER
    _, correlated, _, brokers = struct.unpack(">iiii", reply)
    return Answer.KAFKA if correlated == correlation and brokers > 0 else Answer.OTHER


def _encrypted(plain: socket.socket, context: ssl.SSLContext | None, host: str) -> socket.socket:
    return context.wrap_socket(plain, server_hostname=host) if context else plain
