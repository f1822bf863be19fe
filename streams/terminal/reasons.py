"""Reasons: why a piece of evidence was joined to its claim, in words for people."""

import re
from collections.abc import Sequence

from claimwire.outcomes import Bearing

MOST = 4
"""How many features of a likeness are shown: those that moved it most."""

OUTCOME = re.compile(rf"outcome (\w+) ({'|'.join(Bearing)}) (\w+)")
PLACE = re.compile(r"place (.+)")
ACTOR = re.compile(r"actor (.+)")
DAYS = re.compile(r"(\d+) days")
LIKENESS = re.compile(r"likeness (\d\.\d\d) of (\d\.\d\d)")
FEATURE = re.compile(r"(\w+) (\d\.\d\d)")

BEARINGS: dict[str, str] = {
    Bearing.AGREES: "“{}” agrees with the claim's “{}”",
    Bearing.EXCLUDES: "“{}” and the claim's “{}” cannot both hold",
    Bearing.LIMITS: "“{}” limits the claim's “{}”",
}
FEATURES = {
    "alike": "their words",
    "told": "its words, which the claim or its item holds",
    "asked": "the claim's words, which it or its item holds",
    "both": "the words of each in the other",
    "matter": "their words besides names",
    "shared": "how many words they share",
    "phrases": "the phrases that they share",
    "named": "its names, which the claim holds",
    "names": "the claim's names, which it holds",
    "sides": "the states that both speak of",
    "context": "what their items are about",
    "near": "how near they are in time",
    "day": "the same day",
    "accused": "the claim is about who answers",
    "heard": "the answer is about the claimant",
    "own": "one side speaks in both",
    "rumour": "the claim has no named author",
    "outlets": "the claim is the outlet's own",
    "hedged": "the claim is of what may be or is planned",
    "denied": "the claim is known from a denial",
    "turned": "one of the two says that something is not so",
    "reported": "the answer reports others' words",
    "recalled": "it was said before",
    "bare": "the claim is a thing, no sentence",
    "deeds": "what is done",
    "figures": "the figures that they share",
    "amounts": "the figures in which they differ",
    "numbers": "numbers, none of which is the same",
    "apart": "other times",
}
"""The features of a likeness (`claimwire.linking.pair_model.features`)."""


def in_words(why: Sequence[str]) -> str:
    """The reasons of a piece of evidence in one sentence. A reason without words here is shown as it is."""
    features = [FEATURES[m[1]] for each in why if (m := FEATURE.fullmatch(each)) and m[1] in FEATURES]
    parts = [_words(each) for each in why if not ((m := FEATURE.fullmatch(each)) and m[1] in FEATURES)]
    if features:
        parts.append(f"it went by {', '.join(features[:MOST])}")
    return "; ".join(parts)


def _words(reason: str) -> str:
    if m := OUTCOME.fullmatch(reason):
        ours, bearing, theirs = (word.replace("_", " ") for word in m.groups())
        return BEARINGS[bearing].format(ours, theirs)
    if m := PLACE.fullmatch(reason):
        return f"at the same place, {m[1]}"
    if m := ACTOR.fullmatch(reason):
        return f"by the same actor, {m[1]}"
    if reason == "words":
        return "in the same words"
    if m := DAYS.fullmatch(reason):
        days = int(m[1])
        return "within a day" if not days else f"{days} day{'s' if days > 1 else ''} apart"
    if m := LIKENESS.fullmatch(reason):
        return f"alike by {m[1]}, where {m[2]} is enough"
    return reason
