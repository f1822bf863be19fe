"""Traces: a span for each record that an agent handles, from an item to the status change that it causes.

They are off unless OpenTelemetry's own variables ask for them (``OTEL_EXPORTER_OTLP_ENDPOINT``). The
extra ``traces`` installs the SDK. The trace goes from record to record in Kafka headers
(``traceparent``), never in values, which depend on the items alone.
"""

import os
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from streams.carried_headers import Headers
from streams.extras import installing
from streams.logs import tell
from streams.settings import Settings

ENDPOINTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
PROTOCOLS = ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL")
HTTP = "http/protobuf"
FLUSH_SECONDS = 2.0
EVENT_ID = "ce_id"


class Untraced:
    """No traces."""

    @contextmanager
    def handling(self, agent: str, event: Any) -> Iterator[None]:
        """Do the work of the block in the record's trace."""
        yield

    def headers(self) -> Headers:
        """The headers that pass the trace on to records sent now."""
        return []

    def sent(self, records: Iterable[Any]) -> None:
        """Note that these records were acknowledged."""

    def rejected(self, reason: str) -> None:
        """Note that the current record was rejected."""

    def flush(self) -> None:
        """Send what is still held, at the end of the worker."""


class Traced(Untraced):
    """Traces over OTLP, made by the OpenTelemetry SDK.

    Raises
    ------
    ImportError
        If it is not installed.
    """

    def __init__(self, application: str) -> None:
        from opentelemetry import trace
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        named = {} if os.environ.get("OTEL_SERVICE_NAME") else {"service.name": application}
        # At exit it would wait for a collector that may be gone; `flush` does not.
        self._provider = TracerProvider(resource=Resource.create(named), shutdown_on_exit=False)
        self._provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
        self._tracer = self._provider.get_tracer("claimwire")
        self._propagator = TraceContextTextMapPropagator()
        self._api = trace
        self._group = application

    @contextmanager
    def handling(self, agent: str, event: Any) -> Iterator[None]:
        """Make the block a span, a child of the one that sent the record."""
        m = event.message
        carried = {name: value.decode("ascii", "ignore") for name, value in m.headers or () if value is not None}
        attributes = {
            "messaging.system": "kafka",
            "messaging.operation.type": "process",
            "messaging.consumer.group.name": self._group,
            "messaging.destination.name": m.topic,
            "messaging.destination.partition.id": str(m.partition),
            "messaging.kafka.offset": m.offset,
            **_key(m.key),
        }
        with self._tracer.start_as_current_span(
            agent,
            context=self._propagator.extract(carried),
            kind=self._api.SpanKind.CONSUMER,
            attributes=attributes,
        ):
            yield

    def headers(self) -> Headers:
        """The ``traceparent`` of the current span."""
        carried: dict[str, str] = {}
        self._propagator.inject(carried)
        return [(name, value.encode()) for name, value in carried.items()]

    def sent(self, records: Iterable[Any]) -> None:
        """Note where the current span's records went, and the id of a status change."""
        span = self._api.get_current_span()
        for record in records:
            fields = {"messaging.destination.name": record.topic.name, **_key(record.key)}
            if event := dict(record.headers).get(EVENT_ID):
                fields["cloudevents.event_id"] = event.decode()
            span.add_event("sent", fields)

    def rejected(self, reason: str) -> None:
        """Mark the current span as failed."""
        self._api.get_current_span().set_status(self._api.StatusCode.ERROR, reason)

    def flush(self) -> None:
        """Send what is still held, as far as the collector takes it in two seconds."""
        ending = threading.Thread(target=self._provider.shutdown, daemon=True)
        ending.start()
        ending.join(FLUSH_SECONDS)


def _key(key: bytes | None) -> dict[str, str]:
    return {} if key is None else {"messaging.kafka.message.key": key.decode("utf8", "replace")}


def tracing(settings: Settings) -> Untraced:
    """Traces as the environment asks for them, with a warning if they cannot be made."""
    exporter = os.environ.get("OTEL_TRACES_EXPORTER", "")
    disabled = exporter == "none" or os.environ.get("OTEL_SDK_DISABLED", "").lower() == "true"
    if disabled or not (exporter or any(os.environ.get(name) for name in ENDPOINTS)):
        return Untraced()
    protocol = next((os.environ[name] for name in PROTOCOLS if os.environ.get(name)), HTTP)
    if exporter not in ("", "otlp") or protocol != HTTP:
        tell.warning(f"no traces are made: claimwire sends them by OTLP over {HTTP} only, not {exporter} {protocol}")
        return Untraced()
    try:
        return Traced(settings.application)
    except ImportError:
        tell.warning(
            f"no traces are made: OTEL_TRACES_EXPORTER or {ENDPOINTS[0]} asks for them, and OpenTelemetry is not "
            f"installed. `{installing('traces')}` brings it, OTEL_TRACES_EXPORTER=none ends this warning."
        )
        return Untraced()
