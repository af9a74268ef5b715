"""What becomes Markdown is read back by a Markdown reader: no text may be lost, gained or taken for markup."""

import re

import turbohtml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from reader.ingest import prose
from tests.thorough import examples

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
READER.use(footnote_plugin, inline=False, move_to_end=False).use(deflist_plugin)

SIGNS = "ab 1.2)-+*_`~^#>|[]()<>!&;:=\\\"'\n\t «»。，你好é\u00a0"
text = st.text(st.sampled_from(SIGNS), max_size=12)
WORDS = [
    "word", "1. one", "- dash", "# hash", "a*b*c", "*x*", "snake_case", "__init__", "[x](y)", "[a]: b", "![i](j)",
    "`c`", "<b>", "&amp;", "> q", "+ p", "---", "===", "| a | b |", "--- | ---", "~~s~~", "~s~", "^s^", ": d", "[^1]",
    "[ ] t", "Note:", "“Q”", "(p)", "中文", "「引」", "…", "* * *", "a\\", "\\*", "!", "http://x.y/z_z_",
]  # fmt: skip
words = st.sampled_from(WORDS)


def shown(value: str) -> str:
    return value.replace("&", "&amp;").replace("<", "&lt;")


leaves = st.one_of(text, words).map(shown)
INLINE = ["b", "i", "em", "strong", "s", "code", "span", "q", "mark", "small", "u", 'a href="https://x.y/(z"']
BLOCKS = ["p", "div", "blockquote", "ul><li", "ol start=3><li", "h2", "section", "dl><dd", "td", "figure", "li"]


def wrapped(tags):
    def grown(children):
        inside = st.lists(children, max_size=4).map("".join)
        return st.builds(
            lambda tag, body: f"<{tag}>{body}</{tag.split()[0].split('>')[0]}>", st.sampled_from(tags), inside
        )

    return grown


inline = st.recursive(leaves, wrapped(INLINE), max_leaves=6)
blocks = st.recursive(inline, lambda children: wrapped(BLOCKS)(children) | wrapped(INLINE)(children), max_leaves=10)


def letters(html: str) -> str:
    """Give what is to read in HTML without spaces and signs for lists and quotes."""
    bare = turbohtml.parse_fragment(html).text
    return re.sub(r"[\s•“”‘’\u00a0]+", "", bare)


@settings(max_examples=examples(80, 250), deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(blocks, max_size=4).map("\n".join))
def test_reading_the_markdown_gives_the_text_back(html):
    assert letters(READER.render(prose.markdown(html))) == letters(html)
