"""The rules by which `speakers` reads the words for a source."""

import re

from claimwire.rules import rule
from claimwire.word_lists import ONLOOKERS, OPENERS, PARTICLES, PHOTO_CREDITS, SHORT_TITLES

PERSONAL = rule(r"(?:he|she|his|her|him|i|my|who)", re.I, finds="she", passes="they", where="whole")
PRONOUN = rule(
    r"(?:it|they|we|its|their|our|them|which|both|(?:the|its|their|his|her|a|this|that) (?:[a-z]+ )?"
    r"(?:statement|report|bulletin|document|letter|study|survey))",
    re.I,
    finds="the joint statement",
    passes="the joint chiefs",
    where="whole",
)
"""Words for the body that spoke last, its papers included."""

OF_THE_LAST = rule(
    r"(its|their|our|his|her|my)\b (?:[\w-]+ ){0,3}?(\w+)",
    re.I,
    finds="its chairman, Jane Roe",
    passes="the chairman, Jane Roe",
    where="start",
)
"""People and bodies with a possessive pronoun: "his lawyer", "its chairman, John Smith"."""

BOARDS = "agency|board|bureau|commission|committee|council|department|party|union"
BARE = rule(
    r"(?:(?:the|a|an|its|their|his|one|another|some|several|two|three) )?(?:\w+ )?"
    r"(?:spokes(?:man|woman|person|men|people)|officials?|executives?|management|official sources?"
    rf"|{BOARDS}|group|firm|concern|maker|unit|organi[sz]ation|body|panel|association|institute|authority)",
    re.I,
    finds="a company spokesman",
    passes="a spokesman for Acme",
    where="whole",
)
"""A role or a kind of body without a name, which belongs to a body mentioned before."""

OF_OTHERS = rule(
    r"\b(?:union|opposition|rebels?|guerrillas?|strikers?|separatists?|plaintiffs?)\b(?=.* )"
    r"|\b[A-Z]{3,}\b",
    finds="a union spokesman",
    passes="the union",
)
"""Speakers for another body than the one mentioned before, whether or not the item introduces it."""

NAME = r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3}"
"""Unlike `CAPITALISED_WORD`, without full stops, so that "Sen." is no part of the name behind it."""

CREDIT = rule(
    rf"(?:\(|(?=[^()]*\)))[^()]*\b(?:{PHOTO_CREDITS})\b[^()]*\) (?=[\w“\"])",
    finds="AP Photo/Jane Roe, File) The mill",
    passes="The mill (in Springfield)",
    where="start",
)
"""A photo's credit that a page's text has run into the speaker's words."""

POSSESSIVE = rule(r"(.*\w)['’]s", finds="the sheriff’s", passes="the sheriffs’", where="whole")
"""A speaker's words before a noun ("the sheriff's conclusion"), or a name that ends so."""

COMPANY = rule(
    r"\b(?:company|companies|firm|carrier|airline|concern|utility|brewer|maker|automaker|bank|retailer|partnership"
    r"|corporation|parent|subsidiary|group|producer|builder)\b",
    finds="a spokesman for the Swiss bank",
    passes="a Swiss banker",
)

CAPITALISED = rule(r"[A-Z][\w-]+", finds="the Petrov brigade", passes="the A brigade")
ORGANISATION = rule(NAME, finds="workers of Golden Barley", passes="workers of a brewery")
PERSON = rf"(?:[A-Z][\w’'-]+ (?:[A-Z]\.? )?(?:(?:{PARTICLES}) )?){{1,2}}[A-Z][\w’'-]+"
PEOPLE = rule(rf"\b{PERSON}", finds="by Ludwig van Berg", passes="by the mayor, Berg")
AFTER_ROLE = rule(
    rf"\s+(?:(?:{SHORT_TITLES})\.? )?({PERSON})",
    finds=" Gen. Ivan Petrov said",
    passes=" Petrov said",
    where="start",
)

BEFORE_ROLE = rule(
    rf"({PERSON}),\s+[^.,;]{{0,50}}$",
    finds="by Ivan Petrov, the brigade's ",
    passes="by Ivan Petrov, it said. The brigade's ",
)

APPOSED_OFFICE = rule(
    r", ([^.,;:\"“”\n]{3,80})",
    finds=", deputy head of the mission, said",
    passes=", “we hold the bridge”",
    where="start",
)

END_OF_OFFICE = rule(
    r"[.;:\"“”\n](?!\w)|, (?:said|told|who)\b",
    finds=" head of the bank, who spoke",
    passes=" head of the bank, the largest",
)

BEFORE_OFFICE = rule(
    r"(?:[;:,\"“”\n]|(?<![A-Z])\.) ?(?!\w*\.)",
    finds="It rained. The defence minister",
    passes="the U.S. defence minister",
)

ROLE = rule(
    r"\b(?:spokes(?:man|woman|person)|president|minister|secretary|chair(?:man|woman)?|chief|commander|director"
    r"|governor|general|colonel|major|admiral|officer|official|executive|analyst|economist|ambassador|delegate|envoy"
    r"|leader|premier|king|head|manager|treasurer|trader|deputy|counsel|lawyer|attorney|negotiator|advis[eo]r|member"
    r"|aide|founder|partner|banker|strategist|researcher|prosecutor|mayor|chancellor|commissioner)\b",
    re.I,
    finds="the company's treasurer",
    passes="the company's treasury",
)

STATE_BODIES = "government|ministry|military|army|navy|embassy|cabinet|foreign|defen[cs]e|central bank|police"
OFFICE = rule(
    rf"\b(?:{STATE_BODIES}|president|ministers?|ambassador|general|commander|premier|chancellor|envoy|governor|parliament"
    r"|air force|treasury|administration|customs|senate|province|provincial|prosecutor|officials?)\b",
    re.I,
    finds="a defence official",
    passes="a union leader",
)

BODIES = (
    rf"(?:{BOARDS}|corps|brigade|army|military|ministry|government|general staff|headquarters|navy|air force"
    r"|command|administration|parliament|embassy|bank|troops|officials?|spokes(?:man|woman|person)|president|minister"
    r"|presidency|governor|general|major|colonel|commander|admiral)"
)

BODY = rule(rf"\b{BODIES}\b", re.I, finds="an officer of the corps", passes="an officer of the corporation")
BODY_OF = rule(
    rf"(?:['’]s)? (?:[\w-]+ ){{0,3}}?({BODIES})\b",
    re.I,
    finds="'s new defence ministry",
    passes="'s neighbour, whose ministry",
    where="start",
)

LOCAL = rule(
    r"\b(?:region|regional|local|city|town|village|emergency|provincial)\b",
    re.I,
    finds="the regional administration",
    passes="the national administration",
)

THE_REGION = rule(
    r"\b[Tt]he (?:region|city|town|village)['’]s\b|\blocal\b",
    finds="the city's administration",
    passes="a city administration",
)

PORTFOLIOS = (
    r"Foreign|Health|Defen[cs]e|Interior|Finance|Labou?r|Trade|Energy|Education|Justice|Economy|Culture|Transport"
    r"|Agriculture"
)
OF_ANOTHER = rule(
    rf"(?!(?:The|Deputy|Former|Prime|First|Chief|Acting|Interim|Assistant|Vice|{PORTFOLIOS}|Regional|Local|State|National"
    rf"|Federal|General|Major|Central)\b)([A-Z][a-z]{{2,}})(?:['’]s)? (?:\w+ (?:and \w+ )?)?(?i:{BODIES})\b",
    finds="Ruritanian defence ministry",
    passes="Interior ministry",
    where="start",
)
"""A name before a body or an office, which is that of the owner, known or not."""

PRESS = rule(
    r"\b(?:channels?|media|newspapers?|press(?! (?:conference|briefing|release|statement|secretary|office|service))"
    r"|bloggers?|news agency|tv|television|radio|magazine|daily|weekly)\b",
    re.I,
    finds="told state television",
    passes="told a press conference",
)
"""The press. It is not the speaker at a press conference."""

ACCREDITED = rule(
    r"\b([Aa]mbassador|[Ee]nvoy|[Rr]epresentative|[Dd]elegate) (?:to|at) (?:the )?(?:[A-Z][\w.]*+ ?){1,2}+",
    finds="the ambassador to Ruritania",
    passes="the ambassador of Ruritania",
)
"""Ambassadors, who do not speak for the country to which they are sent."""

OUTLET_NAME = rule(
    r"\b(?:[A-Z]\w+ )*(?:Post|Times|Journal|Herald|Tribune|News(?: Agency| Service)?|Gazette|Guardian|Observer"
    r"|Telegraph|Handelsblad|Zeitung|Reuters?|Interfax|Tass|TASS|AFP|Bloomberg|BBC|CNN|Ukrinform|Xinhua|IRNA)\b",
    finds="the Springfield Post",
    passes="the border post",
)

KIND_OF_OUTLET = rule(
    r"(?: (?:News|Agency|Service|Press|Wire|Online))+$",
    finds="Springfield News Agency",
    passes="Springfield Post",
)
"""What an outlet's name says of its kind, which the outlet leaves out when it speaks of itself."""

NOBODY = rule(
    rf"\b(?:{ONLOOKERS}|sources?|diplomats?|critics?|people|delegates?|western|some|many|most|others|industry|market"
    r"|rumou?rs?|speculation|talk)\b",
    re.I,
    finds="industry sources",
    passes="industrialists",
)
"""People who speak for no body, unless one is named."""

OF_NO_STATE = rule(
    rf"\b(?:{ONLOOKERS})\b|\b(?:sources?|diplomats?) (?:in|at)\b",
    re.I,
    finds="diplomats in Tokyo",
    passes="Japanese diplomats",
)
"""People who do not speak for the country they are from or in."""

INSTITUTION = rule(
    r"\b(?:Council|Department|Committee|Commission|Congress|Senate|House|Court|Reserve|Agency)\b",
    finds="the Council of State",
    passes="the town council",
)
"""Bodies whose names many states share, so that a state named beside them comes first.

`antecedent_rules.BODY` does not fit here, since it also matches "United States"."""

STATE = rule(
    rf"\b(?:{STATE_BODIES}|ministerial|palace|presidential|regional|local|emergency|department|court)\b",
    re.I,
    finds="central bank sources",
    passes="western officials",
)
"""Words for what belongs to a state, even with "sources". The people of `OFFICE` may be anybody's."""


APPOSED = rule(
    rf"{COMPANY.pattern} ({NAME})",
    finds="a spokesman for brewer Golden Barley",
    passes="the brewer that Golden Barley bought",
)

NAMED_UNION = rule(
    r"\b(?!The )([A-Z][\w’'-]+(?: [A-Z][\w’'-]+){1,3}) (?:union|association|federation|party)\b",
    finds="a strike of the Dock Hands union",
    passes="The French union",
)

AT = rule(rf"\b(?:at|with) ({NAME})", finds="an analyst at Golden Barley", passes="an analyst at a brewer")
PRIVATE_PERSON = rule(
    r"\b(?:expert|professor|author|tycoon|businessman|activist|journalist|writer|historian|citizen|resident|analyst"
    r"|researcher|fellow|critic)\b",
    finds="a retired professor",
    passes="a retired general",
)

FILLER = rule(
    rf"^(?:{OPENERS}|Multiple|Local|State|Former|Official|Foreign|Western)(?:\s+|$)",
    finds="Former Acme workers",
    passes="Formerly Acme",
    where="start",
)

ARTICLE = rule(r"^(?:the|a|an) ", re.I, finds="the ministry", passes="Anne Smith", where="start")
TOLD_OF = rule(
    r",? (?:as )?(?:cited|quoted|reported|carried) by .*$|,? (?:told|citing|quoting) .*$"
    r"|, who (?!(?:\w+ )?(?:heads?|leads?|chairs?|runs?|represents?|is|was|serves?|served|works?|worked)\b).*$",
    finds="the mayor, who spoke by telephone",
    passes="Jane Roe, who heads the union",
)
"""Words about speakers that do not say for whom they speak: what they did, and who quoted them."""
