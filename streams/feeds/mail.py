"""E-mail, alone or in an mbox. A message is an item, its Message-ID the uri, and its subject the headline."""

import re
from collections.abc import Iterator
from dataclasses import replace
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr
from typing import Any

from streams.feeds.documents import Bad, Entry, NotReadable, Slip
from streams.feeds.encodings import to_text
from streams.feeds.markup import plain_text
from streams.feeds.ninjs_builder import digest_uri, make

NAME = "mail"
HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]{0,60}:")
TELLING = re.compile(rb"(?im)^(?:from|message-id|received|return-path|subject|mime-version):")
MESSAGE = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From \S[^\r\n]* \d{4}[^\r\n]*\r?\n")
"""The line before each message in an mbox. Inside a message such a line is quoted."""
QUOTED = re.compile(rb"(?m)^>(>*From )")
SIGNATURE = re.compile(r"(?m)^-- ?\n")
PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")


def is_mail(raw: bytes) -> bool:
    """Whether the bytes begin with a message's headers: at least two that only mail has."""
    begin = raw.lstrip()[:4000]
    head = MESSAGE.sub(b"", begin, count=1).replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    return bool(HEADER.match(head)) and len(TELLING.findall(head)) > 1


def read(raw: bytes, charset: str = "") -> Iterator[Entry | Bad | Slip]:
    """The message, or those of an mbox.

    Raises
    ------
    NotReadable
        If a single message has neither a subject nor a text, or can't be parsed.
    """
    begins = list(MESSAGE.finditer(raw))
    if not begins:
        yield from _message(raw.lstrip(), charset)
        return
    ends = [*(found.start() for found in begins[1:]), len(raw)]
    for found, end in zip(begins, ends, strict=True):
        line = raw.count(b"\n", 0, found.start()) + 1
        message = QUOTED.sub(rb"\1", raw[found.end() : end])
        try:
            yield from (replace(each, line=line) for each in _message(message, charset))
        except NotReadable as error:
            yield Bad(str(error), message, line)


def _message(raw: bytes, charset: str) -> list[Entry | Slip]:
    try:
        message = BytesParser(EmailMessage, policy=policy.default.clone(utf8=True)).parsebytes(raw)
        text, slips = _body(message, charset or "utf-8")
        return [*slips, Entry(_item(message, text))]
    except NotReadable:
        raise
    except (MessageError, LookupError, ValueError, AttributeError, IndexError, TypeError) as error:
        raise NotReadable(f"a message that cannot be parsed: {error}") from None  # faults of the parser itself


def _item(message: EmailMessage, body: str) -> dict[str, Any]:
    headline = _header(message, "Subject")
    if not headline and not body:
        raise NotReadable("a message with neither a subject nor a text")
    name, address = parseaddr(_header(message, "From"))
    sender = name or address
    identifier = _header(message, "Message-ID").strip("<> ")
    return make(
        uri=f"mid:{identifier}" if identifier else digest_uri("mail", _header(message, "Date"), headline, body),
        item=f"{address}#{identifier}" if identifier and "@" not in identifier else "",
        format="e-mail",
        created=_header(message, "Date"),
        type="text",
        language=_header(message, "Content-Language").partition(",")[0].strip(),
        headline=headline,
        body=body,
        provider={"name": sender} if sender else None,
        sources=[sender],
    )


def _header(message: EmailMessage, name: str) -> str:
    return " ".join(str(message.get(name, "")).split())


def _body(message: EmailMessage, charset: str) -> tuple[str, list[Slip]]:
    """The plain part, with lines joined to paragraphs and without the signature; else the HTML part."""
    part = message.get_body(("plain", "html"))
    if part is None:
        return "", []
    payload = part.get_payload(decode=True)
    text, slips = to_text(payload if isinstance(payload, bytes) else b"", part.get_content_charset(charset))
    text = text.replace("\r\n", "\n")
    if part.get_content_subtype() == "html":
        return plain_text(text), slips
    text = SIGNATURE.split(text, maxsplit=1)[0].strip()
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in PARAGRAPH.split(text)), slips
