"""What is in deploy/, against the metrics, settings, commands and endpoints that there are."""

import json
import re
import shlex
from collections.abc import Iterator
from configparser import RawConfigParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import Histogram

from streams.command_table import COMMANDS
from streams.engine.metrics import METRICS
from streams.settings import PREFIX, Settings
from streams.worker import endpoints
from streams.worker.deadlines import PROMISED_SECONDS
from streams.worker.health import Health

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
PARTS = ("_bucket", "_sum", "_count")
ANY_LABEL = {"job", "instance", "le"}
"""Of Prometheus itself, and of histograms."""


class Unit(RawConfigParser):
    """A systemd unit; a key may be given more than once there."""

    def __init__(self, text: str) -> None:
        super().__init__(strict=False, comment_prefixes="#", delimiters="=", interpolation=None)
        self.read_string(text)
        self.environment = dict(re.findall(r"^Environment=(\w+)=(.*)$", text, re.MULTILINE))

    def optionxform(self, optionstr: str) -> str:
        return optionstr


@pytest.fixture(scope="module")
def rules() -> list[dict[str, Any]]:
    [group] = yaml.safe_load((DEPLOY / "prometheus-rules.yml").read_text("utf8"))["groups"]
    found: list[dict[str, Any]] = group["rules"]
    return found


@pytest.fixture(scope="module")
def dashboard() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DEPLOY / "grafana-dashboard.json").read_text("utf8"))
    return found


@pytest.fixture(scope="module")
def manifests() -> dict[str, dict[str, Any]]:
    return {made["kind"]: made for made in yaml.safe_load_all((DEPLOY / "kubernetes.yml").read_text("utf8"))}


@pytest.fixture(scope="module")
def pod(manifests: dict[str, dict[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = manifests["Deployment"]["spec"]["template"]["spec"]
    return found


def metrics_in(query: str) -> Iterator[tuple[str, set[str]]]:
    """The metrics that a query asks for, each with the labels that it names anywhere."""
    labels = set(re.findall(r"(\w+)\s*=?[=~]", re.sub(r'"[^"]*"', "", " ".join(re.findall(r"\{([^}]*)\}", query)))))
    for by in re.findall(r"\bby \(([^)]*)\)", query):
        labels |= {name.strip() for name in by.split(",")}
    for name in re.findall(r"\bclaimwire_\w+", query):
        yield name, labels


def holds(query: str) -> set[str]:
    """The metrics of a query, all of which there are, with all labels."""
    known = {metric.name: metric for metric in METRICS}
    parts = {f"{m.name}{part}": m.name for m in METRICS if m.kind is Histogram for part in PARTS}
    used = set()
    for written, labels in metrics_in(query):
        name = parts.get(written, written)
        assert name in known, f"there is no metric {written}: {query}"
        assert written != name or known[name].kind is not Histogram, f"{written} is a histogram: {query}"
        assert labels <= {*known[name].labels, *ANY_LABEL}, f"{written} has other labels: {query}"
        used.add(name)
    assert used, f"it asks for no metric: {query}"
    return used


def test_every_alert_asks_for_metrics_that_exist_and_says_what_to_do(rules: list[dict[str, Any]]) -> None:
    assert len({rule["alert"] for rule in rules}) == len(rules)
    for rule in rules:
        assert holds(rule["expr"])
        assert rule["labels"]["severity"] in ("info", "warning", "critical")
        assert rule["annotations"].keys() == {"summary", "description"}


def test_what_operations_calls_worth_an_alarm_has_an_alert(rules: list[dict[str, Any]]) -> None:
    page = (ROOT / "docs" / "operations.md").read_text("utf8")
    worth = set(re.findall(r"claimwire_\w+", page.partition("\nRaise an alarm if:\n\n")[2].partition("\n\n")[0]))
    alarmed = set[str]().union(*(holds(rule["expr"]) for rule in rules))
    assert worth
    assert worth <= alarmed


def test_every_panel_asks_for_metrics_that_exist_and_every_metric_has_one(dashboard: dict[str, Any]) -> None:
    asked = [holds(target["expr"]) for panel in dashboard["panels"] for target in panel["targets"]]
    assert set[str]().union(*asked) == {metric.name for metric in METRICS}


def test_panels_have_ids_and_places_of_their_own_and_the_data_source_that_is_chosen(dashboard: dict[str, Any]) -> None:
    panels = dashboard["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels)
    taken: set[tuple[int, int]] = set()
    for panel in panels:
        at = panel["gridPos"]
        cells = {(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])}
        assert not cells & taken, panel["title"]
        assert max(x for x, _ in cells) < 24
        taken |= cells
        assert panel["datasource"]["uid"] == "${datasource}"
    assert {"datasource", "job"} == {variable["name"] for variable in dashboard["templating"]["list"]}


def test_query_with_a_metric_or_a_label_that_there_is_not_is_found_out() -> None:
    for wrong in ("claimwire_nothing", 'claimwire_lag{stage="link"}', "sum by (topic) (claimwire_ready)", "up",
                  "rate(claimwire_arrival_latency_seconds[5m])"):  # fmt: skip
        with pytest.raises(AssertionError):
            holds(wrong)


def settings_in(names: Iterator[str] | list[str]) -> set[str]:
    return {name.removeprefix(PREFIX).lower() for name in names}


def test_manifests_set_only_what_there_is_to_set(manifests: dict[str, dict[str, Any]]) -> None:
    data = manifests["ConfigMap"]["data"]
    assert all(isinstance(value, str) for value in data.values())
    assert settings_in(list(data)) <= set(Settings.model_fields)
    Settings(**{name.removeprefix(PREFIX).lower(): value for name, value in data.items()})


def test_probes_ask_what_a_worker_serves_where_it_serves_it(
    manifests: dict[str, dict[str, Any]], pod: dict[str, Any]
) -> None:
    [container] = pod["containers"]
    served = {route.resource.canonical for route in endpoints._application(Health("kafka:9092")).router.routes()}
    [port] = container["ports"]
    assert manifests["ConfigMap"]["data"]["CLAIMWIRE_HTTP"] == f"0.0.0.0:{port['containerPort']}"
    probes = {"livenessProbe": "/healthz", "readinessProbe": "/readyz"}
    for probe, path in probes.items():
        assert container[probe]["httpGet"] == {"path": path, "port": port["name"]}
    annotations = manifests["Deployment"]["spec"]["template"]["metadata"]["annotations"]
    assert annotations["prometheus.io/port"] == str(port["containerPort"])
    assert {*probes.values(), annotations["prometheus.io/path"]} == served


def test_pods_are_workers_that_are_given_the_time_to_end_and_no_rights(
    manifests: dict[str, dict[str, Any]], pod: dict[str, Any]
) -> None:
    [container] = pod["containers"]
    assert container["args"] == ["worker"]
    assert pod["terminationGracePeriodSeconds"] > PROMISED_SECONDS
    assert pod["enableServiceLinks"] is False
    assert f"--uid {pod['securityContext']['runAsUser']}" in (ROOT / "Dockerfile").read_text("utf8")
    assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
    labels = manifests["Deployment"]["spec"]["template"]["metadata"]["labels"]
    for kind in ("Deployment", "PodDisruptionBudget"):
        assert manifests[kind]["spec"]["selector"]["matchLabels"] == labels


def test_unit_runs_a_command_that_exists_with_settings_that_exist_and_gives_it_the_time_to_end() -> None:
    unit = Unit((DEPLOY / "claimwire-worker@.service").read_text("utf8"))
    program, command = shlex.split(unit["Service"]["ExecStart"])
    assert Path(program).name == "claimwire"
    assert command in COMMANDS
    assert settings_in(list(unit.environment)) <= set(Settings.model_fields)
    assert unit.environment["CLAIMWIRE_HTTP"] == "127.0.0.1:%i"
    assert unit.environment["CLAIMWIRE_HOME"] == f"/var/lib/{unit['Service']['StateDirectory']}"
    assert float(unit["Service"]["TimeoutStopSec"]) > PROMISED_SECONDS
    assert unit["Service"]["KillMode"] == "mixed", "the supervisor ends its process itself"
    assert unit["Install"]["WantedBy"] == "multi-user.target"


def test_readme_of_deploy_names_every_file() -> None:
    readme = (DEPLOY / "README.md").read_text("utf8")
    assert all(f"]({file.name})" in readme for file in DEPLOY.iterdir() if file.name != "README.md")
