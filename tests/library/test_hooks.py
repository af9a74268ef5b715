"""Hooks: told of what happened when it is stored, and of nothing else, whatever they do."""

import json
import threading

import pytest

from reader.ingest.found import Found
from reader.library import Library, errands, hooks
from reader.model.annotation import Quote
from reader.model.article import Entry
from reader.storage.errors import MarksError
from tests.invented import harbours
from tests.library.refreshing import feed
from tests.programs import HANGS, TELLS, Program, gone, until
from tests.thorough import examples


@pytest.fixture
def program(tmp_path):
    return Program(tmp_path, TELLS)


@pytest.fixture
def hooked(places):
    """Write hooks into the settings, then open the library with ten articles."""
    opened = []

    def hooked(more="", **events):
        with Library(places) as library:
            library.subscriptions.add(harbours(), "page")
        places.config.mkdir(parents=True, exist_ok=True)
        lines = [f"{event} = [{str(one)!r}]" for event, one in events.items()]
        places.settings.write_text("\n".join([more, "[hooks]", *lines]))
        library = Library(places)
        opened.append(library)
        library.complaints = []
        library.hooks.tell = library.complaints.append
        return library

    yield hooked
    for library in opened:
        library.close()


def rows(library):
    return library.shelf.rows(library.shelf.listing().keys)


def told(library, program, count):
    until(lambda: len(program.told) >= count, "the hook")
    return program.given


def test_reading_and_bookmarking_and_noting_are_told(hooked, program):
    library = hooked(read=program, bookmark=program, note=program)
    one, notebook = rows(library)[1], library.notebook
    notebook.set_read((one,), read=True)
    notebook.set_bookmarked((one,), bookmarked=True)
    notebook.set_note(one, "Ask the pilot.")
    given = told(library, program, 3)
    assert [(what["event"], what["count"], len(what["articles"])) for what in given] == [
        ("read", 1, 1),
        ("bookmark", 1, 1),
        ("note", 1, 1),
    ]
    article = given[2]["articles"][0]
    assert (article["id"], article["title"], article["read"], article["bookmarked"]) == (
        str(one.id),
        one.title,
        True,
        True,
    )
    assert [note["text"] for note in article["notes"]] == ["Ask the pilot."]
    assert article["text"]
    assert article["markdown"]
    for (arguments, _, environment), what in zip(program.told, given, strict=True):
        assert arguments == []
        assert environment["READER_EVENT"] == what["event"]
        assert environment["READER_COUNT"] == "1"
        assert (environment["READER_ID"], environment["READER_TITLE"]) == (str(one.id), one.title)


def test_only_what_is_new_is_told_and_nothing_that_is_taken_back(hooked, program):
    library = hooked(read=program, bookmark=program, note=program)
    one, two, last = rows(library)[:3]
    notebook = library.notebook
    notebook.set_read((one,), read=True)
    notebook.undo()
    notebook.redo()
    notebook.set_read((one,), read=True)
    notebook.set_read((one,), read=False)
    notebook.set_bookmarked((one,), bookmarked=False)
    notebook.set_note(one, "A")
    notebook.set_note(one, "A")
    notebook.set_note(one, "")
    notebook.set_tags((one,), ("tag",))
    notebook.many([one.key, two.key]).set_bookmarked(bookmarked=True)
    notebook.many([one.key, two.key]).set_bookmarked(bookmarked=True)
    notebook.set_read((last,), read=True, by_itself=True)
    given = told(library, program, 4)
    library.close()
    assert [(what["event"], [article["title"] for article in what["articles"]]) for what in program.given] == [
        ("read", [one.title]),
        ("note", [one.title]),
        ("bookmark", [one.title, two.title]),
        ("read", [last.title]),
    ]
    assert len(given) == 4


def test_a_note_on_a_highlight_is_told(hooked, program):
    library = hooked(note=program)
    one = rows(library)[0]
    _, made = library.notebook.add_highlight(one, Quote("tide", "The ", " table", 0), "yellow")
    library.notebook.edit_highlight(one, made.id, note="So it is.")
    library.notebook.edit_highlight(one, made.id, color="blue")
    given = told(library, program, 1)
    assert [one["note"] for one in given[0]["articles"][0]["highlights"]] == ["So it is."]
    library.close()
    assert len(program.told) == 1


def test_what_comes_in_is_told_of_but_not_what_rules_do_with_it(hooked, program):
    rule = "[[rules]]\nwhen='pears'\ndo=['mark read', 'bookmark']"
    library = hooked(rule, added=program, read=program, bookmark=program)
    library.subscriptions.add(Found("listing", "Orchards", (Entry("Pears", excerpt="A b."), Entry("Plums"))))
    library.subscriptions.add(Found("listing", "Orchards", (Entry("Pears", excerpt="A b."), Entry("Plums"))))
    (given,) = told(library, program, 1)
    assert (given["event"], given["count"]) == ("added", 2)
    assert [(one["title"], one["read"]) for one in given["articles"]] == [("Pears", True), ("Plums", False)]
    assert program.told[0][2]["READER_TITLE"] == ""
    library.close()
    assert len(program.told) == 1


def test_a_refresh_is_told_of_at_its_end(hooked, program, server):
    library = hooked(added=program, refreshed=program)
    server.routes["/feed"] = feed("One", "Two")
    library.subscriptions.add(errands.look(server.url("/feed"), feed=True), server.url("/feed"))
    server.routes["/feed"] = feed("One", "Two", "Three")
    errands.refresh(library, force=True)
    given = told(library, program, 3)
    assert [(what["event"], [one["title"] for one in what["articles"]]) for what in given] == [
        ("added", ["One", "Two"]),
        ("added", ["Three"]),
        ("refreshed", ["Three"]),
    ]
    assert [given[2][name] for name in ("asked", "new", "failed", "count")] == [1, 1, 0, 1]


def test_thousands_at_once_are_one_call_with_a_thousand_of_them(hooked, program, monkeypatch):
    count = examples(60, 5000)
    monkeypatch.setattr(hooks, "ARTICLES", count // 2)
    library = hooked(read=program)
    entries = tuple(Entry(f"Number {number}", excerpt="x") for number in range(count))
    library.subscriptions.add(Found("listing", "Many", entries))
    keys = library.shelf.listing().keys
    library.notebook.many(keys).set_read(read=True)
    (given,) = told(library, program, 1)
    assert (given["count"], len(given["articles"])) == (count + 10, count // 2)
    assert all(one["read"] and "text" not in one and one["notes"] == [] for one in given["articles"])
    assert program.told[0][2]["READER_COUNT"] == str(count + 10)


def test_what_a_hook_gets_is_bounded(hooked, monkeypatch):
    library = hooked(read="true")
    library.hooks.hold()

    def given(largest):
        monkeypatch.setattr(hooks, "LARGEST", largest)
        library.notebook.set_read(rows(library)[:4], read=False)
        library.notebook.set_read(rows(library)[:4], read=True)
        (telling,) = library.hooks.held()
        told = json.loads(telling.data)
        assert len(telling.data) <= largest
        assert told["count"] == 4
        return len(telling.data), told["articles"]

    whole, articles = given(1 << 20)
    assert all(one["text"] and one["markdown"] for one in articles)
    short, articles = given(whole - 1)
    assert len(articles) == 4
    assert not any("text" in one or "markdown" in one for one in articles)
    assert len(given(short - 1)[1]) == 2
    assert given(100)[1] == []


# -- what goes wrong


def test_a_failure_is_told_once_and_breaks_nothing(hooked, tmp_path):
    library = hooked(read=Program(tmp_path, "sys.exit('no \\x1b[31mnetwork')"), bookmark="no-such-program")
    one, two = rows(library)[:2]
    library.notebook.set_read((one,), read=True)
    library.notebook.set_read((two,), read=True)
    library.notebook.set_bookmarked((one, two), bookmarked=True)
    until(lambda: len(library.complaints) >= 2, "the complaints")
    library.close()
    assert library.complaints == [
        "hook read: program ended with 1: no network",
        "hook bookmark: no-such-program is not found on this computer.",
    ]


def test_nothing_is_told_of_what_is_not_safely_stored(hooked, program, monkeypatch):
    library = hooked(read=program)

    def full():
        raise MarksError("The disk is full.")

    monkeypatch.setattr(library.marks, "flush", full)
    library.notebook.set_read(rows(library)[:1], read=True)
    until(lambda: library.complaints, "the complaint")
    assert library.complaints == ["hook read: it was not run: The disk is full."]
    monkeypatch.undo()
    assert program.told == []


def test_the_queue_is_bounded_and_that_is_told(hooked, tmp_path, monkeypatch):
    monkeypatch.setattr(hooks, "WAITING", 2)
    monkeypatch.setattr(hooks, "PARTING", 0.1)
    program = Program(tmp_path, HANGS)
    library = hooked(read=program)
    first, *others = rows(library)
    library.notebook.set_read((first,), read=True)
    until(lambda: program.pid, "the hook")
    for one in others:
        library.notebook.set_read((one,), read=True)
    assert library.complaints == ["hooks: 2 wait already; what happens now is not told to them"]
    assert all(row.flags & 1 for row in rows(library))
    library.close()
    gone(program.pid)


def test_to_leave_ends_a_hook_that_hangs(hooked, tmp_path, monkeypatch):
    monkeypatch.setattr(hooks, "PARTING", 0.1)
    program = Program(tmp_path, f"signal.signal(signal.SIGTERM, signal.SIG_IGN)\n{HANGS}")
    library = hooked(read=program)
    library.notebook.set_read(rows(library)[:1], read=True)
    until(lambda: program.pid, "the hook")
    assert library.close() is None
    gone(program.pid)
    assert library.complaints == []
    assert not any(thread.name == "hooks" for thread in threading.enumerate())


def test_one_that_hangs_is_ended_when_its_time_is_over_and_the_next_has_its_turn(hooked, tmp_path, program):
    slow = Program(tmp_path, HANGS, "slow")
    library = hooked("command_seconds = 1", read=slow, bookmark=program)
    library.notebook.set_read(rows(library)[:1], read=True)
    library.notebook.set_bookmarked(rows(library)[:1], bookmarked=True)
    told(library, program, 1)
    assert library.complaints == ["hook read: slow was ended after 1 seconds"]


def test_what_a_hook_starts_runs_no_hooks(hooked, program, monkeypatch):
    monkeypatch.setenv(hooks.STARTED_BY, "read")
    library = hooked(read=program)
    library.notebook.set_read(rows(library)[:1], read=True)
    library.close()
    assert program.told == []


def test_hooks_that_are_written_meanwhile_are_run(hooked, program, places):
    library = hooked()
    one, two = rows(library)[:2]
    library.notebook.set_read((one,), read=True)
    places.settings.write_text(f"[hooks]\nread = {json.dumps([str(program), 'new'])}\n")
    library.notebook.set_read((two,), read=True)
    told(library, program, 1)
    assert [arguments for arguments, _, _ in program.told] == [["new"]]
    places.settings.unlink()
    assert not library.hooks.wants("read")
