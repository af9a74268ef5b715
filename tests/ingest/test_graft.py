"""Putting a chosen text back into the structure of its page."""

import turbohtml

from reader.ingest import prose
from reader.ingest.markup import notes as prose_notes
from reader.ingest.pages.graft import Graft

ONE = "The first thing to know about a gauge is that it is a pipe with a float in it."
TWO = "Then somebody looked at the dredging, which nobody had thought of in forty years."
THREE = "We asked the office that prints the tables, and they were kind about it."


def grafted(html, text, known=()):
    body = turbohtml.parse(html).find("body")
    root = Graft(body, text, (), known).made()
    return None if root is None else prose.written(root, "https://e.org/", prose_notes.Notes())


def test_structure_comes_from_the_page():
    html = f"<main><blockquote>{ONE}</blockquote><h2>Short</h2><p>{TWO}</p></main><p>Something of the footer here</p>"
    assert grafted(html, f"{ONE}\nShort\n{TWO}") == f"> {ONE}\n\n## Short\n\n{TWO}"


def test_a_text_that_is_not_there_is_told():
    assert grafted(f"<p>{ONE}</p>", TWO + THREE) is None
    assert grafted(f"<p>{ONE}</p>", "short") is None


def test_short_lines_are_found_where_they_stand_and_not_elsewhere():
    html = f"<nav><p>Home</p></nav><p>Home</p><div><p>{ONE}</p><p>Home</p><p>{TWO}</p></div><p>Home</p>"
    assert grafted(html, f"{ONE}\nHome\n{TWO}") == f"{ONE}\n\nHome\n\n{TWO}"


def test_what_is_repeated_by_teasers_is_told_once():
    html = f"<div><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p></div><div class=x><p>{ONE}</p></div>"
    assert grafted(html, f"{ONE}\n{TWO}\n{THREE}") == f"{ONE}\n\n{TWO}\n\n{THREE}"


def test_code_captions_and_the_rest_of_lists_are_kept():
    html = (
        f"<div><p>{ONE}</p><pre>x = 1</pre><figure><img src=/a.png><figcaption>A caption</figcaption></figure>"
        f"<ul><li>{TWO}</li><li>and this</li></ul><p>{THREE}</p></div>"
    )
    body = grafted(html, f"{ONE}\n{TWO}\n{THREE}")
    assert "```\nx = 1\n```" in body
    assert "*A caption*" in body
    assert "- and this" in body


def test_the_rest_of_a_table_is_kept_and_a_box_of_links_is_not():
    html = (
        f"<div><p>{ONE}</p><table><tr><th>A<th>B<tr><td>one<td>two</table>"
        f"<ul><li><a href=1>Elsewhere and</a><li><a href=2>further on</a></ul><p>{TWO}</p></div>"
    )
    body = grafted(html, f"{ONE}\n{TWO}")
    assert "| one | two |" in body
    assert "Elsewhere" not in body


def test_navigation_boxes_and_references_are_left_out_although_they_were_chosen():
    links = "".join(f"<li><a href={at}>A lamp of kind number {at}</a></li>" for at in range(3))
    listed = "\n".join(f"- A lamp of kind number {at}" for at in range(3))
    html = (
        f"<div><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p><h2>References</h2><ol>{links}</ol>"
        f"<div class='navbox'><ul>{links}</ul></div></div>"
    )
    assert grafted(html, f"{ONE}\n{TWO}\n{THREE}\nReferences\n{listed}\n{listed}") == f"{ONE}\n\n{TWO}\n\n{THREE}"


def test_class_names_of_furniture_around_the_whole_article_do_no_harm():
    html = f"<div class='share related newsletter'><p>{ONE}</p><p>{TWO}</p></div>"
    assert grafted(html, f"{ONE}\n{TWO}") == f"{ONE}\n\n{TWO}"


def test_pictures_of_teasers_are_left_out_and_those_of_the_text_kept():
    html = (
        f"<div><p>{ONE}</p><p><img src=/in.png></p><p>{TWO}</p>"
        "<div class=card><a href=/t><img src=/teaser.png><span>Some teaser</span></a></div>"
        f"<p>{THREE}</p></div>"
    )
    body = grafted(html, f"{ONE}\n{TWO}\n{THREE}")
    assert "in.png" in body
    assert "teaser" not in body


def test_title_byline_and_date_at_the_head_are_left_out():
    html = f"<div><h1>The gauge</h1><p>By Anna Marsh</p><p>3 March 2026</p><p>{ONE}</p><p>{TWO}</p></div>"
    text = f"The gauge\nBy Anna Marsh\n3 March 2026\n{ONE}\n{TWO}"
    assert grafted(html, text, ("The gauge", "Anna Marsh")) == f"{ONE}\n\n{TWO}"


def test_boilerplate_within_a_paragraph_does_not_lose_it():
    html = f"<div><p>{ONE} {TWO} <span>Read more on this</span></p><p>{THREE}</p></div>"
    assert ONE in grafted(html, f"{ONE} {TWO}\n{THREE}")
