"""The rules by which `propositions` makes whole sentences of the words of claims."""

import re

from claimwire.extraction.speakers.antecedent_rules import NO_NAME
from claimwire.rules import rule
from claimwire.word_lists import CALENDAR_NAMES, PHOTO_CREDITS

OPENS = rule(
    r"^[\s,;:–—-]*(?:and |but |yet |so )?(?:\(?that\b,?(?! (?:is|was|has|had|would|will|could|may|might)\b)\s*)?(?!^)",
    re.I,
    finds="and that the mill had closed",
    passes="that was clear to all",
)
"""Words before a clause that are no part of it. `(?!^)` excludes an empty match."""

AND_THAT = rule(
    r"(?<=\w|[,”\"]) (?P<link>and|but) that,? (?!(?:is|was|has|had|would|will|could|may|might|of|in|one|same)\b)",
    finds="the mill was closed and that the port was open",
    passes="the mill and that of Acme",
)
"""The "that" of a further clause, which has no sense once the first clause stands without its own."""

COMMAS = rule(r"(?: ?,){2,}", finds="the mill, , was closed", passes="the mill, the port")
"""What is left around the cue and the speaker, which are blanked: "the mill, he added, was closed"."""

BREAKS_OFF = rule(
    r"\b(?:and|or|but|as|that|which|who|the|an?|of|because|including|whether|if)$",
    finds="the mill was closed and",
    passes="the mill was thought of highly",
)
"""The last word of words that were cut off."""

NAMED = rule(
    r"(?:(?:the|a) )?(?:(?!(?:no|few|false|untrue|baseless|unfounded|fake)\b)[\w-]+ )?(?:claims?|allegations?"
    r"|accusations?|reports?|rumou?rs?|news|suggestions?)"
    r" that (?=\w+ )|(?:claims|allegations|accusations|reports|rumou?rs) (?=(?-i:[A-Z])|(?:s?he|it|they|there) )",
    re.I,
    finds="the news that the mill had closed",
    passes="the news of that day",
    where="start",
)
"""A noun for words, before the words themselves."""

ADDRESSEE = rule(
    r"(?!that\b)(?:[\w.&’'-]+ ){1,8}?that (?=\w+ )",
    finds="the union that the mill would close",
    passes="that the union had left",
    where="start",
)
"""To whom somebody says that something is so: "told the union that the mill would close"."""

WHEN = rule(
    rf"(?:(?:earlier|late|later|early|on|last|this|in) )*(?:{CALENDAR_NAMES}|today|yesterday|week|month|year)"
    r"(?: \d{1,4})?,? that (?=\w)",
    re.I,
    finds="earlier Wednesday that the mill had closed",
    passes="Wednesday was the day that the mill closed",
    where="start",
)
"""When somebody says that something is so: "said earlier Wednesday that the mill had closed"."""

INTRODUCTION = rule(
    r"(?:according to|after|amid|as|at|because of|before|by|despite|during|earlier|for|from|if|in|last|later|on|over"
    r"|since|under|until|when|with|within)\b[^,\"“”]{1,80}, ",
    re.I,
    finds="During the trial, he spoke",
    passes="During the trial he spoke",
    where="start",
)
"""Words before the subject of a sentence."""

LINK = rule(
    r"^(?:(?:However|Meanwhile|Nevertheless|Nonetheless|Moreover|Furthermore|Additionally|Instead|Elsewhere|Similarly"
    r"|Likewise|Besides|Still|Also|Thus|Therefore|Otherwise|Indeed"
    r"|In (?:addition|response|turn|fact|another \w+|other words)|At the same time|For (?:example|instance)|As a result"
    r"|By contrast|On the other hand), |(?:But|And|Yet|So) (?!far\b)|Then (?=on|in|at|the)\b)",
    re.I,
    finds="Meanwhile, the mill was closed",
    passes="So far the mill was closed",
)
"""Words that join a sentence to the one before."""

ALSO = rule(
    r"(?<!not only )(?<!but )\balso (?=\w)",
    re.I,
    finds="the mill has also been closed",
    passes="not only the mill but also the port",
)

CREDIT = rule(
    rf"^(?:(?:[^()]*\()?[^()]*\b(?i:{PHOTO_CREDITS}|Shutterstock|Credit|Image)\b[^()]*|\([^()]+)\) (?=[A-Z“\"])",
    finds="The mill at night. (File photo: Acme) The mill was closed",
    passes="The agency (AP) said that the mill was closed",
)
"""A caption with the photo's credit before a sentence."""

IN_CAPITALS = r"(?:[A-Z][A-Z’'-]{3,},?|[A-Z][A-Z’'-]+|\d+(?= [A-Z]{2}))"
CAPITALS = rule(
    rf"(?<![A-Z] )\b(?:{IN_CAPITALS} ){{4,20}}(?=[A-Z][a-z])|(?<![A-Z])(?: {IN_CAPITALS}){{5,20}}[.]?$",
    finds="MILL WORKER HELD OVER FIRE The police said",
    passes="The US, the UK and the EU",
)
"""A heading in capitals that a page's text has run into a sentence."""

ADDING = rule(
    r", (?:adding|saying|noting|stressing)(?: that)? .*$",
    finds="the mill had closed, adding that the port was open",
    passes="the adding machine was broken",
)
"""Further words of the same speaker."""

HEAD = rule(
    r"(?:(?P<subject>he|she|it|they|we|i)\b(?!['’]?(?:ll|d)\b)|(?P<owner>his|her|its|their|our|my)\b(?! own\b))",
    re.I,
    finds="he has resigned",
    passes="he’ll resign",
    where="start",
)
"""A pronoun at the start."""

WITHIN = rule(
    r"\b(?:(?P<subject>he|she|him)|(?P<owner>his|her(?= (?!(?:at|of|in|on|to|for|with|and|by|from|was|is|that|as"
    r"|about)\b)[a-z])))\b(?!['’])",
    finds="the minister said that he had resigned",
    passes="voters thanked her in May",
)
"""A pronoun for a person farther on."""

SOMEBODY = rule(
    rf"\b(?!{NO_NAME.pattern})[A-Z][a-z]|\b(?:man|woman|boy|girl|person|president|minister|chairman|officer|soldier"
    r"|official|leader|judge|candidate|teacher|student|doctor|director|governor|senator|suspect|driver|pilot|victim"
    r"|father|mother|son|daughter|husband|wife|king|queen|pope|prince|nobody|everyone|anyone|each)\b",
    finds="the suspect said that ",
    passes="On Monday the mill said that ",
)
"""People in the same words whom a pronoun farther on may mean."""

EXPLETIVE = rule(
    r"it (?:is|was|has been|had been|would be|will be|seems|appears|remains)(?: not| now| also)? (?:(?:\w+ ){1,2}that\b"
    r"|only\b|too early|too soon|time to|(?:un)?clear|(?:im)?possible|important|necessary|essential)\b"
    r"|it (?:now |also )?(?:seems|seemed|appears|appeared)\b(?! to\b)",
    re.I,
    finds="it appears many fired",
    passes="it is for sale",
    where="start",
)
"""An "it" that refers to nothing before it."""

UNTRUE = r"(?:false|untrue|baseless|unfounded|groundless|fabricated|fake|incorrect|nonsense|(?:a )?hoax|not true)"
WORDS_OF_OTHERS = (
    r"(?:claims?|reports?|story|stories|news|statements?|rumou?rs?|allegations?|accusations?|videos?|photos?|images?)"
)
CALLED_UNTRUE = rule(
    rf"\b{WORDS_OF_OTHERS}\b[^.;]{{0,60}}\b(?:is|are|was|were|been|as) (?:\w+ )?{UNTRUE}\b"
    rf"|\b(?:spread|spreads|spreading|produces?|circulat\w+) {UNTRUE} {WORDS_OF_OTHERS}\b",
    re.I,
    finds="the reports are completely false",
    passes="the reports are of a false alarm",
)
"""Words that deny what others say, and so are no claim."""

DENIED = rule(
    r"(?:(?!(?:is|are|was|were|been|be)\b)[\w’'.\[\]-]+ ){1,6}?(?:(?:has|have|had|also) ){0,2}den(?:y|ies|ied) "
    r"(?:that|any|having|being|\w+ing|(?:[\w’'-]+ ){0,3}?(?:claims?|reports?|allegations?|accusations?))\b",
    re.I,
    finds="Acme has denied selling the mill",
    passes="Acme denied the reporters entry",
    where="start",
)
"""Words that tell a denial, and so are no claim of others."""

LEFT_OPEN = rule(
    rf"(?:(?:this|that|these|those|such|others|both)(?: {WORDS_OF_OTHERS})?"
    rf"|the (?:former|latter|same|move|two|three|four|five|pair|{WORDS_OF_OTHERS}))"
    r" (?:is|was|are|were|has|have|had|will|would|could|can|may|might|came|comes|means"
    r"|meant|\w+ed)\b|it (?:follow|com|mark)(?:s|ed|es)\b|it came\b|(?:in doing so|as a result|by doing so)\b"
    r"|your?\b",
    re.I,
    finds="this came a day after the strike",
    passes="this mill came first",
    where="start",
)
"""Beginnings that refer to earlier text, or to whom the speaker addresses."""

ASKS = rule(r"\?[\"”’')\]]*$", finds="Was the mill closed?", passes="The mill asked why.")
"""The end of a question, which claims nothing."""

SHORTENED = {
    "’s": " is",
    "'s": " is",
    "’re": " are",
    "'re": " are",
    "’ve": " have",
    "'ve": " have",
    "’m": " is",
    "'m": " is",
    " am ": " is ",
}
NO_SUBJECT = rule(
    r"(?!(?:in|on|at|with|for) [^,.]{0,60}\bthere (?:is|are|was|were|has|have)\b)"
    r"(?:to|of|for|about|in|on|at|with|by|from|as|if|whether|whether or not|which|who|whose|whom|what|how|why|when"
    r"|where|not|no longer|having|being|been|because|despite|amid|against|into|over|after|before|since|until|than)\b"
    r"|(?!(?-i:[A-Z]\w+ing [A-Z]))\w+ing\b(?! (?:\w+ly )?(?:is|was|has|had|will|would|are|were|said|says|\w{3,}ed)\b)"
    r"|(?-i:(?:[A-Z][\w.’'-]* )+of (?:[a-z]+ly )?[a-z]+ing\b)",
    re.I,
    finds="Acme of mining the river",
    passes="mining is banned there",
    where="start",
)
"""Beginnings of words that are no clause with a subject of its own."""

FINITE = rule(
    r"\b(?:(?<=I )am|is|are|was|were|has|have|had|will|would|can|could|may(?! \d)|might|must|should|shall|did|does|do"
    r"|cannot|won|took|said|says|made|makes|gave|went|got|came|knew|held|holds|left|lost|met|paid|put|ran|saw|sent|sold|bought"
    r"|broke|began|brought|built|cut|fell|felt|found|fought|flew|grew|hit|kept|led|rose|set|shot|spent|stood|stole"
    r"|struck|thought|threw|wrote|wants|needs|plans|expects|believes|remains|remain|claims?|deny|denies|kills|holds?|say|control|want|need|believe|know|see|take|make|face|seek|controls|faces|seeks"
    r"|\w{2,}(?:ed|['’]re|['’]ve|n['’]t)|\w{2,}['’]s(?= (?:a|an|the|not|no|been|being|\w+ing|\w+ed)\b))\b",
    re.I,
    finds="the mill closed",
    passes="the mill’s closure",
)

RELATIVE = rule(
    r"\b(?:that|which|who|whose|where) (?:[A-Z]\w+ |(?-i:[A-Z][\w.&’'-]* ){2,5})?(?:\w+ly |also |had |has |have )?$",
    re.I,
    finds="the mill that Golden Barley Ltd also ",
    passes="the mill that the bank ",
)
"""Words before the verb of a relative clause."""

SAYS = rule(r"(?:said|says|claims?|found|believes|thought|expects)$", re.I, finds="claims", passes="denies")
"""A verb after which the next verb belongs to a clause of its own."""

SUBORDINATE = rule(
    r"(?:while|although|though|whereas|unless|once|even if|even though)\b(?!.*,)",
    re.I,
    finds="while the mill was closed",
    passes="while the mill was closed, the port worked",
    where="start",
)
"""Beginnings of a clause that depends on another one."""

SIGNED = rule(
    r"(?<=[.”\"]) (?:Reuters?|REUTERS?|AFP|AP)[;.]?$",
    finds="The mill was closed. Reuters",
    passes="The mill was sold to Reuters",
)
"""The agency's name behind the last sentence of its item."""

PARTICIPLE = rule(
    r"(?:^|\b(?:a|an|the|its|their|his|her|own|this|these|those|of|be|been|being|having|for|with|by|and|allegedly"
    r"|first|second|third|latest|new|recent|\d[\d,.]*) )$",
    re.I,
    finds="the ",
    passes="the company ",
)
"""Words before a form in -ed that is not the clause's verb."""

PASSIVE = rule(
    r"\w+ed by\b|(?:involved|based|located) in\b|(?:accused|suspected|composed|convicted) of\b",
    re.I,
    finds="controlled by rebels",
    passes="controlled the town",
    where="start",
)
"""A form in -ed that is passive."""

CANNOT = rule(r"\b([Cc])(?:annot|an['’]t)\b", finds="it cannot pay", passes="it can pay")
WILL_NOT = rule(r"\b([Ww])on['’]t\b", finds="it won’t pay", passes="it won")
NOT = rule(
    r"(?!(?:[Cc]a|[Ww]o|[Ss]ha)n['’]t)(\w\w)(?:n['’]t| not| never)\b(?! (?:only|just|least)\b)",
    finds="it has not paid",
    passes="it has not only paid",
)
NO = rule(
    r"\b[Nn]o (?=[a-z])(?!(?:longer|more|less|later|one|doubt)\b)",
    finds="there were no talks",
    passes="it could pay no longer",
)
NOT_TRUE = rule(
    r"it (?:is|was)(?: not|n['’]t) (?:true|correct|the case) that ",
    re.I,
    finds="It is not true that the mill closed",
    passes="It is true that the mill closed",
    where="start",
)
NEGATIONS = ((CANNOT, r"\1an"), (WILL_NOT, r"\1ill"), (NOT, r"\1"), (NO, ""))
"""Words that say no, with what is left of them when they say yes."""

AUXILIARY = rule(
    r"(?:\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|did|does|do)|n['’]t)"
    r"(?: \w+){0,2} $",
    re.I,
    finds="the mill was not yet ",
    passes="the mill was one of the last that ",
)
"""Auxiliaries before a verb."""
