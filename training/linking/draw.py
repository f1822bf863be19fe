"""``python -m training.linking.draw --shared DIR --out DIR``: draws questions about pairs for readers.

A question is a later sentence with the five earlier sentences that are most like it. Half of the later
ones are those in which the reader of items hears an answer, spread over the relations; the others put a
claim forward, or lead their item. What has nothing like it before it is left out.

The packs hold text: they are for the readers' eyes, and never kept in the repository. The questions of
`labels/pairs-2026-11.jsonl` were drawn so, but for the weights of words, which were scikit-learn's
TF-IDF over each stream.
"""

import argparse
import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

from claimwire.claim_detection.features import see
from claimwire.claim_detection.network import RELATIONS, ReaderNetwork
from claimwire.claim_detection.reader import DATA, MOST
from claimwire.extraction.pipeline import draft
from claimwire.extraction.text.casing import prose
from claimwire.items import Item
from claimwire.places import Gazetteer
from claimwire.statements import Relation
from training.json_lines import lines
from training.linking.candidates import Sentence, StreamSentences, lead
from training.linking.judgements import ITEMS

CANDIDATES = 5
A_PACK = 40
"""Questions that one reader gets at a time."""

ANSWERING = 0.12
"""Chance from which a sentence may answer something."""

WORTH = 0.35
"""Chance from which a sentence may put forward a claim."""

SHARES = {
    Relation.DENIES: 0.12,
    Relation.CONTRADICTS: 0.14,
    Relation.CONFIRMS: 0.14,
    Relation.CORROBORATES: 0.08,
    Relation.PARTLY: 0.06,
    Relation.RETRACTS: 0.02,
    Relation.NO_COMMENT: 0.07,
}
"""Of the questions, those whose later sentence seems to answer so."""

LEAST_LIKE = 0.15
"""Likeness below which an earlier sentence is no candidate."""

TWIN = 0.85
"""Likeness of words from which two sentences are one text: one of these is enough."""

OF_AN_ITEM = 2
"""Candidates that one earlier item may give."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is drawn of a corpus.

    Attributes
    ----------
    items
        Read for answers; all, if there are fewer.
    window
        From how far back the candidates come.
    like, like_of_rest
        How like the best candidate must be, for what seems to answer and for the rest.
    """

    questions: int
    items: int
    window: timedelta
    like: float
    like_of_rest: float


PLANS = {
    "reuters": Plan(1032, 3000, timedelta(45), 0.45, 0.75),
    "mod": Plan(600, 3000, timedelta(45), 0.35, 0.5),
    "muc": Plan(250, 3000, timedelta(60), 0.35, 0.5),
    "ukr": Plan(250, 3000, timedelta(180), 0.35, 0.5),
}


@dataclass(frozen=True, slots=True)
class Heard:
    """What the reader of items hears in a sentence.

    Attributes
    ----------
    answers, relation
        The chance that it answers something, and how it does most likely.
    leads
        Whether it stands where an item tells its matter, or puts forward a claim.
    """

    answers: float
    relation: Relation
    leads: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A later sentence and its candidates."""

    later: Sentence
    claims: tuple[Sentence, ...]


def heard(item: Item) -> dict[tuple[str, int], Heard]:
    """What is heard in an item's sentences, by part and start."""
    drafted = draft(item, Gazetteer(prose(item.headline), item.body), sys.maxsize)
    spans, in_headline, acts = drafted.sentences()
    if not spans or not drafted.read.words.texts:
        return {}
    judged = _network().judge(see(drafted.read, spans[:MOST], in_headline, acts[:MOST]))
    found = {}
    for n, (part, (start, _)) in enumerate(drafted.page.sentences[:MOST]):
        best = int(judged.answers[n][1:].argmax())
        leads = n < in_headline + 2 or bool(judged.claims[n][0] >= WORTH)
        found[str(part), start] = Heard(float(1 - judged.answers[n][0]), RELATIONS[best], leads)
    return found


@cache
def _network() -> ReaderNetwork:
    return ReaderNetwork(DATA)


def questions(stream: StreamSentences, plan: Plan, rng: random.Random) -> Iterator[Question]:
    """Draw of one corpus."""
    read = set(rng.sample(range(len(stream.items)), min(plan.items, len(stream.items))))
    sounds = {n: heard(stream.items[n]) for n in sorted(read)}
    told = [
        (sentence, sound)
        for sentence in stream.all
        if (sound := sounds.get(sentence.item, {}).get((sentence.place.part, sentence.place.start)))
    ]
    left = plan.questions
    chosen: set[Sentence] = set()
    for relation, share in SHARES.items():
        group = [(s, h.answers) for s, h in told if h.relation is relation and h.answers >= ANSWERING]
        group.sort(key=lambda each: -each[1] * rng.random() ** 0.4)
        chosen |= {sentence for sentence, _ in group[: int(share * plan.questions)]}
    rest = [sentence for sentence, sound in told if sentence not in chosen and sound.leads]
    rng.shuffle(rest)
    for some, like in ((sorted(chosen, key=lambda s: (s.item, s.place.start)), plan.like), (rest, plan.like_of_rest)):
        for sentence in some:
            claims = _candidates(stream, sentence, plan.window, like) if left else ()
            if claims:
                left -= 1
                yield Question(sentence, claims)


def _candidates(stream: StreamSentences, later: Sentence, window: timedelta, like: float) -> tuple[Sentence, ...]:
    """The five earlier sentences; none where there are not as many, or the first is not like it."""
    found: list[Sentence] = []
    twins = 0
    for candidate in stream.earlier(later, window):
        if candidate.likeness < (LEAST_LIKE if found else like):
            break
        sentence, twin = candidate.sentence, candidate.words > TWIN
        of_its_item = sum(other.item == sentence.item for other in found)
        if of_its_item >= OF_AN_ITEM or (twin and twins) or sentence.text in {other.text for other in found}:
            continue
        twins += twin
        found.append(sentence)
        if len(found) == CANDIDATES:
            return tuple(found)
    return ()


def _shown(stream: StreamSentences, sentence: Sentence, mark: str) -> str:
    """A sentence as readers see it, with headline and lead."""
    item = stream.items[sentence.item]
    about, told = (" ".join(text.split()) for text in (lead(item), sentence.text))
    return f"{mark} {item.published:%Y-%m-%d %H:%M}\n   lead: {about[:400]}\n   >> {told[:420]} <<"


def main() -> None:
    """Draw, and write the packs and the places of what they ask."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="folder of the development data")
    parser.add_argument("--out", type=Path, required=True, help="where the packs go, outside of the repository")
    parser.add_argument("--corpus", choices=PLANS, nargs="*", default=list(PLANS), help="of which is drawn")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    drawn = []
    for corpus in arguments.corpus:
        stream = _stream(arguments.shared / ITEMS[corpus])
        for question in questions(stream, PLANS[corpus], rng):
            shown = [_shown(stream, question.later, "LATER")]
            shown += [_shown(stream, claim, f"{n}.") for n, claim in enumerate(question.claims, 1)]
            drawn.append((question, "\n".join(shown)))
    rng.shuffle(drawn)
    _write(arguments.out, drawn)


def _stream(path: Path) -> StreamSentences:
    """The sentences of the usable items of a stream; of one that comes twice the last."""
    items = {item.uri: item for item in map(Item.from_ninjs, lines(path)) if item.speaks}
    return StreamSentences(sorted(items.values(), key=lambda item: item.published))


def _write(out: Path, drawn: Sequence[tuple[Question, str]]) -> None:
    out.mkdir(parents=True, exist_ok=True)
    rows, packs = [], dict[int, list[str]]()
    for n, (question, shown) in enumerate(drawn):
        q = f"p{n // A_PACK:02d}-{n % A_PACK:02d}"
        packs.setdefault(n // A_PACK, []).append(f"=== {q}\n{shown}\n\n")
        claims = [astuple(claim.place) for claim in question.claims]
        rows.append(json.dumps({"q": q, "later": astuple(question.later.place), "claims": claims}))
    for number, pack in packs.items():
        (out / f"pack{number:02d}.txt").write_text("".join(pack), "utf8")
    (out / "questions.jsonl").write_text("\n".join([*rows, ""]), "utf8")


if __name__ == "__main__":
    main()
