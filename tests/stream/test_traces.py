import json
import threading
from collections import defaultdict
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from tests.stream.harness import SEEDS, Stream, seeds


class Collector(ThreadingHTTPServer):
    """Takes OTLP over HTTP, as a collector does."""

    def __init__(self) -> None:
        self.spans: list[Span] = []
        collector = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
                    for scope in resource.scope_spans:
                        collector.spans += scope.spans
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        super().__init__(("127.0.0.1", 0), Handler)


@pytest.fixture
def collector() -> Iterator[Collector]:
    with Collector() as serving:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        yield serving
        serving.shutdown()


def attributes(of: Span | Span.Event) -> dict[str, str | int]:
    return {a.key: a.value.string_value or a.value.int_value for a in of.attributes}


def test_one_trace_follows_an_item_to_its_status_change(
    stream: Stream, collector: Collector, seed_ledger: list[bytes]
) -> None:
    stream.settings = {"OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{collector.server_port}"}
    stream.partitions = 1  # so that the items come in order: what comes out of it is linked together, in one trace
    worker = stream.worker()
    stream.ingest(SEEDS)
    stream.settled(worker, topics=("news.items", "news.statements", "claims.evidence", "claims.status"))
    ended = worker.terminate()
    assert ended.code == 0, ended.said
    assert "opentelemetry" not in ended.err
    changes = stream.records("claims.status")
    sources = {json.loads(record.value)["id"]: json.loads(record.value)["cause"]["item"] for record in changes}
    traces: dict[bytes, list[Span]] = defaultdict(list)
    for span in collector.spans:
        traces[span.trace_id].append(span)
    followed: dict[str, str] = {}
    for spans in traces.values():
        by_id = {span.span_id: span for span in spans}
        for judging in (span for span in spans if span.name == "judge"):
            linking = by_id[judging.parent_span_id]
            extracting = by_id[linking.parent_span_id]
            assert (extracting.name, linking.name, extracting.parent_span_id) == ("extract", "link", b"")
            for sent in map(attributes, judging.events):
                if event := sent.get("cloudevents.event_id"):
                    followed[str(event)] = str(attributes(extracting)["messaging.kafka.message.key"])
                    assert any(s.name == "alert" and s.parent_span_id == judging.span_id for s in spans)
    assert followed.keys() == sources.keys(), "every change is at the end of the way of an item"
    # The statement that an item moved may be an earlier item's: a late one has others decided anew.
    own = [event for event, item in followed.items() if item == sources[event]]
    assert len(own) > len(sources) / 2
    assert stream.claims() == seed_ledger


def test_worker_goes_on_and_ends_in_time_where_no_collector_answers(stream: Stream) -> None:
    stream.settings = {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:1"}
    worker = stream.worker()
    stream.produce_items(seeds()[:1])
    stream.settled(worker, topics=["news.items"])
    ended = worker.terminate()
    assert ended.code == 0, ended.said


def test_traces_that_cannot_be_made_are_told_with_the_remedy(stream: Stream) -> None:
    hidden = stream.folder / "hidden" / "opentelemetry"
    hidden.mkdir(parents=True)
    (hidden / "__init__.py").write_text("raise ImportError\n")
    stream.settings = {"OTEL_TRACES_EXPORTER": "otlp"}
    stream.import_first(hidden.parent)
    worker = stream.worker()
    assert "-m pip install 'opentelemetry-exporter-otlp-proto-http" in worker.err
    assert worker.terminate().code == 0
