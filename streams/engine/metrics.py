"""Metrics for Prometheus: the one table of them, and where agents count."""

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics, generate_latest

from claimwire.claims import EvidenceChange, PartChange
from claimwire.status_events import StatusChanged
from claimwire.statuses import Status
from claimwire.versions import Known, SubjectChange
from streams.carried_headers import arrived

QUICK = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300)
SLOW = (1, 5, 15, 60, 300, 900, 3600, 21600, 86400, 604800)
AT_ONCE = 100
"""Claims counted before other tasks get their turn."""

Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class Metric:
    """One row of the table.

    Attributes
    ----------
    kind
        Prometheus' kind: Counter, Gauge or Histogram.
    supervisor
        Whether the supervisor reports it, and not the process of the agents.
    """

    name: str
    kind: type[Counter] | type[Gauge] | type[Histogram]
    meaning: str
    labels: tuple[str, ...] = ()
    buckets: tuple[float, ...] = ()
    supervisor: bool = False


ITEMS = Metric(
    "claimwire_items_total", Counter, "item versions read: new, revised, unchanged or rejected", ("outcome",)
)
STATEMENTS = Metric("claimwire_statements_total", Counter, "statements of items, each counted once an item version")
LATE = Metric("claimwire_late_total", Counter, "item versions that came to a subject too late for what is kept")
EVIDENCE = Metric("claimwire_evidence_total", Counter, "evidence joined to claims", ("relation",))
CLAIMS = Metric(
    "claimwire_claims",
    Gauge,
    "claims of this worker's partitions, also retracted ones that have left the ledger",
    ("status",),
)
TRANSITIONS = Metric(
    "claimwire_transitions_total",
    Counter,
    "status changes sent; previous is new for a new claim",
    ("previous", "status"),
)
REJECTED = Metric("claimwire_rejected_total", Counter, "records put into news.rejected", ("stage",))
LAG = Metric(
    "claimwire_lag", Gauge, "records that this worker has not finished with, by its commits", ("topic", "partition")
)
PUBLICATION = Metric(
    "claimwire_publication_latency_seconds", Histogram, "from an item's publication to a status change", buckets=SLOW
)
ARRIVAL = Metric(
    "claimwire_arrival_latency_seconds", Histogram, "from an item's arrival on news.items to a status change",
    buckets=QUICK,
)  # fmt: skip
QUESTIONS = Metric(
    "claimwire_questions_total", Counter, "questions to a language model: answered, failed or let go", ("outcome",)
)
READY = Metric("claimwire_ready", Gauge, "1 if /readyz says so, else 0", supervisor=True)
STARTS = Metric("claimwire_process_starts_total", Counter, "processes of the agents started", supervisor=True)

METRICS = (
    ITEMS, STATEMENTS, LATE, EVIDENCE, CLAIMS, TRANSITIONS, REJECTED, LAG, PUBLICATION, ARRIVAL, QUESTIONS, READY,
    STARTS,
)  # fmt: skip


def as_markdown(metrics: Iterable[Metric] = METRICS) -> str:
    """The table as docs/reference shows it."""
    rows = ["| metric | kind | labels | what |", "|---|---|---|---|"]
    for m in metrics:
        labels = ", ".join(f"`{label}`" for label in m.labels) or "-"
        rows.append(f"| `{m.name}` | {m.kind.__name__.lower()} | {labels} | {m.meaning} |")
    return "\n".join(rows) + "\n"


class Exposed:
    """Metrics with their values, as Prometheus reads them."""

    def __init__(self, metrics: Iterable[Metric]) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self._registry = CollectorRegistry()
        self._made: dict[Metric, Any] = {}
        for m in metrics:
            options: dict[str, Any] = {"buckets": m.buckets} if m.buckets else {}
            self._made[m] = m.kind(m.name, m.meaning, m.labels, registry=self._registry, **options)

    def __getitem__(self, metric: Metric) -> Any:
        return self._made[metric]

    def text(self) -> str:
        """All of them, in Prometheus' text format."""
        return generate_latest(self._registry).decode()


class Metrics(Exposed):
    """Where agents count their work once it is acknowledged."""

    def __init__(self) -> None:
        super().__init__(m for m in METRICS if not m.supervisor)
        self._recounting: asyncio.Task[None] | None = None
        self._lagging: set[tuple[str, int]] = set()

    def extracted(self, before: Known | None, after: Known, changes: Sequence[SubjectChange]) -> None:
        """Count an item version and its changes."""
        outcome = "new" if before is None else "unchanged" if after == before else "revised"
        self[ITEMS].labels(outcome).inc()
        if outcome != "unchanged":
            self[STATEMENTS].inc(len({s.id for change in changes for s in change.said}))

    def linked(self, changes: Iterable[PartChange]) -> None:
        """Count evidence."""
        for change in changes:
            if isinstance(change, EvidenceChange) and change.live:
                self[EVIDENCE].labels(change.evidence.relation).inc()

    def judged(self, before: Status | None, after: Status | None, event: StatusChanged | None) -> None:
        """Count a status change that was sent, and one that is kept. Either may come without the other."""
        if before is not after:
            self._move(before, -1)
            self._move(after, 1)
        if event:
            self[TRANSITIONS].labels(event.previous or "new", event.word).inc()
            now = time.time()
            self[PUBLICATION].observe(max(0.0, now - event.time.timestamp()))
            came = arrived()
            if came is not None:
                self[ARRIVAL].observe(max(0.0, now - came))

    def rejected(self, stage: str) -> None:
        """Count a rejected record; at the first stage also as an item."""
        self[REJECTED].labels(stage).inc()
        if stage == "extract":
            self[ITEMS].labels("rejected").inc()

    def asked(self, outcome: str) -> None:
        """Count a question to a language model, by what became of it."""
        self[QUESTIONS].labels(outcome).inc()

    def measured(self, lags: Mapping[tuple[str, int], int]) -> None:
        """Set the lag of this worker's partitions."""
        for (topic, partition), lag in lags.items():
            self[LAG].labels(topic, partition).set(lag)
        for place in self._lagging - set(lags):
            self[LAG].remove(*place)
        self._lagging = set(lags)

    def late(self) -> None:
        """Count an item version that came too late."""
        self[LATE].inc()

    def recount_claims(self, kept: Iterable[Kept], status_of: Callable[[Kept], Status | None]) -> None:
        """Count the claims anew after a recovery, a few at a time, beside the work.

        Parameters
        ----------
        kept
            The state kept of each claim now. It must not show later changes, since these are counted separately.
        """
        if self._recounting:
            self._recounting.cancel()
        self[CLAIMS].clear()
        self._recounting = asyncio.create_task(self._recount(kept, status_of))

    async def _recount(self, kept: Iterable[Kept], status_of: Callable[[Kept], Status | None]) -> None:
        for n, claim in enumerate(kept, 1):
            self._move(status_of(claim), 1)
            if n % AT_ONCE == 0:
                await asyncio.sleep(0)

    def _move(self, status: Status | None, by: int) -> None:
        if status:
            self[CLAIMS].labels(status).inc(by)
