"""The checks of `claimwire doctor`, made of the facts that `streams.doctor.facts` finds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from streams.engine.pinned_releases import REMEDY, unfit
from streams.settings import PREFIX, Settings

TESTED = {"python": "3.11", "faust-streaming": "0.15.3", "aiokafka": "0.14.0"}
"""Releases used by the tests."""

LEAST_SPACE = 2 * 2**30
CLOCK_SECONDS = 2.0
CLOCK_FAILED_SECONDS = 60.0


class CheckState(StrEnum):
    """The result of a check."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its subject, what was found, and what to do about it."""

    name: str
    state: CheckState
    found: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class FoundTopic:
    """A topic as the broker has it.

    Attributes
    ----------
    partitions, copies
        How many, and how many copies of each.
    leaderless, behind
        Partitions that no broker serves, and those with a copy that is not up to date.
    config
        Kafka's settings of the topic.
    """

    partitions: int
    copies: int
    leaderless: int
    behind: int
    config: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Through:
    """How far the readers of a topic are: records done, and records that wait."""

    done: int
    lag: int


def _counted(n: int, one: str, many: str) -> str:
    return f"{n} {one if n == 1 else many}"


def check_misspelt(lines: Iterable[str]) -> list[Check]:
    """Settings with unknown names."""
    return [Check("settings", CheckState.WARNING, line, "Correct its name, or take it out.") for line in lines] or [
        Check("settings", CheckState.OK, f"all that begins with {PREFIX} is known")
    ]


def check_versions(found: Mapping[str, str]) -> list[Check]:
    """The installed releases, compared with the tested ones."""
    other = {name: v for name, v in found.items() if name in TESTED and not f"{v}.".startswith(f"{TESTED[name]}.")}
    what = ", ".join(f"{name} {version}" for name, version in found.items())
    if not other:
        return [Check("versions", CheckState.OK, what)]
    if unfit(found):
        return [Check("versions", CheckState.FAILED, what, f"`claimwire worker` refuses that. {REMEDY}")]
    tested = ", ".join(f"{name} {TESTED[name]}" for name in other)
    return [Check("versions", CheckState.WARNING, what, f"The tests run on {tested}: requirements.lock has it.")]


def check_cluster(brokers: int, settings: Settings) -> Check:
    """The number of brokers, compared with the copies of new topics."""
    what = f"{_counted(brokers, 'broker', 'brokers')}, {_counted(settings.replication, 'copy', 'copies')} of new topics"
    if settings.replication > brokers:
        return Check(
            "cluster", CheckState.FAILED, what, f"Set {PREFIX}REPLICATION to {brokers} at most, or add brokers."
        )
    if brokers > 1 and settings.replication == 1:
        return Check(
            "cluster", CheckState.WARNING, what, f"A lost broker loses records: set {PREFIX}REPLICATION to 3 or 2."
        )
    return Check("cluster", CheckState.OK, what)


def check_topics(
    wanted: Mapping[str, Mapping[str, str]], found: Mapping[str, FoundTopic], settings: Settings
) -> list[Check]:
    """Whether each topic of the table and each changelog exists, is served, and has the right settings.

    Parameters
    ----------
    wanted
        Kafka's settings of each, by its name on the broker.
    """
    if not found:
        remedy = "Start a worker, which makes them: `claimwire worker`."
        return [Check("topics", CheckState.WARNING, f"none of the {len(wanted)} is there yet", remedy)]
    checks = [check for name in wanted for check in _topic(name, wanted[name], found.get(name), settings)]
    good = len(wanted) - len({check.name for check in checks})
    return [Check("topics", CheckState.OK, f"{good} of {len(wanted)} are as the table says"), *checks]


def _topic(name: str, wanted: Mapping[str, str], found: FoundTopic | None, settings: Settings) -> Iterable[Check]:
    named = f"topic {name}"
    if found is None:
        lost = "What it held is lost: if it was there before, feed the items in again under another CLAIMWIRE_PREFIX."
        yield Check(named, CheckState.FAILED, "is missing", f"`claimwire worker` makes it. {lost}")
        return
    if found.leaderless:
        what = f"{found.leaderless} of {found.partitions} partitions have no leader"
        yield Check(named, CheckState.FAILED, what, "A broker that holds them is down: start it.")
    if found.behind:
        what = f"{found.behind} of {found.partitions} partitions have a copy that is not up to date"
        yield Check(named, CheckState.WARNING, what, "A broker that holds one is down or slow: see its log.")
    for key, value in wanted.items():
        if found.config.get(key) != value:
            what = f"{key} is {found.config.get(key, 'unknown')}, and must be {value}"
            yield Check(named, CheckState.FAILED, what, alter(name, key, value, settings))


def alter(name: str, key: str, value: str, settings: Settings) -> str:
    """The command that corrects a topic."""
    secured = "" if settings.security_protocol == "PLAINTEXT" else " --command-config client.properties"
    return (
        f"kafka-configs.sh --bootstrap-server {settings.broker}{secured} --alter "
        f"--entity-type topics --entity-name {name} --add-config {key}={value}"
    )


def check_group(state: str, members: int, lag: int) -> Check:
    """The workers in Kafka's group."""
    what = f"{_counted(members, 'worker', 'workers')}, the group is {state.lower() or 'unknown'}"
    if members and state != "Stable":
        return Check("workers", CheckState.WARNING, what, "Workers come or go: look again in half a minute.")
    if not members and lag:
        return Check("workers", CheckState.WARNING, what, "Records wait for one: `claimwire worker`.")
    return Check("workers", CheckState.OK, what)


def check_lag(before: Mapping[str, Through], after: Mapping[str, Through], seconds: float, members: int) -> list[Check]:
    """Whether the readers of each topic are done, or at least move."""
    checks = []
    for name, now in after.items():
        done = now.done - before[name].done
        what = f"{now.lag} records wait" if now.lag else "nothing waits"
        if now.lag:
            what += f"; {done} done in {seconds:.0f} s"
        if now.lag and not done and members:
            remedy = "Nothing moves: look again; if it stays so, see the worker's log and start the worker anew."
            checks.append(Check(f"lag of {name}", CheckState.FAILED, what, remedy))
        else:
            checks.append(Check(f"lag of {name}", CheckState.OK, what))
    return checks


def check_clock(ahead: float, unsure: float) -> Check:
    """The broker's clock, compared with this machine's.

    Parameters
    ----------
    ahead
        Seconds by which the broker's clock is ahead.
    unsure
        By how many seconds that may be wrong.
    """
    what = f"the broker's is {abs(ahead):.1f} s {'ahead' if ahead > 0 else 'behind'} (± {unsure:.1f} s)"
    apart = abs(ahead) - unsure
    if apart <= CLOCK_SECONDS:
        return Check("clock", CheckState.OK, what)
    state = CheckState.FAILED if apart > CLOCK_FAILED_SECONDS else CheckState.WARNING
    return Check(
        "clock", state, what, "Let both machines set their clocks by NTP: times of arrival and keeping depend on it."
    )


def check_space(folder: str, free: int) -> Check:
    """The free space for the local broker's data."""
    what = f"{free / 2**30:.1f} GB are free at {folder}"
    if free < LEAST_SPACE:
        return Check(
            "disk", CheckState.FAILED, what, f"Make room, or set {PREFIX}HOME elsewhere: a full disk ends Kafka."
        )
    return Check("disk", CheckState.OK, what)
