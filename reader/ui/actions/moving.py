"""Moving: lines, pages, articles, panes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.ui.actions import action

if TYPE_CHECKING:
    from reader.ui.actions.stage import Stage
    from reader.ui.widgets.article_list import ArticleList
    from reader.ui.widgets.reading_pane import ReadingPane


def _move(stage: Stage, step: int) -> None:
    _moving(stage).move(step)


def _moving(stage: Stage) -> ReadingPane | ArticleList:
    """Give what the keys move; an article is moved on in, wherever a jump to its edge began."""
    if not stage.reading:
        return stage.articles
    stage.trail.go_on()
    return stage.pane


@action("cursor.down")
def down(stage: Stage) -> None:
    """Go a row or a line down."""
    _move(stage, 1)


@action("cursor.up")
def up(stage: Stage) -> None:
    """Go a row or a line up."""
    _move(stage, -1)


@action("cursor.top")
def top(stage: Stage) -> None:
    """Go to the top."""
    _to_edge(stage, end=False)


@action("cursor.bottom")
def bottom(stage: Stage) -> None:
    """Go to the end."""
    _to_edge(stage, end=True)


def _to_edge(stage: Stage, *, end: bool) -> None:
    if stage.reading:
        stage.trail.to_edge(end=end)
    else:
        stage.articles.move_to_edge(end=end)


@action("page.down")
def page_down(stage: Stage) -> None:
    """Go a page on; past an article's end, say so first, then go to the next unread."""
    if not stage.reading:
        stage.articles.page(1)
    elif not stage.pane.at_end:
        _moving(stage).page(1)
    elif stage.pane.end_said:
        next_unread(stage)
    else:
        stage.pane.end_said = True
        stage.say(f"The end. {stage.key('page.down')} again goes to the next unread article.")


@action("page.up")
def page_up(stage: Stage) -> None:
    """Go a page back."""
    _moving(stage).page(-1)


@action("page.half_down")
def half_down(stage: Stage) -> None:
    """Go half a page on."""
    _moving(stage).page(0.5)


@action("page.half_up")
def half_up(stage: Stage) -> None:
    """Go half a page back."""
    _moving(stage).page(-0.5)


@action("go.in")
def go_in(stage: Stage) -> None:
    """Go into the article, or unfold the section."""
    listing, cursor = stage.listing, stage.articles.cursor
    if stage.articles.index is None and listing.items:
        group = listing.group_of(cursor)
        stage.lists.fold(group, not listing.groups[group].folded)
    elif stage.articles.index is not None:
        stage.lists.enter()


@action("go.back")
def go_back(stage: Stage) -> None:
    """Go to where a jump began; without one, from the article to the list."""
    if not stage.trail.back():
        stage.leave_article()


@action("go.leave")
def go_leave(stage: Stage) -> None:
    """Go from the article to the list."""
    stage.leave_article()


@action("go.up")
def go_up(stage: Stage) -> None:
    """Let marked rows go, then end the search, then leave the view; at the top, say how to quit."""
    if not (stage.marked.let_go() or stage.lists.leave()):
        stage.say(f"{stage.key('go.out')} leaves the app.")


@action("go.out")
def go_out(stage: Stage) -> None:
    """Let marked rows go, then end the search, then leave the view, then the app."""
    if not (stage.marked.let_go() or stage.lists.leave()):
        stage.run("quit")


@action("section.fold")
def fold(stage: Stage) -> None:
    """Fold the section under the cursor."""
    if stage.listing.items:
        stage.lists.fold(stage.listing.group_of(stage.articles.cursor), folded=True)


@action("fold.toggle")
def toggle_fold(stage: Stage) -> None:
    """Fold or unfold the section under the cursor."""
    if stage.listing.items:
        group = stage.listing.group_of(stage.articles.cursor)
        stage.lists.fold(group, folded=not stage.listing.groups[group].folded)


@action("fold.all")
def fold_all(stage: Stage) -> None:
    """Fold all sections."""
    stage.lists.fold_all(folded=True)


@action("fold.none")
def fold_none(stage: Stage) -> None:
    """Unfold all sections."""
    stage.lists.fold_all(folded=False)


@action("pane.next")
def next_pane(stage: Stage) -> None:
    """Go to the pane at the right, from the last one to the first."""
    _pane(stage, 1)


@action("pane.previous")
def previous_pane(stage: Stage) -> None:
    """Go to the pane at the left, from the first one to the last."""
    _pane(stage, -1)


def _pane(stage: Stage, step: int) -> None:
    panes = ["views"] if stage.views_open else []
    panes += ["list"] if stage.opened is None else ["list", "article"]
    to = panes[(panes.index(stage.where) + step) % len(panes)]
    {"views": stage.views.enter, "list": stage.leave_article, "article": stage.enter_article}[to]()


@action("unread.next")
def next_unread(stage: Stage) -> None:
    """Go to the next unread article, or to the next match of a search."""
    if stage.finding.active:
        stage.finding.step(1)
    else:
        _step(stage, 1)


@action("unread.previous")
def previous_unread(stage: Stage) -> None:
    """Go to the unread article before this one."""
    _to_unread(stage, -1)


@action("search.previous")
def previous_match(stage: Stage) -> None:
    """Go to the match before; without a search, do what m does."""
    if stage.finding.active:
        stage.finding.step(-1)
    elif stage.lists.searched:
        _step(stage, -1)
    else:
        stage.run("article.toggle_read")


def _step(stage: Stage, step: int) -> None:
    if not stage.lists.searched:
        _to_unread(stage, step)
    elif len(stage.listing):
        at = stage.articles.index
        stage.articles.go_to(0 if at is None else (at + step) % len(stage.listing))


def _to_unread(stage: Stage, step: int) -> None:
    at = stage.articles.index
    if at is None and stage.listing.items:
        start = stage.listing.groups[stage.listing.group_of(stage.articles.cursor)].start
        at = start - 1 if step > 0 else start
    found = stage.listing.next_unread(-1 if at is None else at, step)
    if found is None:
        stage.say("Nothing else is unread here.")
        return
    group = stage.listing.group_at(found)
    if stage.listing.groups[group].folded:
        stage.lists.fold(group, folded=False)
    stage.articles.go_to(found)


@action("article.next")
def next_article(stage: Stage) -> None:
    """Go to the next article, still reading."""
    stage.articles.move(1)
    stage.lists.enter()


@action("article.previous")
def previous_article(stage: Stage) -> None:
    """Go to the article before, still reading."""
    stage.articles.move(-1)
    stage.lists.enter()


@action("article.scroll_down")
def scroll_down(stage: Stage) -> None:
    """Scroll the article, the focus staying in the list."""
    stage.pane.move(3)


@action("article.scroll_up")
def scroll_up(stage: Stage) -> None:
    """Scroll the article back, the focus staying in the list."""
    stage.pane.move(-3)
