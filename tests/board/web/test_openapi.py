"""The OpenAPI document: what the board answers is as it says, whatever is asked."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import from_schema
from schemathesis.engine.events import FatalError, NonFatalError, ScenarioFinished
from sqlalchemy import make_url

from board.corrections import Corrections
from board.store import open_store
from board.web.app import application
from board.web.asked import MOMENT
from board.web.correcting import Correcting
from board.web.openapi import SENT_VERDICT
from board.web.sessions import Sessions
from claimwire.verdict_json import as_json
from tests.board.records import Story
from tests.board.web.seed_ledger import TOKEN, SeedLedger
from tests.board.web.test_pages import POKROVSK
from tests.stream.test_verdicts import on_seeds

EXAMPLES = 8
"""Of each address, beside those that cover each rule of its description once."""

schemathesis.openapi.format(MOMENT, st.sampled_from(["", "now", "3d", "2025-12-02", "2025-12-01T21:00:00+01:00"]))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The board of the seeds, with nothing between it and the tests."""
    store = open_store(make_url(f"sqlite:///{tmp_path_factory.mktemp('described') / 'board.db'}"))
    ledger = SeedLedger(store)
    yield application(store, None, Correcting(Corrections(store, ledger.send), Sessions(TOKEN), "Anna"))
    store.close()


def asked_of(served: Any, method: str, **config: Any) -> tuple[int, list[str]]:
    """Ask the board by a method what its description allows, and what it forbids.

    Returns the number of requests, and which checks failed on which request.
    """
    generation = {"max-examples": EXAMPLES, "deterministic": True}
    made = SchemathesisConfig.from_dict({"generation": generation, "workers": 1, **config})
    schema = schemathesis.openapi.from_asgi("/openapi.json", served, config=made).include(method=method)
    number, failed = 0, list[str]()
    for event in from_schema(schema).execute():
        if isinstance(event, (NonFatalError, FatalError)):
            failed.append(f"{event}")
        if isinstance(event, ScenarioFinished):
            number += len(event.recorder.cases)
            for id, checks in event.recorder.checks.items():
                request = event.recorder.cases[id].value.as_curl_command()
                failed += [f"{check.failure_info.failure}\n{request}" for check in checks if check.failure_info]
    return number, failed


def test_whatever_is_asked_the_board_answers_as_it_says(served: Any) -> None:
    number, failed = asked_of(served, "GET")
    assert not failed, "\n\n".join(failed[:5])
    assert number > 300


def test_whatever_verdict_is_sent_with_the_token_the_board_answers_as_it_says(served: Any) -> None:
    # One whose form is right may still speak of what does not exist.
    acceptance = {"positive_data_acceptance": {"expected-statuses": ["2xx", "400", "404"]}}
    number, failed = asked_of(
        served,
        "POST",
        headers={"Authorization": f"Bearer {TOKEN}"},
        parameters={"path.id": POKROVSK},
        checks=acceptance,
    )
    assert not failed, "\n\n".join(failed[:5])
    assert number > 30


async def test_answers_about_the_seeds_are_as_the_description_says(board: httpx.AsyncClient, told: Story) -> None:
    described = (await board.get("/openapi.json")).json()
    ids = [*(claim["id"] for claim in told.ledger), *told.gone()]
    paths = {path: [path] for path in described["paths"] if path.endswith(".json") and "{" not in path}
    paths["/claims.json"] += ["/claims.json?words=pokrovsk&side=Russia", "/claims.json?place=pokrovsk.ua&as_of=now"]
    paths["/claims/{id}.json"] = [f"/claims/{id}.json" for id in ids]
    for path, asked in paths.items():
        shape = described["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        validator = Draft202012Validator({**shape, "components": described["components"]})
        for each in asked:
            validator.validate((await board.get(each)).json())


def test_verdicts_of_every_kind_may_be_sent_as_the_description_says(served: Any) -> None:
    components = served.openapi()["components"]
    validator = Draft202012Validator({"$ref": f"#/components/schemas/{SENT_VERDICT}", "components": components})
    for verdict in on_seeds():
        validator.validate(as_json(verdict))
        validator.validate({"says": as_json(verdict)["says"]})
    assert not validator.is_valid({"reason": "seen it"})
    assert not validator.is_valid({"says": {"kind": "guess"}})
