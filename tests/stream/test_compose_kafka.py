import subprocess
from pathlib import Path

import yaml
from platformdirs import user_cache_path

from streams.local_broker.config import JVM, SERVE
from streams.local_broker.java import find_java, kafka_jars
from streams.local_broker.server import free_port
from streams.ports_and_processes import answers
from tests.pace import at_most
from tests.stream.harness import until

CACHE = user_cache_path("claimwire") / "kafka"
COMPOSE = Path(__file__).parent.parent.parent / "docker-compose.yml"


def properties_of(environment: dict[str, str], ports: dict[str, int]) -> dict[str, str]:
    """What the official image makes of its environment, at ports of this machine."""
    told = {}
    for name, value in environment.items():
        for port, free in ports.items():
            value = value.replace(f"://:{port}", f"://127.0.0.1:{free}").replace(f"kafka:{port}", f"127.0.0.1:{free}")
            value = value.replace(f"127.0.0.1:{port}", f"127.0.0.1:{free}")
        told[name.removeprefix("KAFKA_").lower().replace("_", ".")] = value
    return told


def test_kafka_starts_with_what_compose_tells_it(tmp_path: Path) -> None:
    environment = yaml.safe_load(COMPOSE.read_text("utf8"))["services"]["kafka"]["environment"]
    ports = {port: free_port() for port in ("19092", "9092", "9093")}
    told = {**properties_of(environment, ports), "log.dirs": str(tmp_path / "data")}
    (tmp_path / "server.properties").write_text("\n".join(f"{k}={v}" for k, v in told.items()))
    (tmp_path / "log4j2.properties").write_text("rootLogger.level = WARN\n")
    java = [str(find_java()), *JVM, "-cp", ":".join(map(str, kafka_jars(CACHE, print)))]
    cluster = ["--cluster-id", "MkU3OEVBNTcwNTJENDM2Qg", "--config", "server.properties"]
    subprocess.run(
        [*java, "kafka.tools.StorageTool", "format", *cluster], cwd=tmp_path, check=True, capture_output=True
    )
    with (tmp_path / "log").open("wb") as log:
        kafka = subprocess.Popen([*java, *SERVE], cwd=tmp_path, stdout=log, stderr=log)
        try:
            for port in ("19092", "9092"):
                until(
                    lambda at=ports[port]: answers("127.0.0.1", at),
                    f"answers for {port}",
                    60,
                    (tmp_path / "log").read_text,
                )
        finally:
            kafka.terminate()
            kafka.wait(at_most(20))
