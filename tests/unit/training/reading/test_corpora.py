"""The items written for the training, and what their writers found in them."""

from training.json_lines import lines
from training.reading import corpora

MADE = corpora.MADE


def test_each_made_item_has_a_reading_whose_anchors_stand_in_it() -> None:
    texts = {
        item["item"]: " ".join(f"{item['headline']}\n{item['body']}".split()) for item in lines(MADE / "items.jsonl")
    }
    readings = list(lines(MADE / "readings.jsonl"))
    assert [reading["item"] for reading in readings] == list(texts)
    for reading in readings:
        for found in reading["claims"] + reading["answers"]:
            assert " ".join(found["anchor"].split()) in texts[reading["item"]], (reading["item"], found["anchor"])


def test_each_answer_in_a_made_item_answers_one_of_its_claims_or_another_item() -> None:
    for reading in lines(MADE / "readings.jsonl"):
        claims = {claim["id"] for claim in reading["claims"]}
        assert {str(claim) for claim in claims} == set(reading["status"]), reading["item"]
        assert {answer["to"] for answer in reading["answers"]} <= claims | {None}, reading["item"]


def test_each_reference_in_a_made_item_stands_in_its_anchor_and_means_words_of_the_item() -> None:
    texts = {item["item"]: (item["headline"], " ".join(item["body"].split())) for item in lines(MADE / "items.jsonl")}
    for references in lines(MADE / "references.jsonl"):
        headline, body = texts[references["item"]]
        for link in references["links"]:
            anchor, word, means = (" ".join(link[name].split()) for name in ("anchor", "word", "means"))
            assert body.count(anchor) == 1, (references["item"], anchor)
            assert word in anchor, (references["item"], anchor, word)
            assert means in f"{headline} \n {body}", (references["item"], means)
