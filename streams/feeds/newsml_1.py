"""NewsML 1: its items, with the text of their main component."""

from collections.abc import Iterable, Iterator
from typing import Any

from streams.feeds.documents import Bad, Entry, NotReadable
from streams.feeds.identity import TIME, lasting
from streams.feeds.markup import plain_line, prose
from streams.feeds.ninjs_builder import EMBARGOED, make, named, urgency
from streams.feeds.nitf import nitf_text
from streams.feeds.xml import Element, at, attribute, children, first, items, language, line_of, local, text_of, words

NAME = "newsml-1"
ROOTS = frozenset({"NewsML"})
TEXTS = (frozenset({"main", "main text", "maintext"}), frozenset({"body", "bodytext", "body text", "text", "story"}))
"""Roles of a component that holds the text, the better ones first."""
NO_TEXT = frozenset(
    "title headline subheadline stylesheet style abstract summary contact contacts byline copyright dateline keywords "
    "advisory logo".split()
)
"""Roles of components other than the text."""
NO_WORDS = ("photo", "graphic", "video", "audio", "image/", "css", "xsl", "stylesheet", "javascript")


def read(root: Element) -> Iterator[Entry | Bad]:
    """The news items of the document.

    Raises
    ------
    NotReadable
        If there is none.
    """
    found = list(root.iter("{*}NewsItem"))
    if not found:
        raise NotReadable("a NewsML 1 document without a NewsItem", line_of(root))
    yield from items(found, lambda item: _item(item, attribute(root, "Version")))


def _item(item: Element, release: str) -> dict[str, Any]:
    identifier = first(item, "Identification", "NewsIdentifier")
    uri, revision = _uri(identifier), at(identifier, "RevisionId")
    management = first(item, "NewsManagement")
    lines = _nearest(item, "NewsLines")
    administration, description = _nearest(item, "AdministrativeMetadata"), _nearest(item, "DescriptiveMetadata")
    provider = _party(first(administration, "Provider"))
    status = _formal(first(management, "Status"))
    data = _main(item)
    return make(
        uri=uri,
        item=_shared(uri, identifier, at(management, "FirstCreated")),
        format=f"NewsML {release or 1}",
        version=revision,
        created=at(management, "ThisRevisionCreated"),
        first=at(management, "FirstCreated"),
        status=status,
        embargoed=at(management, "StatusWillChange", "DateAndTime") if status.lower() == EMBARGOED else "",
        signals=[_formal(e) for e in children(management, "Instruction")],
        type="text",
        language=_formal(first(description, "Language")) or language(data if data is not None else item),
        headline=plain_line(words(_english(_own(item, "HeadLine")))),
        body=_content(data) if data is not None else "",
        by=at(lines, "ByLine"),
        slugline=at(lines, "SlugLine") or at(item, "Identification", "NameLabel"),
        urgency=urgency(_formal(first(management, "Urgency"))) or urgency(_formal(_envelope(item))),
        edNote="\n".join(_advice(lines)),
        provider={"name": provider} if provider else None,
        sources=[*(_party(source) for source in children(administration, "Source")), provider],
        subjects=named(_formal(part) for code in children(description, "SubjectCode") for part in code),
        copyrightNotice=at(lines, "CopyrightLine"),
    )


def _uri(identifier: Element | None) -> str:
    """The PublicIdentifier, or one made of its parts by RFC 3085."""
    parts = [at(identifier, name) for name in ("ProviderId", "DateId", "NewsItemId", "RevisionId")]
    return at(identifier, "PublicIdentifier") or ("urn:newsml:" + ":".join(parts) if all(parts) else "")


def _shared(uri: str, identifier: Element | None, first_created: str) -> str:
    """The name of all revisions: the PublicIdentifier without the revision at its end, which most agencies write.

    Some agencies write a constant or the time of the version. Then provider, date and item make the name.
    """
    revision, update = at(identifier, "RevisionId"), attribute(first(identifier, "RevisionId"), "Update")
    ends = (f":{revision}", f":{revision}{update}") if revision else ()
    stem = next((uri.removesuffix(end) for end in ends if uri.endswith(end)), uri)
    provider, date, name = (at(identifier, part) for part in ("ProviderId", "DateId", "NewsItemId"))
    if TIME.search(date):  # some agencies write the revision's time
        date = first_created or date
    if provider and date and name and (name not in stem or TIME.search(stem)):
        return f"urn:newsml:{provider}:{date}:{name}"
    return stem if stem != uri else lasting(uri, revision, provider)


def _envelope(item: Element) -> Element | None:
    """The envelope with the document's priority, the only one that some agencies give."""
    return first(next(item.iterancestors("{*}NewsML"), None), "NewsEnvelope", "Priority")


def _formal(element: Element | None) -> str:
    return attribute(element, "FormalName")


def _party(element: Element | None) -> str:
    return _formal(first(element, "Party"))


def _own(item: Element, name: str) -> Iterator[Element]:
    """Elements of an item, without those of items inside it."""
    for found in item.iter(f"{{*}}{name}"):
        if next(found.iterancestors("{*}NewsItem"), None) is item:
            yield found


def _advice(lines: Element | None) -> Iterator[str]:
    """The agency's notes to editors, such as corrections."""
    for line in children(lines, "NewsLine"):
        if _formal(first(line, "NewsLineType")) == "AdvisoryLine":
            yield at(line, "NewsLineText")


def _nearest(item: Element, name: str) -> Element | None:
    return next(_own(item, name), None)


def _main(item: Element) -> Element | None:
    """The text with the role main or body, else the first; English if there are several."""
    texts = [data for data in _own(item, "DataContent") if _role(data) not in NO_TEXT and _content(data)]
    for roles in TEXTS:
        found = [data for data in texts if _role(data) in roles]
        if found:
            return _english(found)
    return _english(texts)


def _english(found: Iterable[Element]) -> Element | None:
    listed = list(found)
    return next((e for e in listed if language(e).lower().startswith("en")), next(iter(listed), None))


def _role(data: Element) -> str:
    """The role of the nearest component with one."""
    roles = (_formal(first(component, "Role")) for component in data.iterancestors("{*}NewsComponent"))
    return next(filter(None, roles), "").lower()


def _content(data: Element) -> str:
    kind = " ".join(_formal(e).lower() for e in children(data.getparent(), "MediaType", "Format", "MimeType"))
    if any(name in kind for name in NO_WORDS):
        return ""
    if len(data) and local(data[0]) == "nitf":
        return nitf_text(data[0])
    if len(data):
        return text_of(data)
    text = "".join(data.itertext()).strip()
    return prose(text)
