"""How long an article takes, as it is told around its text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reader.model.article import Enclosure
from reader.ui.widgets.around import about, enclosures
from reader.ui.widgets.page import PACE, Page
from tests.ui.documents import STYLES
from tests.ui.paning import opened


@pytest.mark.parametrize(
    ("progress", "told"),
    [(0.0, "0 % · 8 h 16 min left"), (0.5, "50 % · 4 h 8 min left"), (0.999, "100 % · 1 min left"), (1.0, "100 %")],
)
def test_a_book_tells_the_hours_that_are_left(progress, told):
    assert Page(opened("A text.", words=496 * PACE), 60, STYLES).left(progress) == told


def test_a_book_and_an_episode_tell_hours_under_the_headline():
    article = replace(
        opened("A text.", words=480 * PACE).article, enclosures=(Enclosure("u", "audio/mp3", seconds=5400),)
    )
    assert "8 h · " in about(article, PACE)
    assert "8 h 0 min" not in about(article, PACE)
    assert enclosures(article) == ["♪ Episode, 1 h 30 min — P plays it"]
