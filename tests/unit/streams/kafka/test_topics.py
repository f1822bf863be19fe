import pytest

from streams.kafka.topics import FOR_EVER, ITEMS, LEDGERS, REMARKS, SNAPSHOTS, TOPICS, VERDICTS, Topic, as_markdown


def test_topics_have_names_of_their_own() -> None:
    assert len({t.name for t in TOPICS}) == len(TOPICS)


@pytest.mark.parametrize("topic", [ITEMS, VERDICTS])
def test_record_of_what_came_in_is_kept_for_ever(topic: Topic) -> None:
    assert topic.config()["retention.ms"] == str(FOR_EVER)
    assert topic.config()["cleanup.policy"] == "delete"


@pytest.mark.parametrize("topic", [SNAPSHOTS, REMARKS])
def test_last_word_on_each_claim_and_remark_is_kept(topic: Topic) -> None:
    assert topic.config()["cleanup.policy"] == "compact"


def test_table_shows_every_topic() -> None:
    rows = as_markdown().splitlines()
    assert len(rows) == len(TOPICS) + 2
    assert all(f"`{t.name}`" in row for t, row in zip(TOPICS, rows[2:], strict=True))


def test_items_and_verdicts_have_the_time_of_their_arrival() -> None:
    arrived = [t for t in TOPICS if t.config()["message.timestamp.type"] == "LogAppendTime"]
    assert arrived == [ITEMS, VERDICTS]


def test_shadows_share_the_items_the_verdicts_and_the_pointer() -> None:
    assert [t for t in TOPICS if t.shared] == [ITEMS, VERDICTS, LEDGERS]
