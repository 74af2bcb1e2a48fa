"references.bib holds every paper that a page or docstring cites, once, and the texts cite it as it says."
import re
import sys
from collections import Counter
from pathlib import Path
from urllib.parse import urlparse

import nbformat
import pytest

root = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(root/"bin"))
import project

address = r"\((https?:(?:[^()\s]|\([^()\s]*\))+)\)"
link = re.compile(rf"\[[^\[\]\n]*\]{address}")
citation = re.compile(rf"\[([A-Z][^\[\]\n]*?) (1[789]\d\d|20\d\d)\]{address}")
texts = {path.stem: "\n".join(cell.source for cell in nbformat.read(path, 4).cells) for path in project.notebooks()}
texts |= {path.stem: path.read_text(encoding="utf-8") for path in [*root.glob("*.md"), *project.nbs.glob("*.qmd")]}


def entries(text):
    "dict: key -> dict of fields, of a BibTeX file with a field a line."
    found = re.findall(r"^@\w+\{(\S+),\n((?:  .*\n)+)\}$", text, re.MULTILINE)
    return {key: dict(re.findall(r"^  (\w+) = \{(.*)\},$", body, re.MULTILINE)) for key, body in found}


written = (root/"references.bib").read_text(encoding="utf-8")
papers = entries(written)
by_address = {paper["url"]: paper for paper in papers.values()}


def as_cited(paper):
    "The authors as a text says them: A, A & B, or A et al."
    names = [person.split(",")[0].strip("{}") for person in paper["author"].split(" and ")]
    return " & ".join(names) if len(names) < 3 and "others" not in names else f"{names[0]} et al."


@pytest.mark.parametrize("key", papers)
def test_an_entry_says_who_what_when_and_where(key):
    paper = papers[key]
    assert all(paper.get(field) for field in ("author", "title", "year", "url"))
    assert re.fullmatch(r"1[789]\d\d|20\d\d", paper["year"]) and paper["year"] in key
    assert all("," in person or person in ("others", "{Student}") for person in paper["author"].split(" and "))
    assert paper.get("doi", "") in paper["url"] and paper.get("eprint", "") in paper["url"]


def test_every_paper_stands_once():
    assert written.count("\n@") == len(papers) == len(by_address) > 60   # a key or address that stands twice is lost
    assert len({paper["title"].lower() for paper in papers.values()}) == len(papers)


@pytest.mark.parametrize("name", texts)
def test_texts_cite_papers_as_their_entries_say(name):
    wrong = []
    for authors, year, url in citation.findall(texts[name]):
        paper = by_address.get(url)
        if paper is None or (authors, year) != (as_cited(paper), paper["year"]):
            wrong.append((authors, year, url))
    assert wrong == []


def test_every_link_to_a_paper_has_its_entry_and_every_entry_is_cited():
    linked = Counter(url for text in texts.values() for url in link.findall(text))
    publishers = {urlparse(url).netloc for url in by_address}
    assert {"arxiv.org", "doi.org", "jmlr.org"} <= publishers
    assert [url for url in linked if urlparse(url).netloc in publishers and url not in by_address] == []
    assert [url for url in by_address if url not in linked] == []


def test_authors_in_a_text():
    people = "@misc{a2000b,\n  author = {%s},\n}\n"
    said = {"Cauchy, A.": "Cauchy", "Kingma, D. P. and Ba, J.": "Kingma & Ba", "Hu, S. and others": "Hu et al.",
            "A, B and C, D and E, F": "A et al.", "{Student}": "Student"}
    for authors, short in said.items():
        assert as_cited(entries(people % authors)["a2000b"]) == short
