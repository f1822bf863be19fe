"""The rules by which `acts` recognises acts, from the words before a cue, in it and behind it."""

import re

from claimwire.extraction.acts.untruths import WORDS_SPOKEN
from claimwire.rules import rule
from claimwire.word_lists import CALENDAR_NAMES

PROPOSITION = rule(
    r"^\W*(?:that\b(?! \w+\W*$)|(?:it|this)\W*$|(?:it|this) (?:had|has|was|is|would|will|did)\b"
    r"|(?:having|being)\b|(?:any|all|its|their|his"
    r"|her) (?:\w+ )?(?:involvement|responsibility|role|part|knowledge"
    r"|link|links|intention|plans?|wrongdoing|connection|connections|ties)\b"
    r"|(?:responsibility|involvement|wrongdoing|plans?|knowledge|links?|ties)\b"
    r"|(?:[\w’'.-]+ ){1,10}?(?:had|has|have|was|were|is|are|will|would|did)\b)",
    re.I,
    finds="that its forces had shelled the port",
    passes="that offer",
    where="start",
)
ONLY_REJECTED = rule(
    r"^\W*(?:an?|the|any|all|that|this) [\w-]+ (?:to|for)\b"
    r"|^\W*(?:an?|the|any|all|that|this|its|their|his|her) (?:[\w’'-]+ ){0,3}?(?:offers?|bids?|proposals?|demands?"
    r"|requests?|applications?|terms|settlement|contract|deal|ultimatum)\b",
    re.I,
    finds="a revised takeover bid by Orion",
    passes="the claim that it had made an offer",
    where="start",
)
"""A proposal or the like, which people turn down rather than deny."""

DENY = rule(r"den(?:y|ies|ied|ying|ials?)", re.I, finds="denies", passes="dismisses", where="start")
RULED_OUT = rule(r"rul(?:es?|ed|ing) out", re.I, finds="ruled out", passes="ruled on", where="start")
NAMED_DENIAL = rule(
    r"denials?\b(?! of\b)",
    re.I,
    finds="denial that it had shelled the port",
    passes="denial of bail to the former minister",
    where="start",
)
QUARRELS = rule(
    r"challeng|contest|rubbish|brush|laugh|shrug|scoff|discount|disagree|t(?:ake|akes|ook) issue",
    re.I,
    finds="brushed aside",
    passes="rejected",
    where="start",
)
"""Quarrelling is a denial only if it concerns words."""

WITHHELD = rule(
    r"^\W*+(?:[\w’'.-]++\W++){0,7}?(?:access|entry|bail|visas?|permission|permits?|requests?"
    r"|applications?|appeals?|petitions?"
    r"|motions?|parole|asylum|admission|admittance|licen[cs]es?|injunctions?|relief|credits?|aid|benefits?"
    r"|rights?|bid"
    r"|hikes?|increases?|opportunity|chance|privileges|hearing|rehearing|protection|approval|status|funds?|funding|service|services)\b",
    re.I,
    finds="the reporters access to the court",
    passes="that its guards had fired on people who sought permission to leave",
)
"""Things that "deny" withholds, in the few words after it."""

NEGATED = rule(
    r"(?<!\w)(?<!\w[-.:])(?:not|never|(?!(?-i:Nor [A-Z]))nor|neither|cannot|nothing|no(?!\.? \d)|\w+n['’]t)\b"
    r"(?:\s+\w+){0,2}\s*$",
    re.I,
    finds="The ministry has not yet ",
    passes="A fire in Reactor No 2 ",
)
"""A negation a few words before a cue, unless it is part of a name: "Nor Hachn", "Reactor No 2", "Kusiki-no"."""

TURNS_DOWN = rule(r"\b(?:declin|refus|unwilling|unable)", re.I, finds="declined", passes="refuted")
SILENT = rule(
    r"\b(?:declin\w+|refus\w+|unwilling|unable) (?:also |further |all |any )?(?:to )?(?:publicly |even |further )?"
    r"(?:comment|confirm|deny|discuss|say|elaborate|answer|respond|identify|name|give|disclose|reveal|specify|provide"
    r"|go into|attribute|predict|speculate|estimate|detail|explain|be (?:drawn|named|identified|specific))\b"
    r"|\bno (?:immediate |official |further )?(?:comment|mention|word|response|confirmation|details)\b"
    r"|(?:\bnot|\bnever|n['’]t)\b.{0,30}\b(?:comment|respond|reply|reached|elaborate|mention|discuss|address|return)\w*",
    re.I,
    finds="declined to comment",
    passes="declined to sell the mill",
)
SAYS_NOTHING = rule(
    r"^\W*(?:that )?(?:(?:it|he|she|they|we|i) )?(?:(?:had|has|have|there was|there is) )?"
    r"(?:no (?:\w+ )?comment\b(?! (?:\w+ed|can|could|will|would|is|was|has|had)\b)"
    r"|(?:(?:would|could|will|can|did|does)(?: not|n['’]t)|cannot|declined to|refused to) (?:\w+ly )?comment\b)"
    r"|^(?:[^.;]|(?<=\b[A-Z])\.){0,60}?\b(?:never comments?"
    r"|polic(?:y|ies) (?:\w+ ){0,2}?(?:not to|never to|of not|against) comment\w*"
    r"|(?:do|does)(?: not|n['’]t) comment\b|(?:has|have|had) no (?:\w+ )?(?:comment\b|confirmation\b)"
    r"|(?:did|do|does|would)(?: not|n['’]t) (?:want|wish) to comment"
    r"|(?:(?:could|can|has|have|had|was|were|is|are)(?: not|n['’]t)|cannot) (?:yet )?(?:been able to |able to )?"
    r"(?:\w+ly )?(?:verif(?:y|ied)|confirm(?:ed)?))\b",
    re.I,
    finds="it would not comment on the sale",
    passes="no comment could change the verdict",
    where="start",
)
"""Words that decline to comment: "it would not comment", "it has not been able to verify"."""

ON_MATTER = rule(
    r"\b(?:comment|confirm\w*|den(?:y|ied)|respond|reply|reached|reaction|response|calls?)\b",
    re.I,
    finds="declined to comment",
    passes="declined an invitation",
)
NOBODY = rule(
    r"(?:nobody|no one|none|neither)\b",
    re.I,
    finds="nobody at the ministry",
    passes="no fewer than six witnesses",
    where="start",
)
UNABLE = rule(r"\b(?:could|can|cannot|unable)\b", re.I, finds="The agency could not ", passes="The agency did not ")
PASSIVE = rule(
    r"\b(?:was|were|is|are|been|being|be)\s+(?:\w+ly\s+)?$",
    re.I,
    finds="The report was flatly ",
    passes="The report that was published ",
)
COURT = rule(
    r"\b(?:court|judge|tribunal|magistrate|panel)\b",
    re.I,
    finds="a federal judge",
    passes="a spokesman for Courtland Mills",
)
TELLS = rule(r"tell|tells|told", re.I, finds="told", passes="telling", where="whole")
TO_DO = rule(
    r"\W*(?:(?!that\b)[\w’'.-]+ ){0,6}?(?:not )?to \w+",
    re.I,
    finds="residents to leave the town",
    passes="reporters that troops were to leave",
    where="start",
)
TAKEN_BACK = rule(
    r"\b(?:take|takes|took|taken) (?:it|that|this|them) back\b"
    r"|^\W*(?:that )?(?:it|he|she|they|we|I) (?:has |have |had )?(?:misspoke\b"
    r"|(?:withdr[ae]wn?|withdrew|retract(?:s|ed)|recant(?:s|ed)) (?:its|his|her|their|our|my) (?:\w+ )?"
    rf"(?:{WORDS_SPOKEN}|remarks?|comments?)\b"
    r"|(?:revised|restated|corrected) (?:\w+ ){0,2}?(?:its|his|her|their|our|the) (?:previously|earlier) \w+)",
    re.I,
    finds="it had withdrawn its earlier remarks",
    passes="it had withdrawn its troops",
)
"""Content in which speakers take their own words back: "it withdrew its remark", "it revised its earlier ..."."""

OWN_WORDS = rule(
    r"^\W*(?:for\s+)?(?:(?:its|their|his|her|an?|the|that) )?(?:\w+ ){0,2}?"
    rf"(?:{WORDS_SPOKEN}|remarks?|comments?|saying)\b",
    re.I,
    finds="for its earlier remarks on the strike",
    passes="its troops from the town",
    where="start",
)
ANAPHOR = rule(
    rf"^\W*(?:(?:the|this|that|these|those|it|such|any|all|as|its|his|her"
    rf"|their)\b\s*)?(?:\w+ )?(?:{WORDS_SPOKEN}\b|(?:it|this|that|so)\b(?=\W*$))(?! (?:that|of|by|had|has|was|were|from"
    rf"|saying)\b)",
    re.I,
    finds="those reports",
    passes="reports that the mill had closed",
    where="start",
)
OF_WORDS = rule(
    rf"^\W*(?:[\w’'.-]+ ){{0,4}}?{WORDS_SPOKEN}\b\s*(?:(?:by|from|in) [\w’' .-]{{2,50}}?\s)?"
    r"(?:(?:that|of|saying|about)\s+|(?=(?:it|he|she|they|the (?:company|group|firm|bank|government))"
    r" (?:is|was|are|were|will|would|may|might|had|has|have)\b))",
    re.I,
    finds="reports by Kyiv that the talks had failed",
    passes="the reports from the front",
    where="start",
)
MAKER = rule(
    rf"\W*(?:(?P<owner>(?!(?:today|yesterday|this|last|{CALENDAR_NAMES})\b)(?:[\w’'.-]+ ){{0,4}}?[\w’'.-]*\w)"
    rf"(?:['’]s|(?<=s)['’]) (?:[\w-]+ ){{0,3}}?{WORDS_SPOKEN}(?= (?:that|of)\b)"
    rf"|(?:[\w-]+ ){{0,3}}?{WORDS_SPOKEN}\b (?:made )?by (?P<by>[\w’' .-]{{2,50}}?)"
    r"(?= (?:that|saying|about|of(?! [A-Z]))\b))",
    finds="Acme’s repeated claims that the mill had closed",
    passes="claims that Acme’s mill had closed",
    where="start",
)
"""Whose words a denial names before it tells them."""

NESTED = rule(
    r"^\W*(?:[\w’'.-]+ ){1,6}?(?:said|says|saying|claimed|claims|reported|reports|stated|announced)\s+(?:that\s+)?",
    re.I,
    finds="the ministry said that the town had fallen",
    passes="the town, the ministry said, had fallen",
    where="start",
)
FINITE = rule(
    r"\b(?:(?:is|are|was|were|be|been) (?:\w+ly |also |still )?)?(?P<modal>will|would|shall|may|might|could(?! not\b)"
    r"|should|must|ought|going to|plan(?:s|ned|ning)? to|intend(?:s|ed|ing)? to|expect(?:s|ed|ing)?"
    r"|anticipat(?:es?|ed|ing)|due to|set to|scheduled"
    r"|considering|(?:un)?likely|possibl[ey]|perhaps|probabl[ey])\b|['’](?P<short>ll)\b"
    r"|\b(?:is|are|was|were|has|have|had|do|does|did|can|[a-z]{3,}ed)\b",
    re.I,
    finds="the mill will close",
    passes="no sign of a willing buyer for the mill",
)
FUTURE = rule(
    r"will|would|shall|ll$|going|plan|intend|expect|anticipat|due|set|scheduled",
    re.I,
    finds="planned to",
    passes="may",
    where="start",
)
DUTY = frozenset({"should", "must", "ought"})
VERB = rule(
    r"\b(?:is|are|was|were|be|has|have|had|do|does|did|will|would|can|could|may|might|should|must|sees?"
    r"|[a-z]{3,}ed)\b"
    r"|n['’]t\b|['’](?:s|re|ve|ll|d)\b",
    finds="the town has not fallen",
    passes="no need for a new mill",
)
NOT_SO = rule(
    r"(?:\b(?:no|not|never|none|nobody|nothing|neither|nor|cannot|rul(?:ed|es|ing) out|untrue|false|denied)\b|n['’]t\b)"
    r"(?! (?:only|just|least|longer|more than|less than|later than|doubt)\b)",
    re.I,
    finds="the mill is not for sale",
    passes="not only the mill but the port",
)
QUESTION = rule(
    r"^\W*(?:about|if|whether|over|on) ", re.I, finds="whether he had resigned", passes="the talks about the sale"
)
"""Words before the proposition in a question."""

ONLY_ANSWERS = rule(
    r"(?:\W*\b(?:no|not|yes|it|this|that|these|those|they|the|is|was|are|were|has|had|been|so|true|untrue|false|correct|right|wrong"
    r"|incorrect|case|absolutely|certainly|definitely|of|course|at|all|be|such|reports?|rumou?rs?|in|affirmative)\b)++\W*",
    re.I,
    finds="no, that is not true at all",
    passes="no, the mill is not for sale",
    where="whole",
)
