"""``python -m training.linking.agreement``: how often two readers of the same pairs agree."""

from collections import Counter
from collections.abc import Sequence

from training.linking.judgements import APART, BEARS, READ_AGAIN, SECOND_ROUND, group, words


def main() -> None:
    """Print the agreement by group and by word."""
    first, second = words(SECOND_ROUND), words(READ_AGAIN)
    pairs = [both for q in second for both in zip(first[q], second[q], strict=True)]
    groups = [(group(one), group(other)) for one, other in pairs]
    print(f"{len(pairs)} pairs: alike by group {_alike(groups)}, by word {_alike(pairs)}")
    for told in (groups, pairs):
        for word in sorted({one for both in told for one in both}, key=_order):
            mine, theirs = (sum(both[reader] == word for both in told) for reader in (0, 1))
            both = sum(one == other == word for one, other in told)
            print(f"{word:13s} {mine:4d} {theirs:4d} {both:4d}  F {2 * both / (mine + theirs):.2f}")


def _alike(pairs: Sequence[tuple[str, str]]) -> str:
    """The share that is alike, and how much of what chance leaves (Cohen's kappa)."""
    share = sum(one == other for one, other in pairs) / len(pairs)
    mine, theirs = (Counter(both[reader] for both in pairs) for reader in (0, 1))
    chance = sum(mine[word] * theirs[word] for word in mine) / len(pairs) ** 2
    return f"{share:.3f} (kappa {(share - chance) / (1 - chance):.2f})"


def _order(word: str) -> tuple[bool, bool, str]:
    return word in APART, word not in BEARS, word


if __name__ == "__main__":
    main()
