"""Whether answers of the gold threads meet their claims.

``python -m benchmarks.candidates [--shared DIR] [--stream NAME ...] [--days N ...]``

For each answer to another item: whether the claim that it answers is among the first candidates. They
are found in three ways: as the program looks up what shares a rare word, at the subjects of the answer;
the same in one index of everything; and by the likeness of sentences and leads, which looks at all.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Any

from benchmarks.shared import Absent, Shared, add_option, opened
from claimwire import Item, Statement, extract
from claimwire.linking import WINDOW
from claimwire.linking.candidate_index import CandidateIndex
from claimwire.linking.claim_openings import opened_by
from claimwire.linking.decisions import compared_within
from claimwire.linking.pair_model import features, score
from training.json_lines import lines
from training.linking.candidates import StreamSentences
from training.linking.judgements import Place

STREAMS = ("reuters-1987q1", "ukraine-2022h1", "modern-2025-05a")
FIRST = (1, 3, 5, 20)
EVERYTHING = ""
"""The one subject of an index of everything."""

WAYS = ("lookup by subject", "lookup of everything", "sentence and lead")


@dataclass(frozen=True, slots=True)
class Spot:
    """A sentence of an item, as the official scorer counts them."""

    item: str
    sentences: frozenset[int]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of the gold to what another item claims, and all places where this is claimed."""

    spot: Spot
    claims: tuple[Spot, ...]


class Stream:
    """A development stream with its gold.

    Parameters
    ----------
    items
        The usable ones, in the order of their publication.
    """

    def __init__(self, shared: Shared, name: str) -> None:
        self._scorer = shared.scorer("threads")
        documents = {document["uri"]: document for document in lines(shared.path(f"gold/{name}.items.jsonl.xz"))}
        self._texts = {uri: self._scorer.Item(document) for uri, document in documents.items()}
        usable = [item for item in map(Item.from_ninjs, documents.values()) if item.speaks]
        self.items = sorted(usable, key=lambda item: item.published)
        threads = lines(shared.path(f"gold/{name}.threads.jsonl"))
        self.answers = [answer for thread in threads for answer in self._answers(thread)]

    def _answers(self, thread: dict[str, Any]) -> Iterator[Answer]:
        for told in thread.get("responses", ()):
            if thread["claims"][told.get("target_claim", 0)]["item"] != told["item"]:
                claims = [self._spot(claim) for claim in thread["claims"] if claim["item"] != told["item"]]
                yield Answer(self._spot(told), tuple(claims))

    def _spot(self, place: dict[str, Any]) -> Spot:
        return Spot(place["item"], frozenset(self._texts[place["item"]].places(place["anchor"])))

    def stands(self, place: Place, spot: Spot) -> bool:
        """Whether a sentence is that of a spot."""
        return place.item == spot.item and bool(self._at(place) & spot.sentences)

    def is_claim(self, place: Place, answer: Answer) -> bool:
        """Whether a sentence is near one that makes the claim, as the official scorer has it."""
        return any(place.item == c.item and self._scorer.near(c.sentences, self._at(place)) for c in answer.claims)

    def _at(self, place: Place) -> set[int]:
        at: set[int] = self._texts[place.item].at({"part": place.part, "start": place.start, "end": place.end})
        return at


def by_lookup(stream: Stream, window: timedelta, one_index: bool) -> Iterator[list[Place]]:
    """For each answer the candidates that the program looks up, what it holds likest first."""
    asked: dict[str, list[int]] = defaultdict(list)
    for n, answer in enumerate(stream.answers):
        asked[answer.spot.item].append(n)
    found: list[dict[Place, float]] = [{} for _ in stream.answers]
    indices: dict[str, CandidateIndex] = defaultdict(CandidateIndex)
    for item in stream.items:
        said = _statements(item)
        for n in asked[item.uri]:
            for statement in said:
                if stream.stands(_place(statement), stream.answers[n].spot):
                    subjects = (EVERYTHING,) if one_index else statement.subjects
                    _look_up(statement, [indices[s] for s in subjects], window, found[n])
        for statement in said:
            if opened_by(statement):
                for subject in (EVERYTHING,) if one_index else statement.subjects:
                    indices[subject].add(statement)
    for likeness in found:
        yield sorted(likeness, key=lambda place: -likeness[place])


def _look_up(
    statement: Statement, indices: Iterable[CandidateIndex], window: timedelta, found: dict[Place, float]
) -> None:
    since = statement.published - compared_within(statement, window)
    for index in indices:
        for other in index.like(statement, since):
            if other.item != statement.item:
                place = _place(other)
                found[place] = max(found.get(place, 0.0), score(features(statement, other)))


def by_likeness(stream: Stream, window: timedelta) -> Iterator[list[Place]]:
    """For each answer the earlier sentences that are most like it and its lead."""
    sentences = StreamSentences(stream.items)
    of_item = defaultdict(list)
    for sentence in sentences.all:
        of_item[sentence.place.item].append(sentence)
    for answer in stream.answers:
        told = [s for s in of_item[answer.spot.item] if stream.stands(s.place, answer.spot)]
        best: dict[Place, float] = {}
        for sentence in told:
            for candidate in islice(sentences.earlier(sentence, window), FIRST[-1]):
                place = candidate.sentence.place
                best[place] = max(best.get(place, 0.0), candidate.likeness)
        yield sorted(best, key=lambda place: -best[place])


def _statements(item: Item) -> list[Statement]:
    return extract(item)


def _place(statement: Statement) -> Place:
    return Place(statement.item, str(statement.part), statement.start, statement.end)


def shares(stream: Stream, found: Iterable[list[Place]]) -> list[float]:
    """Of the answers, those whose claim is among the first so many candidates."""
    within: Counter[int] = Counter()
    for answer, places in zip(stream.answers, found, strict=True):
        rank = next((n for n, place in enumerate(places) if stream.is_claim(place, answer)), None)
        within.update(first for first in FIRST if rank is not None and rank < first)
    return [within[first] / max(1, len(stream.answers)) for first in FIRST]


def main() -> int:
    """Print the shares; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.candidates", description=__doc__)
    add_option(parser)
    parser.add_argument("--stream", choices=STREAMS, nargs="*", default=STREAMS)
    parser.add_argument("--days", type=int, nargs="*", default=[WINDOW.days], help="how far back an answer looks")
    arguments = parser.parse_args()
    try:
        shared = opened(arguments.shared)
        streams = {name: Stream(shared, name) for name in arguments.stream}
    except Absent as absent:
        sys.stderr.write(f"{absent}\n")
        return 2
    _say("| stream | answers | days | way | " + " | ".join(map(str, FIRST)) + " |\n" + "|---" * (4 + len(FIRST)) + "|")
    for name, stream in streams.items():
        for days in arguments.days:
            window = timedelta(days)
            ways = (by_lookup(stream, window, False), by_lookup(stream, window, True), by_likeness(stream, window))
            for way, found in zip(WAYS, ways, strict=True):
                figures = " | ".join(f"{share:.2f}" for share in shares(stream, found))
                _say(f"| {name} | {len(stream.answers)} | {days} | {way} | {figures} |")
    return 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
