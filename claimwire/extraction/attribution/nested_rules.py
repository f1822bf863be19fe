"""The rules by which `nested` finds others inside the words of a speaker."""

import re

from claimwire.extraction.text.clauses import CONJUNCTIONS
from claimwire.rules import rule

CUE = rule(
    r"(?<![\w-])(?:(?:has|had|have) )?(?:sa(?:id|ys)|claim(?:s|ed)|announce[sd]|assert(?:s|ed)|den(?:ies|ied|ying)"
    r"|reject(?:s|ed|ing)|dismiss(?:es|ed|ing)|refute[sd]|insist(?:s|ed)|confirm(?:s|ed)|report(?:s|ed)|declare[sd]|admit(?:s|ted)|allege[sd])(?![\w-])",
    re.I,
    finds="as the rebels declared",
    passes="in the self-declared republic",
)

DASH = r"--|–|—"
BOUNDARY = rule(
    rf"[,;:()]|{DASH}|[\"“”]|\b(?:{CONJUNCTIONS}|who|when|before|if|whether|by)\b",
    re.I,
    finds="the plant, the union",
    passes="the union of the plant",
)

INTENT = rule(
    r"(?:that )?(?P<source>it|the (?:company|group|bank|ministry))"
    r" (?P<cue>(?:also |still |now )?(?:(?:does|did) not )?(?:expects?|expected|plans?|planned|intends?|intended"
    r"|anticipates?|wants?|wanted|would seek|seeks))"
    r" (?P<content>[^;“”\"]{6,}?)(?=[.]?$|[;“”\"]|, (?:but|and|while)\b)",
    finds="the bank does not expect to pay a dividend.",
    passes="a bank does not expect to pay a dividend.",
    where="start",
)
"""A body's words on its own intentions, as wires report companies. The tagger's corpus has few of them."""

DENIAL = rule(
    r"(?:(?:has|had|have) )?(?:den|reject|dismiss|refut)",
    re.I,
    finds="had rejected",
    passes="had reported",
    where="start",
)

TO_ITS_END = rule(
    rf"[;()\"“”]|,(?= (?:but|and|while|saying|adding)\b)|{DASH}|\b(?:but|while|although|though)\b",
    finds="that it took the town, but the port",
    passes="that it took the town, the port",
)

TO_COMMA = rule(rf"[,;()\"“”]|{DASH}", finds="any part in it, the port", passes="any part in it but the port")
DENIED = r"(?:denied|rejected|dismissed|refuted)"
WITHHELD = rule(
    rf"\b(?:am|is|are|was|were|be|been|being) (?:\w+ly )?{DENIED}\b|\bdenied to\b"
    r"|\b(?:or|for|against|without|of|from|by|in) (?:\w+ly )?(?:denying|rejecting|dismissing)\b",
    re.I,
    finds="was denied a visa",
    passes="has denied it",
)
"""Somebody is denied something, so the words before it name no speaker."""

DENIED_BY = rule(
    rf"(?<=\w )(?P<cue>(?:was|were|is|are|(?:has|have|had) been) (?:\w+ly )?{DENIED})"
    r" by (?P<source>[^,;:.()\"“”\n]{2,60})",
    finds="a report of a sale was denied by the bank",
    passes="a clerk was denied entry by the bank",
)

HOW = r"(?:\w+ly|continued|continuing|earlier|official|previous|public|repeated|strong|vehement)"
DENIALS = rule(
    r"\b(?:amid|despite|in spite of|notwithstanding)"
    rf" (?:(?!{HOW}\b)(?P<whose>(?:[\w.-]+ ){{0,3}}?[\w.-]+?)(?:['’]s|['’])? )?"
    rf"(?:{HOW} ){{0,2}}(?P<cue>denials?)(?: (?:by|from) (?P<who>[^,;:.()\"“”\n]{{2,60}}?))?"
    r"(?:(?= (?:of|that) (?P<content>[^,;()\"“”\n]{2,200}))|(?=[,.]|$))",
    re.I,
    finds="despite Acme's denials, the shares fell",
    passes="despite Acme's denials the shares fell",
)
"""Denials by a noun: "despite Acme's denials", "amid denials by Acme that ..."."""

ASKED = rule(
    r"(?:[^\n]*\basked )?(?:about|if|whether)\b",
    re.I,
    finds="Asked whether he had resigned",
    passes="Asked by reporters",
    where="start",
)
"""A question and the denial that answers it: "asked whether he had resigned, he denied"."""

RELATIVE = rule(r"which|who", re.I, finds="who", passes="whose", where="whole")
ARTICLE = rule(
    r"\b(?:the|a|an|its|his|their|of|by|from|no|any|all|these|those|such)\b\s*(?:\w+\s+)?$",
    re.I,
    finds="cut its ",
    passes="as the northern army ",
)

SAID = (
    r"(?P<cue>(?:(?:has|had|have|also|later|again) )?(?:said|says|say|declared|announced|reported|acknowledged"
    r"|told [A-Z]\w+))"
)

WHEN = r"(?: (?:on|in|at|late|early|yesterday|today|this|last|to|through|by|from)\b[^,;“”\"]{0,70})?"
CLOSING = rule(
    rf"(?P<content>\S.{{18,}}?\S),[”\"]? (?P<source>[^,;:“”\"]{{2,80}}?(?:, [^,;:“”\"]{{2,80}},)?) {SAID}{WHEN}[.!]?",
    finds="The plant will close in May, the bank said.",
    passes="It rained, the bank said.",
    where="whole",
)

OPENING = rule(
    rf"(?P<source>[A-Z][^,;:“”\"]{{1,70}}?) {SAID}{WHEN} (?P<content>(?:that |it |its |the )\S.{{15,}}\S)",
    finds="Acme said on Monday that the plant would close in May",
    passes="and said on Monday that the plant would close in May",
    where="whole",
)

NOBODY = rule(
    r"(?:it|which|that|who|as|what|he|she|and|but|\w+ing)\b",
    re.I,
    finds="it also",
    passes="Italy's army",
    where="start",
)
