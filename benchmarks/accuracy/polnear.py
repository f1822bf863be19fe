"""Attribution on PolNeAR: cue, source and content, by the official scorer."""

from collections.abc import Iterator

from benchmarks.accuracy.gold import Development
from benchmarks.attributions import Attribution, compare, distinct
from benchmarks.polnear import SCORER, unpacked
from claimwire import extract


def measure(data: Development, verbose: bool) -> Iterator[str]:
    """The official figures."""
    with unpacked(data.shared) as polnear:
        yield f"{len(polnear.items)} texts, {polnear.words:,} words"
        found = {item.uri: extract(item) for item in polnear.items}
        if verbose:
            scorer = data.shared.scorer(SCORER)
            for item, marked in polnear.gold():
                yield item.uri
                yield from compare(scorer, item.body, distinct(found[item.uri]), marked).disagreements()
        yield from polnear.score((item, Attribution.of(s)) for item in polnear.items for s in found[item.uri]).lines
