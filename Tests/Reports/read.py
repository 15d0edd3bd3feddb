"""Reads plans with hostile text as GitHub, CommonMark and a browser do: nothing of the text may be markup, a link or a mention."""

import pathlib
import re
import sys
from html.parser import HTMLParser

import cmarkgfm
from cmarkgfm.cmark import Options
from markdown_it import MarkdownIt

COMMENT = set("h2 p table thead tbody tr th td code details summary b ul li strong del s br".split())
PAGE = COMMENT | set(
    "html head meta title style body header h1 main section div caption small bdi ins span a fieldset legend label input abbr time".split()
)
EMPTY = {"br", "meta", "input"}
MARKS = {f"reconcile:{kind}" for kind in ("plan", "report", "undo", "failure")}
# What GitHub or a reader makes something of outside of code.
LIVE = re.compile(r"@|https?:|www\.|#\d|GH-\d|\$x\$|:tada:|\*\*|~~|`")


class Reader(HTMLParser):
    def __init__(self, known):
        super().__init__()
        self.known, self.open, self.free, self.wrong = known, [], [], []

    def handle_starttag(self, tag, attributes):
        if tag not in self.known:
            self.wrong.append(f"<{tag}>")
        for name, value in attributes:
            if name == "style" and value == "text-align:right":
                continue
            if name == "style" or name.startswith("on") or name == "src" or name == "href" and not re.match("#|https://", value or ""):
                self.wrong.append(f"{name}={value}")
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}>")

    def handle_comment(self, text):
        if text.strip() not in MARKS:
            self.wrong.append(f"<!--{text}-->")

    def handle_data(self, text):
        if "code" not in self.open:
            self.free.append(text)


def read(markup, known, name):
    reader = Reader(known)
    reader.feed(markup)
    reader.close()
    wrong = reader.wrong + [f"<{tag}> is not closed" for tag in reader.open]
    if known is COMMENT:
        wrong += LIVE.findall("".join(reader.free))
    if wrong:
        sys.exit(f"{name}: {wrong[:10]}")


folder = pathlib.Path(sys.argv[1])
markdown = MarkdownIt("gfm-like", {"html": True, "linkify": True})
comments, pages = sorted(folder.glob("*.markdown")), sorted(folder.glob("*.html"))
for file in comments:
    text = file.read_bytes().decode()
    read(markdown.render(text), COMMENT, f"{file.name} by markdown-it")
    read(cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_UNSAFE), COMMENT, f"{file.name} by cmark-gfm")
for file in pages:
    read(file.read_bytes().decode(), PAGE, file.name)
if len(comments) < 50 or len(pages) < 50:
    sys.exit(f"Only {len(comments)} comments and {len(pages)} pages were read.")
print(f"reports: {len(comments)} comments and {len(pages)} pages, nothing in them that is not ours")
