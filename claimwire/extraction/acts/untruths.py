"""Untruths: how a speaker calls words untrue without a verb of denial.

The outlet's own fact checks are in `claimwire.extraction.acts.fact_checks`.
"""

import re

from claimwire.rules import rule

WORDS_SPOKEN = (
    r"(?:reports?|claims?|allegations?|accusations?|charges?|assertions?|suggestions?|statements?"
    r"|rumou?rs?|account|talk|story|stories|article|accusing|hints?|premise|contentions?|declarations?"
    r"|accounts|speculation|announcements?|version|figures?|news|notions?|implications?|insinuations?)"
)
SPOKEN = rule(
    rf"^\W*+(?:[\w’'.-]++\W++){{0,5}}?{WORDS_SPOKEN}\b",
    re.I,
    finds="the ministry's latest figures",
    passes="that it had never met the men named in the report",
)

SHOWN = rule(
    r"^\W*+(?:[\w’'.-]++\W++){0,5}?(?:information|footage|videos?|photos?|photographs?|letters?|documents?)\b",
    re.I,
    finds="the video of the strike",
    passes="that troops filmed the strike and posted a video",
    where="start",
)
"""Things other than words that people put forward, and that may be false."""

UNTRUE = (
    r"(?:(?:not|n['’]t) (?:\w+ )?(?:true|correct|the case|accurate|so|right|in reality)|untrue|false|falsehoods?"
    r"|baseless|unfounded|groundless|incorrect|inaccurate|premature|wrong|frivolous"
    r"|without (?:\w+ )?(?:merit|foundation|basis|substance)|nonsense|rubbish|fiction"
    r"|invention|invented|fabricat\w+|forger(?:y|ies)|fak(?:es?|ed)|bogus|hoax|myths?|fairy tales?|concocted|made[ -]up"
    r"|disproven|debunked|(?:pure|mere|idle|wild|provocative) (?:speculation|fantasy|rumou?rs?)"
    r"|lies?|propaganda|hysteria|absurd|ridiculous|preposterous|ludicrous|exaggerated|disinformation|misinformation"
    r"|ill-founded|unsubstantiated|far[ -]fetched)"
)
"""Expressions for "it is not so"."""

SLANTED = (
    r"(?:misleading|mischievous|malicious|slander(?:ous)?|provocations?|provocative|mistaken|erroneous|unwarranted"
    r"|unjustified|speculative|(?:nothing but|only|just) speculation|irresponsible|overblown|distorted|distortions?)"
)
"""Expressions for untrue words that also fit true ones."""

TO_SAY = r"to (?:say|claim|suggest|assume|presume|think|believe|conclude|speak of|talk (?:of|about)|call|describe)"
NO_TRUTH = (
    r"(?:\bno (?:\w+ )?[\"“]?(?:any )?(?:truth|basis|foundation|substance|evidence|grounds?|proof|question"
    r"|indication)[\"”]? (?:whatsoever |at all )?(?:in|to|for|of|that|whatever)"
    r"|(?:\bnot|n['’]t) (?:see|saw|seen|have|find|found) [\"“]?any (?:\w+ )?"
    r"(?:truth|basis|foundation|evidence|grounds?|proof)[\"”]? (?:in|to|for|of|that))"
)
SHORT_OF_TRUTH = (
    r"\bnothing (?:to|in) (?:it|that|this|(?:the|these|those) (?:\w+ )?" + WORDS_SPOKEN + r")\b"
    r"|(?:\bnot|n['’]t) correspond (?:to|with) (?:the )?(?:facts|reality|truth)\b"
    r"|\bnothing to do with (?:the )?(?:facts|reality|truth)\b|\bfar from (?:the )?(?:reality|truth)\b"
    r"|\bnothing (?:like (?:that|this)|of the (?:sort|kind))\b"
)
LYING = rule(
    r"\b(?:is|are|was|were|been|['’]re|['’]s) lying(?=\W*$| about\b| to (?:us|you|the (?:people|public|world))\b)"
    r"|\b(?:lied|lies) (?:about|to (?:us|you|the (?:people|public|world)))\b",
    re.I,
    finds="they are lying about our losses",
    passes="they are lying in wait",
)
DECLARED = rule(
    rf"\b(?:that|this|it|those|these|they)(?:['’]s|['’]re| is| was| are| were| has been) (?:[\w-]+ ){{0,2}}?{UNTRUE}\b"
    rf"(?! for\b| to (?!{TO_SAY[3:]}\b))|\b(?:be|is|was) (?:[\w-]+ ){{0,3}}?(?:{UNTRUE}|a mistake|{SLANTED}) {TO_SAY}\b"
    rf"|{NO_TRUTH}\b|{SHORT_OF_TRUTH}",
    re.I,
    finds="this is absolutely false",
    passes="it was wrong to leave the town",
)
NO = rule(
    r"^\W*(?:no(?!, thank)|not at all|(?:absolutely|certainly|definitely|of course) not|not true|by no means)"
    r"(?:\W*$|[,.!;:”\"]+ (?=(?:[\w’'-]+ ){0,4}?(?:[\w’'-]+ (?:not|never|no)\b|\w+n['’]t\b)(?<!ll not)(?<!would not)"
    r"(?! (?:accept|agree|need|want)\b)))",
    re.I,
    finds="No, we did not sell it",
    passes="No, we will not leave",
    where="start",
)
"""A "no" alone, or a "no" followed by a negated clause. Somebody who will not do a thing refuses instead."""

NO_SUCH = rule(
    r"\bthere (?:is|are|was|were|(?:has|have|had) been) no such (?!thing as\b)\w+"
    r"|\bno such \w+ (?:took place|happened|occurred|exist(?:s|ed)?|(?:was|were) (?:made|given|held))\b",
    re.I,
    finds="there were no such talks",
    passes="there is no such thing as a free port",
)
WE_DENY = rule(
    r"^\W*(?:that )?(?:we|I) (?:\w+ly |also )?(?:deny|denied|reject|rejected|refute|refuted|dismiss|dismissed)"
    rf" (?:that\b|having\b|any\b|(?:[\w’'-]+ ){{0,4}}?{WORDS_SPOKEN}\b)",
    re.I,
    finds="we categorically reject these accusations",
    passes="we reject the offer",
    where="start",
)
FALSE = rule(
    rf"\b{UNTRUE}\b(?! (?:[\w-]+ )?{WORDS_SPOKEN}\b)",
    re.I,
    finds="the reports are false",
    passes="it stops false reports",
)
ENDS_FALSE = rule(rf"\b{UNTRUE}\W*$", re.I, finds="the story is nonsense.", passes="the nonsense is over")
WOULD_BE = rule(r"\bwould be\b", re.I, finds="that would be wrong", passes="that would have been wrong")
IS_UNTRUE = rule(
    rf"\s(?:is|are|was|were|(?:has|have|had) been) (?:[\w-]+ ){{0,3}}?[\"“]?(?:{UNTRUE}|{SLANTED})\b",
    re.I,
    finds="the report is wholly false",
    passes="a false report is out",
)
IS_SLANTED = rule(
    rf"\b(?:is|are|was|were|be|been|being|as) (?:[\w-]+ ){{0,3}}?[\"“]?{SLANTED}\b(?! by\b)",
    re.I,
    finds="the account is misleading",
    passes="the figures were distorted by a strike",
)
UNTRUTH = rule(
    r"(?<!denied as )(?<!rejected as )(?<!dismissed as )\b(?:untrue|false(?! flag)|unfounded|baseless|groundless"
    r"|fake|bogus|fabricated|invented|absurd|ridiculous|misleading|slanderous|mendacious|mischievous|exaggerated"
    r"|incorrect|inaccurate|disproven|debunked|unsubstantiated|ill-founded)"
    rf" (?:[\w-]+ ){{0,2}}?(?:{WORDS_SPOKEN}|narratives?|information|pretexts?|propaganda)\b"
    r"|\b(?:spread|repeat|circulat|peddl|broadcast|disseminat)\w* (?:[\w’'-]+ ){0,3}?(?:disinformation|misinformation"
    r"|fakes?|lies|falsehoods?|propaganda)\b",
    re.I,
    finds="stop spreading baseless rumours about the bank",
    passes="what he dismissed as baseless rumours",
)
LAW = rule(
    r"\b(?:charged|charging|complaint|convict\w*|indict\w*|guilty|perjury|court|judge|jury|prosecut\w*|SEC|commission"
    r"|customs|tax|taxes|crime|illegal\w*|violat\w*|law|laws|lawsuit|suit|filed|filings?|\w*fraud\w*)\b",
    re.I,
    finds="charged with making false statements",
    passes="in charge of the bank",
)
"""Texts in which false statements are an offence and no news of others."""

THAT = rule(
    r"^.{0,90}?\bthat\W", re.I, finds="reporters in Odesa that it is false", passes="reporters in Thatcham: it is false"
)
NO_EVIDENCE = rule(
    rf"^.{{0,60}}?{NO_TRUTH} (?:the )?(?:reports? |claims? |allegations? |rumou?rs? )?(?:that |of |about )?",
    re.I,
    finds="there is no truth in the report that the mill had closed",
    passes="there is no evidence yet",
    where="start",
)
RUMOURED = (
    r"(?:reports?|claims?|allegations?|accusations?|charges?|assertions?|suggestions?|rumou?rs?|speculation|stor(?:y|ies)"
    r"|articles?)"
)
ANSWERS_WORDS = rule(
    r"\b(?:in (?:response|reply|answer|reaction) to|in a comment on|commenting on|asked (?:about|to comment on)"
    rf"|responding to|reacting to|contrary to) (?:[\w’'-]+ ){{0,6}}?{RUMOURED}\b"
    rf"|\b{RUMOURED} (?:[\w-]+ ){{0,4}}?to the contrary\b"
    r"|\bas (?:(?:is|was|are|were|had|has|have|been|some|being) ){0,3}(?:claimed|alleged|rumou?red|reported"
    r"|suggested)\b|\b(?:contrary to|despite) what (?:[\w’'.-]+ ){1,5}?(?:said|says|claim(?:s|ed))\b"
    r"|, as (?:[\w’'.-]+ ){1,5}?(?:claims?|claimed|alleges?|alleged|suggest(?:s|ed)?)\b",
    re.I,
    finds="The airline said in response to press reports that it was not for sale.",
    passes="The airline said in response to falling prices that it was not for sale.",
)
UNKNOWN = rule(
    r"\b(?:aware|unaware|certain|sure|clear|know|known|knew|seen|saw|see|heard|received|yet|surprise|exclude|excluded"
    r"|ruled? out|comment\w*|decided|decision)\b",
    re.I,
    finds="it was not aware of any talks",
    passes="it was not in any talks",
)
"""Speakers who do not know or have not decided deny nothing."""

CLAUSE = 120
"""Characters of a content within which it may call something untrue. Behind them come other things."""

SHORT = 7
"""The most words of an answer without content of its own: "the report was untrue"."""


def calls_untrue(matter: str) -> bool:
    """Whether the words call others untrue: "the report is a lie".

    Parameters
    ----------
    matter
        What follows the cue, beginning with the person addressed.
    """
    content = THAT.sub("", matter, count=1)
    if any(SPOKEN.search(m) and (FALSE.search(m) or IS_SLANTED.search(m)) for m in (matter, content)):
        return True
    if DECLARED.search(matter, 0, CLAUSE) or WE_DENY.match(content):
        return True
    if SHOWN.match(content) and IS_UNTRUE.search(content) and not LAW.search(content):
        return True
    return len(content.split()) <= SHORT and bool(ENDS_FALSE.search(content)) and not WOULD_BE.search(content)


def says_no(matter: str) -> bool:
    """Whether the words answer that it is not so: "no, we are not", "there were no such talks"."""
    return bool(NO.match(matter) or NO_SUCH.search(matter, 0, CLAUSE))


def names_untruth(source: str, matter: str) -> bool:
    """Whether the words name others' words as false: "stop spreading baseless rumours", "they lied about it"."""
    found = UNTRUTH.search(matter, 0, CLAUSE) or LYING.search(matter, 0, CLAUSE)
    return bool(found) and not LAW.search(f"{source} {matter}")


def holds_untruth(words: str) -> bool:
    """Whether the words hold what calls them untrue: "these baseless accusations", "they sold it, a flat-out lie"."""
    return bool(UNTRUTH.search(words) or ENDS_FALSE.search(words))


def answers_words(content: str, sentence: str) -> bool:
    """Whether the sentence shows that negative words answer others: "in response to press reports"."""
    return bool(ANSWERS_WORDS.search(sentence)) and not UNKNOWN.search(content)
