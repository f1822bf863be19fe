"""ninjs 1.x, 2.x and 3.x to ninjs 3, by IPTC's own renaming of properties.

What has no place in ninjs 3 is left out; what an agency adds of its own is kept.
"""

from typing import Any

from streams.feeds.markup import plain_text

HTML = frozenset({"text/html", "application/xhtml+xml", "html", "xhtml"})

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
    "byline": "by",
}
CONTENT_TYPES = {"body_text": "text/plain", "body_html": "text/html", "body_xhtml": "text/html"}


class NotNinjs(ValueError):
    """The JSON is no ninjs item; the message says why."""


def to_ninjs3(document: Any) -> dict[str, Any]:
    """The item in ninjs 3, with a text/plain body.

    Raises
    ------
    NotNinjs
        If the document is no object, or has no uri.
    """
    if not isinstance(document, dict):
        raise NotNinjs("the JSON is no object, so no news item")
    made: dict[str, Any] = {}
    for name, value in document.items():
        if name not in CONTENT_TYPES and name not in ("headline", "uri", "guid"):
            made.setdefault(RENAMED.get(str(name), str(name)), value)
    made["uri"] = document.get("uri") or document.get("guid")
    if not made["uri"]:
        raise NotNinjs("the item has no uri (ninjs) and no guid (Superdesk)")
    made["standard"] = {"name": "ninjs", "version": "3.0"}
    if "headlines" not in made:
        headline = document.get("headline")
        made["headlines"] = [{"role": "main", "value": headline}] if isinstance(headline, str) else []
    made["bodies"] = _bodies(document)
    if "infoSources" not in made:
        named = next(
            (document[k] for k in ("source", "provider", "copyrightholder") if _is_text(document.get(k))), None
        )
        made["infoSources"] = [{"name": named}] if named else []
    return made


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _bodies(document: dict[str, Any]) -> list[Any]:
    """The bodies, with a plain one first: made from HTML where the item has no other."""
    given = document.get("bodies")
    if not isinstance(given, list):
        given = [
            {"contentType": kind, "value": document[name]} for name, kind in CONTENT_TYPES.items() if name in document
        ]
    bodies = [_body(b) for b in given]
    plain = [b for b in bodies if isinstance(b, dict) and b.get("contentType", "text/plain") == "text/plain"]
    html = next((b for b in bodies if isinstance(b, dict) and b.get("contentType") in HTML), None)
    if not plain and html and isinstance(html.get("value"), str):
        bodies.insert(0, {"role": "main", "contentType": "text/plain", "value": plain_text(html["value"])})
    return bodies


def _body(body: Any) -> Any:
    """A body with its content type under ninjs 3's name."""
    if isinstance(body, dict) and "contenttype" in body:
        body = {**body, "contentType": body["contenttype"]}
        del body["contenttype"]
    return body
