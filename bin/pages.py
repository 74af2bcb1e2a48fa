"""How long, wide and full every page is, measured: python bin/pages.py prints the table.

minutes  words/180 + lines of code/15 + 0.75 a figure, of what a reader sees
taught   share of the exported lines that the page shows as its own (`#| exports`)
widest   characters of the longest line of code
"""
import ast
import re
import sys
from collections import namedtuple

import nbformat

import project

Page = namedtuple("Page", "name cells words code figures minutes exported taught widest")
directive = re.compile(r"^#\|\s*(.*)$", re.MULTILINE)


def directives(cell):
    "What a code cell says to nbdev and Quarto, such as `export` or `fig-alt: ...`."
    return directive.findall(cell.source)


def options(source):
    "dict of what a code cell says to Quarto, such as `fig-alt`; yaml.YAMLError where Quarto would stop."
    import yaml
    told = [line for line in directive.findall(source) if re.match(r"[\w-]+: ", line)]
    return yaml.safe_load("\n".join(told)) or {}


def hidden(cell):
    "Whether a reader of the page never sees the cell."
    return cell.id in ("badges", "install") or "hide" in directives(cell)


def code_lines(source):
    "The lines of code, without directives and blank ones."
    return [line for line in source.splitlines() if line.strip() and not line.startswith("#|")]


def only_imports(cell):
    "Whether a cell does nothing but import."
    return all(isinstance(node, ast.Import | ast.ImportFrom) for node in parsed(cell).body)


def parsed(cell):
    "Syntax tree of a code cell, its magics left out."
    return ast.parse(re.sub(r"^[%!].*$", "", cell.source, flags=re.MULTILINE))


def words(source):
    "Number of words a reader reads: neither tags nor addresses, a formula as one word."
    text = re.sub(r"<[^>]+>|\]\([^)]*\)", " ", source)
    text = re.sub(r"\$\$.*?\$\$|\$[^$\n]+\$", " x ", text, flags=re.DOTALL)
    return sum(any(letter.isalnum() for letter in word) for word in text.split())


def has_figure(output):
    "Whether an output is a picture or a page that moves."
    return bool({"image/png", "image/svg+xml"} & {*output.get("data", {})})


def minutes(word_count, line_count, figure_count):
    "Reading time."
    return word_count/180 + line_count/15 + 0.75*figure_count


def measure(path):
    "The Page of a notebook."
    notebook = nbformat.read(path, 4)
    seen = [cell for cell in notebook.cells if not hidden(cell)]
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    figures = sum(has_figure(output) for cell in code for output in cell.outputs)
    marks = {"export", "exports", "exporti"}
    exported = [cell for cell in code if marks & {*directives(cell)} and not only_imports(cell)]
    exported_lines = sum(len(code_lines(cell.source)) for cell in exported)
    taught = sum(len(code_lines(cell.source)) for cell in exported if "exports" in directives(cell))
    word_count = sum(words(cell.source) for cell in seen if cell.cell_type == "markdown")
    line_count = sum(len(code_lines(cell.source)) for cell in seen if cell.cell_type == "code")
    return Page(project.relative(path), len(notebook.cells), word_count, line_count, figures,
                minutes(word_count, line_count, figures), exported_lines,
                taught/exported_lines if exported_lines else 1.0,
                max((len(line) for cell in code for line in cell.source.splitlines()
                     if not line.startswith("#|") and cell.id != "install"), default=0))


def table(pages):
    "The measures, a line each."
    yield f"{'page':36} {'cells':>5} {'minutes':>7} {'figures':>7} {'exported':>8} {'taught':>6} {'widest':>6}"
    for page in pages:
        yield (f"{page.name:36} {page.cells:5} {page.minutes:7.0f} {page.figures:7} {page.exported:8} "
               f"{page.taught:6.0%} {page.widest:6}")


if __name__ == "__main__":
    print(*table(measure(path) for path in project.notebooks()), sep="\n")
    sys.exit(0)
