"""Second opinions: what a reader of the candidates would bring, a perfect one and a given one.

``python -m benchmarks.second questions --stream NAME -o FILE`` writes the questions about the development threads, a
line each; ``python -m benchmarks.second score --stream NAME [--answers FILE]`` scores the ledger as it is, with the
verdicts of a perfect reader of all candidates, and with those of the answers in a file (``{"id": …, "word": …}``).
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.accuracy.gold import STREAMS, Development
from benchmarks.shared import Absent, add_option, opened
from claimwire import Item, Ledger, extract
from claimwire.ledger import link
from claimwire.linking import SubjectLinks
from claimwire.linking.candidates import Candidate
from claimwire.statements import Relation, Statement
from claimwire.verdict_json import as_json
from claimwire.verdicts import CarriedStatement
from claimwire.versions import Known, revise
from streams.codecs import encode
from streams.second.question import NONE, WORDS, Opinion, as_verdict, messages, question_id

NOW = datetime(2026, 1, 1, tzinfo=UTC)
READER = "benchmark"

Place = tuple[str, set[int]]
"""An item, and the sentences of it."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer of the gold: where it stands, its relation, and where the claim that it answers is told."""

    at: Place
    relation: Relation
    claims: tuple[Place, ...]
    in_item: bool


@dataclass(slots=True)
class Run:
    """A stream gone through: its ledger, and all that `link` would have asked about it."""

    ledger: Ledger = field(default_factory=Ledger)
    candidates: dict[tuple[str, str], Candidate] = field(default_factory=dict)
    items: int = 0

    def add(self, item: Item, statements: list[Statement]) -> None:
        """Take an item in."""
        self.items += 1
        self.ledger.add(item, statements)
        self._known[item.uri], changes = revise(self._known.get(item.uri), item, statements)
        for change in changes:
            if not change.of_a_record:
                links = self._subjects.setdefault(change.subject, SubjectLinks(change.subject))
                link(links, [change])
                found = (candidate for each in links.candidates().values() for candidate in each)
                self.candidates |= {(c.claim, c.answering.statement): c for c in found}

    _known: dict[str, Known] = field(default_factory=dict)
    _subjects: dict[str, SubjectLinks] = field(default_factory=dict)


class Gold:
    """The threads of a stream, with the places of their claims and answers."""

    def __init__(self, data: Development, stream: str) -> None:
        self.scorer = data.shared.scorer("threads")
        self.items = {document["uri"]: self.scorer.Item(document) for document in data.documents(stream)}
        lines = data.threads(stream).read_text("utf8").splitlines()
        self.replies = [reply for line in lines for reply in self._replies(json.loads(line))]

    def _replies(self, thread: dict[str, Any]) -> Iterator[Reply]:
        for told in thread.get("responses", ()):
            claims, uri = thread["claims"], told["item"]
            in_item = claims[told.get("target_claim", 0)]["item"] == uri
            origins = [c for c in claims if in_item or c["item"] != uri]
            places = tuple(self._place(c["item"], c["anchor"]) for c in origins)
            yield Reply(self._place(uri, told["anchor"]), Relation(told["relation"]), places, in_item)

    def _place(self, uri: str, anchor: str) -> Place:
        return uri, self.items[uri].places(anchor)

    def near(self, place: Place, said: CarriedStatement | dict[str, Any]) -> bool:
        """Whether a statement or an evidence stands near a place, as the official scorer has it."""
        held = (
            {"item": said.item, "part": str(said.part), "start": said.start, "end": said.end}
            if isinstance(said, CarriedStatement)
            else said
        )
        uri, sentences = place
        return bool(held["item"] == uri and self.scorer.near(sentences, self.items[uri].at(held)))

    def relation(self, candidate: Candidate, claims: dict[str, dict[str, Any]]) -> Relation | None:
        """What a perfect reader says of a candidate; None where the gold knows of no answer there."""
        claim = claims.get(candidate.claim)
        evidence = claim["evidence"] if claim else ()
        for reply in self.replies:
            if self.near(reply.at, candidate.answering) and any(
                self.near(place, each) for place in reply.claims for each in evidence
            ):
                return reply.relation
        return None

    def asks(self, candidate: Candidate) -> bool:
        """Whether a candidate is about an answer of the gold."""
        return any(self.near(reply.at, candidate.answering) for reply in self.replies)


def gone_through(data: Development, stream: str) -> Run:
    """A stream, item by item."""
    run = Run()
    for document in data.documents(stream):
        item = Item.from_ninjs(document)
        run.add(item, extract(item))
    return run


def score(data: Development, stream: str, run: Run, gold: Gold, given: dict[str, str]) -> Iterator[str]:
    """The lines of the report."""
    claims = {claim["id"]: claim for claim in run.ledger.claims()}
    pairs = run.candidates.values()
    perfect = {c.claim + c.answering.statement: gold.relation(c, claims) for c in pairs}
    bears = [c for c in pairs if perfect[c.claim + c.answering.statement]]
    verdict = as_verdict(next(iter(pairs)), READER, Opinion(Relation.DENIES, "It says that it is not so."), NOW)
    yield f"{stream}: {run.items:,} items"
    yield f"  questions: {len(pairs):,}, {1000 * len(pairs) / run.items:.0f} per 1,000 items"
    size = sum(len(encode(c)) for c in pairs) / max(1, len(pairs))
    yield f"  bytes: {size:,.0f} a candidate, {len(encode(as_json(verdict))):,} a verdict"
    reached = [r for r in gold.replies if any(gold.near(r.at, c.answering) for c in bears)]
    yield f"  answers of the gold with the right claim among their candidates: {len(reached)} of {len(gold.replies)}"
    yield f"  as it is: {_scored(data, stream, run.ledger)}"
    if given:
        yield from _agreement(pairs, perfect, given)
        for c in pairs:
            word = given.get(question_id(c, READER))
            if word in WORDS:
                run.ledger.rule(as_verdict(c, READER, Opinion(None if word == NONE else Relation(word), ""), NOW))
        yield f"  with the answers given: {_scored(data, stream, run.ledger)}"
    else:
        for c in bears:
            answer = Opinion(perfect[c.claim + c.answering.statement], "")
            run.ledger.rule(as_verdict(c, READER, answer, NOW))
        yield f"  with a perfect reader: {_scored(data, stream, run.ledger)}"


def _agreement(pairs: Iterable[Candidate], perfect: dict[str, Relation | None], given: dict[str, str]) -> Iterator[str]:
    """How often a reader and the gold say the same of the pairs that both know."""
    read = {question_id(c, READER): perfect[c.claim + c.answering.statement] for c in pairs}
    asked = [(read[id], word) for id, word in given.items() if id in read]
    bearing = [(relation, word) for relation, word in asked if relation]
    rest = [word for relation, word in asked if not relation]
    yield f"  of {len(bearing)} that bear on the claim: the word of the gold {sum(r == w for r, w in bearing)}"
    yield f"  of {len(rest)} others: none or repeats {sum(w in (NONE, 'repeats') for w in rest)}"


def _scored(data: Development, stream: str, ledger: Ledger) -> str:
    """Recall and errors by the official scorer."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "claims.jsonl")
        path.write_bytes(b"".join(encode(claim) + b"\n" for claim in ledger.claims()))
        found = data.shared.score("threads", "score", data.items(stream), data.threads(stream), path).figures
    wanted = ("cross_item", "in_item", "all", "mislinked", "false_alarms")
    return ", ".join(f"{name.replace('_', '-')} {found[name]}" for name in wanted)


def main() -> int:
    """Write questions or score answers; returns the exit code."""
    arguments = _parser().parse_args()
    try:
        data = Development(opened(arguments.shared))
        gold = Gold(data, arguments.stream)
    except Absent as absent:
        sys.stderr.write(f"{absent}\n")
        return 2
    run = gone_through(data, arguments.stream)
    if arguments.what == "questions":
        asked = [c for c in run.candidates.values() if gold.asks(c)]
        lines = [json.dumps({"id": question_id(c, READER), "messages": messages(c)}) + "\n" for c in asked]
        arguments.o.write_text("".join(lines), "utf8")
        sys.stdout.write(f"{len(asked)} questions in {arguments.o}\n")
        return 0
    lines = arguments.answers.read_text("utf8").splitlines() if arguments.answers else []
    given = {told["id"]: told["word"] for told in map(json.loads, lines)}
    for line in score(data, arguments.stream, run, gold, given):
        sys.stdout.write(f"{line}\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.second", description=(__doc__ or "").partition("\n")[0])
    add_option(parser)
    parser.add_argument("what", choices=["questions", "score"])
    parser.add_argument("--stream", default=STREAMS[0], help=f"a development stream ({', '.join(STREAMS)})")
    parser.add_argument("-o", type=Path, default=Path("questions.jsonl"), metavar="FILE", help="for the questions")
    parser.add_argument("--answers", type=Path, metavar="FILE", help="lines with the id of a question and its word")
    return parser


if __name__ == "__main__":
    sys.exit(main())
