"""Extras: packages that claimwire can do without, and how to install them, whether it came from an index or not."""

import re
import sys
from importlib.metadata import requires

EXTRA = re.compile(r"""\s*([^;]+?)\s*;.*\bextra\s*==\s*['"]([\w-]+)['"]""")


def installing(extra: str) -> str:
    """The command that installs what an extra asks for, into the Python that runs here."""
    wanted = [m[1] for each in requires("claimwire") or () if (m := EXTRA.match(each)) and m[2] == extra]
    return " ".join((sys.executable, "-m pip install", *(f"'{each}'" for each in wanted)))
