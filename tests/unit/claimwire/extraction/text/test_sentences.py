import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimwire.extraction.text.sentences import Quotations, dateline_length, sentences


def split(text: str) -> list[str]:
    return [text[s.start : s.end] for s in sentences(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("Gen. Gerasimov met Mr. Putin. They spoke.", ["Gen. Gerasimov met Mr. Putin.", "They spoke."]),
        ("The U.S. Army said so. It left.", ["The U.S. Army said so.", "It left."]),
        ("Sales rose 3.5 percent. Then fell.", ["Sales rose 3.5 percent.", "Then fell."]),
        ("“It fell.” He left.", ["“It fell.”", "He left."]),
        ("“Did it fall?” he asked. No.", ["“Did it fall?” he asked.", "No."]),
        ("One\n\nTwo\r\n\r\nThree", ["One", "Two", "Three"]),
        ("KYIV, Dec 2 (Northgate) - Troops left. They ran.", ["Troops left.", "They ran."]),
        ("BELGOROD, Russia, Dec 2 (Volga Press) - It fell.", ["It fell."]),
        ("CORRECTED-Russia says so", ["Russia says so"]),
        ("UPDATE 2-Russia says so", ["Russia says so"]),
        ("TEHRAN, May 21 (MNA) –It fell.", ["It fell."]),
        ("Barley Co v. Doe was lost. It fell.", ["Barley Co v. Doe was lost.", "It fell."]),
        ("[TEXT] THE MAYOR LEFT. IT FELL.", ["THE MAYOR LEFT.", "IT FELL."]),
        ("They left. MAYOR SAYS ‘TWO’ BRIDGES FELL A boat passed.", ["They left.", "A boat passed."]),
        ("They left. MAYOR SAYS TWO BRIDGES FELL 10 boats passed.", ["They left.", "10 boats passed."]),
        ("In this article Shares rose.", ["Shares rose."]),
        ("By Jane Roe The mill closed.", ["The mill closed."]),
        ("By Jane RoeMax Doe and Zia ur-Rehman A mill closed.", ["A mill closed."]),
        ("By Jane Roe Reporting from Ghent, West Flanders Mills closed.", ["Mills closed."]),
        ("It fell. By Jane Q. Roe and John Doe After a day it rose.", ["It fell.", "After a day it rose."]),
        ("By Prime Minister Roe's account it fell.", ["By Prime Minister Roe's account it fell."]),
        ("Reporting from Ghent The mill closed.", ["The mill closed."]),
        ("The Daily Ledger with AFP The mill closed.", ["The mill closed."]),
        ("It fell at 3 p.m. Moscow time. It rose.", ["It fell at 3 p.m. Moscow time.", "It rose."]),
        ("It fell at 3 p.m. Moscow fell too.", ["It fell at 3 p.m.", "Moscow fell too."]),
        ("It fell.It is ours.", ["It fell.", "It is ours."]),
        ("They hold the town.- We left", ["They hold the town.", "- We left"]),
        ("We saw them.I left.A man fell.NATO knew", ["We saw them.", "I left.", "A man fell.", "NATO knew"]),
        ("He wrote to NATO.Kyiv did too.", ["He wrote to NATO.", "Kyiv did too."]),
        ('He spoke of "hysteria".They left', ['He spoke of "hysteria".', "They left"]),
        ('"It fell.""They left," he said', ['"It fell."', '"They left," he said']),
        ("It fell in 2015.In May it rose", ["It fell in 2015.", "In May it rose"]),
        ("It fell in Łódź.They left", ["It fell in Łódź.", "They left"]),
        ("", []),
        (" \n \n", []),
        ("...", ["..."]),
    ],
)
def test_text_is_split_into_sentences(text: str, parts: list[str]) -> None:
    assert split(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "The U.S.Army fell to 3.5",
        "Acme <ACM.N> and Orion <ORI.To> rose",
        "J.M.R.Barker and St.Jerzy met Mr.Smith",
        "They met at example.com, Example.Com and example.org",
        "About 150,000.Russian tons",
    ],
)
def test_full_stop_inside_a_name_or_a_number_ends_no_sentence(text: str) -> None:
    assert split(text) == [text]


@given(st.text(st.sampled_from('Ab. !?\n\r"“” -(),é1')))
def test_sentences_are_in_order_apart_and_without_white_space_around(text: str) -> None:
    end = 0
    for s in sentences(text):
        assert end <= s.start < s.end <= len(text)
        assert text[s.start : s.end] == text[s.start : s.end].strip()
        end = s.end


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ('He said "yes" and "no".', [['"yes"', '"no"']]),
        ("“Yes. Well,” he said", [["“Yes."], ["Well,”"]]),
        ("“Open to the end\nof the paragraph", [["“Open to the end"], []]),
        ("don't and can't", [[]]),
    ],
)
def test_sentence_holds_its_pieces_of_the_quotations(text: str, quotes: list[list[str]]) -> None:
    quoted = Quotations(text)
    assert [[text[s.start : s.end][a:b] for a, b in quoted.within(s)] for s in sentences(text)] == quotes


def test_text_without_dateline_has_none() -> None:
    assert dateline_length("Russian troops left - they said") == 0
