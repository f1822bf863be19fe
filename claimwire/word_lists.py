"""Word lists and fragments of patterns that rules of several modules share.

A rule that needs other words keeps its own list and gives the reason beside it.
"""

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
CALENDAR_NAMES = "|".join((*WEEKDAYS, *MONTHS))

CAPITALISED_WORD = r"[A-Z][\w&’'.-]*"
"""A word of a name, as "Acme", "O'Neill", "A.B." and "AT&T" are."""

SHORT_TITLES = "Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Maj|Capt|Adm"
"""Titles before a name in short form, often with a full stop."""

PHOTO_CREDITS = "AP|AFP|EPA|Reuters|Getty|Photo|File"
"""Words that show that a bracket holds the credit of a photo."""

PARTICLES = "de|du|la|al|el|bin|von|van|der"
"""Words in lower case inside a name."""

BODY_NAMES = (
    "Agency|Association|Authority|Bank|Board|Committee|Council|Front|Group|Institute|Organi[sz]ation|Party|Union"
    "|University"
)
"""Words that end the names of many bodies."""

ONLOOKERS = (
    r"analysts?|traders?|dealers?|witness(?:es)?|experts?|economists?|observers?|brokers?|bankers?|residents?"
    r"|investors?"
)
"""People who know of a matter, or look at it from outside."""

OPENERS = (
    "It|He|She|They|We|I|You|The|This|That|These|Those|In|On|At|But|And|Or|A|An|If|When|While|After|Before|As|There|For"
    "|According|However|Meanwhile|Earlier|Later|Asked|Speaking|Last|Some|Many|Most|Several|All|No|Not|Other|Others|Both|To"
    "|By|From|With|Under|Since|Until|During|Despite|Among|More|One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Its|His|Her"
    "|Their|Our|My|Yet|Even|Although|Though|Without|Because|Instead|Nevertheless"
)
"""Words that have a capital only because they begin a sentence."""
