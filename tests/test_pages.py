"How pages and modules are written: nothing too wide, long or crowded, no dead page named, arrows that point down."
import ast
import re
import sys
from pathlib import Path

import nbformat
import pytest

root = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(root/"bin"))
import generated
import pages
import project

notebooks = project.notebooks()
on_notebooks = pytest.mark.parametrize("path", notebooks, ids=project.relative)
scripts = sorted([*(root/"bin").glob("*.py"), *(root/"tests").glob("*.py"), *(root/"benchmarks").glob("*.py")])
on_scripts = pytest.mark.parametrize("path", scripts, ids=lambda path: path.relative_to(root).as_posix())
modules = sorted(path for path in (root/"tinytorch").rglob("*.py") if path.name != "_modidx.py")
taught_lessons = ["02_autograd", "03_layers", "04_data", "06_optimizers", "07_schedulers", "08_training", "09_adaptive",
                  "10_modern", "11_matrix", "12_second_order"]


def code_cells(path):
    "The code cells that somebody wrote."
    return [cell for cell in nbformat.read(path, 4).cells if cell.cell_type == "code" and cell.id != "install"]


# ---- lines and statements

def too_wide(text, width):
    "The lines that do not fit, directives left out."
    return [line for line in text.splitlines() if len(line) > width and not line.startswith("#|")]


def crowded(tree):
    "Lines on which more than one statement begins."
    counted = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt):
            counted[node.lineno] = counted.get(node.lineno, 0) + 1
    return sorted(line for line, count in counted.items() if count > 1)


def test_crowded_lines_are_found():
    source = "a = 1; b = 2\nif a: b = 3\ndef f(): return 1\nclass A: pass\nfor x in y:\n    z = x"
    assert crowded(ast.parse(source)) == [1, 2, 3, 4]


def test_wide_lines_are_found():
    assert too_wide("#| fig-alt: " + "x"*100 + "\n" + "x"*100 + "\n" + "y"*101, 100) == ["y"*101]


@on_notebooks
def test_code_in_notebooks_fits_the_page(path):
    assert [(cell.id, too_wide(cell.source, 100)) for cell in code_cells(path) if too_wide(cell.source, 100)] == []


@on_scripts
def test_scripts_fit_the_screen(path):
    assert too_wide(path.read_text(encoding="utf-8"), 120) == []


@on_notebooks
def test_one_statement_a_line_in_notebooks(path):
    if path.stem == "index":
        pytest.skip("README quotes the two-statement examples of the field")
    found = {cell.id: crowded(pages.parsed(cell)) for cell in code_cells(path)}
    assert {cell: lines for cell, lines in found.items() if lines} == {}


@on_scripts
def test_one_statement_a_line_in_scripts(path):
    assert crowded(ast.parse(path.read_text(encoding="utf-8"))) == []


@on_notebooks
def test_formulas_are_written_with_single_backslashes(path):
    "Two of them before a word end a line of the formula, and the word stands there as letters."
    cells = [cell for cell in nbformat.read(path, 4).cells if cell.cell_type == "markdown"]
    assert {cell.id: found for cell in cells if (found := re.findall(r"\\\\[a-zA-Z]+", cell.source))} == {}


# ---- names

def defined(tree):
    "Names of all functions, classes and parameters."
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        if isinstance(node, ast.arg):
            yield node.arg


empty_names = {"one", "place", "work", "words", "put", "plain", "Tail", "ask", "named", "Seen", "Known"}


@pytest.mark.parametrize("path", modules, ids=lambda path: path.relative_to(root).as_posix())
def test_names_in_the_package_say_what_they_are(path):
    assert empty_names & {*defined(ast.parse(path.read_text(encoding="utf-8")))} == set()


# ---- length

def test_no_module_is_longer_than_800_lines():
    lengths = {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8").count("\n") for path in modules}
    assert {name: length for name, length in lengths.items() if length > 800} == {}


@pytest.mark.parametrize("name, most", [("02_autograd", 70), ("03_layers", 70), ("04_data", 70), ("05_landscapes", 70),
                                        ("06_optimizers", 95), ("07_schedulers", 65), ("08_training", 65),
                                        ("09_adaptive", 70), ("10_modern", 70), ("11_matrix", 70),
                                        ("12_second_order", 70)])
def test_a_lesson_is_one_sitting(name, most):
    page = pages.measure(root/"nbs"/f"{name}.ipynb")
    print(*pages.table([page]), sep="\n")
    assert page.cells <= most and 25 <= page.minutes <= 50


@pytest.mark.parametrize("name", taught_lessons)
def test_a_lesson_exports_what_it_teaches(name):
    page = pages.measure(root/"nbs"/f"{name}.ipynb")
    print(*pages.table([page]), sep="\n")
    assert page.taught >= 0.8


def test_optimizers_have_three_parts():
    headings = [cell.source.splitlines()[0] for cell in nbformat.read(root/"nbs"/"06_optimizers.ipynb", 4).cells
                if cell.cell_type == "markdown" and cell.source.startswith("# ")]
    assert headings[1:] == ["# Build", "# Use", "# Optimize"]


def test_the_family_is_short():
    names = ["09_adaptive", "10_modern", "11_matrix", "12_second_order", "behind/appendix"]
    measured = [pages.measure(root/"nbs"/f"{name}.ipynb") for name in names]
    print(*pages.table(measured), sep="\n")
    assert sum(page.exported for page in measured) < 1300


# ---- figures

@on_notebooks
def test_quarto_can_read_what_cells_say_to_it(path):
    for cell in code_cells(path):
        for name, value in pages.options(cell.source).items():
            assert isinstance(value, str | bool), f"{cell.id}: {name} is {value!r}: put its text in quotes"


@on_notebooks
def test_every_figure_has_a_text_and_an_assertion(path):
    for cell in code_cells(path):
        if not any(pages.has_figure(output) for output in cell.outputs):
            continue
        assert pages.options(cell.source).get("fig-alt"), f"{cell.id} has no fig-alt"
        checked = re.search(r"\bassert\b|\bassert_|\bcheck", cell.source)
        assert checked, f"{cell.id} draws and asserts nothing"


@on_notebooks
def test_what_stands_beside_a_figure_is_printed(path):
    "Quarto takes a value that begins like this for what Matplotlib returns, and leaves it out."
    for cell in code_cells(path):
        results = [output for output in cell.outputs if output.output_type == "execute_result"]
        values = [output.data.get("text/plain", "") for output in results]
        drawn = any(pages.has_figure(output) for output in cell.outputs)
        assert not (drawn and any(value[:1] in ("(", "[") for value in values)), f"{cell.id}: print {values}"


# ---- links and pages

def test_no_text_names_a_page_that_is_not_there():
    known = {path.stem for path in notebooks}
    texts = {path: "\n".join(cell.source for cell in nbformat.read(path, 4).cells) for path in notebooks}
    texts |= {path: path.read_text(encoding="utf-8") for path in root.glob("*.md")}
    dead = {(path.name, name) for path, text in texts.items()
            for name in re.findall(r"(?<![\w/.-])(?:0\d|1[0-7])_[a-z][a-z_]+", text) if name.rstrip("_") not in known}
    assert dead == set()


def test_every_page_states_its_measured_time():
    for path in project.chapters()[0]:
        minutes = round(pages.measure(path).minutes)
        source = "\n".join(cell.source for cell in nbformat.read(path, 4).cells[:6])
        row = rf"^\| \*\*Time(, difficulty)?\*\* \| {minutes} minutes to read"
        assert re.search(row, source, re.MULTILINE), path.name


# ---- arrows

def circles(arrows):
    "Modules that can be reached from themselves."
    reached = {name: {*needed} for name, needed in arrows.items()}
    for middle in arrows:
        for name in arrows:
            if middle in reached[name]:
                reached[name] |= reached[middle]
    return sorted(name for name in arrows if name in reached[name])


def test_circles_are_found():
    assert circles({"a": ["b"], "b": ["c"], "c": ["b"], "d": ["a"]}) == ["b", "c"]


def test_imports_make_no_circle():
    assert circles({name: needed for name, (_, needed) in generated.modules().items()}) == []


def test_a_lesson_imports_only_earlier_lessons():
    found = generated.modules()
    order = {path: number for number, path in enumerate(project.chapters()[0])}
    for name, (notebook, needed) in found.items():
        later = [other for other in needed if order.get(found[other][0], -1) > order.get(notebook, len(order))]
        assert later == [], f"{name} imports {later}"
