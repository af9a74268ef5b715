"""A library, a clock that stands still, a feed, and a keyring in memory."""

import keyring
import pytest

from reader.library import Library
from tests.conftest import NOW
from tests.library.refreshing import Desk, Ring, feed


@pytest.fixture
def desk(places):
    with Library(places, now=lambda: NOW) as library:
        yield Desk(library)


@pytest.fixture
def ferry(desk, server):
    server.routes["/feed"] = feed("One", "Two", etag='W/"a b"', modified="Thu, 28 May 2026 10:00:00 GMT")
    return desk.subscribe(server.url("/feed"))


@pytest.fixture
def ring():
    before, made = keyring.get_keyring(), Ring()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)
