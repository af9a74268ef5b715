"""What a headline says: which two are of one story, and which are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.stories import said

SAME = [
    ("Ferry runs aground off the north pier", "Ferry runs aground off the north pier"),
    ("Ferry runs aground off the north pier", "FERRY RUNS AGROUND OFF THE NORTH PIER"),
    ("Ferry runs aground off the north pier", "Ferry runs aground off north pier"),
    ("Ferry runs aground off the north pier", "Ferry runs aground off the north pier | The Hour"),
    ("Ferry runs aground off the north pier", "Ferry runs aground off the north pier - The Hour"),
    ("Ferry runs aground off the north pier", "Ferry runs aground off the north pier — Daily Sketch"),
    ("Ferry runs aground off the north pier", "The Hour: Ferry runs aground off the north pier"),
    ("Ferry runs aground off the north pier", "Update: Ferry runs aground off the north pier"),
    ("Ferry runs aground off the north pier", "BREAKING: ferry runs aground off the north pier"),
    ("Ferry runs aground off the north pier", "[Updated] Ferry runs aground off the north pier"),
    ("Ferry runs aground off the north pier", "Ferry runs aground off the north pier."),
    ("Ferry runs aground off the north pier", "  Ferry  runs aground – off the “north” pier!"),
    ("Mayor's plan for the old mill rejected", "Mayor’s plan for old mill rejected"),
    ("Mayor resigns over the harbour budget vote", "Mayor resigns after harbour budget vote"),
    ("Council closes 3 bridges as storm nears", "Council closes 3 bridges amid storm nears"),
    ("Storm closes 12,000 harbour moorings", "Storm closes 12.000 harbour moorings"),
    ("Storm closes harbour bridges in spring", "Storms closes harbour bridge in spring"),
    ("Crashes halt harbour benches in spring", "Crash halts harbour bench in spring"),
    ("Fähre läuft vor der Nordmole auf Grund", "Fähre läuft vor Nordmole auf Grund"),
    ("Fähre läuft vor der Nordmole auf Grund", "Eilmeldung: Fähre läuft vor der Nordmole auf Grund"),
    ("Le ferry s'échoue devant la jetée nord", "Ferry s’échoue devant la jetée nord"),
    ("El transbordador encalla frente al muelle norte", "Última hora: el transbordador encalla frente al muelle norte"),
    ("Il traghetto si arena davanti al molo nord", "Traghetto si arena davanti al molo nord"),
    ("De veerboot loopt vast bij de noordpier", "Veerboot loopt vast bij noordpier"),
    ("北の桟橋でフェリーが座礁し乗客全員が無事", "【速報】北の桟橋でフェリーが座礁し乗客全員が無事"),
    ("北の桟橋でフェリーが座礁し乗客全員が無事", "北の桟橋でフェリーが座礁し乗客全員が無事｜港新聞"),
    ("Паром сел на мель у северного пирса", "ПАРОМ СЕЛ НА МЕЛЬ У СЕВЕРНОГО ПИРСА"),
    ("Cafe\u0301 by the pier sold to sailors", "Café by the pier sold to sailors"),
    ("Ferry captain wins ﬁve harbour prizes", "Ferry captain wins five harbour prizes"),
    ("जहाज़ उत्तरी घाट के पास फँस गया है", "जहाज़ उत्तरी घाट के पास फँस गया है।"),
]

OTHERS = [
    ("Ferry runs aground off the north pier", "Ferry runs aground off the south pier"),
    ("Ferry runs aground off the north pier", "Ferry runs aground off the north pier again"),
    ("Two dead as ferry runs aground at pier", "Three dead as ferry runs aground at pier"),
    ("Storm closes 3 harbour bridges overnight", "Storm closes 4 harbour bridges overnight"),
    ("Harbour rates rise to 1.5 per cent", "Harbour rates rise to 15 per cent"),
    ("Harbour rates rise by 5% this spring", "Harbour rates rise by 5 this spring"),
    ("Fine of €50 for harbour anglers agreed", "Fine of $50 for harbour anglers agreed"),
    ("Bluewater beats Greyhaven in cup final", "Greyhaven beats Bluewater in cup final"),
    ("Mayor will stand for the harbour board", "Mayor will not stand for the harbour board"),
    ("Mayor will stand for the harbour board", "Mayor will never stand for the harbour board"),
    ("Vote for the harbour strike expected soon", "Vote against the harbour strike expected soon"),
    ("Fishermen flee before the storm at sea", "Fishermen flee after the storm at sea"),
    ("Learning C in ten quiet harbour evenings", "Learning C++ in ten quiet harbour evenings"),
    ("Learning C++ in ten quiet harbour evenings", "Learning C# in ten quiet harbour evenings"),
    ("Flights from Niger to the coast resume", "Flights from Nigeria to the coast resume"),
    ("Iran reopens its northern harbour road", "Iraq reopens its northern harbour road"),
    ("Austria buys three harbour cranes", "Australia buys three harbour cranes"),
    ("Harbour board: the case for a new crane", "Harbour board: the case against a new crane"),
    ("Opinion: the harbour needs a new crane", "Review: the harbour needs a new crane"),
    ("Ferry captain guilty of harbour fraud", "Ferry captain not guilty of harbour fraud"),
    ("Kein Hafen für die neue Fähre gefunden", "Hafen für die neue Fähre gefunden"),
    ("Fähre legt im Hafen von Nordstadt an", "Fähre legt im Hafen von Südstadt an"),
    ("Le maire ne quittera pas le conseil du port", "Le maire quittera le conseil du port"),
    ("El alcalde no dejará la junta del puerto", "El alcalde dejará la junta del puerto"),
    ("北の桟橋でフェリーが座礁し乗客全員が無事", "南の桟橋でフェリーが座礁し乗客全員が無事"),
    ("जहाज़ उत्तरी घाट के पास फँस गया है", "जहाज़ उत्तरी घाट के पास फँस गयी है"),
    ("Windows 10 loses harbour map support", "Windows 11 loses harbour map support"),
    ("Harbour wall falls in – three are hurt", "Harbour wall falls in – two are hurt"),
]

GENERIC = [
    "", "!!!", "Untitled", "Letters to the editor", "Letters to the editor: the harbour wall", "Weekly links",
    "Links for a quiet Sunday in spring", "Open thread for a quiet Sunday", "The morning briefing from the harbour",
    "Photo of the day: gulls over the pier",
    "What we’re reading this quiet spring", "The harbour in pictures", "The harbour in brief words",
    "This week in harbour history: the wall", "Ferry aground", "The weather in the harbour this spring",
    "Presseschau zum Streit um den Hafen", "Revue de presse du port et de la ville",
    "Episode 12: the pilot who never swam", "Das Wetter im Hafen an diesem Wochenende", "港の天気",
    "Harbour news in brief",
    "Who is hiring at the harbour this month?", "Ask the pilot",
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_story(one, other):
    assert said(one, "The Hour") == said(other, "The Hour") != ""


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_two_stories(one, other):
    assert said(one)
    assert said(other)
    assert said(one) != said(other)


@pytest.mark.parametrize("title", GENERIC)
def test_what_stands_over_a_column_tells_nothing(title):
    assert said(title) == ""


@given(st.text(max_size=500), st.text(max_size=60))
def test_any_headline_says_something_or_nothing(title, source):
    assert isinstance(said(title, source), str)


@given(st.text(st.sampled_from("ab-|–: [】・"), max_size=400))
def test_signs_without_end_take_no_time(title):
    said(title, "a")
