from __future__ import annotations

import pytest

from reader.ingest import decode as module
from reader.ingest.decode import decode
from reader.ingest.errors import IngestError

TEXT = "‘Çava?’ – Vučić, 港"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode(encoding):
    assert decode(TEXT.encode(encoding)) == TEXT


def test_utf_16_of_the_other_order():
    assert decode(b"\xfe\xff" + TEXT.encode("utf-16-be")) == TEXT


def test_windows_1252():
    text = "The harbour’s “bluff” – for €5, s’il vous plaît"
    assert decode(text.encode("cp1252")) == text


def test_a_torn_character_does_not_turn_the_page_into_another_encoding():
    data = ("It’s the harbour’s ‘wall’. " * 5).encode() + "’".encode()[:2]
    assert decode(data).startswith("It’s the harbour’s ‘wall’.")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        ("\ufeff\u00a0\u200b\n".encode(), "empty"),
        (b"%PDF-1.7\nabc", "a PDF"),
        (b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/epub+zip", "an EPUB"),
        (b"PK\x03\x04rest", "zip"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "image"),
        (b"{\\rtf1 hello}", "RTF"),
        (b"a\0b", "binary"),
        (bytes(range(1, 32)) * 4, "binary"),
        ("Гавань и прилив".encode("koi8-r"), "UTF-8"),
    ],
)
def test_what_is_no_text_is_refused_in_words(data, words):
    with pytest.raises(IngestError, match=words):
        decode(data)


def test_more_than_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr(module, "MAX_BYTES", 2 * 1024 * 1024)
    assert decode(b"a" * module.MAX_BYTES)
    with pytest.raises(IngestError, match="larger than 2 MiB"):
        decode(b"a" * (module.MAX_BYTES + 1))


def test_a_page_captured_from_a_terminal_is_text():
    assert "Wake" in decode(b"\x1b[1mWake\x1b[0m")
