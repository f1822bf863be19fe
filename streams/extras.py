"""Extras: optional packages and how to install them, even if claimwire did not come from an index."""

import re
import sys
from importlib.metadata import requires

EXTRA = re.compile(r"""\s*([^;]+?)\s*;.*\bextra\s*==\s*['"]([\w-]+)['"]""")


def installing(extra: str) -> str:
    """The command that installs an extra's packages for the running Python."""
    wanted = [m[1] for each in requires("claimwire") or () if (m := EXTRA.match(each)) and m[2] == extra]
    return " ".join((sys.executable, "-m pip install", *(f"'{each}'" for each in wanted)))
