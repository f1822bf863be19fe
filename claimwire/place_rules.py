"""The rules by which `places` distinguishes places, people, sides and regions by the words beside a name."""

from claimwire.rules import rule
from claimwire.word_lists import CALENDAR_NAMES, OPENERS, PARTICLES, SHORT_TITLES

NAME = rule(
    rf"[^\W\d_][\w'’-]{{0,40}}(?:[ -](?:(?:{PARTICLES}|of)[ -])?[^\W\d_][\w'’-]{{0,40}}){{0,3}}",
    finds="in New Haven",
    passes="12 - 7",
)

FIRST_WORD = rule(r"[\w'’]+", finds="Haven-on-Sea", passes="-on-Sea", where="start")
"""The first word of a name. The next name may begin after it."""

LONG_WORD = rule(r"\w{5,}", finds="left Haven", passes="the US")
"""Words that show whether a text is in capitals."""

NAME_ENDS = rule(r"[ -]|['’]s?$|['’]s(?= )", finds="Haven's", passes="O'Haven")
"""Where in a run of words the name of a place may end."""

REGION = rule(
    r"(?:['’]s)? (?:region(?:al)?|oblast|province|provincial|district)\b",
    finds="'s regional capital",
    passes="'s regiment",
    where="start",
)

SURNAME = rule(r" ([A-Z][a-z]+)", finds=" Smith said", passes=", Smith said", where="start")
LOCATIVE = rule(
    r"\b(?:[Ii]n|[Nn]ear|[Aa]t|[Ff]rom|[Aa]round|[Oo]utside|[Oo]f|[Ii]nto|[Tt]owards?|[Oo]n|[Oo]ver) (?:the )?$",
    finds="troops near the ",
    passes="troops left the ",
)

IN_TOWN = rule(r"\b(?:[Ii]n|[Nn]ear|[Ff]rom|[Oo]utside) $", finds="a house in ", passes="the house of ")
FORENAME = rule(r"(?:^|[^\w.] ?)([A-Z][a-z]+) (?:[A-Z]\. )?$", finds="met Oliver ", passes="from the US ")
NO_FORENAME = rule(
    rf"(?:{OPENERS}|{CALENDAR_NAMES}|Near|Of|Over|Outside|Around|Inside|Where|North|South|East|West|Northern|Southern"
    r"|Eastern|Western|Central|Upper|Lower|Old|New|Greater|Inner|City|Port|Fort|Mount|Lake|Downtown|Between|Against"
    r"|Through|Across|Towards?|Into|Only|Now|Today|Yesterday)",
    finds="Downtown",
    passes="Dawson",
    where="whole",
)
"""Capitalised words that are no forename, so that the place behind them is no person."""

THEIR_WAR = rule(r" [Ww]ar\b| [Oo]il\b| [Ss]tates\b", finds=" war began", passes=" warned", where="start")
TITLE = rule(
    rf"\b(?:{SHORT_TITLES}|President|General|Minister|Colonel|Admiral)\.? $",
    finds="met Gen. ",
    passes="met the General Staff in ",
)
