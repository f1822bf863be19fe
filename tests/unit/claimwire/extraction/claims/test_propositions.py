import pytest

from claimwire.extraction.claims.propositions import affirmed, clause, readable, sentence_around, without_addressee
from claimwire.extraction.speakers.antecedents import Mentioned


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("that the city had fallen to the enemy", "the city had fallen to the enemy"),
        (", and its troops were still there.", "its troops were still there."),
        ("“We hold the north of the town,”", "We hold the north of the town"),
        ("that a deal had been “agreed in principle", "a deal had been agreed in principle"),
        ("the drones that struck the refinery were theirs", "the drones that struck the refinery were theirs"),
        ("the rebels based in Chad attacked the town", "the rebels based in Chad attacked the town"),
        ("The news that the mill had closed", "the mill had closed"),
        ("that in the press there were claims of a sale", "in the press there were claims of a sale"),
        ("Allegations Acme's clients had links to the army", "Acme's clients had links to the army"),
        ("reports on Monday said so", "reports on Monday said so"),
        ("In April, the ministry closed the mill", "In April, the ministry closed the mill"),
        ("that when the talks failed, Acme closed the mill", "when the talks failed, Acme closed the mill"),
        ("Sterling Roe was held in May", "Sterling Roe was held in May"),
        ("Beijing imposed a tax", "Beijing imposed a tax"),
        ("earlier Monday that the mill had closed", "the mill had closed"),
        ("in May, it was clear that the mill had closed", "in May, it was clear that the mill had closed"),
        ("Reports that the mill closed came in May", "Reports that the mill closed came in May"),
        ("that he had resigned but that she had not", "he had resigned but she had not"),
        ("he had resigned and that was known", "he had resigned and that was known"),
        ("the mill was closed,       , as was the port", "the mill was closed, as was the port"),
    ],
)
def test_clause_is_what_has_a_subject_and_a_verb(content: str, words: str) -> None:
    assert clause(content).strip(".") == words.strip(".")


@pytest.mark.parametrize(
    "content",
    [
        "to leave the city by Friday",
        "of having sold the shares",
        "the charges",
        "whether there is a plan to close the mill",
        "a ruling that threw out a sum that Golden Barley Ltd had been told to pay",
        "whether it would close the plant",
        "the ministry's inquiry into the tanker that collided with the pier",
        "a statement that said no one was hurt",
        "the third reported outage at the port",
        "the coming into force of the treaty against Organized Crime",
        "alleged cases of crimes against men in the town",
        "the officer of having betrayed the designs",
        "men involved in the sale",
        "the mayor of delaying a deal, May 17",
        "in a town that was closed, a day to come",
        "closing the mill that had been sold",
        "after reaching Acme, she closed the mill",
        "on Monday, to close the mill that had been sold",
        "NATO of carrying out attacks after the talks had failed",
        "plans to expel some 18,000 undocumented foreigners",
        "the makers of its own advanced chips",
        "while the vote in the assembly was of some help",
        "the mill was closed and produced false reports more often as",
        "",
    ],
)
def test_fragment_is_no_clause(content: str) -> None:
    assert clause(content) == ""


@pytest.mark.parametrize(
    ("words", "speaker", "earlier", "text"),
    [
        ("it had received 52 reports", "the agency", [], "[the agency] had received 52 reports"),
        ("He had never met her", "Ivan Petrov", [], "[Ivan Petrov] had never met her"),
        ("his troops were in the town", "General Ivan Petrov", [], "[General Ivan Petrov’s] troops were in the town"),
        ("We’re in the town", "the brigade's spokesman", [], "[the brigade's spokesman] are in the town"),
        ("He was arrested on Monday", "", ["Ivan Petrov ran the bank."], "[Ivan Petrov] was arrested on Monday"),
        ("I am in the town", "Ivan Petrov", [], "[Ivan Petrov] is in the town"),
        ("the town has fallen", "Moscow", [], "The town has fallen"),
        ("On Monday, he left", "", ["Ivan Petrov ran the bank."], "On Monday, [Ivan Petrov] left"),
        (
            "According to reports, he left",
            "",
            ["Ivan Petrov ran the bank."],
            "According to reports, [Ivan Petrov] left",
        ),
        ("With Roe, he left", "", ["Ivan Petrov ran the bank."], "With Roe, he left"),
        ("After the day of Roe, he left", "", ["Ivan Petrov ran the bank."], "After the day of Roe, he left"),
    ],
)
def test_pronoun_at_the_head_is_named_in_brackets(words: str, speaker: str, earlier: list[str], text: str) -> None:
    assert readable(words, Mentioned(speaker, earlier)) == text


@pytest.mark.parametrize(
    ("words", "earlier", "text"),
    [
        ("Petrov left the board", ["Ivan Petrov, a lawyer, spoke."], "[Ivan] Petrov left the board"),
        ("Mr. Petrov left the board", ["Ivan Petrov, a lawyer, spoke."], "Mr. [Ivan] Petrov left the board"),
        ("the mill is Petrov's", ["Ivan Petrov, a lawyer, spoke."], "The mill is [Ivan] Petrov's"),
        ("Ivan Petrov left, and Petrov spoke", ["Ivan Petrov, a lawyer, spoke."], "Ivan Petrov left, and Petrov spoke"),
        ("Petrov left, and Petrov spoke", ["Ivan Petrov, a lawyer, spoke."], "[Ivan] Petrov left, and Petrov spoke"),
        ("Petrov Road is closed", ["Ivan Petrov, a lawyer, spoke."], "Petrov Road is closed"),
        ("President Petrov left", ["Ivan Petrov, a lawyer, spoke."], "President Petrov left"),
        ("Petrov left", ["Ivan Petrov, a lawyer, met Oleg Petrov, a clerk."], "Petrov left"),
        ("Troops left Kursk", ["Putin Visits Kursk", "In Kursk it rains.", "Kursk was quiet."], "Troops left Kursk"),
        ("Petrov closed on Monday", ["The petrov was open."], "Petrov closed on Monday"),
        ("Mr. Petrov left", ["Chairman Petrov, a lawyer, spoke."], "Mr. Petrov left"),
    ],
)
def test_person_named_by_surname_alone_gets_the_first_name(words: str, earlier: list[str], text: str) -> None:
    assert readable(words, Mentioned("", earlier)) == text


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("However, the town has fallen", "The town has fallen"),
        ("But the town has also fallen", "The town has fallen"),
        ("Then on Monday, the town fell", "On Monday, the town fell"),
        ("Not only the town but also the port has fallen", "Not only the town but also the port has fallen"),
    ],
)
def test_words_that_join_a_sentence_to_the_one_before_are_left_out(words: str, text: str) -> None:
    assert readable(words, Mentioned()) == text


def test_proposition_about_nobody_knows_whom_is_none() -> None:
    assert readable("He was arrested on Monday", Mentioned("", ["it rained all day."])) == ""
    assert readable("In May, we found it", Mentioned("", ["Acme Corp fell."])) == ""


def test_what_is_inserted_is_a_name_of_the_item() -> None:
    found = readable("they had left the town", Mentioned("Kyiv's troops"))
    assert found.startswith("[Kyiv's troops]")


@pytest.mark.parametrize(
    ("words", "told", "text"),
    [
        (
            "the bank bought the stake he holds",
            Mentioned("Ivan Petrov, who founded the bank"),
            "The bank bought the stake [Ivan Petrov] holds",
        ),
        ("the chairman said he was ill", Mentioned("Ivan Petrov"), "The chairman said he was ill"),
        ("It is only Norway that sells gas", Mentioned("Ivan Petrov"), "It is only Norway that sells gas"),
        ("the plant was hit", Mentioned("", ["Troops fled the Kirov steel plant."]), "The [Kirov] plant was hit"),
        ("the board's debts grew", Mentioned("", ["The Cocoa Board owes."]), "The board's [Cocoa Board] debts grew"),
        ("the plant was hit", Mentioned("", ["Troops fled."]), "The plant was hit"),
        ("It now seems that many left", Mentioned("Ivan Petrov", ["Acme Corp fell."]), "It now seems that many left"),
        ("it appears many left", Mentioned("Ivan Petrov", ["Acme Corp fell."]), "It appears many left"),
        ("the ferry sank", Mentioned("", ["The Polar Sea ferry left."]), "The ferry sank"),
        ("the ferry was hit", Mentioned("", ["The Polar Sea ferry left."]), "The [Polar Sea] ferry was hit"),
    ],
)
def test_what_the_words_leave_open_is_named_where_the_item_tells_it(words: str, told: Mentioned, text: str) -> None:
    assert readable(words, told) == text


@pytest.mark.parametrize(
    "words",
    [
        "This caused fears in the capital",
        "These claims are sent round",
        "The two were sent away",
        "Is the mill on the river closed?”",
        "You take the land of farmers",
        "A drone was shot down at noon [9 p.m",
        "The report on the harbour is entirely baseless",
        "Rebels are spreading false rumours in the town",
        "they, the members of the board, left",
    ],
)
def test_words_that_speak_of_what_stands_before_them_or_break_off_are_no_proposition(words: str) -> None:
    assert readable(words, Mentioned("the ministry", ["Ivan Petrov spoke."])) == ""


@pytest.mark.parametrize("symbols", ["", "🚀👩\u200d🚀 🔥", "⚔️ ➡️ 🇺🇦.", "— … !!!", "“((( )))”", "a\u0301 _ b"])
def test_symbols_without_a_word_are_no_proposition(symbols: str) -> None:
    assert readable(symbols, Mentioned("the ministry")) == ""


def test_name_of_the_agency_is_no_part_of_its_last_sentence() -> None:
    text = "He remains chairman of the company. Reuter"
    assert sentence_around(text, (0, len(text))) == "He remains chairman of the company."


@pytest.mark.parametrize(
    "caption", ["The mill at night. (Jane Roe/AP Photo) ", "(Jane Roe for Harbour News) ", "(Courtesy of the mayor) "]
)
def test_sentence_leaves_out_the_caption_and_the_photos_credit_before_it(caption: str) -> None:
    text = f"{caption}The mill was closed on Monday."
    assert sentence_around(text, (0, len(text))) == "The mill was closed on Monday."


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("it has not sold its shares", "it has sold its shares"),
        ("the talks weren’t held", "the talks were held"),
        ("the mill can't pay", "the mill can pay"),
        ("they won’t leave", "they will leave"),
        ("It is not true that the mill closed", "the mill closed"),
        ("It is not true that the mill has not closed", "the mill has not closed"),
        ("no one was hurt", "no one was hurt"),
        ("No talks were held", "talks were held"),
        ("there is no shortage", "there is shortage"),
        ("no talks were held and no deal was made", "no talks were held and no deal was made"),
        ("the mill has not only closed but burnt", "the mill has not only closed but burnt"),
        ("the mill closed", "the mill closed"),
    ],
)
def test_words_that_say_no_tell_what_they_deny(words: str, told: str) -> None:
    assert affirmed(words) == told


def test_clause_ends_where_the_speaker_adds_something_else() -> None:
    assert clause("the mill had closed in May, adding that the port was open") == "the mill had closed in May"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("MILL WORKER HELD OVER 2 FIRES The police arrested a man.", "The police arrested a man."),
        ("The mill was closed. MORE NEWS FROM THE MILL", "The mill was closed."),
        ("The US, the UK and the EU met.", "The US, the UK and the EU met."),
        ("The numbers were 4, 8, 15, 16, 23.", "The numbers were 4, 8, 15, 16, 23."),
        ("AP Photo/Jane Roe, File) The mill was closed.", "The mill was closed."),
    ],
)
def test_sentence_leaves_out_headings_in_capitals_and_halves_of_credits(text: str, sentence: str) -> None:
    assert sentence_around(text, (0, len(text))) == sentence


@pytest.mark.parametrize("words", ["Acme has denied selling the mill", "The bank denies any part in it"])
def test_told_denial_is_no_proposition(words: str) -> None:
    assert readable(words, Mentioned()) == ""


def test_sentence_in_capitals_stays_whole() -> None:
    text = "THE REBELS FIRED MORE THAN 500 ROUNDS AT THE MILL IN THE TOWN."
    assert sentence_around(text, (0, len(text))) == text


def test_what_follows_is_no_proposition_of_its_own() -> None:
    assert readable("It follows an earlier strike at the mill", Mentioned("Acme")) == ""


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("the union in Leeds that the mill would close", "the mill would close"),
        ("it had been told of that mill", "it had been told of that mill"),
        ("that the union had left", "that the union had left"),
    ],
)
def test_whom_the_speaker_addresses_is_left_out(content: str, words: str) -> None:
    assert without_addressee(content) == words
