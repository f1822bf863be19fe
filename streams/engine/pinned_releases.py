"""The packages whose insides `recovery.py` and `faust_patches.py` mend: another release of one has other insides."""

from collections.abc import Mapping
from importlib.metadata import version

from streams.errors import PartsUnfit

PATCHED = {"faust-streaming": "0.15.3", "aiokafka": "0.14"}
"""The releases of them that the repairs fit: these, and what follows after a further full stop."""

REMEDY = "Install what the repairs fit: pip install " + " ".join(f"'{name}=={v}.*'" for name, v in PATCHED.items())


def unfit(found: Mapping[str, str]) -> list[str]:
    """Those of the packages found that have a release which the repairs do not fit."""
    return [name for name, fit in PATCHED.items() if name in found and not f"{found[name]}.".startswith(f"{fit}.")]


def check_patched(found: Mapping[str, str]) -> None:
    """See that the repairs fit what is installed.

    Raises
    ------
    PartsUnfit
        If one of the packages has another release.
    """
    if others := unfit(found):
        told = " and ".join(f"{name} {found[name]}" for name in others)
        raise PartsUnfit(f"the worker does not run with {told}: it would lose events over restarts. {REMEDY}")


def installed() -> dict[str, str]:
    """The releases of the packages that are installed here."""
    return {name: version(name) for name in PATCHED}
