"""HTML to Markdown, one thing at a time."""

import time

import pytest

from reader.ingest import prose

BASE = "https://example.org/a/b.html"


def md(html):
    return prose.markdown(html, BASE)


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<h2>A <b>bold</b> head</h2>", "## A bold head"),
        ("<h3>C #</h3>", "### C \\#"),
        ("<p>one<br>two<br/>three</p>", "one\\\ntwo\\\nthree"),
        ("<p>one<br><br>two</p>", "one\n\ntwo"),
        ("a<hr>b", "a\n\n---\n\nb"),
        ("<b>bold</b> <i>it</i> <del>gone</del> <mark>seen</mark> <q>said <q>in</q></q>",
         "**bold** *it* ~~gone~~ **seen** “said ‘in’”"),
        ("<b>Note:</b>text", "**Note**:text"),
        ("<b> spaces </b>around", "**spaces** around"),
        ("<b>one</b><b>two</b>", "**onetwo**"),
        ("<i>a</i><b>b</b>", "*a***b**"),
        ("<b style='font-weight:normal'><p>plain</p></b>", "plain"),
        ("<i>“a”</i><b>“b”</b> 1<s><b>1</b></s>", "*“a”*“b” 1**1**"),
        ("<i><b>1</b>1<b>1</b></i>", "_**1**1**1**_"),
        ("文<b>「字」</b>文", "文「**字**」文"),
        ("press <kbd>Ctrl</kbd>, <code>a`b</code>", "press `Ctrl`, ``a`b``"),
        ("<a href='../x y'>t</a>", "[t](https://example.org/x%20y)"),
        ("<a href='https://e.org/a_(b)'>t</a> <a href='https://e.org/a(b'>u</a>",
         "[t](https://e.org/a_(b)) [u](https://e.org/a%28b)"),
        ("<a href='java\nscript:x'>js</a> <a href='data:x'>d</a> <a href='#'>top</a>", "js d top"),
        ("<a href='https://e.org/x'>https://e.org/x</a>", "<https://e.org/x>"),
        ("<a href='/x'><h3>Card</h3><p>text</p></a>",
         "### [Card](https://example.org/x)\n\n[text](https://example.org/x)"),
        ("<abbr title='HyperText'>HT</abbr> <u>u</u> <ins>i</ins>", "HT u i"),
        ("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>", "漢(kan)"),
        ("x<sup>2</sup> H<sub>2</sub>O 1<sup>st</sup> a<sup>bc</sup> v<sub>max</sub>",
         "x² H₂O 1st a<sup>bc</sup> v<sub>max</sub>"),
        ("<details><summary>More</summary><p>inside</p></details>", "**More**\n\ninside"),
        ("<dl><dt>A<dt>B<dd>one<dd><p>two</p><p>three</p></dl>", "**A**, **B**\n: one\n\n: two\n\n  three"),
        ("<math><msup><mi>x</mi><mn>2</mn></msup><mo>/</mo><msqrt><mi>y</mi></msqrt></math>", "x²/√(y)"),
        ("<math><mi>x</mi><annotation encoding='application/x-tex'>{\\displaystyle x_1}</annotation></math>", "`x_1`"),
        ("<p>&nbsp;</p><p>a&nbsp;b</p>", "a\u00a0b"),
        ("<p>日本\n語 and\nmore</p>", "日本語 and more"),
        ("<script>x</script><style>y</style><form><input>Subscribe</form><p>text</p>", "text"),
        ("<div hidden>a</div><p style='display: none'>b</p><i aria-hidden='true'>c</i>d", "d"),
        ("<![CDATA[<p>kept</p>]]>", "kept"),
        ("<iframe src='https://www.youtube.com/embed/abc' title='A film'></iframe>",
         "[Video: A film](https://www.youtube.com/watch?v=abc)"),
        ("<iframe src='https://ads.example/x'></iframe>text", "text"),
        ("<video><source src='/v.mp4'>no video here</video>", "[Video](https://example.org/v.mp4)"),
        ("<p>The post <a href='/x'>A</a> appeared first on <a href='/'>B</a>.</p>", ""),
        ("plain & simple", "plain & simple"),
        ("two\n\nparagraphs\nhere", "two\n\nparagraphs here"),
        ("", ""),
    ],
)  # fmt: skip
def test_markup_becomes_markdown(html, markdown):
    assert md(html) == markdown


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("a*b*c *x* snake_case _x_", "a\\*b\\*c \\*x\\* snake_case \\_x\\_"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("# no", "\\# no"), ("1. no", "1\\. no"), ("- no", "\\- no"), ("&gt; no", "\\> no"),
        ("===", "\\==="),
        ("--\n-", "\\-- -"),
        ("1986 was good", "1986 was good"), ("-5 degrees", "-5 degrees"), ("#tag", "#tag"),
        ("see [1] and [a](b)", "see [1] and [a\\](b)"),
        ("[^1] [ ] x", "\\[^1] [ ] x"), ("[ ] task", "\\[ ] task"),
        ("&lt;sup> 3 &lt; 4 &amp;amp; R&amp;D", "\\<sup> 3 < 4 \\&amp; R&D"),
        ("`code` c:\\dir a\\*", "\\`code\\` c:\\dir a\\\\\\*"),
        ("~5 to 10~ and ~~no~~ x^2^", "\\~5 to 10~ and \\~\\~no\\~~ x\\^2^"),
        ("a<br>--- | ---", "a\\\n\\--- | ---"), (": no", "\\: no"),
        ("wow!<a href='/x'>link</a>", "wow\\![link](https://example.org/x)"),
        ("<a href='/x'>[a]</a>", "[\\[a\\]](https://example.org/x)"),
    ],
)  # fmt: skip
def test_text_that_looks_like_markdown_stays_text(html, markdown):
    assert md(html + "<p></p>") == markdown


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<ul><li>a<li>b<ul><li>c</ul></ul>", "- a\n- b\n  - c"),
        ("<ol start=9><li>a<li>b<ol><li>c</ol></ol>", "9. a\n10. b\n    1. c"),
        ("<ol><li>a<li value=5>b</ol>", "1. a\n\n5) b"),
        ("<ul><li>a</ul><ul><li>b</ul>", "- a\n\n* b"),
        ("<ul><li><p>a</p><p>b</p><li>c</ul>", "- a\n\n  b\n\n- c"),
        ("<ul><li>a</li><ul><li>stray</li></ul></ul>", "- a\n  - stray"),
        ("<ul><li><input type=checkbox checked> done<li><input type=checkbox> open</ul>", "- [x] done\n- [ ] open"),
        ("<ul><li>a<pre>x\n y</pre></ul>", "- a\n\n  ```\n  x\n   y\n  ```"),
        ("<ul><li>a<ol start=3><li>b</ol></ul>", "- a\n\n  3. b"),
        ("<ul><li></ul>", ""),
        ("<blockquote><p>a</p><blockquote>b</blockquote><cite>C</cite></blockquote>", "> a\n>\n> > b\n>\n> *C*"),
        ("<blockquote>a</blockquote><blockquote>b</blockquote>", "> a\n\n> b"),
    ],
)  # fmt: skip
def test_lists_and_quotes(html, markdown):
    assert md(html) == markdown


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<pre>a  b\n\n\n  c</pre>", "```\na  b\n\n\n  c\n```"),
        ("<pre><code class='language-py'>x</code></pre>", "```py\nx\n```"),
        ("<pre class='lang-rust'>x</pre>", "```rust\nx\n```"),
        ("<div class='highlight highlight-source-js'><pre><span>x</span></pre></div>", "```js\nx\n```"),
        ("<div class='highlight-toml notranslate'><div class='highlight'><pre>x</pre></div></div>", "```toml\nx\n```"),
        ("<figure class='highlight c++'><pre>x</pre></figure>", "```c++\nx\n```"),
        ("<pre class='brush: css; toolbar: false'>x</pre>", "```css\nx\n```"),
        ("<pre data-lang='go'>x</pre>", "```go\nx\n```"),
        ("<pre><code class='hljs'>x</code></pre>", "```\nx\n```"),
        ("<pre>```\nx\n```</pre>", "````\n```\nx\n```\n````"),
        ("<pre>a<br>b &lt; c *d*</pre>", "```\na\nb < c *d*\n```"),
        ("<table><tr><td class=gutter><pre>1\n2</pre><td class=code><pre>x\ny</pre></table>", "```\nx\ny\n```"),
        ("<pre><ol><li>a</li><li>b</li></ol></pre>", "```\na\nb\n```"),
        ("<code>a</code><code>b</code>", "`ab`"),
    ],
)
def test_code_is_left_as_it_is(html, markdown):
    assert md(html) == markdown


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<table><tr><th>A<th align=right>B<tr><td>a|b<td>1</table>", "| A | B |\n| --- | ---: |\n| a\\|b | 1 |"),
        ("<table><tr><td>a<td>b<tr><td>c<td>d</table>", "|  |  |\n| --- | --- |\n| a | b |\n| c | d |"),
        ("<table><caption>C</caption><tr><td>a<td>b</table>", "*C*\n\n|  |  |\n| --- | --- |\n| a | b |"),
        ("<table><tr><th colspan=2>H<th>I<tr><td rowspan=2>x<td>1<td>2<tr><td>3<td>4</table>",
         "| H |  | I |\n| --- | --- | --- |\n| x | 1 | 2 |\n|  | 3 | 4 |"),
        ("<table><tr><th>A<th>B<tr><td>a<br>b<td><ul><li>x<li>y</ul></table>",
         "| A | B |\n| --- | --- |\n| a<br>b | • x<br>• y |"),
        ("<table><tr><td><h2>Head</h2><p>left</p><td><p>right</p></table>", "## Head\n\nleft\n\nright"),
        ("<table role=presentation><tr><td>a<td>b</table>", "a\n\nb"),
        ("<table><tr><td><p>only</p></table>", "only"),
    ],
)  # fmt: skip
def test_tables(html, markdown):
    assert md(html) == markdown


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<img src=/a.png alt='a ] b'>", "![a \\] b](https://example.org/a.png)"),
        ("<img src='data:image/gif;base64,x' data-src=/a.png alt=A>", "![A](https://example.org/a.png)"),
        ("<img src=/blank.gif srcset='/s.png 300w, /l.png 1200w' alt=A>", "![A](https://example.org/l.png)"),
        ("<img src=/pixel width=1 height=1>text", "text"),
        ("<img src='https://feeds.feedburner.com/~r/x/~4/y'>text", "text"),
        ("<img class=wp-smiley alt='🙂' src=x.png>", "🙂"),
        ("<img class=lazy src=/blank.gif><noscript><img src=/real.jpg></noscript>", "![](https://example.org/real.jpg)"),
        ("<img data-src=/a.jpg><noscript><img src=/a.jpg></noscript>", "![](https://example.org/a.jpg)"),
        ("<picture><source srcset='/w.webp 800w'><img alt=P></picture>", "![P](https://example.org/w.webp)"),
        ("<figure><figcaption>Cap <b>b</b>, <i>i</i></figcaption><img src=/a.png></figure>",
         "![](https://example.org/a.png)\n\n*Cap **b**, i*"),
        ("<a href=/big.jpg><img src=/small.jpg alt=A></a>", "![A](https://example.org/small.jpg)"),
        ("<a href=/page><img src=/small.jpg alt=A></a>", "[![A](https://example.org/small.jpg)](https://example.org/page)"),
        ("<p><img src=/a.png>Text begins</p>", "![](https://example.org/a.png)\n\nText begins"),
        ("<div class=wp-caption><img src=/a.png><p class=wp-caption-text>Cap</p></div>",
         "![](https://example.org/a.png)\n\n*Cap*"),
    ],
)  # fmt: skip
def test_pictures(html, markdown):
    assert md(html) == markdown


def test_footnotes():
    html = (
        "<p>One<sup id=r1><a href='#fn1'>1</a></sup> and two<a id=r2 href='#fn2' class=footnote-ref>[2]</a>.</p><hr>"
        "<h2>Notes</h2><ol><li id=fn1>First. <a href='#r1'>↩</a></li>"
        "<li id=fn2><p>Second.</p><p>More. <a href='#r2'>↩</a></p></li></ol>"
    )
    assert md(html) == "One[^1] and two[^2].\n\n[^1]: First.\n\n[^2]: Second.\n\n    More."


def test_footnotes_as_word_processors_write_them():
    html = (
        "<p>Text<a href='#_ftn1' name='_ftnref1'>[1]</a></p><p><a href='#_ftnref1' name='_ftn1'>[1]</a> The note.</p>"
    )
    assert md(html) == "Text[^1]\n\n[^1]: The note."


def test_links_within_a_page_are_no_footnotes():
    html = "<ul><li><a href='#one'>1</a></li></ul><div id=one><h2>One</h2><p>text</p></div>"
    assert "[^" not in md(html)


def test_sources_of_encyclopaedias_leave_no_numbers_behind():
    html = "<p>Text.<sup class=reference><a href='#cite_note-1'>[1]</a></sup> More.</p>"
    assert md(html) == "Text. More."


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a &amp;amp; b</p><p>c<br>d</p>", "a &amp; b\n\nc\nd"),
        ("<ul><li>x<li>y</ul>z", "x\ny\n\nz"),
        ("<script>no</script>a <b>b</b>\n c", "a b c"),
        ("<pre>a\n  b</pre>", "a\nb"),
        ("no tags\n\nat all", "no tags\n\nat all"),
        ("R&amp;D", "R&D"),
    ],
)
def test_plain_text(html, text):
    assert prose.plain(html) == text


@pytest.mark.parametrize(
    "text", ["a\x00b\x1b[31m\x01\x10c", "a&#1;b&#x10;c&#27;d&#x7f;", "<img alt='&#2;' src='/a&#3;b'>x"]
)
def test_no_control_characters_come_out(text):
    for out in (md(f"<p>{text}</p>"), prose.plain(f"<p>{text}</p>")):
        assert not any(ord(sign) < 32 and sign != "\n" for sign in out)
        assert "\x7f" not in out


MANY = 30_000


MONSTERS = {
    "divs": "<div>" * MANY + "x",
    "emphasis": "<b><i>" * MANY + "x",
    "quotes": "<blockquote>" * MANY + "x",
    "lists": "<ul><li>" * MANY + "x",
    "tables": "<table><tr><td>" * MANY + "x",
    "mixed": "<span><p>" * MANY + "x",
    "definitions": "<dl><dd>" * MANY + "x",
    "said": "<q>" * MANY + "x",
    "attributes": "<p " + " ".join(f"a{at}=1" for at in range(MANY)) + ">x",
    "attribute": "<a href='" + "x" * 3_000_000 + "'>x</a>",
    "code": "<code>a</code>" * MANY + "x",
    "bold": "<b>.</b>x" * MANY,
    "signs in bold": "a<b>" + "." * 10 * MANY + "x" + "." * 10 * MANY + "</b>b",
    "brackets": "](" * MANY + "x",
    "breaks": "<br>" * MANY + "x",
    "spans": "<table>" + "<tr><td colspan=99999 rowspan=99999>x" * 500,
    "pre": "<pre>" * MANY + "x",
    "math": "<math>" * MANY + "<mi>x",
}


@pytest.mark.parametrize("html", MONSTERS.values(), ids=MONSTERS)
def test_monsters_are_bounded(html):
    began = time.process_time()
    assert "x" in md(html)
    assert time.process_time() - began < 8


def test_what_is_nested_too_deep_keeps_its_text():
    html = "<blockquote><ul><li>" * 30 + "<p>deep</p>" + "</li></ul></blockquote>" * 30
    assert md(html).count("deep") == 1
    assert md(html).count(">") <= 8
