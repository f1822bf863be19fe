"""Pinned releases of the packages whose internals `recovery.py` and `faust_patches.py` repair."""

from collections.abc import Mapping
from importlib.metadata import version

from streams.errors import PartsUnfit

PATCHED = {"faust-streaming": "0.15.3", "aiokafka": "0.14"}
"""The releases that the repairs fit, including those with further parts after a full stop."""

REMEDY = "Install what the repairs fit: pip install " + " ".join(f"'{name}=={v}.*'" for name, v in PATCHED.items())


def unfit(found: Mapping[str, str]) -> list[str]:
    """The packages found whose release the repairs do not fit."""
    return [name for name, fit in PATCHED.items() if name in found and not f"{found[name]}.".startswith(f"{fit}.")]


def check_patched(found: Mapping[str, str]) -> None:
    """Check that the repairs fit the installed releases.

    Raises
    ------
    PartsUnfit
        If one of the packages has another release.
    """
    if others := unfit(found):
        unfitting = " and ".join(f"{name} {found[name]}" for name in others)
        raise PartsUnfit(f"the worker does not run with {unfitting}: it would lose events over restarts. {REMEDY}")


def installed() -> dict[str, str]:
    """The installed releases of the packages."""
    return {name: version(name) for name in PATCHED}
