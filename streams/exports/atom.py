"""Atom: status changes as a feed for any feed reader.

Source: RFC 4287.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from claimwire.status_events import StatusChanged
from claimwire.times import format_time
from streams.exports.names import NAMESPACE, claim_urn, is_url, side_name

ATOM = "http://www.w3.org/2005/Atom"
EMPTY = datetime(1970, 1, 1, tzinfo=UTC)
"""The update time of a feed without entries. Atom requires one, and there is no other."""

NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold."""


def feed(events: Sequence[StatusChanged], board: str = "", own: str = "") -> bytes:
    """The feed of some status changes, which are given in the order in which they came. It shows the last one first.

    Parameters
    ----------
    board
        Address of the board whose pages the feed links to; empty for none.
    own
        Address of the feed itself; empty if it has none.
    """
    ET.register_namespace("", ATOM)
    root = ET.Element(f"{{{ATOM}}}feed")
    _add(root, "id", f"{NAMESPACE}:status-changes")
    _add(root, "title", "Claims whose status changed")
    if own:
        _add(root, "link", rel="self", href=own)
    if board:
        _add(root, "link", rel="alternate", href=f"{board}/", type="text/html")
    _add(root, "updated", format_time(max((e.time for e in events), default=EMPTY)))
    _add(_add(root, "author"), "name", "claimwire")
    _add(root, "generator", "claimwire")
    for event in reversed(events):
        _entry(root, event, board)
    ET.indent(root)
    written: bytes = ET.tostring(root, "utf-8", xml_declaration=True)
    return written + b"\n"


def _entry(root: ET.Element, event: StatusChanged, board: str) -> None:
    cause = event.cause
    entry = _add(root, "entry")
    _add(entry, "id", f"{NAMESPACE}:event:{event.id}")
    _add(entry, "title", f"{event.previous or 'new'} → {event.word}: {event.claim.text}")
    if event.claim.headline:
        _add(entry, "summary", event.claim.headline)
    _add(entry, "updated", format_time(event.time))
    _add(entry, "category", term=event.word, scheme=f"{NAMESPACE}:status")
    if board:
        _add(entry, "link", rel="alternate", href=f"{board}/claims/{event.claim.id}", type="text/html")
    _add(entry, "link", rel="related", href=claim_urn(event.claim.id))
    if is_url(cause.item):
        _add(entry, "link", rel="via", href=cause.item)
    word = f"{cause.relation} withdrawn" if cause.withdrawn else str(cause.relation)
    speaker = cause.speaker or side_name(cause.side)
    said = f"{word}: {speaker} ({cause.outlet or cause.item}): “{cause.quote}”"
    decided = f" ({event.decided_by.words})" if event.decided_by.verdict else ""
    _add(entry, "content", event.verdict.sentence if event.verdict else f"{said}{decided}", type="text")


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    kept = {key: NO_XML.sub("\ufffd", value) for key, value in attributes.items()}
    made = ET.SubElement(parent, f"{{{ATOM}}}{name}", kept)
    made.text = NO_XML.sub("\ufffd", text) or None
    return made
