"""Rules: what is done by itself with articles that come in. They mark, tag, bookmark and hide; they delete nothing.

All rules look at the articles as they came, so that none depends on what another did, and what `test` tells is
what `apply` does. An article is looked at once, when it is new. What the reader decided is not overruled: what
a rule did once and the reader took back is not done again, and what was marked unread stays so.
"""

from __future__ import annotations

from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING, Final

from reader.library import rulebook
from reader.library.labels import counted
from reader.model.article import BOOKMARKED, HIDDEN, HIGHLIGHTED, NOTED, READ, STARTED
from reader.model.listing import Filter
from reader.model.tags import folded, tidy
from reader.settings.ruling import TAG
from reader.storage.cache import DAMAGE, LibraryError
from reader.storage.errors import MarksError, ReadOnlyError
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence
    from pathlib import Path

    from reader.library.notebook import Notebook
    from reader.library.shelf import Shelf
    from reader.library.states import States
    from reader.settings import Rule
    from reader.storage.cache import Cache
    from reader.storage.marks import Marks as Store

_KEPT: Final = "ruled"
"""Where it is kept up to which article the present rules have looked."""
_PATIENCE: Final = 2000
_FEW: Final = 1000
"""Of so many articles at the most, the marks keep the titles too."""
_DONE: Final = {"mark read": "marked read", "bookmark": "bookmarked", "hide": "hidden"}
_CARED: Final = BOOKMARKED | NOTED | HIGHLIGHTED | STARTED
"""What the reader did something with is not hidden."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a rule does, or would do: each of its actions, with the keys of the articles that it changes."""

    rule: Rule
    done: tuple[tuple[str, tuple[int, ...]], ...]

    @property
    def keys(self) -> tuple[int, ...]:
        """The articles that are changed at all, in the order in which they came."""
        return tuple(sorted({key for _, keys in self.done for key in keys}))

    def __str__(self) -> str:
        """Say it to a person."""
        parts = [f"{len(keys):,} {_said(action)}" for action, keys in self.done if keys]
        if not parts:
            return f"rule {self.rule.called}: nothing to do"
        count = next(len(keys) for _, keys in self.done if keys)
        parts[0] = f"{counted(count)}{parts[0][len(f'{count:,}') :]}"
        return f"rule {self.rule.called}: {', '.join(parts)}"


class Rules:
    """Applies the rules of the settings; to be used off the UI thread.

    Args:
        path: the settings; they are read again when they have changed.
        store: gives marks.json.
        cache: the articles.
        states: their flags.
        shelf: finds articles.
        notebook: changes them.
    """

    def __init__(
        self, path: Path, store: Callable[[], Store], cache: Cache, states: States, shelf: Shelf, notebook: Notebook
    ) -> None:
        self._path, self._store, self._cache = path, store, cache
        self._states, self._shelf, self._notebook = states, shelf, notebook
        self._working = Lock()
        self._at: int | None = None

    def come(self, changed: Collection[int] = ()) -> tuple[str, ...]:
        """Apply the rules to what came since they were applied last, as one action that can be undone.

        Args:
            changed: keys of articles whose text changed; only the rules that want them look at them.

        Returns:
            What was done, in words, a line for each rule that did something.
        """
        with self._working:
            try:
                return self._come(changed)
            except (*DAMAGE, MarksError, ReadOnlyError) as error:
                # What came is here all the same; the next time the rules look at it.
                return (f"the rules could not be applied: {error}",)

    def _come(self, changed: Collection[int]) -> tuple[str, ...]:
        rules, digest = rulebook.good(self._path)
        after, last = self._since(digest), self._cache.largest_key()
        done: tuple[str, ...] = ()
        if rules and (last > after or changed):
            self._states.meet(self._store().flags)
            new = [key for key, _ in self._cache.ids_after(after) if key <= last]
            done = self._apply(rules, new, [*new, *changed])
        self._at = last
        self._keep(digest if rules else "", last)
        return done

    def test(self, chosen: str = "") -> list[Effect]:
        """Tell what each rule would do with the library as it is, and do nothing.

        Args:
            chosen: a query for the articles that are meant; all of them without.

        Raises:
            QueryError: the query cannot be understood.
        """
        among = self._shelf.matches(Filter("asked", query=chosen)) if chosen else None
        return self._effects(rulebook.good(self._path)[0], among, among)

    def apply(self, chosen: str = "") -> tuple[str, ...]:
        """Apply the rules to what is in the library already, as one action; tells what was done.

        Args:
            chosen: a query for the articles that are meant; all of them without.

        Raises:
            QueryError: the query cannot be understood.
        """
        with self._working:
            return self._do(self.test(chosen))

    def misunderstood(self) -> list[str]:
        """Say which rules have a query that cannot be understood; those are left out, the others hold."""
        return rulebook.misunderstood(self._path)

    # -- what is to be done

    def _apply(self, rules: Sequence[Rule], new: Sequence[int], also: Sequence[int]) -> tuple[str, ...]:
        return self._do(self._effects(rules, new, also))

    def _effects(
        self, rules: Sequence[Rule], new: Collection[int] | None, updated: Collection[int] | None
    ) -> list[Effect]:
        """Tell what the rules do with some articles, None for all; `updated` is for those that want what changed."""
        taken: dict[str, set[int]] = {}
        found = []
        for rule in rules:
            among = updated if rule.updated else new
            keys = self._shelf.matches(Filter("rule", query=rule.when), among)
            found.append(Effect(rule, tuple(self._wanting(rule, keys, taken))))
        return found

    def _wanting(
        self, rule: Rule, keys: Collection[int], taken: dict[str, set[int]]
    ) -> Iterable[tuple[str, tuple[int, ...]]]:
        """Give for each action of a rule the articles that want it: that are not so, and were not decided on."""
        from reader.storage import identities

        there, ids = identities.of(self._cache, list(keys))
        before = self._store().ruled(ids)
        for action in rule.do:
            done = taken.setdefault(action.casefold(), set())
            so = self._tagged(action) if action.startswith(TAG) else frozenset[str]()
            wanting = [
                key
                for key, article, ruled in zip(there, ids, before, strict=True)
                if key not in done and article not in so and _may(action, self._states.get(key), ruled)
            ]
            done.update(wanting)
            yield action, tuple(wanting)

    def _tagged(self, action: str) -> frozenset[str]:
        tag = action[len(TAG) :].casefold()
        some = [articles for name, articles in self._store().tags().items() if name.casefold() == tag]
        return frozenset(str(article) for articles in some for article in articles)

    def _do(self, effects: Sequence[Effect]) -> tuple[str, ...]:
        """Do it, as one action, and note that it was the rules that did it."""
        acting = [effect for effect in effects if effect.keys]
        if not acting:
            return ()
        left = self._left_unread({key for effect in acting for key in effect.keys})
        with self._notebook.as_one(_label(acting)):
            for effect in acting:
                for action, keys in effect.done:
                    if keys:
                        self._change(action, keys)
        from reader.storage import identities

        each: dict[str, set[int]] = {}
        for effect in acting:
            for action, keys in effect.done:
                each.setdefault(action, set()).update(keys)
        for action, some in each.items():
            self._store().set_ruled(identities.of(self._cache, list(some))[1], action)
        for action in ("mark read", "hide"):
            self._store().set_ruled(left, action)
        return tuple(map(str, acting))

    def _left_unread(self, keys: Collection[int]) -> list[str]:
        """Give those of some articles that the reader left unread; once a rule did something, that is told no more."""
        from reader.storage import identities

        there, ids = identities.of(self._cache, list(keys))
        before = self._store().ruled(ids)
        return [
            article
            for key, article, ruled in zip(there, ids, before, strict=True)
            if _left(self._states.get(key), ruled)
        ]

    def _change(self, action: str, keys: Sequence[int]) -> None:
        if len(keys) > _FEW:
            many = self._notebook.many(keys)
            match action:
                case "mark read":
                    many.set_read(read=True)
                case "bookmark":
                    many.set_bookmarked(bookmarked=True)
                case "hide":
                    many.set_hidden(hidden=True)
                case _:
                    many.set_tags((action[len(TAG) :],))
            return
        rows = self._shelf.rows(keys)
        match action:
            case "mark read":
                self._notebook.set_read(rows, read=True)
            case "bookmark":
                self._notebook.set_bookmarked(rows, bookmarked=True)
            case "hide":
                self._notebook.set_hidden(rows, hidden=True)
            case _:
                self._notebook.set_tags(rows, (action[len(TAG) :],))

    # -- up to where it was looked

    def _since(self, digest: str) -> int:
        """Give the key of the last article that the rules have looked at; new rules look at what comes from now on."""
        if self._at is None:
            before, _, key = (self._cache.kept(_KEPT) or b"").decode().partition(" ")
            known = bool(before) and before == digest and key.isdecimal()
            self._at = int(key) if known else self._states.first - 1
        return self._at

    def _keep(self, digest: str, key: int) -> None:
        value = f"{digest} {key}".encode() if digest else b""
        if (self._cache.kept(_KEPT) or b"") != value:
            # Where it cannot be kept, the rules look once more at what came.
            with suppress(LibraryError):
                self._cache.keep(_KEPT, value, patience=_PATIENCE)


def _may(action: str, flags: int, ruled: tuple[str, ...] | None) -> bool:
    """Tell whether an article wants an action.

    Args:
        action: the action; of tags it was looked up whether they are there.
        flags: the article's.
        ruled: what rules did with it before, None where nobody did anything with it.
    """
    if ruled is not None and folded(tidy(action)) in map(folded, ruled):
        return False
    left_unread = _left(flags, ruled)
    if action == "mark read":
        return not flags & READ and not left_unread
    if action == "hide":
        return not flags & (HIDDEN | _CARED) and not left_unread
    return action != "bookmark" or not flags & BOOKMARKED


def _left(flags: int, ruled: tuple[str, ...] | None) -> bool:
    """Tell whether the reader did something with an article, and left it unread."""
    return ruled == () and not flags & READ


def _said(action: str) -> str:
    return _DONE.get(action) or f"tagged {action[len(TAG) :]}"


def _label(acting: Sequence[Effect]) -> str:
    if len(acting) == 1:
        return str(acting[0])
    keys = {key for effect in acting for key in effect.keys}
    return f"{len(acting):,} rules on {counted(len(keys))}"
