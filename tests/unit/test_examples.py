"""What the examples say, against what the events hold; `tests/stream/test_examples.py` runs them."""

import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, is_typeddict

from streams.exports.schemas import event_schema

ROOT = Path(__file__).parents[2]
RULED = ("Maker", "VerdictNote", "DecidedBy")
NAMES = {"Place": "Location", "Claim": "ClaimSummary", "Cause": "Cause", "DueTo": "Origin", **{n: n for n in RULED}}


def typed_client() -> Any:
    spec = spec_from_file_location("typed_client", ROOT / "examples" / "typed_client.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_typed_client_has_every_field_of_an_event() -> None:
    client, schema = typed_client(), event_schema()
    fields = {name: set(made["properties"]) for name, made in schema["$defs"].items() if "properties" in made}
    assert set(client.StatusChanged.__annotations__) == set(schema["properties"])
    for ours, theirs in NAMES.items():
        assert is_typeddict(getattr(client, ours))
        assert set(getattr(client, ours).__annotations__) == fields.pop(theirs), ours
    assert not fields, "each object of an event has its type"


def test_readme_of_the_examples_lists_each_and_what_to_install() -> None:
    readme = (ROOT / "examples" / "README.md").read_text("utf8")
    for file in (ROOT / "examples").glob("events_*"):
        assert f"]({file.name})" in readme
    for file in (ROOT / "examples").glob("*.py"):
        [row] = [line for line in readme.splitlines() if f"]({file.name})" in line]
        package = "aiokafka" if "import AIOKafkaConsumer" in file.read_text("utf8") else "confluent-kafka"
        assert f"`pip install {package}`" in row


def test_every_call_of_kcat_says_whether_it_reads_or_writes() -> None:
    for file in [*ROOT.glob("docs/*.md"), ROOT / "README.md", *ROOT.glob("examples/*")]:
        for call in re.findall(r"kcat -b [^`\n]*", file.read_text("utf8")):
            assert re.search(r" -[CPL]\b", call), f"{file}: {call}"
