"""The settings of a source: what is written into the form is checked, and kept; a password in the keyring."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.widgets import Input

from reader.library import secrets
from tests.ui.driving import reading
from tests.ui.test_sources import GULLS, clock, filled, opened, to

__all__ = ["clock", "filled"]


@pytest.fixture
def ring():
    import keyring

    from tests.library.refreshing import Ring

    before, made = keyring.get_keyring(), Ring()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


async def settings_of(it, name: str) -> None:
    await opened(it)
    await to(it, name)
    await it.press("s")
    await it.until(lambda: it.dialogue == "SourceSettingsScreen")


def fill_in(it, **fields: str) -> None:
    for name, text in fields.items():
        field = it.app.screen.query_one(f"#{name}")
        if isinstance(field, Input):
            field.value = text
        else:
            field.text = text


async def test_selectors_headers_and_a_login_are_set(filled, ring):
    async with reading(filled) as it:
        await settings_of(it, "Gulls")
        fill_in(it, keep="article .text\n#story", drop="aside", headers="X-Who: me\n", login="ines", password="[/] sea")
        assert "[/] sea" not in it.seen()
        await it.press("ctrl+s")
        await it.until(lambda: it.dialogue == "SourcesScreen")
        await it.rest()
        care = it.library.subscriptions.source(GULLS.id).care
        assert (care.keep, care.drop) == (("article .text", "#story"), ("aside",))
        assert (care.headers, care.login) == ((("X-Who", "me"),), "ines")
        assert secrets.password(GULLS.id, "ines") == "[/] sea"
        # What is there is shown again, but for the password, and another name takes it out of the keyring.
        await it.press("s")
        await it.until(lambda: it.dialogue == "SourceSettingsScreen")
        assert it.app.screen.query_one("#headers").text == "X-Who: me"
        assert it.app.screen.query_one("#password").value == ""
        fill_in(it, login="")
        await it.press("ctrl+s")
        await it.until(lambda: it.dialogue == "SourcesScreen")
        with pytest.raises(secrets.SecretError):
            secrets.password(GULLS.id, "ines")


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"keep": "p[["}, "p[[ is no CSS selector"),
        ({"drop": "fine\n:::"}, "::: is no CSS selector"),
        ({"headers": "no colon"}, "no colon is no header: write 'Name: value'"),
        ({"headers": "Cookie: a=b"}, "Cookie cannot be set"),
        ({"login": "ines"}, "Which password has ines?"),
        ({"password": "secret"}, "Whose password is it?"),
    ],
)
async def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(filled, ring, fields, wrong):
    async with reading(filled) as it:
        await settings_of(it, "Gulls")
        fill_in(it, **fields)
        await it.press("ctrl+s")
        await it.until(lambda: wrong in it.seen(), wrong)
        assert it.dialogue == "SourceSettingsScreen"
        await it.press("escape")
        assert it.dialogue == "SourcesScreen"
        assert it.library.subscriptions.source(GULLS.id).care == GULLS.care


@pytest.mark.parametrize("size", [(120, 40), (60, 20), (40, 12)])
async def test_the_settings_can_be_written_in_any_size(filled, ring, size):
    async with reading(filled, size=size) as it:
        await settings_of(it, "Gulls")
        for _ in range(4):
            await it.press("tab")
        assert it.app.screen.focused.id == "password"
        assert "Password" in it.seen()


async def test_removing_a_source_forgets_its_password(filled, ring):
    async with reading(filled) as it:
        secrets.keep(GULLS.id, "ines", "sea")
        it.library.subscriptions.set_care(GULLS.id, replace(GULLS.care, login="ines"))
        await opened(it)
        await to(it, "Gulls")
        await it.press("d")
        await it.until(lambda: it.dialogue == "ConfirmScreen")
        await it.press("y")
        await it.until(lambda: it.said)
        with pytest.raises(secrets.SecretError):
            secrets.password(GULLS.id, "ines")
