"""How clients connect to Kafka: SASL and TLS for every client, and why a broker refuses."""

import asyncio
import ssl
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from aiokafka.conn import create_conn
from aiokafka.errors import (
    AuthenticationFailedError,
    BrokerResponseError,
    ClusterAuthorizationFailedError,
    GroupAuthorizationFailedError,
    IllegalSaslStateError,
    KafkaError,
    SaslAuthenticationFailed,
    TopicAuthorizationFailedError,
    TransactionalIdAuthorizationFailed,
    UnsupportedSaslMechanismError,
)
from aiokafka.protocol.metadata import MetadataRequest

from streams.errors import KafkaRefuses, KafkaUnreachable, SettingsInvalid, UserError
from streams.ports_and_processes import Answer, answer, see_files_left
from streams.settings import Settings

PROBE_MS = 4_000
HOST_NAME_DIFFERS = 62
"""OpenSSL's code for a good certificate of another host."""

NOT_ALLOWED = (
    ClusterAuthorizationFailedError,
    GroupAuthorizationFailedError,
    TopicAuthorizationFailedError,
    TransactionalIdAuthorizationFailed,
)


def client_options(settings: Settings) -> dict[str, Any]:
    """The options of any aiokafka client for the broker's address and protocol.

    Raises
    ------
    SettingsInvalid
        If a file named in the settings cannot be used; the message names the setting.
    """
    options: dict[str, Any] = {
        "bootstrap_servers": settings.broker,
        "security_protocol": settings.security_protocol,
    }
    if settings.tls:
        options["ssl_context"] = _context(settings)
    if settings.sasl:
        options["sasl_mechanism"] = settings.sasl_mechanism
        options["sasl_plain_username"] = settings.username
        options["sasl_plain_password"] = _password(settings)
    return options


def _servers(settings: Settings) -> list[tuple[str, int]]:
    addresses = (server.strip().rpartition(":") for server in settings.broker.split(","))
    return [(host.strip("[]"), int(port)) for host, _, port in addresses]


def _context(settings: Settings) -> ssl.SSLContext | None:
    return _ssl_context(settings.ssl_ca, settings.ssl_cert, settings.ssl_key) if settings.tls else None


def _password(settings: Settings) -> str:
    if settings.password_file is None:
        return settings.password.get_secret_value()
    try:
        password = settings.password_file.read_text("utf8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise _unusable("password_file", settings.password_file, error) from None
    if not password:
        raise SettingsInvalid(f"password_file (CLAIMWIRE_PASSWORD_FILE): {settings.password_file} is empty.")
    return password


@cache
def _ssl_context(ca: Path | None, cert: Path | None, key: Path | None) -> ssl.SSLContext:
    """The authorities that the broker's certificate is checked against, and the client's own certificate."""
    try:
        context = ssl.create_default_context(cafile=ca)
    except OSError as error:
        raise _unusable("ssl_ca", ca, error) from None
    if cert:
        try:
            # An empty password: otherwise OpenSSL would ask the terminal.
            context.load_cert_chain(cert, key, password=lambda: "")
        except OSError as error:
            missing = next((f for f in (cert, key) if f and not f.is_file()), None)
            which = "ssl_key" if key and missing != cert else "ssl_cert"
            raise _unusable(which, missing or key or cert, error) from None
    return context


def _unusable(setting: str, file: Path | None, error: Exception) -> SettingsInvalid:
    why = "holds no PEM of the kind, or does not fit the other" if isinstance(error, ssl.SSLError) else None
    why = why or getattr(error, "strerror", None) or "is no text"
    return SettingsInvalid(f"{setting} (CLAIMWIRE_{setting.upper()}): {file} cannot be used: {why}.")


def refusal(settings: Settings, error: KafkaError, what: str = "do this") -> KafkaRefuses:
    """The broker's answer to a request, in words for the user."""
    if isinstance(error, NOT_ALLOWED):
        return KafkaRefuses(
            f"the broker at {settings.broker} does not allow {who(settings)} to {what} ({error}). "
            f"docs/security.md lists the ACLs that each command needs."
        )
    return KafkaRefuses(f"the broker at {settings.broker} did not {what}: {type(error).__name__}: {error}")


def broker_answers(settings: Settings) -> bool:
    """Whether one of the bootstrap servers answers. This needs no Kafka client.

    Raises
    ------
    FilesExhausted
        If no file descriptor is left for asking.
    """
    return answer_of(settings) is Answer.KAFKA


def answer_of(settings: Settings) -> Answer:
    """The best answer of the bootstrap servers.

    Raises
    ------
    FilesExhausted
        If no file descriptor is left for asking.
    """
    context = _context(settings)
    return max(answer(host, port, context, settings.sasl) for host, port in _servers(settings))


def silent(settings: Settings) -> KafkaUnreachable:
    """The error for the user if something takes connections but is silent."""
    return KafkaUnreachable(
        f"something takes connections at {settings.broker}, and does not answer as Kafka does. If that is the broker, "
        f"it hangs or is busy; else name yours in CLAIMWIRE_BROKER."
    )


def unready(settings: Settings, error: BaseException) -> KafkaUnreachable:
    """The error for the user if a broker answers and cannot do its work now."""
    return KafkaUnreachable(
        f"the broker at {settings.broker} is not ready ({type(error).__name__}). It starts, or hangs, or is busy."
    )


def unreachable(settings: Settings, why: str = "") -> KafkaUnreachable:
    """The error for the user if no broker answers."""
    return KafkaUnreachable(
        f"no Kafka broker answers at {settings.broker}. Start one with `claimwire broker start`, "
        f"or name yours in CLAIMWIRE_BROKER.{why}"
    )


async def why_unreachable(settings: Settings) -> UserError:
    """Why no client can connect to any of the servers. aiokafka says so only in its log.

    Returns
    -------
    UserError
        `KafkaRefuses` if one of them answers and refuses, else `KafkaUnreachable`.

    Raises
    ------
    FilesExhausted
        If no file descriptor is left for asking.
    """
    why = ""
    for host, port in _servers(settings):
        refused = await _refusal_of(settings, host, port)
        if isinstance(refused, KafkaRefuses):
            return refused
        why = why or str(refused)
    return unreachable(settings, f" ({why})" if why else "")


async def _refusal_of(settings: Settings, host: str, port: int) -> KafkaRefuses | str:
    """The refusal of one server, or how the connection failed."""
    options = client_options(settings)
    del options["bootstrap_servers"]
    try:
        connection = await create_conn(host, port, request_timeout_ms=PROBE_MS, **options)
        try:
            await connection.send(MetadataRequest([]))
        finally:
            connection.close()
    except (KafkaError, OSError, TimeoutError, ValueError) as error:
        see_files_left()
        cause = _root(error)
        words = _in_words(settings, f"{host}:{port}", cause) or await _by_protocol(settings, host, port)
        return KafkaRefuses(words) if words else type(cause).__name__
    return ""


def _root(error: BaseException) -> BaseException:
    """The root of an error, since aiokafka wraps the reason why a connection closed."""
    return _root(error.__cause__) if error.__cause__ else error


def _in_words(settings: Settings, server: str, error: BaseException) -> str | None:
    """What is wrong, for errors that show it by themselves."""
    match error:
        case ssl.SSLCertVerificationError(verify_code=code) if code == HOST_NAME_DIFFERS:
            return (
                f"the certificate of the broker at {server} is another host's ({error.verify_message}). "
                f"Name the broker in CLAIMWIRE_BROKER as its certificate does."
            )
        case ssl.SSLCertVerificationError():
            return (
                f"the certificate of the broker at {server} is not trusted ({error.verify_message}). "
                f"Name the authority that signed it in CLAIMWIRE_SSL_CA."
            )
        case ssl.SSLError() if "CERTIFICATE" in (error.reason or ""):
            return (
                f"the broker at {server} asks for a certificate that it trusts ({error.reason}). "
                f"Name the client's in CLAIMWIRE_SSL_CERT, and its key in CLAIMWIRE_SSL_KEY."
            )
        case UnsupportedSaslMechanismError():
            return (
                f"the broker at {server} does not take {settings.sasl_mechanism}. "
                f"Set CLAIMWIRE_SASL_MECHANISM to one that it takes."
            )
        case IllegalSaslStateError():
            protocol = "SSL" if settings.tls else "PLAINTEXT"
            return f"the broker at {server} asks for no user. Set CLAIMWIRE_SECURITY_PROTOCOL to {protocol}."
        case SaslAuthenticationFailed() | AuthenticationFailedError() | ValueError():
            return (
                f"the broker at {server} refuses {who(settings)} by {settings.sasl_mechanism}. See that "
                f"CLAIMWIRE_USERNAME and CLAIMWIRE_PASSWORD (or CLAIMWIRE_PASSWORD_FILE) are right, and that the "
                f"broker knows this user by CLAIMWIRE_SASL_MECHANISM."
            )
        case BrokerResponseError():
            return str(refusal(settings, error))
    return None


async def _by_protocol(settings: Settings, host: str, port: int) -> str | None:
    """What is wrong if the connection just closes because the two sides speak different protocols."""
    try:
        encrypted = await _speaks_tls(host, port)
    except OSError:
        return None
    server = f"{host}:{port}"
    if encrypted is not settings.tls:
        wanted = "SSL" if encrypted else "PLAINTEXT"
        wanted = f"SASL_{wanted}" if settings.sasl else f"{wanted}, or to SASL_{wanted} with a user"
        speaks = "TLS" if encrypted else "no TLS"
        return (
            f"what answers at {server} speaks {speaks}, and security_protocol is {settings.security_protocol}. If that "
            f"is the broker, set CLAIMWIRE_SECURITY_PROTOCOL to {wanted}."
        )
    if not settings.sasl:
        wanted = "SASL_SSL" if settings.tls else "SASL_PLAINTEXT"
        return (
            f"what answers at {server} closes the connection. If that is the broker, it probably asks for a user: set "
            f"CLAIMWIRE_SECURITY_PROTOCOL to {wanted}, CLAIMWIRE_USERNAME and CLAIMWIRE_PASSWORD."
        )
    return None


async def _speaks_tls(host: str, port: int) -> bool:
    """Whether a server answers a TLS handshake. Nothing of ours is sent over it.

    Raises
    ------
    OSError
        If nothing answers at all.
    """
    anyone = ssl.create_default_context()
    anyone.check_hostname, anyone.verify_mode = False, ssl.CERT_NONE
    _, writer = await asyncio.wait_for(asyncio.open_connection(host, port), PROBE_MS / 1000)
    try:
        await writer.start_tls(anyone, server_hostname=host, ssl_handshake_timeout=PROBE_MS / 1000)
    except (OSError, TimeoutError):
        return False
    finally:
        writer.close()
        with suppress(OSError, TimeoutError):
            await writer.wait_closed()
    return True


def who(settings: Settings) -> str:
    """The name by which the broker knows this client, in words."""
    return f"the user {settings.username!r}" if settings.sasl else "this client"
