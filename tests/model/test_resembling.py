"""What resembles a quote and is another sentence: no highlight goes there. And what is the same after all."""

from __future__ import annotations

from itertools import pairwise

import pytest

from reader.model import anchoring
from reader.model.annotation import Quote
from reader.model.document import Block, Document, Passage, Point

RULES = (
    "Rule 1: no guest may enter the hall after ten at night.",
    "Rule 2: no guest may enter the kitchen after ten at night.",
    "Rule 3: no guest may enter the garden after nine at night.",
    "Rule 4: no guest may leave the house before six in the morning.",
)
FERRIES = (
    "The first ferry leaves at six in the morning from the north quay.",
    "The second ferry leaves at six in the evening from the south quay.",
    "The third ferry leaves at nine in the evening from the south quay.",
)
RECIPE = ("2 cups of sugar, sifted", "2 cups of flour, sifted", "1 cup of butter, melted", "1 cup of cream, whipped")
STEPS = (
    "Stir the flour into the warm milk and leave it to rest for an hour.",
    "Stir the sugar into the warm milk and leave it to cool for an hour.",
    "Stir the butter into the cold milk and leave it to rest for a night.",
)
TABLE = ("Norrvik 6:15 every day but Sunday", "Osterby 6:45 every day but Sunday", "Malmsund 7:15 every day but Sunday")
BEFORE = "What the house asks of those who stay in it hangs in a frame beside the stairs."
AFTER = "Nobody has read it since the frame was hung, and nobody has ever been sent away."

SERIES = {"rules": RULES, "ferries": FERRIES, "recipe": RECIPE, "steps": STEPS, "table": TABLE}


def document(*texts: str) -> Document:
    return Document(tuple(Block("paragraph", text) for text in texts))


def quoted(text: Document, words: str) -> Quote:
    number = next(number for number, block in enumerate(text.blocks) if words in block.text)
    start = text.blocks[number].text.index(words)
    return anchoring.quote_of(text, Passage(Point(number, start), Point(number, start + len(words))))


def found_words(text: Document, quote: Quote) -> str | None:
    found = anchoring.find(text, quote)
    return None if found is None else text.said(found)


@pytest.mark.parametrize("joined", [False, True], ids=["blocks", "sentences"])
@pytest.mark.parametrize("part", ["whole", "without its end", "without its beginning"])
@pytest.mark.parametrize("series", SERIES)
def test_a_sibling_is_not_taken_for_what_is_gone(series, part, joined):
    lines = SERIES[series]

    def made(*texts: str) -> Document:
        return document(BEFORE, " ".join(texts), AFTER) if joined else document(BEFORE, *texts, AFTER)

    for line in lines:
        words = {"whole": line, "without its end": line[:-1], "without its beginning": line.split(" ", 1)[1]}[part]
        quote = quoted(made(*lines), words)
        others = [one for one in lines if one != line]
        assert found_words(made(*others), quote) is None
        assert found_words(document("New.", *others), quote) is None
        for one, other in pairwise(others):
            assert found_words(document(BEFORE, one, "Something else.", other, AFTER), quote) is None
        for other in others:
            assert found_words(document("New.", other, "Something else."), quote) is None


def test_one_line_of_a_series_that_was_mended_in_its_place_is_found():
    text = document(BEFORE, *RULES, AFTER)
    for number, rule in enumerate(RULES):
        changed = rule.replace("guest may", "guest shall")
        new = document("New.", BEFORE, *RULES[:number], changed, *RULES[number + 1 :], AFTER)
        assert found_words(new, quoted(text, rule)) == changed


def test_a_sentence_that_went_elsewhere_is_found_though_its_spelling_was_mended():
    sentence = "The harbour organisation keeps teh lamp lit on every night of the year but one."
    mended = "The harbor organization keeps the lamp lit on every night of the year but one."
    quote = quoted(document(BEFORE, sentence, AFTER), sentence)
    assert found_words(document(AFTER, "Something else.", mended, "And more of it."), quote) == mended


def test_a_long_passage_that_went_elsewhere_may_have_changed_here_and_there():
    long = " ".join((*FERRIES, BEFORE, AFTER))
    changed = long.replace("stay in it", "sleep in it").replace("sent away", "turned away")
    quote = quoted(document("It begins.", long, "It ends."), long)
    assert found_words(document("Other words.", "And others.", changed, "The end of it."), quote) == changed


@pytest.mark.parametrize(
    ("words", "denied"),
    [
        ("The keeper was asked to leave the lamp alone.", "The keeper was not asked to leave the lamp alone."),
        ("Nobody was ever asked to leave the island.", "Somebody was ever asked to leave the island."),
        ("It is the oldest of the lights along this coast.", "It isn't the oldest of the lights along this coast."),
    ],
)
def test_what_says_the_contrary_now_is_not_found(words, denied):
    assert found_words(document(BEFORE, denied, AFTER), quoted(document(BEFORE, words, AFTER), words)) is None


# --- word by word -------------------------------------------------------------------------------------------


def test_a_word_is_not_found_inside_another():
    quote = quoted(document("We like art in all its forms."), "art")
    assert found_words(document("We like smart in all its forms."), quote) is None
    assert found_words(document("We like artful in all its forms."), quote) is None
    assert found_words(document("New.", "We like smart art in all its forms."), quote) == "art"
    assert found_words(document("smart"), Quote("art", block=0, offset=2)) is None


def test_a_part_of_a_word_is_found_in_that_word():
    quote = quoted(document("We like unsmart things in it."), "smart th")
    assert found_words(document("New.", "We like unsmart things in it."), quote) == "smart th"
    words = quoted(document("渡し船は霧が晴れなくても六時に出る。", AFTER), "六時")
    assert found_words(document("新しい。", "渡し船は霧が晴れなくても六時に出る。", AFTER), words) == "六時"


def test_words_without_what_stood_around_them_are_found_where_they_were_or_if_they_are_there_only_once():
    text = document("It is the lamp of the town.", "A boat came in.")
    assert found_words(text, Quote("the")) is None
    assert anchoring.find(text, Quote("the", block=0, offset=18)) == Passage(Point(0, 18), Point(0, 21))
    assert found_words(text, Quote("boat")) == "boat"


def test_a_phrase_that_stands_everywhere_is_not_found_without_what_stood_around_it():
    phrase = "Subscribe to our newsletter today."
    quote = quoted(document(BEFORE, f"He told her this: {phrase} She laughed at him.", AFTER), phrase)
    assert found_words(document(BEFORE, phrase, RULES[0], phrase, AFTER), quote) is None
    again = f"Once more he told her this: {phrase} She laughed at him."
    assert found_words(document(phrase, phrase, again, phrase), quote) == phrase
    assert anchoring.find(document(phrase, phrase, again, phrase), quote).start.block == 2
    assert found_words(document(BEFORE, RULES[0], phrase), quote) == phrase


# --- across the seam of a long paragraph --------------------------------------------------------------------


def long_paragraph(*before: str) -> Document:
    from reader.model.document import bounded

    words = " ".join(f"word{number}" for number in range(3_000))
    return Document(tuple(bounded(Block("paragraph", text) for text in (*before, words, AFTER))))


def test_a_phrase_is_found_across_the_seam_of_a_long_paragraph():
    text = long_paragraph()
    last = text.blocks[0].text.split()[-1]
    following = text.blocks[1].text.split()[0]
    start = len(text.blocks[0].text) - len(last) - 1
    passage = Passage(Point(0, start), Point(1, len(following)))
    quote = anchoring.quote_of(text, passage)
    assert quote.exact == f"{last} {following}"
    assert "\n" not in quote.prefix + quote.suffix
    assert anchoring.find(text, quote) == passage
    assert found_words(long_paragraph("New."), quote) == quote.exact
    assert found_words(text, Quote(f"{last} {following}")) == quote.exact
    # One that was made while nothing was known of seams.
    assert found_words(text, Quote(f"{last} \n\n{following}", quote.prefix, quote.suffix, 0, start)) == quote.exact


def test_a_word_is_found_across_a_seam_in_its_middle():
    from reader.model.document import LONGEST, bounded

    made = Document(tuple(bounded([Block("paragraph", "x" * (LONGEST - 3) + "lighthouses" + "y" * 30)])))
    assert len(made.blocks) == 2
    quote = Quote("lighthouses", "x" * 32, "y" * 30, 9, 9)
    assert found_words(made, quote) == "lighthouses"
    assert found_words(made, Quote("xxlight\nhousesyy".replace("\n", ""), "x" * 32, "y" * 28)) == "xxlighthousesyy"
