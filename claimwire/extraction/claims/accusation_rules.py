"""The rules by which `accusations` finds who is accused of what."""

import re
from dataclasses import dataclass

from claimwire.rules import rule
from claimwire.word_lists import CALENDAR_NAMES

WHO = r"(?P<accused>[^;:()–—]{2,90}?)"
DEED = (
    r"(?P<deed>[^;]+?)(?=[.]?$|;|[.] [A-Z]| (?:--|–|—) |[—–]"
    r"| and (?:\w+ed|said|told|took|made) (?:it|him|her|them|for|that|a|an|the)\b"
    r"|(?<!known)(?<!such) as (?=[A-Z])| and (?:was|were|is|are|has|have|had)\b"
    r"|, (?:(?:which|who|while|but|although|though|saying|adding|calling|according|without|after|when)\b"
    r"|(?:an? )?(?:claims?|charges?|allegations?|accusations?)\b|and (?:he|she|it|they|we|the|[A-Z]|\w+ed\b)))"
)
DUTY = (
    r"(?:enforc|oversee|ensur|protect|runn|manag|find|investigat|implement|keep|lead|monitor|regulat|provid|develop"
    r"|maintain|look|carry)ing\b"
)
"""What offices are charged with, which is no crime."""

DOING = r"(?=(?:[\w-]+ly )?[\"“‘]?(?:[\w-]+ly )?\w{2,}ing\b)"
GAP = r"(?: (?!(?:not|never)\b)[\w-]+)"
BE = rf"(?:is|are|was|were|stands?|(?:has|have|had){GAP}{{0,2}} been)"

ACCUSES = rule(
    rf"\baccus(?:es?|ed|ing) {WHO},? of (?:{DOING}{DEED})",
    finds="The union accused the owner of the mill of dumping waste.",
    passes="The union accused the mill of theft.",
)
ACCUSES_OF = rule(
    rf"\baccus(?:es?|ed|ing) (?!of\b){WHO} of (?:the )?{DEED}",
    finds="The union accused the mill of theft.",
    passes="The mill, accused of theft, closed.",
)
CHARGES = rule(
    rf"\b(?:charged|charging) (?!with\b){WHO} with (?:allegedly )?{DEED}",
    finds="Prosecutors charged the owner with fraud.",
    passes="The owner was charged with fraud.",
)
BLAMES = rule(
    rf"\bblam(?:es?|ed|ing) {WHO} for (?:allegedly )?{DEED}",
    finds="The union blamed the owner for the fire.",
    passes="The union blamed the fire on the owner.",
)
BLAMES_ON = rule(
    r"\bblam(?:es?|ed|ing) (?P<deed>[^,;:()]{2,90}?) on (?P<accused>[^,;:()]{2,90}?)(?=[.]?$|[,;:])",
    finds="The union blamed the fire on the owner.",
    passes="The union blamed the owner for the fire.",
)
IS_ACCUSED = rule(
    rf"{WHO} {BE}{GAP}{{0,3}}? (?:accused|suspected)(?: by (?P<accuser>[^;:()]{{2,60}}?),?)? of "
    rf"(?:allegedly )?{DEED}",
    finds="The owner, 40, has long been accused of dumping waste.",
    passes="The owner was not accused of dumping waste.",
    where="start",
)
IS_CHARGED = rule(
    rf"{WHO} {BE}{GAP}{{0,3}}? (?:charged|indicted)(?: by (?P<accuser>[^;:()]{{2,60}}?),?)?"
    rf"(?: (?:on|last) [\w-]+| today| yesterday)? (?:with (?:allegedly )?|for allegedly |on )"
    rf"(?:charges? of |suspicion of )?(?!{DUTY}){DEED}",
    finds="The owner was arrested and charged on Monday with fraud.",
    passes="The owner was charged a fee.",
    where="start",
)
IS_BLAMED = rule(
    rf"{WHO} {BE}{GAP}{{0,3}}? blamed(?: by (?P<accuser>[^;:()]{{2,60}}?),?)? for {DEED}",
    finds="The owner was widely blamed for the fire.",
    passes="The owner blamed the workers for the fire.",
    where="start",
)
SUSPECTED = rule(
    rf"{WHO} (?:{BE}{GAP}{{0,3}}? (?!acquitted|cleared|convicted)\w+(?:ed|ld|ght)|faces?|faced)\b[^;]*?"
    r" (?P<why>over|on|amid) "
    rf"(?:charges?|accusations?|allegations?|suspicion) of {DEED}",
    finds="The owner was held on suspicion of theft.",
    passes="The owner was suspicious of theft.",
    where="start",
)
LINKED = rule(
    rf"{WHO} (?:{BE}|has|have|had|faces?|faced|found)\b[^;]*? (?P<why>over|for|due to|because of) "
    r"(?:(?:its|their|his|her) )?(?:suspected|alleged) (?P<deed>(?:links?|ties|connections?) (?:to|with) [^;,—–]+?)"
    r"(?=[.]?$|[;,—–])",
    finds="The mill was closed over suspected links to the army.",
    passes="The mill was closed for its suspected defects.",
    where="start",
)
CLAIMED = rule(
    r"(?P<accuser>\b(?:[A-Z][\w.-]*\w ){0,4}[A-Z][\w.-]*\w)['’]s (?:[\w-]+ ){0,3}?(?:claims?|allegations?|accusations?"
    r"|assertions?) that (?P<accused>)(?P<deed>[^,;]+?)(?=[.]?$|[,;])",
    finds="a video that backs the owner of Acme's false claim that the mill has closed.",
    passes="The owner denied that claim that evening.",
)
UNTRUE = rule(
    r"\b(?:falsely|wrongly|baselessly) (?:accus|charg|blam|suspect)\w+"
    r"|['’]s (?:[\w-]+ ){0,2}?(?:false|baseless|unfounded|debunked|discredited) ",
    re.I,
    finds="has falsely accused ",
    passes="whose false reports accused ",
)
"""What an outlet calls an accusation that it knows to be untrue."""

GUILTY, TO_BLAME, HAS = "guilty of", "to blame for", "has"


@dataclass(frozen=True, slots=True)
class Form:
    """A form of accusations.

    Attributes
    ----------
    passive
        Whether the accused are the subject, and the accuser may be left out.
    charge
        Whether it is a charge, which prosecutors make if nobody else is named.
    verdict
        The words that make a clause of the accused and the deed; empty if the deed is one by itself.
    """

    pattern: re.Pattern[str]
    passive: bool = False
    charge: bool = False
    verdict: str = GUILTY


FORMS = (
    Form(ACCUSES),
    Form(ACCUSES_OF),
    Form(CHARGES, charge=True),
    Form(BLAMES, verdict=TO_BLAME),
    Form(BLAMES_ON, verdict=TO_BLAME),
    Form(IS_ACCUSED, passive=True, charge=True),
    Form(IS_CHARGED, passive=True, charge=True),
    Form(IS_BLAMED, passive=True, verdict=TO_BLAME),
    Form(SUSPECTED, passive=True, charge=True),
    Form(LINKED, passive=True, verdict=HAS),
    Form(CLAIMED, verdict=""),
)

WHEN = rule(
    r"(?:(?:In|On|At|After|Before|Last|Earlier|Later|During|Since|By|Under|With|Also|And|But|Meanwhile)\b[^,]{0,60}, )",
    finds="On Monday, the owner",
    passes="The owner, on Monday",
    where="start",
)
"""Words before the subject of a sentence."""

NO_SUBJECT = rule(
    r"(?:in|on|at|after|before|during|since|by|under|with|of|to|all|who|which|that|it|last|earlier|again|yesterday"
    r"|each other|one another|no one|nobody|neither)\b"
    r"|.*\b(?:who|which|whom)$",
    re.I,
    finds="all of whom",
    passes="the owner",
    where="start",
)
"""Words that name nobody who could have done a deed."""

DAY = rule(
    rf" (?:again|yesterday|today|(?:on|last|late|early|earlier)(?: on)? (?:{CALENDAR_NAMES})\b.*)$",
    finds="the owner on Monday",
    passes="the owner on the phone",
)
"""When somebody is accused, after the words that name them."""

LOOSE = rule(r"[,;]? (?:and|but|while|though)$", finds="theft, and", passes="theft of land")
"""What links a deed to the next clause."""

ACCUSER = rule(
    r"(?:[Tt]hat )?([^,;:()]{2,60}?)(?: (?:has|have|had|also|again|later|then|repeatedly|falsely|wrongly))* ",
    finds="federal prosecutors had ",
    passes="the police, who had ",
    where="whole",
)
"""Words before the verb of an accusation."""

PRONOUN = rule(r"(?:he|she|it|they|we|I)", finds="they", passes="theirs", where="whole")
SUBJECTS = {"him": "he", "her": "she", "them": "they", "us": "we", "me": "I"}

MANY = rule(
    r"\band\b(?![^“\"]*[”\"])|^(?:Both|both|they|They|we|We|Many|many|Some|some|Several|several|Two|two|Three|three)\b"
    r"|\b(?:[Pp]eople|[Pp]olice|men|women)$"
    r"|^(?:[\w’'-]+ ){0,4}?(?!\w*(?:ss|us|is)\b)[a-z]\w+s(?: (?:of|in|from|with)\b|$)"
    r"|^[A-Z][a-z]+(?:ists|crats|s (?:of|in|from|with)\b.*)$",
    finds="security forces of the state",
    passes="the boss",
)
"""An accused that takes a verb in the plural."""

LIST = rule(
    r", (?:[A-Z][\w’'-]+ )+and [A-Z]",
    finds="Jane Roe, John Doe and Ann Poe",
    passes="Jane Roe, a lawyer and clerk",
)
"""Several people by name."""

CHARGERS = rule(
    r"\b(?:(?:[A-Z]\w+ |the )?(?:[A-Z]\w+ |federal |state |public |military |district )?[Pp]rosecutors"
    r"|(?:the )?Crown Prosecution Service|(?:the )?Justice Department|(?:the )?Department of Justice"
    r"|(?:(?:[A-Z]\w+ )?[Pp]olice|[Aa]uthorities)(?= (?:said|say|have (?:charged|accused)|charged|accuse[ds]?|alleged?"
    r"|arrested)\b))\b",
    finds="British prosecutors say",
    passes="the prosecution began",
)
"""Who charges people, where a sentence says only that somebody is charged."""

NEGATED = rule(
    r"(?:\b(?:not|never|nobody|no one|neither|nor|without|short of|stopped|denied|denies|refused to)|n['’]t)"
    r"(?: \w+){0,3} $",
    re.I,
    finds="has not yet ",
    passes="has not said why it has since then ",
)
"""Words before the verb of an accusation that nobody makes."""
