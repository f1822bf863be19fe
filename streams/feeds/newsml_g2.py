"""NewsML-G2: a newsItem, or a newsMessage with several.

Elements are found by their local names, since some files have no namespace.
"""

import base64
import binascii
from collections.abc import Iterable, Iterator
from typing import Any

from streams.feeds.documents import Bad, Entry, NotReadable
from streams.feeds.markup import plain_line, plain_text, prose
from streams.feeds.ninjs_builder import make, named, urgency
from streams.feeds.nitf import nitf_text
from streams.feeds.xml import Element, at, attribute, children, first, items, language, line_of, local, text_of, words

NAME = "newsml-g2"
OTHER_ITEMS = frozenset({"packageItem", "conceptItem", "knowledgeItem", "planningItem", "catalogItem"})
ROOTS = frozenset({"newsMessage", "newsItem"}) | OTHER_ITEMS
HTML = ("html", "xhtml")


def read(root: Element) -> Iterator[Entry | Bad]:
    """The news items. Packages, concepts and plans are no news and are skipped.

    Raises
    ------
    NotReadable
        If there is no news item at all.
    """
    found = [root] if local(root) == "newsItem" else list(root.iter("{*}newsItem"))
    if not found:
        raise NotReadable(f"a NewsML-G2 {local(root)} without a newsItem: no news", line_of(root))
    yield from items(found, _item)


def _item(item: Element) -> dict[str, Any]:
    management, content, rights = first(item, "itemMeta"), first(item, "contentMeta"), first(item, "rightsInfo")
    provider = _name(first(management, "provider"))
    sources = [_name(source) for source in children(content, "infoSource")]
    inline = _inline(item)
    return make(
        uri=attribute(item, "guid"),
        feed=provider,
        others=[words(other) for other in children(content, "altId")],
        format=f"NewsML-G2 {attribute(item, 'standardversion')}".strip(),
        version=attribute(item, "version"),
        created=at(management, "versionCreated"),
        first=at(management, "firstCreated"),
        status=_status(first(management, "pubStatus")),
        embargoed=at(management, "embargoed"),
        signals=[_code(signal) for signal in children(management, "signal")],
        type=_code(first(management, "itemClass")).rpartition(":")[2],
        language=_language(content, inline) or language(item),
        headline=plain_line(words(_english(children(content, "headline"))) or at(management, "title")),
        body=_text(inline) if inline is not None else "",
        slugline=at(content, "slugline"),
        by=at(content, "by"),
        urgency=urgency(at(content, "urgency")) or urgency(_message_priority(item)),
        edNote="\n".join(filter(None, (words(note) for note in children(management, "edNote") if _public(note)))),
        provider={"name": provider} if provider else None,
        sources=[*sources, provider],
        subjects=named(_name(subject) for subject in children(content, "subject")),
        genres=named(_name(genre) for genre in children(content, "genre")),
        descriptions=_descriptions(content),
        copyrightHolder=_name(first(rights, "copyrightHolder")),
        copyrightNotice=at(rights, "copyrightNotice"),
        usageTerms=at(rights, "usageTerms"),
    )


def _message_priority(item: Element) -> str:
    """The priority of the message around the item, the only one that some agencies give."""
    return at(next(item.iterancestors("{*}newsMessage"), None), "header", "priority")


def _english(found: Iterable[Element]) -> Element | None:
    """The English one of elements in several languages, else the first."""
    listed = list(found)
    return next((e for e in listed if language(e).lower().startswith("en")), next(iter(listed), None))


def _language(content: Element | None, inline: Element | None) -> str:
    """The item's language; if it has several, that of the text."""
    tags = [tag for e in children(content, "language") if (tag := attribute(e, "tag"))]
    if len(tags) == 1:
        return tags[0]
    own = language(inline)
    english = next((tag for tag in tags if tag.lower().startswith("en")), "")
    return (own if any(own == tag for tag in tags) or not tags else "") or english or next(iter(tags), "")


def _code(element: Element | None) -> str:
    """A concept's code: its QCode, its URI, or the literal in their place."""
    return attribute(element, "qcode") or attribute(element, "uri") or attribute(element, "literal")


def _status(element: Element | None) -> str:
    return _code(element) or at(element, "name")


def _name(element: Element | None) -> str:
    """A concept's name, else its literal, or its code without the scheme."""
    code = attribute(element, "qcode").partition(":")[2] or attribute(element, "uri")
    return at(element, "name") or attribute(element, "literal") or code or words(element)


def _public(note: Element) -> bool:
    return "nonpublic" not in attribute(note, "pubconstraint")


def _descriptions(content: Element | None) -> list[dict[str, str]]:
    found = [(attribute(e, "role").rpartition(":")[2], words(e)) for e in children(content, "description")]
    return [{"contentType": "text/plain", **({"role": role} if role else {}), "value": v} for role, v in found if v]


def _inline(item: Element) -> Element | None:
    """The first inline content with a text, in English if there are several languages."""
    return _english(
        content for content in children(first(item, "contentSet"), "inlineXML", "inlineData") if _text(content)
    )


def _text(content: Element) -> str:
    return _inline_xml(content) if local(content) == "inlineXML" else _inline_data(content)


def _inline_xml(content: Element) -> str:
    nitf = next(content.iter("{*}nitf"), None)
    return nitf_text(nitf) if nitf is not None else text_of(content)


def _inline_data(content: Element) -> str:
    kind, data = attribute(content, "contenttype").lower(), "".join(content.itertext())
    if kind and not kind.startswith("text/") and not any(name in kind for name in HTML):
        return ""
    if attribute(content, "encoding"):
        try:
            data = base64.b64decode(data, validate=False).decode("utf-8")
        except (binascii.Error, ValueError):
            return ""
    return plain_text(data) if any(name in kind for name in HTML) else prose(data)
