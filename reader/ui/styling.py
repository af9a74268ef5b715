"""The stylesheet's component classes as Rich styles, translucent colours blended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.style import Style
from textual.color import Color

if TYPE_CHECKING:
    from textual.widget import Widget


def part_style(widget: Widget, name: str, base: Style) -> Style:
    """Give the style of a part of a widget, laid over another style.

    Args:
        widget: the widget whose stylesheet rules count.
        name: the component class.
        base: what lies below; its background shows through translucent colours.
    """
    rules = widget.get_component_styles(name)
    below = _color(base.bgcolor, widget.background_colors[1])
    background = below + rules.background if rules.has_rule("background") else below
    style = base + Style(bgcolor=background.rich_color)
    if rules.has_rule("color"):
        style += Style(color=(background + rules.color).rich_color)
    if rules.has_rule("text_style"):
        style += rules.text_style
    return style


def _color(color: object, otherwise: Color) -> Color:
    from rich.color import Color as RichColor

    if isinstance(color, RichColor) and not color.is_default:
        return Color.from_rich_color(color)
    return otherwise
