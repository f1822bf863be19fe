from collections.abc import Iterator
from typing import Any

import pytest

from streams.local_broker.server import free_port
from streams.second.endpoint import MOST_BYTES, Endpoint, Unanswered
from streams.second.question import SCHEMA, WORDS, answer_in, messages
from tests.model_servers import SAYS, FakeModel
from tests.unit.builders import candidate


@pytest.fixture
def model() -> Iterator[FakeModel]:
    with FakeModel().serving() as served:
        yield served


async def said_by(url: str, *, times: int = 1, seconds: float = 20, key: str = "") -> list[str]:
    async with Endpoint(url, "small", key, seconds) as endpoint:
        return [await endpoint.ask(messages(candidate())) for _ in range(times)]


async def refusal_of(url: str, seconds: float = 20) -> Unanswered:
    with pytest.raises(Unanswered) as caught:
        await said_by(url, seconds=seconds)
    return caught.value


async def test_question_asks_for_one_word_of_the_list_without_chance(model: FakeModel) -> None:
    [said] = await said_by(f"{model.url}/", key="secret")
    assert answer_in(said).reason == SAYS["reason"]
    [body] = model.asked
    assert (body["model"], body["temperature"]) == ("small", 0)
    assert body["response_format"]["json_schema"]["schema"] == SCHEMA
    assert SCHEMA["properties"]["word"]["enum"] == list(WORDS)
    assert body["messages"] == messages(candidate())
    assert model.keys == ["Bearer secret"]


async def test_no_key_is_sent_where_none_is_set(model: FakeModel) -> None:
    await said_by(model.url)
    assert model.keys == [None]


async def test_server_that_knows_no_schema_is_asked_without_one_from_then_on(model: FakeModel) -> None:
    model.script = ["schema"]
    assert len(await said_by(model.url, times=2)) == 2
    assert ["response_format" in body for body in model.asked] == [True, False, False]


async def test_schema_is_tried_again_where_leaving_it_out_did_not_help(model: FakeModel) -> None:
    model.script = [400, 400, SAYS]
    async with Endpoint(model.url, "small") as endpoint:
        with pytest.raises(Unanswered):
            await endpoint.ask(messages(candidate()))
        await endpoint.ask(messages(candidate()))
    assert ["response_format" in body for body in model.asked] == [True, False, True]


@pytest.mark.parametrize(
    ("turn", "reason", "away"),
    [
        (500, "HTTP 500", False),
        (503, "HTTP 503", False),
        (429, "HTTP 429", True),
        (401, "HTTP 401", True),
        (302, "HTTP 302", True),
        ("broken", "no chat completion", False),
        ("endless", f"{MOST_BYTES:,} bytes", False),
    ],
)
async def test_refusal_says_why_and_whether_the_question_may_be_the_reason(
    model: FakeModel, turn: Any, reason: str, away: bool
) -> None:
    model.script = [turn]
    refused = await refusal_of(model.url)
    assert reason in str(refused)
    assert refused.away is away


async def test_server_that_hangs_is_given_up(model: FakeModel) -> None:
    model.script = ["hang"]
    refused = await refusal_of(model.url, seconds=0.2)
    assert not refused.away
    assert len(model.asked) == 1


async def test_slow_server_is_waited_for(model: FakeModel) -> None:
    model.script = ["slow"]
    [said] = await said_by(model.url)
    assert answer_in(said).reason == SAYS["reason"]


async def test_server_that_is_not_there_is_away() -> None:
    assert (await refusal_of(f"http://127.0.0.1:{free_port()}/v1")).away


async def test_server_says_for_how_long_it_wants_to_be_left_alone(model: FakeModel) -> None:
    model.script, model.headers = [429], {"Retry-After": "90"}
    assert (await refusal_of(model.url)).after.total_seconds() == 90


async def test_key_goes_nowhere_else_and_stands_in_no_message(model: FakeModel) -> None:
    model.script, model.headers = [302], {"Location": f"{model.url}/chat/completions"}
    with pytest.raises(Unanswered) as caught:
        await said_by(model.url, key="secret")
    assert len(model.asked) == 1
    assert "secret" not in str(caught.value)
