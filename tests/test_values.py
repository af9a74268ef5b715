"""Our frozen dataclasses do what those of `dataclasses` do."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from dataclasses import field
from typing import ClassVar

import pytest

from reader import values


def pair(make):
    """Give a class made by the usual decorator, and one made by ours."""
    return make(dataclasses.dataclass), make(values.dataclass)


def usual(dataclass, **how):
    @dataclass(frozen=True, slots=True, **how)
    class Piece:
        """A piece."""

        KIND: ClassVar[str] = "piece"
        name: str
        count: int = 0
        tags: list[str] = field(default_factory=list)
        secret: str = field(default="", repr=False, compare=False)

        @property
        def loud(self) -> str:
            return self.name.upper()

    return Piece


def open_one(dataclass):
    @dataclass(frozen=True)
    class Piece:
        name: str = "a"
        seen: list[str] = field(default_factory=list)

        def __post_init__(self) -> None:
            object.__setattr__(self, "name", f"{self.name}!")

    return Piece


def empty(dataclass):
    @dataclass(frozen=True, slots=True)
    class Piece:
        pass

    return Piece


def special(dataclass):
    @dataclass(frozen=True, slots=True)
    class Piece:
        name: str

        def __eq__(self, other: object) -> bool:
            return True

        def __repr__(self) -> str:
            return "mine"

    return Piece


def heir(dataclass):
    @dataclass(frozen=True, slots=True)
    class Base:
        name: str = "base"

    @dataclass(frozen=True, slots=True)
    class Piece(Base):
        size: int = 3

    return Piece


def ordered(dataclass):
    @dataclass(frozen=True, slots=True, order=True)
    class Piece:
        name: str = ""

    return Piece


def changing(dataclass):
    @dataclass(slots=True)
    class Piece:
        name: str = ""

    return Piece


GIVEN = [((), {}), (("a",), {}), (("a", 2), {}), ((), {"name": "b"}), (("a",), {"size": 4}), (("a", 1, ["x"], "s"), {})]


@pytest.mark.parametrize("make", [usual, open_one, empty, special, heir, ordered, changing])
def test_what_is_made_is_the_same(make):
    theirs, ours = pair(make)
    for given, named in GIVEN:
        try:
            wanted = theirs(*given, **named)
        except TypeError:
            with pytest.raises(TypeError):
                ours(*given, **named)
            continue
        made = ours(*given, **named)
        assert dataclasses.asdict(made) == dataclasses.asdict(wanted)
        assert repr(made) == repr(wanted)
        assert copy.deepcopy(made) == made == copy.copy(made)
        assert repr(dataclasses.replace(made)) == repr(dataclasses.replace(wanted))
        assert (made == object()) == (wanted == object())
        for name in ("name", "nothing"):
            kinds = [_trouble(one, name) for one in (wanted, made)]
            assert kinds[0] == kinds[1]
    assert (theirs.__hash__ is None) == (ours.__hash__ is None)
    assert hasattr(theirs, "__slots__") == hasattr(ours, "__slots__")
    assert theirs.__match_args__ == ours.__match_args__
    assert list(inspect.signature(theirs).parameters) == list(inspect.signature(ours).parameters)


def _trouble(one: object, name: str) -> str:
    try:
        setattr(one, name, "changed")
    except AttributeError as error:
        return type(error).__name__
    except TypeError:
        return "FrozenInstanceError"  # what Python 3.11 says of an unknown name where there are slots
    return ""


def test_what_is_compared_and_hashed_is_what_the_fields_say():
    _, made = pair(usual)
    one, other = made("a", 1, [], "secret"), made("a", 1, [], "another")
    assert one == other
    assert "secret" not in repr(one)
    assert made("a") != made("b")
    assert one.loud == "A"
    with pytest.raises(TypeError):
        hash(one)  # a list cannot be hashed


def test_those_that_have_an_order_are_sorted_by_their_fields():
    theirs, ours = pair(ordered)
    names = ("b", "", "a", "b")
    assert [one.name for one in sorted(map(ours, names))] == [one.name for one in sorted(map(theirs, names))]
    for one in names:
        for other in names:
            for compare in ("__lt__", "__le__", "__gt__", "__ge__"):
                wanted = getattr(theirs(one), compare)(theirs(other))
                assert getattr(ours(one), compare)(ours(other)) == wanted
    with pytest.raises(TypeError):
        assert ours("a") < "b"


def test_each_has_a_list_of_its_own():
    _, made = pair(usual)
    assert made("a").tags is not made("a").tags


@values.dataclass(frozen=True, slots=True)
class Sent:
    """Something that another process is sent."""

    name: str
    parts: tuple[int, ...] = ()


def test_it_can_be_sent_to_another_process():
    sent = Sent("a", (1, 2))
    assert pickle.loads(pickle.dumps(sent)) == sent
    assert {sent: 1}[Sent("a", (1, 2))] == 1
    assert hash(Sent("a")) != hash(Sent("b"))
