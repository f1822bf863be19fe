"""ninjs 1.x, 2.x and 3.x to ninjs 3, by IPTC's own renaming of properties.

Properties without a place in ninjs 3 are left out; an agency's own are kept.
"""

from collections.abc import Callable, Iterator
from typing import Any

from claimwire.items import PubStatus
from streams.feeds.dates import to_rfc3339
from streams.feeds.documents import Bad, Entry, NotReadable
from streams.feeds.identity import lasting
from streams.feeds.markup import TAGGED, clean, plain_line, plain_text, prose
from streams.feeds.ninjs_builder import STANDARD, WITHDRAWN, of_json, spoken, to_status

NAME = "ninjs"
PLAIN = "text/plain"
MAIN = "main"
MARKED = ("html", "xml", "nitf")
"""Parts of the names of content types with markup."""

RENAMED = {
    # 1.x and 2.x → 3.x
    "versioncreated": "versionCreated",
    "firstcreated": "firstCreated",
    "contentcreated": "contentCreated",
    "pubstatus": "pubStatus",
    "altids": "altIds",
    "infosources": "infoSources",
    "ednote": "edNote",
    "usageterms": "usageTerms",
    "copyrightholder": "copyrightHolder",
    "copyrightnotice": "copyrightNotice",
    "representationtype": "representationType",
    "byline": "by",
}
CONTENT_TYPES = {"body_text": PLAIN, "body_html": "text/html", "body_xhtml": "text/html"}
OLD_BODY, OLD_HEADLINE = "body_", "headline"
ELSEWHERE = frozenset({"uri", "guid", "$standard"})
"""Properties that have their own code."""
DATES = ("versionCreated", "firstCreated", "contentCreated", "embargoed")


def read(document: Any) -> Iterator[Entry | Bad]:
    """The item, or the items in an answer of Superdesk's content API (``_items``) or AP's media API (``data``).

    Raises
    ------
    NotReadable
        If the document is no item.
    """
    found = _enveloped(document)
    if found is None:
        yield Entry(to_ninjs3(document))
        return
    yield from of_json(found, to_ninjs3)


def _enveloped(document: Any) -> list[Any] | None:
    """The items in an API's answer; None if it is an item itself."""
    if not isinstance(document, dict):
        return None
    if isinstance(document.get("_items"), list):
        return list(document["_items"])
    data = document.get("data", document)
    if not isinstance(data, dict) or "uri" in data or "guid" in data:
        return None
    if isinstance(data.get("items"), list):
        return [value.get("item", value) if isinstance(value, dict) else value for value in data["items"]]
    return [data["item"]] if isinstance(data.get("item"), dict) else None


def to_ninjs3(document: Any) -> dict[str, Any]:
    """The item in ninjs 3, with a text/plain body.

    Raises
    ------
    NotReadable
        If the document is no object, or has no uri.
    """
    if not isinstance(document, dict):
        raise NotReadable("the JSON is no object, so no news item")
    made: dict[str, Any] = {}
    for name, value in document.items():
        if value is not None and name not in ELSEWHERE and not str(name).startswith((OLD_BODY, OLD_HEADLINE)):
            made.setdefault(RENAMED.get(str(name), str(name)), value)
    made["uri"] = document.get("uri") or document.get("guid")
    if not made["uri"]:
        raise NotReadable("the item has no uri (ninjs) and no guid (Superdesk)")
    made["standard"] = STANDARD
    made["headlines"] = _headlines(document)
    made["bodies"] = _bodies(document)
    _set_language(made)
    if "infoSources" not in made:
        named = next(
            (document[k] for k in ("source", "provider", "copyrightholder") if _is_text(document.get(k))), None
        )
        made["infoSources"] = [{"name": named}] if named else []
    if isinstance(made.get("version"), int | float) and not isinstance(made["version"], bool):
        made["version"] = str(made["version"])
    _set_status(made)
    _set_dates(made)
    if "claimwire" not in made:
        made["claimwire"] = {"format": _release(document), **_called(made, document)}
    return made


def _called(made: dict[str, Any], document: dict[str, Any]) -> dict[str, str]:
    """The name of all versions, if the uri does not do."""
    known = document.get("altids")
    story = known.get("itemid") if isinstance(known, dict) else None
    if _is_text(story):
        return {"item": str(story)}
    sources, version = made["infoSources"], made.get("version", "")
    holders = (made.get("provider"), *(sources if isinstance(sources, list) else ()))
    outlet = next((h["name"] for h in holders if isinstance(h, dict) and _is_text(h.get("name"))), "")
    uri, guid = str(made["uri"]), str(document.get("guid") or "")
    called = lasting(uri, version if isinstance(version, str) else "", outlet, guid if guid != uri else "")
    return {"item": called} if called else {}


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _release(document: dict[str, Any]) -> str:
    """The format as the document states it, else by the names of its properties."""
    standard = document.get("standard") or document.get("$standard")
    stated = standard.get("version") if isinstance(standard, dict) else None
    if isinstance(stated, str) and stated:
        return f"ninjs {stated}"
    if "versionCreated" in document:
        return "ninjs 3"
    return "ninjs 2" if "bodies" in document or "headlines" in document else "ninjs 1"


def _set_language(made: dict[str, Any]) -> None:
    """Keep only the English of texts in several languages, and remove a tag that names no language."""
    for name in ("headlines", "bodies"):
        parts = made[name]
        if not isinstance(parts, list):
            continue
        english = [p for p in parts if isinstance(p, dict) and _tag(p).startswith("en")]
        if english and any(isinstance(p, dict) and _tag(p) and p not in english for p in parts):
            made[name] = english
            made["language"] = english[0]["language"]
    if "language" in made and isinstance(made["language"], str) and not spoken(made["language"]):
        del made["language"]


def _tag(part: dict[str, Any]) -> str:
    value = part.get("language")
    return value.lower() if isinstance(value, str) else ""


def _set_status(made: dict[str, Any]) -> None:
    """Set the status by its word, or by Superdesk's ``state`` if that withdraws the item."""
    if isinstance(made.get("pubStatus"), str):
        made["pubStatus"] = to_status(made["pubStatus"])
    state = made.get("state")
    gone = WITHDRAWN.get(state.lower()) if isinstance(state, str) else None
    if gone and made.get("pubStatus", PubStatus.USABLE) == PubStatus.USABLE:
        made["pubStatus"] = str(gone)


def _set_dates(made: dict[str, Any]) -> None:
    """Write dates in RFC 3339. A bad one stays, so that the error can show it, but a kill does without."""
    killed = made.get("pubStatus") == PubStatus.CANCELED
    for name in DATES:
        value = made.get(name)
        if value is None or value == "":
            made.pop(name, None)
        elif isinstance(value, str):
            made[name] = to_rfc3339(value) or value
            if killed and not to_rfc3339(value):
                del made[name]
    if "versionCreated" not in made and "firstCreated" in made and not killed:
        made["versionCreated"] = made["firstCreated"]


def _headlines(document: dict[str, Any]) -> Any:
    """The headlines, one of them plain; in older releases and Superdesk the only one, else the title."""
    given = document.get("headlines")
    if given is not None and (not isinstance(given, list) or given):
        return _with_plain(given, plain_line)
    names = ("headline", *sorted(n for n in document if str(n).startswith("headline_")), "title")
    text = next((document[n] for n in names if _is_text(document.get(n))), "")
    return [{"role": MAIN, "value": clean(plain_line(text))}] if text else []


def _bodies(document: dict[str, Any]) -> Any:
    """The bodies, one of them plain; in older releases one for each property that begins with ``body_``."""
    given = document.get("bodies")
    if given is None:
        named = sorted((n for n in document if str(n).startswith(OLD_BODY)), key=lambda n: n not in CONTENT_TYPES)
        found = [(n, document[n]) for n in named if document[n] is not None]
        given = [{"contentType": _content_type(name, value), "value": value} for name, value in found]
    return _with_plain(given, plain_text)


def _content_type(name: str, value: Any) -> str:
    """The type of a body_ property by its name, or by its content if the name is an agency's own."""
    marked = isinstance(value, str) and "</" in value
    return CONTENT_TYPES.get(name, "text/html" if marked else PLAIN)


def _with_plain(given: Any, to_plain: Callable[[str], str]) -> Any:
    """The parts of a text under ninjs 3's names, with a plain part made of a main part in markup."""
    if not isinstance(given, list):
        return given
    parts = [_part(part) for part in given]
    if not parts or not all(isinstance(part, dict) for part in parts):
        return parts
    plain = [part for part in parts if part.get("contentType", PLAIN) == PLAIN]
    main = [part for part in parts if part.get("role") == MAIN]
    if any(part in main for part in plain) or (plain and not main):
        return [_cleaned(part) for part in parts]
    made = next((text for part in (main or parts) if (text := _words(part, to_plain))), "")
    return [{"role": MAIN, "contentType": PLAIN, "value": clean(made)}, *parts]


def _cleaned(part: dict[str, Any]) -> dict[str, Any]:
    """A part declared as plain, without tags and invisible characters."""
    value = part.get("value")
    if part.get("contentType", PLAIN) != PLAIN or not isinstance(value, str):
        return part
    return {**part, "value": clean(prose(value) if TAGGED.search(value) else value)}


def _words(part: dict[str, Any], to_plain: Callable[[str], str]) -> str:
    kind, value = part["contentType"], part.get("value")
    if not isinstance(kind, str) or not isinstance(value, str):
        return ""
    if any(name in kind.lower() for name in MARKED):
        return to_plain(value)
    return value if kind.startswith("text/") else ""


def _part(part: Any) -> Any:
    """One text with its content type under ninjs 3's name."""
    if isinstance(part, dict) and "contenttype" in part:
        part = {**part, "contentType": part["contenttype"]}
        del part["contenttype"]
    return part
