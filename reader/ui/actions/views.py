"""The pane of views, tags and sources, and going to what is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.ui.actions import action

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.ui.actions.parts import Views
    from reader.ui.actions.stage import Stage

_FAR: Final = 10**9
"""More lines than there are."""
_DO: Final[dict[str, Callable[[Views], None]]] = {
    "views.pane": lambda views: views.toggle(),
    "views.jump": lambda views: views.jump(),
    "view.seventh": lambda views: views.place(7),
    "view.eighth": lambda views: views.place(8),
    "view.ninth": lambda views: views.place(9),
    "view.save": lambda views: views.keeping.save(),
    "views.down": lambda views: views.move(1),
    "views.up": lambda views: views.move(-1),
    "views.top": lambda views: views.move(-_FAR),
    "views.bottom": lambda views: views.move(_FAR),
    "views.page_down": lambda views: views.page(1),
    "views.page_up": lambda views: views.page(-1),
    "views.show": lambda views: views.show(),
    "views.in": lambda views: views.go_in(),
    "views.out": lambda views: views.go_out(),
    "views.fold": lambda views: views.fold(),
    "views.fold_all": lambda views: views.fold_all(folded=True),
    "views.unfold_all": lambda views: views.fold_all(folded=False),
    "views.find": lambda views: views.open_find(),
    "views.add": lambda views: views.keeping.add(),
    "views.edit": lambda views: views.keeping.edit(),
    "views.remove": lambda views: views.keeping.remove(),
    "views.source": lambda views: views.keeping.source(),
    "views.leave": lambda views: views.leave(),
}
"""What each command does to the pane."""


def _register(name: str, do: Callable[[Views], None]) -> None:
    @action(name)
    def run(stage: Stage) -> None:
        do(stage.views)


for _name, _doing in _DO.items():
    _register(_name, _doing)
