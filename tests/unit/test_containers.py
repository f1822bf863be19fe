from pathlib import Path
from typing import Any

import pytest
import yaml

from streams.local_broker.config import PROPERTIES
from streams.local_broker.java import KAFKA
from streams.settings import Settings

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    compose: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf8"))
    return compose["services"]


def test_compose_runs_the_kafka_that_the_tests_run(services: dict[str, Any]) -> None:
    assert services["kafka"]["image"] == f"apache/kafka:{KAFKA}"


def test_compose_sets_only_what_there_is_to_set(services: dict[str, Any]) -> None:
    for service in (services["worker"], services["board"]):
        names = {name.removeprefix("CLAIMWIRE_").lower() for name in service["environment"]}
        assert names <= set(Settings.model_fields)


def test_compose_makes_one_node_sure_of_its_own_topics_as_the_local_broker_does(services: dict[str, Any]) -> None:
    environment = services["kafka"]["environment"]
    for line in PROPERTIES.splitlines():
        name, _, value = line.partition("=")
        if name.endswith(("replication.factor", "min.isr")):
            assert environment[f"KAFKA_{name.upper().replace('.', '_')}"] == value


def test_compose_checks_the_health_of_each_service_and_opens_no_port_to_others(services: dict[str, Any]) -> None:
    for service in services.values():
        assert service["healthcheck"]["test"]
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))


def test_compose_asks_the_worker_where_it_serves(services: dict[str, Any]) -> None:
    port = services["worker"]["environment"]["CLAIMWIRE_HTTP"].rpartition(":")[2]
    assert f"127.0.0.1:{port}/readyz" in services["worker"]["healthcheck"]["test"][-1]


def test_compose_can_start_several_workers(services: dict[str, Any]) -> None:
    assert not {"container_name", "ports", "hostname"} & set(services["worker"])


def test_image_holds_what_it_installs_and_runs_without_rights() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text("utf8")
    copied = [
        line.split()[1:-1] for line in dockerfile.splitlines() if line.startswith("COPY ") and "--from" not in line
    ]
    kept = {
        line.removeprefix("!") for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")
    }
    for name in (name for names in copied for name in names):
        assert (ROOT / name).exists(), name
        assert name in kept
    users = [line for line in dockerfile.splitlines() if line.startswith("USER ")]
    assert users[-1] != "USER root"
