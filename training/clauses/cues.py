"""Cues that tell by themselves whether what follows them is a clause."""

from claimwire.rules import rule

SAYS = rule(
    r"(?:\w+ )*?(?:said|says?|saying|add(?:ed|s|ing)|not(?:ed|es)|thinks?|thought|believes?|believed|stat(?:ed|es))"
    r"(?: (?:in a statement|today|yesterday|last \w+|\w+day))?:?",
    finds="also said",
    passes="spoke of",
    where="whole",
)
"""Verbs that only a clause follows: "said the mill had closed"."""

OF_A_THING = rule(
    r"(?:\w+ )*?(?:reject(?:ed|s)|dismiss(?:ed|es)|discuss(?:ed|es)|describ(?:ed|es|ing)|criti[cs]i[sz]ed|praised"
    r"|condemn(?:ed|s|ing)|mentioned|cit(?:ed|es|ing)|expressed|outlined|detail(?:ed|s)|denounced|welcomed|hailed|questioned|slammed"
    r"|blasted|decried|highlighted|voiced|repeated|call(?:ed|s|ing)|accused|blamed|attacked|approved|proposed|presented"
    r"|mocked|identified|addresses|offered|referencing|quot(?:ed|ing)|urged|asked|wants?|recounted|explain(?:ed|ing)"
    r"|defended|released|announcing|ordered|sees?|emphasi[sz]ed|reiterated)"
    r"|.* (?:of|about|upon|to|at|for|against)",
    finds="has condemned",
    passes="has said",
    where="whole",
)
"""Verbs and prepositions that mostly a noun follows: "condemned the closing of the mill"."""
