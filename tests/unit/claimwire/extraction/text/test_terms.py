from claimwire.extraction.text.terms import MOST_CONTEXT, context, terms, weight


def test_rare_word_weighs_more_than_a_common_one() -> None:
    assert weight("zinc") > weight("price") > weight("the")


def test_unknown_word_is_the_rarest() -> None:
    assert weight("qwertz") >= weight("zinc")


def test_common_words_are_no_terms() -> None:
    assert terms("It is said that the and of were") == ()


def test_words_of_one_matter_are_one_term() -> None:
    assert set(terms("planning to invade")) & set(terms("an invasion"))


def test_context_keeps_the_rarest_words_in_order() -> None:
    found = context(
        ["zinc copper tin lead nickel cobalt silver gold iron ore coal gas oil wheat corn rice cocoa sugar"]
    )
    assert len(found) == MOST_CONTEXT
    assert list(found) == sorted(found)
