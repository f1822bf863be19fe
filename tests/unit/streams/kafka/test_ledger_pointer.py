import orjson
import pytest

from streams.errors import LedgerUnfit
from streams.kafka.client import changelog_name, topic_name
from streams.kafka.ledger_pointer import pointed_at
from streams.kafka.topics import TOPICS
from streams.settings import MAIN, Settings

SETTINGS = Settings(prefix="desk.", ledger=None)


def test_main_ledger_has_the_names_of_the_table() -> None:
    for settings in (SETTINGS, SETTINGS.of_ledger(MAIN)):
        assert settings.application == "desk.claimwire"
        assert [topic_name(settings, t) for t in TOPICS] == [f"desk.{t.name}" for t in TOPICS]


def test_shadow_has_all_of_its_own_but_the_items_the_verdicts_and_the_pointer() -> None:
    shadow = SETTINGS.of_ledger("v2")
    assert shadow.application == "desk.v2.claimwire"
    assert changelog_name(shadow, "items") == "desk.v2.claimwire-items-changelog"
    shared = {t.name for t in TOPICS if topic_name(shadow, t) == f"desk.{t.name}"}
    assert shared == {"news.items", "claims.verdicts", "claims.ledgers"}
    assert all(topic_name(shadow, t) == f"desk.v2.{t.name}" for t in TOPICS if t.name not in shared)


def test_pointer_names_a_ledger() -> None:
    assert pointed_at(SETTINGS, b'{"name": "v2", "promoted": "2025-12-01T12:00:00Z"}') == "v2"


@pytest.mark.parametrize("value", [b"", b"v2", b"null", b"[]", b"{}", orjson.dumps({"name": 2}), b'{"name": "../x"}'])
def test_pointer_that_names_none_is_told_with_the_way_out(value: bytes) -> None:
    with pytest.raises(LedgerUnfit, match=r"desk\.claims\.ledgers .*CLAIMWIRE_LEDGER"):
        pointed_at(SETTINGS, value)
