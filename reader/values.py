"""Frozen dataclasses that cost the start little: the usual ones write five functions each and compile them one by one.

Of those only `__init__` is worth it, and not before the first value is made; the others are the same for all, and do
not need to be written.
"""

from __future__ import annotations

import dataclasses
from operator import attrgetter, ge, gt, le, lt
from typing import TYPE_CHECKING, Any

_GIVEN = object()
"""Stands for a value that was not given and that a factory makes."""


def _frozen(cls: type, slots: bool, order: bool) -> type:
    made: Any = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots)(cls)
    fields = dataclasses.fields(made)
    compared = [field.name for field in fields if field.compare]
    own = {
        "__init__": _init(made, fields),
        "__repr__": _repr([field.name for field in fields if field.repr]),
        "__setattr__": _refuse,
        "__delattr__": _refuse,
        "__getstate__": _state,
        "__setstate__": _restore,
    }
    own |= _equality(compared) | (_ordering(compared) if order else {})
    for name, function in own.items():
        if cls.__dict__.get(name) is None:
            setattr(made, name, function)
    return made  # type: ignore[no-any-return]


def _init(cls: Any, fields: tuple[Any, ...]) -> Any:  # noqa: ANN401 -- a function of its own
    """Give an `__init__` that puts the real one in its place when it is called for the first time."""

    def __init__(self: object, *given: object, **named: object) -> None:  # noqa: N807 -- it becomes one of a class
        cls.__init__ = _written(cls, fields)
        cls.__init__(self, *given, **named)

    return __init__


def _written(cls: type, fields: tuple[Any, ...]) -> Any:  # noqa: ANN401 -- as above
    names: dict[str, object] = {"_set": object.__setattr__, "_given": _GIVEN}
    asked, lines = [], []
    for field in fields:
        value = name = field.name
        if field.default is not dataclasses.MISSING:
            names[f"_of_{name}"] = field.default
            asked.append(f"{name}=_of_{name}")
        elif field.default_factory is not dataclasses.MISSING:
            names[f"_of_{name}"] = field.default_factory
            asked.append(f"{name}=_given")
            value = f"_of_{name}() if {name} is _given else {name}"
        else:
            asked.append(name)
        lines.append(f" _set(self, {name!r}, {value})")
    if hasattr(cls, "__post_init__"):
        lines.append(" self.__post_init__()")
    exec(f"def __init__({', '.join(['self', *asked])}):\n" + ("\n".join(lines) or " pass"), names)  # noqa: S102 -- as `dataclasses` does
    made: Any = names["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


def _repr(names: list[str]) -> Any:  # noqa: ANN401 -- a function, whatever it takes
    def __repr__(self: object) -> str:  # noqa: N807 -- it becomes one of a class
        told = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{type(self).__qualname__}({told})"

    return __repr__


def _equality(names: list[str]) -> dict[str, Any]:
    compared = attrgetter(*names) if names else type

    def __eq__(self: object, other: object) -> bool:  # noqa: N807 -- it becomes one of a class
        if self is other:
            return True
        return compared(self) == compared(other) if type(self) is type(other) else NotImplemented

    def __hash__(self: object) -> int:  # noqa: N807 -- it becomes one of a class
        return hash(compared(self))

    return {"__eq__": __eq__, "__hash__": __hash__}


def _ordering(names: list[str]) -> dict[str, Any]:
    compared = attrgetter(*names)

    def function(compare: Any) -> Any:  # noqa: ANN401 -- a function, whatever it takes
        def ordered(self: object, other: object) -> bool:
            return compare(compared(self), compared(other)) if type(self) is type(other) else NotImplemented

        return ordered

    return {f"__{compare.__name__}__": function(compare) for compare in (lt, le, gt, ge)}


def _refuse(self: object, name: str, *_: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot change {name!r} of {type(self).__name__}")


def _state(self: Any) -> list[object]:  # noqa: ANN401 -- any frozen dataclass
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _restore(self: Any, state: list[object]) -> None:  # noqa: ANN401 -- as above
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)


def _dataclass(cls: Any = None, /, *, frozen: bool = False, slots: bool = False, order: bool = False) -> Any:  # noqa: ANN401 -- a function, whatever it takes
    def made(cls: type) -> type:
        return _frozen(cls, slots, order) if frozen else dataclasses.dataclass(slots=slots, order=order)(cls)

    return made if cls is None else made(cls)


if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    dataclass = _dataclass
