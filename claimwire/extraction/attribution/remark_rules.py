"""The rules by which `remarks` recognises a remark on somebody's record."""

import re

from claimwire.extraction.acts.fact_checks import FALSE
from claimwire.rules import rule

CLAIMS = (
    r"(?:claims|statements|announcements|assertions|reports|figures|numbers|declarations|accounts|denials|boasts"
    r"|communiqu[eé]s|bulletins|predictions)"
)

SAYS = r"(?:(?:claim|announce|declare|report|assert|say|boast|proclaim)(?:e?[ds])?|said)"
OFTEN = (
    r"(?:often|routinely|repeatedly|frequently|regularly|usually|generally|mostly|sometimes|occasionally|rarely|seldom"
    r"|always|never|consistently|habitually|in the past|time and again|many times|more than once|at times"
    r"|on (?:several|many|other|earlier|previous|numerous) occasions)"
)

FAILS = rf"(?:{FALSE}|exaggerated|inflated|overstated|misleading|unreliable|fabricated|invented|mistaken|lies)"
HOLDS = r"(?:true|right|correct|accurate|reliable|well[ -]founded|justified)"
STANDS = r"(?:wrong|mistaken|inaccurate|unreliable|misleading|right|correct|accurate|reliable)"
"""Words that fit people as well as their words."""

RATED = (
    rf"(?:\b(?:turn(?:ed|s)? out|prove[ds]?|proven|been|being|was|were|are|is|be)(?: to be| to have been)?"
    rf" (?:[\w-]+ ){{0,3}}(?:{FAILS}|{HOLDS})\b|\b(?:borne out|held up|ahead of (?:the )?(?:events|facts))\b)"
)

STRETCHES = r"(?:exaggerate|overstate|inflate|misstate|understate)[ds]?"
GAP = r"[^;:“”\"]{0,80}?"
"""Other words between two parts of a remark."""

ON_CLAIMS = rule(
    rf"\b{CLAIMS}\b(?: (?:by|from) ((?:the )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){{0,3}}))?"
    rf"(?:{GAP}{RATED}(?:{GAP}\b{OFTEN}\b)?|{GAP}\b{OFTEN} (?:{FAILS}|{HOLDS})\b)",
    finds="its claims have often proved false",
    passes="its claims have often been discussed",
)
"""A remark on the claims: "its claims have often proved false"."""

ON_WHO = rule(
    rf"\b(?:(?:has|have|had) )?{OFTEN} (?:(?:has|have|had) )?(?:"
    rf"{SAYS} [^;:“”\"]{{0,120}}?\b{CLAIMS} (?:that|which|many of which|most of which)\b{GAP}{RATED}"
    rf"|{STRETCHES}\b|(?:been|prove[dn]?(?: to be)?) {STANDS}\b|made (?:{FAILS}) {CLAIMS}\b|lied\b"
    rf"|(?:falsely|prematurely|wrongly) {SAYS}\b)"
    rf"|\b(?:has|have|had) (?:an?|its own) (?:[\w-]+ ){{0,2}}(?:history|record|pattern|habit|reputation) (?:of|for)\b"
    rf"{GAP}\b(?:{FAILS}|{HOLDS}|exaggerat\w+|inflating|overstating|lying|misleading|accuracy)\b",
    finds="The army has often exaggerated its gains",
    passes="The army has exaggerated its gains",
)
"""A remark on those who make them: "has often exaggerated", "has a history of false claims"."""

GENERAL = rule(rf"\b{OFTEN}\b", finds="claims that often proved false", passes="claims that soon proved false")
MANY = rule(
    r"\b(?:[Mm]any|[Mm]ost|[Ss]ome|[Ff]ew|[Ii]n the past,?) [^,;:]{0,60}$",
    finds="Many of the army's ",
    passes="Many fled, but the army's ",
)
"""Words that distinguish a remark on a record from a fact check of claims just made."""

BREAK = r",;:()“”\"–—"
OWNER = rule(
    r"(?:((?:[Tt]he (?:[\w-]+ ){0,3}|(?:[A-Z][\w.-]* ){0,4})[\w.-]+)['’]s?|\b([Ii]ts|[Tt]heir|[Hh]is|[Hh]er)"
    rf"|\b([A-Z][\w-]+)|([^{BREAK}]{{2,50}}), whose)(?: \w[\w-]*){{0,3}} $",
    finds="The army's earlier ",
    passes="the army earlier ",
)
"""The owner before the word for claims: "Moscow's", "Its", "Russian", "Russia, whose"."""

WHOSE = 4
"""The group in `OWNER` for "whose"."""

SUBJECT = rule(
    rf"^(?:.*(?:[{BREAK}]|\b(?:[Bb]ut|[Aa]nd|[Aa]lthough|[Tt]hough|[Ww]hile|[Ss]ince|[Bb]ecause|[Hh]owever)\b))? ?"
    rf"([^{BREAK}]{{2,60}}?),? $",
    re.S,
    finds="It rained, and the army ",
    passes="the army of the seven northern provinces on the far bank of the river ",
    where="start",
)
"""Who has done it, before the words for what they have done. "Which" refers to the words before its comma."""

RELATIVE = rule(r"(.{2,60}?), (which|who) $", re.S, finds="the army, which ", passes="the army, whose ")
REST = rule(rf"(?:(?! -)[^{BREAK}])+", finds=" in the war, he said", passes=", he said", where="start")
WORTH_A_LOOK = rule(
    rf"\b(?:{FAILS}|{HOLDS}|borne out|held up|ahead of|{STRETCHES}|exaggerat\w+|lying|lied|inflating|overstating"
    r"|falsely|prematurely|wrongly)\b",
    finds="proved false",
    passes="proved costly",
)

ASIDE = rule(
    r"(?:, ?(?:although|though|even though|but|while|whereas)|[;–—-]) ?$",
    finds="took the hill, although ",
    passes="took the hill and ",
)
