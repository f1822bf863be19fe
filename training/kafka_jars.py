"""Makes ``streams/local_broker/kafka_jars.txt``: the jars of Kafka's class path, each with its SHA-256.

``python -m training.kafka_jars`` resolves them anew, for the version that `streams.local_broker.java` names. Compare
what changes with what Maven Central publishes beside each jar before you commit it.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from jgo.maven import MavenContext, PythonResolver

from streams.local_broker.java import BINDING, BROKER, PINNED, sha256


def main() -> None:
    """Write the table."""
    with TemporaryDirectory() as cache:
        maven = MavenContext(resolver=PythonResolver(), repo_cache=Path(cache), timeout=30)
        found, needed = maven.resolver.resolve([maven.create_dependency(BROKER)])
        # The binding comes as one jar, unresolved: what it needs is there, and jgo would take the
        # versions that its parent manages, an older kafka-clients among them, for ours.
        artifacts = [d.artifact for d in [*found, *needed, maven.create_dependency(BINDING)]]
        rows = [f"{sha256(a.resolve())}  {a.groupId}:{a.artifactId}:{a.version}\n" for a in artifacts]
    PINNED.write_text("".join(rows), "utf8")


if __name__ == "__main__":
    main()
