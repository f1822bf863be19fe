"""``python -m benchmarks.accuracy``: how accurate claimwire is on the development data."""

import argparse
import sys

from benchmarks.accuracy import acts, denials, headlines, linking, polnear, speakers
from benchmarks.accuracy.gold import Development, Measure
from benchmarks.shared import Absent, add_option, opened

MEASURES: dict[str, tuple[str, Measure]] = {
    "polnear": ("Attribution, PolNeAR dev", polnear.measure),
    "acts": ("Acts", acts.measure),
    "speakers": ("Speakers", speakers.measure),
    "headlines": ("Attribution in headlines and leads", headlines.measure),
    "denials": ("Denials", denials.measure),
    "linking": ("Ledger; this takes minutes", linking.measure),
}


def main() -> int:
    """Print the measures that are asked for; returns the exit code."""
    arguments = _parser().parse_args()
    try:
        data = Development(opened(arguments.shared))
        for name in arguments.only:
            title, measure = MEASURES[name]
            _say(f"## {title} ({name})\n")
            for line in measure(data, arguments.verbose):
                _say(line)
            _say("")
    except Absent as absent:
        sys.stderr.write(f"{absent}\n")
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description="Measure accuracy.")
    add_option(parser)
    parser.add_argument(
        "--only",
        type=_names,
        default=list(MEASURES),
        metavar="NAMES",
        help=f"measures to take, with commas between them: {', '.join(MEASURES)}",
    )
    parser.add_argument("-v", "--verbose", action="store_true", help="print the disagreements")
    return parser


def _names(given: str) -> list[str]:
    names = given.split(",")
    for name in names:
        if name not in MEASURES:
            raise argparse.ArgumentTypeError(f"{name!r} is none of {', '.join(MEASURES)}")
    return names


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
