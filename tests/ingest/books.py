"""EPUBs written for the tests: a book of the sea, in as many shapes as books come."""

from __future__ import annotations

import io
import zipfile

CONTAINER = (
    '<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">'
    '<rootfiles><rootfile full-path="{path}" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
SEA = "The tide came in before the keeper had finished his tea, and nobody on the lower quay was surprised by it. "


def prose(words=""):
    """Give a paragraph that is long enough to be a chapter."""
    return f"<p>{words} {SEA * 3}</p>"


def page(body, title="page", head=""):
    """Give a page of a book."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"><head><title>{title}</title>{head}</head><body>{body}</body></html>'
    )


def nav(*lines):
    """Give contents of EPUB 3; a line is (title, link) or (title, link, lines below)."""
    return page(f'<nav epub:type="toc"><h1>Contents</h1>{_listed(lines)}</nav>')


def _listed(lines):
    items = "".join(
        f'<li>{f"""<a href="{link}">{title}</a>""" if link else f"<span>{title}</span>"}'
        f"{_listed(below[0]) if below else ''}</li>"
        for title, link, *below in lines
    )
    return f"<ol>{items}</ol>"


def ncx(*lines):
    """Give contents of EPUB 2."""
    return (
        '<?xml version="1.0"?><ncx xmlns="http://www.daisy.org/z3986/2005/ncx/">'
        "<docTitle><text>The Quay</text></docTitle>"
        f"<navMap>{''.join(map(_point, lines))}</navMap></ncx>"
    )


def _point(line):
    title, link, *below = line
    inside = "".join(map(_point, below[0])) if below else ""
    return f'<navPoint><navLabel><text>{title}</text></navLabel><content src="{link}"/>{inside}</navPoint>'


METADATA = """
<dc:identifier id="pub">urn:isbn:9780000000002</dc:identifier>
<dc:title>The Quay</dc:title>
<dc:creator>Ada Quay</dc:creator>
<dc:language>en-GB</dc:language>
<dc:date>2019-04-01</dc:date>
<dc:subject>Harbours</dc:subject>
"""


def package(items, spine, *, metadata=METADATA, guide="", version="3.0"):
    """Give a package file: `items` are (id, href, type, properties), `spine` ids."""
    manifest = "".join(
        f'<item id="{name}" href="{link}" media-type="{kind}"{f""" properties="{more}" """ if more else ""}/>'
        for name, link, kind, more in items
    )
    order = "".join(f'<itemref idref="{name}"/>' for name in spine)
    return (
        '<?xml version="1.0"?>'
        f'<package xmlns="http://www.idpf.org/2007/opf" version="{version}" unique-identifier="pub">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">'
        f"{metadata}</metadata>"
        f"<manifest>{manifest}</manifest><spine>{order}</spine><guide>{guide}</guide></package>"
    )


def packed(files, *, stored=()):
    """Pack files into a zip archive, the way EPUBs are."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), "application/epub+zip", zipfile.ZIP_STORED)
        for name, text in files.items():
            how = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), text, how)
    return held.getvalue()


def book(pages, contents=None, *, old=False, metadata=METADATA, guide="", folder="OEBPS/", more=None):
    """Give an EPUB.

    Args:
        pages: the pages by name, in order.
        contents: lines of the contents, None for a book without any.
        old: whether it is EPUB 2.
        metadata: what stands in the package file.
        guide: references of EPUB 2.
        folder: where in the archive the book is.
        more: other files.
    """
    items = [(f"p{number}", name, "application/xhtml+xml", "") for number, name in enumerate(pages)]
    spine = [name for name, *_ in items]
    files = {"META-INF/container.xml": CONTAINER.format(path=f"{folder}book.opf")}
    if contents is not None and old:
        items.append(("ncx", "toc.ncx", "application/x-dtbncx+xml", ""))
        files[f"{folder}toc.ncx"] = ncx(*contents)
    elif contents is not None:
        items.append(("nav", "nav.xhtml", "application/xhtml+xml", "nav"))
        files[f"{folder}nav.xhtml"] = nav(*contents)
    files[f"{folder}book.opf"] = package(items, spine, metadata=metadata, guide=guide)
    files |= {f"{folder}{name}": text for name, text in pages.items()}
    return packed(files | (more or {}))


def simple(**options):
    """Give a book of three chapters."""
    pages = {
        f"ch{number}.xhtml": page(f"<h1>{title}</h1>{prose(title)}")
        for number, title in enumerate(("Wake", "Rope", "Salt"), 1)
    }
    contents = [("Wake", "ch1.xhtml"), ("Rope", "ch2.xhtml"), ("Salt", "ch3.xhtml")]
    return book(pages, contents, **options)
