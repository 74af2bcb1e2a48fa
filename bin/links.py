"""Every link inside a rendered site: python bin/links.py FOLDER fails where a page, file or anchor is missing."""
import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import project


class Page(HTMLParser):
    "The links of a page, its ids, and those that stand in its text."
    def __init__(self, text):
        super().__init__()
        self.links, self.ids, self.own_ids, self.in_text = set(), set(), [], False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        "What the parser calls for each element."
        self.in_text |= tag == "main"
        for name, value in attributes:
            if value and name in ("href", "src") and (tag, name) != ("link", "href"):
                self.links.add(value)
            if value and name == "id":
                self.ids.add(value)
                self.own_ids += [value]*self.in_text

    def handle_endtag(self, tag):
        "Behind the text comes Quarto's own."
        self.in_text &= tag != "main"


def target_of(link, path, folder):
    "(file, anchor) that a link of a page leads to; None where it leads out of the site."
    base = project.settings["doc_baseurl"] + "/"
    path_on_host = link.removeprefix(project.settings["doc_host"])
    if path_on_host.startswith(base):   # 404.html, which is shown at any address, has all its links so
        start, link = folder, path_on_host[len(base):]
    elif re.match(r"[a-z]+:|//", link):
        return None
    else:
        start = path.parent
    parts = urlsplit(link)
    notebook = re.fullmatch(r"path=(.+)", parts.query) if parts.path.endswith("lite/lab/index.html") else None
    if notebook:   # the application is there whatever it is asked to open
        return start/parts.path.removesuffix("lab/index.html")/"files"/unquote(notebook[1]), ""
    file = start/unquote(parts.path) if parts.path else path
    return file/"index.html" if file.is_dir() else file, unquote(parts.fragment)


def dead_links(folder):
    "(page, link) of each that leads nowhere, and (page, id) of each that stands twice in a text."
    pages = {}
    for path in sorted(folder.rglob("*.html")):
        if path.relative_to(folder).parts[0] not in ("lite", "site_libs"):
            pages[path] = Page(path.read_text(encoding="utf-8"))
    for path, page in pages.items():
        name = path.relative_to(folder).as_posix()
        twice = sorted({own for own in page.own_ids if page.own_ids.count(own) > 1})
        yield from ((name, f"the id {own} stands twice") for own in twice)
        for link in sorted(page.links):
            file, anchor = target_of(link, path, folder) or (path, "")
            known = pages.get(file.resolve())
            if not file.exists() or anchor and known and anchor not in known.ids:
                yield name, link


def main(folder):
    "Tell; exit code."
    folder = Path(folder).resolve()
    found = [*dead_links(folder)] if (folder/"index.html").is_file() else [(folder, "no site lies here")]
    for page, link in found:
        print(f"❌ {page}: {link}")
    print(f"{len(found)} dead links or double ids")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
