"""A Kafka with SASL, TLS and ACLs: one broker with a listener for each way of speaking to it."""

import asyncio
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.protocol.admin import CreateAclsRequest
from platformdirs import user_cache_path

from streams.local_broker.config import FORMAT, JVM, LOGGING, PROPERTIES, SERVE
from streams.local_broker.guardian import end_with_us
from streams.local_broker.java import find_java, kafka_jars
from streams.local_broker.server import free_port
from streams.ports_and_processes import answers
from tests.stream.harness import until

START_SECONDS = 90.0
STOP_SECONDS = 20.0
MARKER = "s3cret-marker-7f1d"
"""The password of every user; nothing may ever print it."""

ROLES = ("worker", "feed", "reader", "editor", "board", "doctor")
"""Users that have the rights which docs/security.md lists for them, and no others."""

LISTENERS = ("PLAINTEXT", "SASL_SSL", "SASL_PLAINTEXT", "SSL")

EXTRA = """
listeners={listeners},CONTROLLER://127.0.0.1:0
listener.security.protocol.map={map}
inter.broker.listener.name=PLAINTEXT

sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-256,SCRAM-SHA-512
listener.name.sasl_ssl.plain.sasl.jaas.config={plain} required user_desk="{marker}";
listener.name.sasl_ssl.scram-sha-256.sasl.jaas.config={scram} required;
listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config={scram} required;
listener.name.sasl_plaintext.sasl.enabled.mechanisms=SCRAM-SHA-512
listener.name.sasl_plaintext.scram-sha-512.sasl.jaas.config={scram} required;

ssl.keystore.type=PEM
ssl.keystore.location=broker.pem
ssl.truststore.type=PEM
ssl.truststore.location=ca.pem
listener.name.ssl.ssl.client.auth=required

# The users of the plain listener and of the certificates may do all; so may the desk. Nobody else may anything.
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:ANONYMOUS;User:desk;User:CN=claimwire
"""


@dataclass(frozen=True)
class Secured:
    """The broker: its addresses by protocol, and the certificates that belong to it."""

    folder: Path
    ports: dict[str, int]

    def address(self, protocol: str) -> str:
        return f"127.0.0.1:{self.ports[protocol]}"

    def settings(self, protocol: str = "SASL_SSL", **others: str | Path) -> dict[str, str]:
        """The variables of a client by which it gets in; `others` change them."""
        told: dict[str, str | Path] = {"broker": self.address(protocol), "security_protocol": protocol}
        if "SASL" in protocol:
            told |= {"username": "desk", "password": MARKER}
        if "SSL" in protocol:
            told["ssl_ca"] = self.folder / "ca.pem"
        return {f"CLAIMWIRE_{name.upper()}": str(value) for name, value in {**told, **others}.items()}


@contextmanager
def secured_broker(folder: Path) -> Iterator[Secured]:
    ports = {protocol: free_port() for protocol in LISTENERS}
    certificates(folder)
    listeners = ",".join(f"{protocol}://127.0.0.1:{port}" for protocol, port in ports.items())
    kept = [line for line in PROPERTIES.splitlines() if not line.startswith("listeners=")]
    common = "\n".join(kept).format(host="127.0.0.1", port=ports["PLAINTEXT"])
    module = "org.apache.kafka.common.security"
    extra = EXTRA.format(
        listeners=listeners,
        map=",".join(["CONTROLLER:PLAINTEXT", *(f"{protocol}:{protocol}" for protocol in LISTENERS)]),
        plain=f"{module}.plain.PlainLoginModule",
        scram=f"{module}.scram.ScramLoginModule",
        marker=MARKER,
    )
    (folder / "server.properties").write_text(common + extra)
    (folder / "log4j2.properties").write_text(LOGGING)
    java = [
        str(find_java()),
        *JVM,
        "-cp",
        ":".join(map(str, kafka_jars(user_cache_path("claimwire") / "kafka", print))),
    ]
    users = [("desk", "SCRAM-SHA-256"), *((name, "SCRAM-SHA-512") for name in ("desk", "guest", *ROLES))]
    scram = [f"--add-scram={how}=[name={name},password={MARKER}]" for name, how in users]
    cluster = "--cluster-id=MkU3OEVBNTcwNTJENDM2Qg"
    with (folder / "said").open("wb") as said:
        subprocess.run([*java, *FORMAT, cluster, *scram], cwd=folder, check=True, stdout=said, stderr=said)
        kafka = subprocess.Popen([*java, *SERVE], cwd=folder, stdout=said, stderr=said)
    end_with_us(kafka.pid)
    try:
        until(
            lambda: answers("127.0.0.1", ports["PLAINTEXT"]),
            "the secured broker answers",
            START_SECONDS,
            (folder / "said").read_text,
        )
        yield Secured(folder, ports)
    finally:
        kafka.terminate()
        try:
            kafka.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            kafka.kill()
            kafka.wait()


def allow(broker: str, user: str, resource: str, name: str, operations: Iterable[str]) -> None:
    """Give a user rights; a name that ends with … is a pattern."""
    resources = {"topic": 2, "group": 3}
    codes = {"Read": 3, "Write": 4, "Create": 5, "Delete": 6, "Describe": 8, "DescribeConfigs": 10}
    literal, prefixed, allowed = 3, 4, 3
    pattern = prefixed if name.endswith("…") else literal

    async def ask() -> None:
        admin = AIOKafkaAdminClient(bootstrap_servers=broker)
        await admin.start()
        try:
            for operation in operations:
                request = CreateAclsRequest(
                    resources[resource], name.rstrip("…"), pattern, f"User:{user}", "*", codes[operation], allowed
                )
                response = await admin._send_request(request)
                assert not response.creation_responses[0][0], response
        finally:
            await admin.close()

    asyncio.run(ask())


def certificates(folder: Path) -> None:
    """An authority of the tests' own, a broker and a client that it signed, and an authority that nobody knows."""
    for authority in ("ca", "stranger"):
        _openssl(folder, "req", "-x509", *_key(authority), "-subj", f"/CN={authority}", "-days", "2",
                 "-out", f"{authority}.pem")  # fmt: skip
    for name, subject, alternative in (("broker", "/CN=127.0.0.1", "IP:127.0.0.1"), ("client", "/CN=claimwire", "")):
        _openssl(folder, "req", "-new", *_key(name), "-subj", subject, "-out", f"{name}.csr")
        (folder / f"{name}.ext").write_text(f"subjectAltName={alternative}\n" if alternative else "")
        _openssl(folder, "x509", "-req", "-in", f"{name}.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-days", "2",
                 "-set_serial", "7", "-extfile", f"{name}.ext", "-out", f"{name}.crt")  # fmt: skip
        (folder / f"{name}.pem").write_bytes(
            (folder / f"{name}.key").read_bytes() + (folder / f"{name}.crt").read_bytes()
        )


def _key(name: str) -> list[str]:
    return ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", f"{name}.key"]


def _openssl(folder: Path, *arguments: str) -> None:
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)
