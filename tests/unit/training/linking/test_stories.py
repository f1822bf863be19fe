"""The stories written for the training of linking, and what their writers found in them."""

from datetime import date
from pathlib import Path

from training import linking
from training.json_lines import lines
from training.linking.judgements import BEARS

MADE = Path(linking.__file__).parent / "made"


def _plain(text: str) -> str:
    return " ".join(text.split())


def test_each_anchor_of_a_story_stands_once_in_its_item() -> None:
    texts = {item["item"]: (_plain(item["headline"]), _plain(item["body"])) for item in lines(MADE / "items.jsonl")}
    for story in lines(MADE / "stories.jsonl"):
        for found in [told for claim in story["claims"] for told in claim["told"]] + story["responses"]:
            headline, body = texts[found["item"]]
            anchor = _plain(found["anchor"])
            assert (body.count(anchor) or headline.count(anchor)) == 1, (found["item"], anchor)


def test_each_answer_of_a_story_bears_on_one_of_its_claims_and_stands_in_one_of_its_items() -> None:
    for story in lines(MADE / "stories.jsonl"):
        claims = {claim["id"] for claim in story["claims"]}
        assert {answer["to"] for answer in story["responses"]} <= claims, story["story"]
        assert {answer["relation"] for answer in story["responses"]} <= BEARS, story["story"]
        assert {a["item"].rpartition("-")[0] for a in story["responses"]} == {f"thread:{story['story']}"}


def test_each_item_of_a_story_has_an_outlet_and_a_date() -> None:
    for item in lines(MADE / "items.jsonl"):
        assert item["outlet"], item["item"]
        date.fromisoformat(item["date"])
