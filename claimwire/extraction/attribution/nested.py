"""What a speaker reports of somebody else: attributions inside the content of others.

The tagger gives the outermost ones, as they are annotated in what it learnt from. Within them a
side that is named before its cue ("Although Russia claims to have ..., we hold the north") is read
by the order of the words.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from claimwire.extraction.acts.acts import points_at_words
from claimwire.extraction.attribution.attributions import Attribution
from claimwire.sides import sides_in
from claimwire.statements import Span

CUE = re.compile(
    r"(?<![\w-])(?:(?:has|had|have) )?(?:sa(?:id|ys)|claim(?:s|ed)|announce[sd]|assert(?:s|ed)|den(?:ies|ied|ying)"
    r"|reject(?:s|ed|ing)|dismiss(?:es|ed|ing)|refute[sd]|insist(?:s|ed)|confirm(?:s|ed)|report(?:s|ed)|declare[sd]|admit(?:s|ted)|allege[sd])(?![\w-])",
    re.I,
)
BOUNDARY = re.compile(
    r"[,;:()]|--|–|—|[\"“”]|\b(?:that|which|who|while|although|though|but|and|as|because|where|when|after|before|if"
    r"|whether|by)\b",
    re.I,
)
INTENT = re.compile(
    r"(?:that )?(?P<source>it|the (?:company|group|bank|ministry))"
    r" (?P<cue>(?:also |still |now )?(?:(?:does|did) not )?(?:expects?|expected|plans?|planned|intends?|intended"
    r"|anticipates?|wants?|wanted|would seek|seeks))"
    r" (?P<content>[^;“”\"]{6,}?)(?=[.]?$|[;“”\"]|, (?:but|and|while)\b)"
)
"""What a body says of its own intentions: wires report companies so, the tagger's corpus has few."""

DENIAL = re.compile(r"(?:(?:has|had|have) )?(?:den|reject|dismiss|refut)", re.I)
TO_ITS_END = re.compile(r"[;()\"“”]|,(?= (?:but|and|while|saying|adding)\b)|--|–|—|\b(?:but|while|although|though)\b")
TO_COMMA = re.compile(r"[,;()\"“”]|--|–|—")
WITHHELD = re.compile(
    r"\b(?:am|is|are|was|were|be|been|being) (?:\w+ly )?(?:denied|rejected|dismissed|refuted)\b|\bdenied to\b"
    r"|\b(?:or|for|against|without|of|from|by|in) (?:\w+ly )?(?:denying|rejecting|dismissing)\b",
    re.I,
)
"""Somebody is denied something, or it is denied to him: what stands before it is no speaker."""

DENIED_BY = re.compile(
    r"(?<=\w )(?P<cue>(?:was|were|is|are|(?:has|have|had) been) (?:\w+ly )?(?:denied|rejected|dismissed|refuted))"
    r" by (?P<source>[^,;:.()\"“”\n]{2,60})"
)
HOW = r"(?:\w+ly|continued|continuing|earlier|official|previous|public|repeated|strong|vehement)"
DENIALS = re.compile(
    r"\b(?:amid|despite|in spite of|notwithstanding)"
    rf" (?:(?!{HOW}\b)(?P<whose>(?:[\w.-]+ ){{0,3}}?[\w.-]+?)(?:['’]s|['’])? )?"
    rf"(?:{HOW} ){{0,2}}(?P<cue>denials?)(?: (?:by|from) (?P<who>[^,;:.()\"“”\n]{{2,60}}?))?"
    r"(?:(?= (?:of|that) (?P<content>[^,;()\"“”\n]{2,200}))|(?=[,.]|$))",
    re.I,
)
"""Denials that are named and not told: "despite Acme's denials", "amid denials by Acme that ..."."""

ASKED = re.compile(r"(?:[^\n]*\basked )?(?:about|if|whether)\b", re.I)
"""What one denies who is asked about it: "asked whether he had resigned, he denied"."""

COMMENTED = re.compile(
    r"\b(?:comment(?:ing|ed|s)? (?:on|about)|respon(?:ding|ded|se) to|repl(?:ying|ied|y) to|react(?:ing|ed|ion) to"
    r"|asked about|comment on|concerning|amid|despite|in connection with|in the light of)"
    r" (?P<source>(?:(?:an?|the|some|recent|various|weekend|widespread|persistent) ){0,3}(?:[\w.'’-]+ ){0,4}?"
    r"(?:(?:press|media|newspaper|published|magazine|television|radio|market|[A-Z]\w+)"
    r" (?:reports?|articles?|stor(?:y|ies))|(?:\w+ )?(?:rumou?rs|speculation)))"
    r"(?: (?:today|yesterday|this week|published|on \w+day))?"
    r" (?:that quoted (?:\w+ ){1,6}?as |quoting (?:\w+ ){1,6}?as |which )?(?P<cue>that|saying|says?|said)"
    r" (?P<content>[^;“”\"\n]{12,400})"
)
"""What a speaker comments on: the item tells the report since it tells the answer."""

RUMOURED = re.compile(
    r"\b(?:(?P<cue>amid|despite)|(?:up|down|higher|lower|rose|fell|rises|falls|soar(?:s|ed)|jump(?:s|ed)|climb(?:s|ed)"
    r"|gain(?:s|ed)|surge[sd]) (?P<on>on)) "
    r"(?P<source>(?:(?!(?:that|the|its|his|their)\b)\w+ ){0,2}?(?:rumou?rs|speculation|talk|reports))(?: that)? "
    r"(?P<content>(?!(?:of|about|by|in|from|on|for|and|to|the|that|which|with|at|circulating)\b)[^,;:“”\"\n]{20,200})",
    re.I,
)
"""What is rumoured, as headlines and leads tell it: "up on rumours Acme sold its stake"."""

RELATIVE = re.compile(r"which|who", re.I)
ARTICLE = re.compile(r"\b(?:the|a|an|its|his|their|of|by|from|no|any|all|these|those|such)\b\s*(?:\w+\s+)?$", re.I)
WORD = re.compile(r"\w")
LONGEST_SOURCE = 60
MOST = 4
"""Reports inside one content that are read: with more of them it is a list, and no prose."""


SAID = (
    r"(?P<cue>(?:(?:has|had|have|also|later|again) )?(?:said|says|say|declared|announced|reported|acknowledged"
    r"|told [A-Z]\w+))"
)
WHEN = r"(?: (?:on|in|at|late|early|yesterday|today|this|last|to|through|by|from)\b[^,;“”\"]{0,70})?"
CLOSING = re.compile(
    rf"(?P<content>\S.{{18,}}?\S),[”\"]? (?P<source>[^,;:“”\"]{{2,80}}?(?:, [^,;:“”\"]{{2,80}},)?) {SAID}{WHEN}[.!]?"
)
OPENING = re.compile(
    rf"(?P<source>[A-Z][^,;:“”\"]{{1,70}}?) {SAID}{WHEN} (?P<content>(?:that |it |its |the )\S.{{15,}}\S)"
)
NOBODY = re.compile(r"(?:it|which|that|who|as|what|he|she|and|but|\w+ing)\b", re.I)


def nested(text: str, span: Span, known: Sequence[Attribution]) -> Iterator[Attribution]:
    """What the content at a span reports a third party as saying.

    Parameters
    ----------
    known
        Attributions that stand in the span already; their cues are left alone.
    """
    intent = INTENT.match(text, *span)
    if intent:
        cue, source, content = (intent.span(name) for name in ("cue", "source", "content"))
        if not _touch(cue, [a.cue for a in known]):
            yield Attribution(cue, source, (content,), nested=True)
    for cue, who, content in (*_reports(text, span, known), *_named(text, span)):
        if DENIAL.match(text, cue[0]) or (who and sides_in(text[slice(*who)])):
            yield Attribution(cue, who, (content,), nested=True)


def denials(text: str, span: Span, known: Sequence[Attribution]) -> Iterator[Attribution]:
    """Denials in a sentence that are nobody's content: few were annotated, so the tagger misses some.

    Parameters
    ----------
    known
        Attributions of the sentence; what their cues and contents hold is left alone.
    """
    taken = [s for a in known for s in (a.cue, *a.content)]
    for cue, source, content in (*_reports(text, span, known), *_denied_by(text, span), *_named(text, span)):
        if DENIAL.search(text, *cue) and not _touch(cue, taken):
            yield Attribution(cue, source, (content,))


def commented(text: str, span: Span, known: Sequence[Attribution]) -> Iterator[Attribution]:
    """The report on which somebody in a sentence comments: "was commenting on press reports that ..."."""
    match = COMMENTED.search(text, *span) or RUMOURED.search(text, *span)
    cue = next(match.span(name) for name in ("cue", "on") if match.groupdict().get(name)) if match else None
    if match and cue and not _touch(cue, [a.cue for a in known]):
        content = _trimmed(text, *match.span("content"))
        if content:
            yield Attribution(cue, match.span("source"), (content,), nested=True)


def _denied_by(text: str, span: Span) -> Iterator[tuple[Span, Span, Span]]:
    """The passive: "a report that ... was denied by ..."."""
    match = DENIED_BY.search(text, *span)
    if match and points_at_words(text[span[0] : match.start()]):
        yield match.span("cue"), match.span("source"), (span[0], match.start() - 1)


def _named(text: str, span: Span) -> Iterator[tuple[Span, Span | None, Span]]:
    """Denials by their noun; one that does not tell its matter is of what stands beside it."""
    for match in islice(DENIALS.finditer(text, *span), MOST):
        whose = next((match.span(name) for name in ("who", "whose") if match[name]), None)
        beside = _trimmed(text, match.end(), span[1]) or _trimmed(text, span[0], match.start())
        content = match.span("content") if match["content"] else beside
        if content:
            yield match.span("cue"), whose, content


def plainly_said(text: str, span: Span) -> Iterator[Attribution]:
    """The attribution of a sentence of the plainest form, for one in which the tagger hears nobody."""
    sentence = text[slice(*span)]
    match = CLOSING.fullmatch(sentence) or OPENING.fullmatch(sentence)
    if match and not NOBODY.match(match["source"]):
        cue, source, content = ((span[0] + a, span[0] + b) for a, b in map(match.span, ("cue", "source", "content")))
        yield Attribution(cue, source, (content,))


def _reports(text: str, span: Span, known: Sequence[Attribution]) -> Iterator[tuple[Span, Span, Span]]:
    """Cues with the noun phrase before them and the clause after them."""
    taken = [a.cue for a in known]
    for cue in islice(CUE.finditer(text, *span), MOST):
        if _touch(cue.span(), taken):
            continue
        low = max(span[0], cue.start() - LONGEST_SOURCE)
        boundaries = list(BOUNDARY.finditer(text, low, cue.start()))
        source = _trimmed(text, boundaries[-1].end() if boundaries else low, cue.start())
        denial = DENIAL.match(cue.group())
        who_denies = source is None and denial and boundaries and RELATIVE.fullmatch(boundaries[-1].group())
        if who_denies:
            source = boundaries[-1].span()
        if (
            source is None
            or WITHHELD.search(text, low, cue.end() + 4)
            or (not denial and ARTICLE.search(text, low, cue.start()))
        ):
            continue
        ends = TO_COMMA if who_denies else TO_ITS_END if denial else BOUNDARY
        end = ends.search(text, cue.end(), span[1])
        content = _trimmed(text, cue.end(), end.start() if end else span[1])
        if denial and content is None and boundaries:
            asked = ASKED.match(text, span[0], boundaries[-1].start())
            content = _trimmed(text, asked.end(), boundaries[-1].start()) if asked else None
        if content:
            yield cue.span(), source, content


def _touch(span: Span, taken: Sequence[Span]) -> bool:
    """Whether a span shares a character with one of others."""
    return any(start < span[1] and span[0] < end for start, end in taken)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """The span without what is no word around it; None where nothing is left."""
    while start < end and not WORD.match(text[start]):
        start += 1
    while end > start and not WORD.match(text[end - 1]):
        end -= 1
    return (start, end) if start < end else None
