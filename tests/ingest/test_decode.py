from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


SPOKEN = {
    "ru": "Гавань просыпается рано, и прилив приносит с собой запах соли и дёгтя. Лоцман молчит. ",
    "el": "Το λιμάνι ξυπνά νωρίς και η παλίρροια φέρνει τη μυρωδιά του αλατιού. ",
    "he": "הנמל מתעורר מוקדם והגאות מביאה עמה ריח של מלח. הנווט הזקן שותק. ",
    "ar": "يستيقظ الميناء باكرا ويجلب المد رائحة الملح. يقول البحار العجوز إن البحر لا يدين لأحد بشيء. ",
    "ja": "港の朝は早い。漁師たちは網を直しながら、昨日の潮について話している。古い灯台は今も光を送る。",
    "zh": "港口的早晨来得很早。渔民们一边修补渔网,一边谈论昨天的潮水。老灯塔仍然发出光芒。",
    "ko": "항구의 아침은 일찍 온다. 어부들은 그물을 고치며 어제의 물때를 이야기한다.",
    "pl": "Port budzi się wcześnie, a przypływ przynosi zapach soli i smoły. Stary żeglarz ściąga żagle. ",
    "fr": "Le port s’éveille tôt, et la marée apporte l’odeur du sel. Où ça, déjà ? ",
    "de": "„Das Meer schuldet niemandem etwas“, sagt der alte Lotse. Größe zählt nicht. ",
}


@pytest.mark.parametrize(
    ("language", "encoding"),
    [
        *(("ru", name) for name in ("koi8-r", "cp1251", "iso8859-5", "cp866")),
        *(("ja", name) for name in ("shift_jis", "euc-jp", "iso2022_jp")),
        *(("pl", name) for name in ("cp1250", "iso8859-2")),
        *(("el", "cp1253"), ("he", "cp1255"), ("ar", "cp1256"), ("zh", "gb18030"), ("ko", "euc-kr")),
        *(("fr", "cp1252"), ("de", "cp1252")),
    ],
)
@pytest.mark.parametrize("times", [1, 30])
def test_encodings_are_guessed(language, encoding, times):
    text = SPOKEN[language] * times
    assert decode(text.encode(encoding)) == text


def test_what_is_declared_is_believed_before_a_guess():
    text = "Yaşlı kılavuz denizin kimseye borcu olmadığını söyler."
    for page, content_type in (
        (f"<meta charset=iso-8859-9><p>{text}", ""),
        (f"<META content='text/html; charset=windows-1254' http-equiv=x><p>{text}", ""),
        (f'<?xml version="1.0" encoding="ISO-8859-9"?><p>{text}</p>', ""),
        (text, "text/html; charset=windows-1254"),
    ):
        assert decode(page.encode("cp1254"), content_type) == page


@pytest.mark.parametrize("label", ["zlib", "punycode", "idna", "unicode_escape", "utf-7", "rot13", "nonsense", "hex"])
def test_a_declared_encoding_that_is_none_of_text_is_not_used(label):
    text = f"<meta charset={label}><p>Le port s’éveille tôt."
    assert decode(text.encode("cp1252"), f"text/html; charset={label}") == text


def test_a_lie_about_the_encoding_is_seen_through():
    text = f"<meta charset=shift_jis><p>{SPOKEN['fr'] * 10}"
    assert decode(text.encode()) == text
    assert decode(text.encode("cp1252"), "text/html; charset=us-ascii") == text


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark(order):
    assert decode(("The quay is wet. " * 9).encode(order)) == "The quay is wet. " * 9


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
        (b"\0a" * 30 + b"\0\0", "binary"),
        (bytes(200), "binary"),
        (b"bplist00" + bytes(9), "web archive"),
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


def test_guessing_takes_little_time():
    noise = bytes(33 + (step * step * 7919) % 223 for step in range(4096)) * 2048
    started = time.perf_counter()
    with contextlib.suppress(IngestError):
        decode(noise)
    assert time.perf_counter() - started < 3


@given(st.binary(max_size=300), st.text(max_size=30))
def test_any_bytes_are_text_or_refused(data, content_type):
    with contextlib.suppress(IngestError):
        assert decode(data, content_type).strip()
