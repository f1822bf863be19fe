"""NITF 2 and 3: a whole article, or one inside another format."""

from collections.abc import Iterator
from typing import Any

from streams.feeds.dates import to_rfc3339
from streams.feeds.documents import Bad, Entry
from streams.feeds.markup import paragraphs, plain_line
from streams.feeds.ninjs_builder import EMBARGOED, digest_uri, make, named, urgency
from streams.feeds.rss_and_atom import moments
from streams.feeds.xml import Element, at, attribute, children, first, language, text_of, words

NAME = "nitf"
ROOTS = frozenset({"nitf"})


def read(root: Element) -> Iterator[Entry | Bad]:
    """The article; without a doc-id its uri is a digest of its words."""
    yield Entry(_item(root))


def _item(root: Element) -> dict[str, Any]:
    head, data = first(root, "head"), first(root, "head", "docdata")
    top = first(root, "body", "body.head")
    published = first(head, "pubdata")
    headline = at(top, "hedline", "hl1") or at(top, "hedline") or at(head, "title")
    body = nitf_text(root)
    revised = [attribute(change, "norm") for change in children(data, "revision-history")]
    dates = (
        attribute(first(data, "date.issue"), "norm"), at(data, "date.issue"),
        attribute(published, "date.publication"), *revised,
    )  # fmt: skip
    issued = next((date for date in dates if to_rfc3339(date)), dates[0])
    key, correction = first(data, "du-key"), first(data, "correction")
    agency = at(top, "distributor", "org") or at(top, "distributor") or attribute(published, "name")
    registered = attribute(first(data, "doc-id"), "regsrc")
    source = agency or registered
    return make(
        uri=attribute(first(data, "doc-id"), "id-string") or digest_uri("nitf", issued, headline, body),
        feed=registered,
        others=[attribute(key, "key")],
        format=f"NITF {attribute(root, 'version')}".strip(),
        version=".".join(filter(None, (attribute(key, "generation"), attribute(key, "version")))),
        **moments(issued, *revised),
        status=attribute(data, "management-status"),
        embargoed=_release(data, issued),
        signals=["sig:correction"] if correction is not None else [],
        type="text",
        language=language(first(root, "body")) or language(root) or attribute(root, "baselang"),
        headline=plain_line(headline),
        body=body,
        by=at(top, "byline"),
        slugline=attribute(first(data, "fixture"), "fix-id") or attribute(key, "key"),
        urgency=urgency(attribute(first(data, "urgency"), "ed-urg")),
        edNote="\n".join(filter(None, (attribute(note, "info") for note in children(data, "ed-msg")))),
        provider={"name": source} if source else None,
        sources=[source],
        subjects=named(_subject(subject) for subject in children(first(head, "tobject"), "tobject.subject")),
        copyrightHolder=attribute(first(data, "doc.copyright"), "holder"),
    )


def _release(data: Element | None, issued: str) -> str:
    """The end of an embargo: the release date, if it is later than the issue or the status is an embargo."""
    release = attribute(first(data, "date.release"), "norm")
    said = attribute(data, "management-status").lower() == EMBARGOED
    return release if said or to_rfc3339(release) > to_rfc3339(issued) else ""


def _subject(subject: Element) -> str:
    return next(
        (v for part in ("detail", "matter", "type") if (v := attribute(subject, f"tobject.subject.{part}"))), ""
    )


def nitf_text(nitf: Element) -> str:
    """The text of the body's content, without headline and byline, which are outside of it."""
    content = [c for body in nitf.iter("{*}body") for c in children(body, "body.content")]
    if not content:
        content = [part for body in nitf.iter("{*}body") for part in body if part is not first(body, "body.head")]
    text = paragraphs(f"{text_of(part)}\n" for part in content)
    return text or ("" if content else words(first(nitf, "body")))
