"The site's pages as nbdev hands them to Quarto: imports, exercises, links, ids; and how they look, where a browser is."

import ast
import builtins
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import yaml
from PIL import Image

root = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(root/"bin"))
import card
import links
import pages
import preview
import project

from tinytorch import entries, family, site

names = [project.relative(path).removesuffix(".ipynb") for path in project.notebooks()]
lessons = [name for name in names if name[0].isdigit()]
on_pages = pytest.mark.parametrize("name", names)


@pytest.fixture(scope="module")
def processed():
    "dict: page -> its processed notebook."
    before = Path.cwd()
    os.chdir(root)   # nbdev reads settings.ini from here
    try:
        return preview.processed()
    finally:
        os.chdir(before)


def texts(notebook):
    "The Markdown of a processed page, a string a cell."
    return [preview.joined(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "markdown"]


def without_code(text):
    "Markdown without fenced code and formulas."
    return "\n".join(line for _, line in site.outside_fences(text))


def python_of(notebook):
    "What a reader of the page sees of its Python, in order: code cells, and fenced code that is Python."
    for cell in notebook["cells"]:
        source = preview.joined(cell["source"])
        if cell["cell_type"] == "code" and not re.search(r"^#\| *(echo|include): *false", source, re.MULTILINE):
            yield re.sub(r"^[%!].*$", "", source, flags=re.MULTILINE)
        is_own = cell["cell_type"] == "markdown" and (
            "details class=\"solution\"" in source or source.startswith("```python")
        )
        if is_own and cell.get("id") != "cell-reference-about":
            yield from re.findall(r"^```python\n(.*?)^```", source, re.MULTILINE | re.DOTALL)


# ---- a reader's code runs

def unknown_names(sources):
    "Names that are used before any of the sources binds them."
    trees = [ast.parse(source) for source in sources]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    bound = {node.name for node in nodes if isinstance(node, ast.ExceptHandler | ast.FunctionDef | ast.ClassDef)}
    inner = {
        name
        for node in nodes
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in site.imported(ast.Module([node], []))
    }
    return site.names_missing(trees) - {*dir(builtins)} - {"display", "get_ipython", "__name__"} - bound - inner


def test_a_missing_import_is_found():
    assert unknown_names(["import a", "a.b(c)", "c = 1"]) == {"c"}
    assert unknown_names(["def f():\n    return g() + h()", "def g():\n    return 1", "f()"]) == {"h"}


@pytest.mark.parametrize("name", ["index", *lessons])
def test_what_a_page_shows_runs_by_itself(name, processed):
    assert unknown_names(python_of(processed[name])) == set()


@pytest.mark.parametrize("name", lessons)
def test_a_lesson_has_one_visible_import_cell(name, processed):
    cells = [text for text in texts(processed[name]) if text.startswith("```python\n")]
    assert len(cells) == 1 and "import numpy as np" in cells[0]


@pytest.mark.parametrize("name", lessons)   # the index is README, whose programs run in test_examples.py
def test_a_page_runs_as_it_is_copied(name, processed, tmp_path):
    source = "import matplotlib\nmatplotlib.use('Agg')\n" + "\n".join(python_of(processed[name]))
    run = subprocess.run([sys.executable, "-c", source], cwd=tmp_path, capture_output=True, text=True,
                         env=os.environ | {"PYTHONPATH": str(root)})
    assert run.returncode == 0, run.stderr[-2000:]


# ---- exercises

@pytest.mark.parametrize("name", lessons)
def test_solutions_and_hints_are_folded(name, processed):
    cells = pages.nbformat.read(project.nbs/f"{name}.ipynb", 4).cells
    exercises = [cell for cell in cells if "exercise" in cell.metadata.get("tinytorch", {})]
    shown = "\n".join(texts(processed[name]))
    code = [preview.joined(cell["source"]) for cell in processed[name]["cells"] if cell["cell_type"] == "code"]
    for cell in exercises:
        told = cell.metadata["tinytorch"]
        box = re.search(
            rf"^#+ Exercise: .* {{#exercise-{told['exercise'].replace('_', '-')}}}\n*(.*?)^:::$",
            shown,
            re.MULTILINE | re.DOTALL,
        )
        assert box, f"{told['exercise']} has no box"
        assert box[1].count('<details class="hint">') == len(told["hints"])
        solution = re.sub(r"^#\|.*\n", "", cell.source, flags=re.MULTILINE).strip()
        assert solution in re.search(r'<details class="solution">.*?</details>', box[1], re.DOTALL)[0]
        assert not any(solution in source for source in code)


def test_a_prediction_gets_a_field(processed):
    shown = "\n".join(texts(processed["06_optimizers"]))
    assert 'data-answer="0.04"' in shown and "<label for=\"prediction-stability\">" in shown
    assert site.prediction("f", "def f(x):\n    return x") == "" == site.prediction("f", "x = y")


@pytest.mark.parametrize("name", ["index", *lessons])
def test_a_page_has_a_figure_and_prose_before_its_code(name, processed):
    cells = processed[name]["cells"]
    shown = [data for cell in cells for output in cell.get("outputs", []) for data in output.get("data", {})]
    assert "image/png" in shown or "text/html" in shown
    kinds = "".join("c" if cell["cell_type"] == "code" else "." for cell in cells)
    assert "c" not in kinds[:3] and "cccc" not in kinds


# ---- headings, ids, tables

@on_pages
def test_one_title_a_page(name, processed):
    about = preview.front_matter(processed[name])
    assert about["title"] and about["description"]
    orders = [order for text in texts(processed[name]) for order in site.heading_orders(text)]
    assert 1 not in orders


@on_pages
def test_no_two_ids_alike(name, processed):
    cells = [cell["id"] for cell in processed[name]["cells"]]
    written = [
        found.lower() for text in texts(processed[name]) for found in re.findall(r"\{#([\w-]+)", without_code(text))
    ]
    repeated = [name for name, count in Counter([*cells, *written]).items() if count > 1]
    assert repeated == []


def test_headings_go_down_once_and_code_stays():
    assert site.lower_headings("# A\n## B\n```\n# C\n```", 1) == "## A\n## B\n```\n# C\n```"


@on_pages
def test_the_machinery_is_out_of_search_and_out_of_the_way(name, processed):
    about = preview.front_matter(processed[name])
    behind = name.startswith("behind/")
    assert (about.get("search") is False) == (behind and name != "behind/symbols")
    assert (about.get("page-navigation") is False) == (behind or name == "reference")


# ---- links

def anchors(notebook):
    "Ids of a page: the written ones, and those that Pandoc makes of headings."
    found = set()
    for text in texts(notebook):
        text = without_code(text)
        found |= {*re.findall(r"\{#([\w-]+)", text)}
        for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE):
            plain = re.sub(r"\[([^\]]*)\]\([^)]*\)|\{.*\}|[^\w\s.-]", r"\1", heading.replace("`", "")).strip().lower()
            found.add(re.sub(r"^[^a-z]+", "", re.sub(r"\s+", "-", plain)))
    return found


@on_pages
def test_links_of_a_page_lead_somewhere(name, processed):
    top = project.settings["doc_host"] + project.settings["doc_baseurl"] + "/"
    homes = {preview.page_name(other): other for other in names}
    folder, dead = (project.nbs/name).parent, []
    for text in texts(processed[name]):
        for address in re.findall(r"\]\(([^)\s]+)\)", without_code(text)):
            path, _, anchor = address.partition("#")
            if address.startswith(top) and "/lite/" not in address:
                page = homes.get(path.removeprefix(top))
            elif re.match(r"https?:|mailto:", address):
                continue
            else:
                file = (folder/path).resolve() if path else project.nbs/f"{name}.ipynb"
                page = project.relative(file).removesuffix(".ipynb") if file.is_file() else None
            if page is None or anchor and page in processed and anchor not in anchors(processed[page]):
                dead.append(address)
    assert dead == []


@on_pages
def test_no_link_stands_in_a_link(name, processed):
    shown = "\n".join(without_code(text) for text in texts(processed[name]))
    assert re.findall(r"\[[^\[\]\n]*\[`[^`\n]*`\]\([^()]*\)[^\[\]\n]*\]\(", shown) == []


@on_pages
def test_pages_named_in_the_text_are_links(name, processed):
    shown = "\n".join(without_code(text) for text in texts(processed[name]))
    assert re.findall(r"(?<!\[)`\d\d_[a-z_]+`(?!\])", shown) == []


# ---- the reference

explained = [(part, thing) for part, things in entries.public_names().items() for thing in things.values()]


def test_every_public_name_has_one_entry(processed):
    from tinytorch import optimizers
    shown = "\n".join(texts(processed["reference"]))
    headings = Counter(re.findall(r"^## (\w+)(?:\(\))? \{", shown, re.MULTILINE))
    kinds = {name: getattr(optimizers, name) for name in optimizers.__all__}
    wanted = {thing.__name__ for thing in kinds.values() if entries.is_explained(thing)}
    assert wanted <= {*headings}
    assert "[[" not in without_code(shown), "a link within a link"
    assert shown.count("<code>zero_grad()</code>\n") == 1   # at Optimizer; others only name it
    assert "[`check`](" not in shown and "<code>check</code>" in shown, "a method, not the function of this name"
    assert sum(headings.values()) == len(explained) == len({thing for _, thing in explained})
    assert len({entries.anchor(thing) for _, thing in explained}) == len(explained)


registered = {thing.__name__: thing for _, thing in explained if hasattr(thing, "registry")}
bases = {"Optimizer", "Scheduler", "Wrapper", "Transform"}   # they take whatever a subclass takes


@pytest.mark.parametrize("name", sorted({*registered} - bases))
def test_every_argument_of_what_is_registered_is_told(name):
    told = " ".join(label for label, text in entries.argument_rows(registered[name]))
    arguments = [*entries.inspect.signature(registered[name].__init__).parameters]
    assert [argument for argument in arguments[1:] if f"**{argument}**" not in told] == []


def test_a_wrapper_has_the_box_of_the_appendix(processed):
    kind = family.tinytorch.optimizers.Lookahead
    rows = family.wrapper_rows(kind)
    assert rows["take it when"] == kind.pick and "slow" in rows["remembers besides"]
    shown = "\n".join(texts(processed["reference"]))
    assert shown.count("| **remembers besides** |") == len(family.tinytorch.optimizers.Wrapper.registry)
    assert all(f"| **{name}** |" in family.wrapper_box(kind) for name in rows)


@pytest.mark.parametrize("name", family.Optimizer.registry)
def test_the_box_of_the_reference_is_that_of_the_lessons(name, processed):
    kind = getattr(family.tinytorch.optimizers, name)
    shown = re.sub(r"\[(`[^`]+`)\]\([^)]*\)", r"\1", "\n".join(texts(processed["reference"])))  # nbdev's links of names
    entry = re.search(rf"^## {name} {{#class-.*?(?=^## )", shown, re.MULTILINE | re.DOTALL)[0]
    for label, text in family.box_rows(kind).items():
        assert f"| **{label}** | {text} |" in entry
    assert f"| **take it when** | {kind.pick} |" in entry and " bytes per parameter |" in entry


def test_an_entry_leads_to_the_section_that_explains_it(processed):
    kinds = {thing.__name__: thing for _, thing in explained if isinstance(thing, type)}
    for name, heading in {"Adam": "adam-a-step-size-for-every-parameter", "AdamW": "adamw-weight-decay-decoupled",
                          "StepLR": "a-learning-rate-that-steps-down"}.items():
        assert entries.lesson_link(kinds[name]).endswith(f"(06_optimizers.ipynb#{heading})"), name
    assert entries.lesson_link(kinds["OneCycleLR"]) == entries.lesson_link(kinds["OneCycleLR"].schedule)
    shown = "\n".join(texts(processed["reference"]))
    for _, thing in explained:
        link = entries.lesson_link(thing)
        page, anchor = re.fullmatch(r"\[[^\[\]]+\]\((\S+)\.ipynb#?(\S*)\)", link).groups()
        assert anchor in anchors(processed[page]) if anchor else page.startswith("behind/"), link
        assert link in shown


def test_addresses_of_headings_are_those_of_pandoc():
    pypandoc = pytest.importorskip("pypandoc", reason="comes with pip install -e '.[site]'")
    headings = [
        "Adam: `adam` & *friends*",
        "1. What's new ... and -- old",
        "A [link](x.html) β₁ $\\alpha^2$",
        "Twice",
        "Twice",
        "Own {#chosen}",
        "42",
        "snake_case 3.5",
    ]
    for path in project.notebooks():
        cells = [cell for cell in pages.nbformat.read(path, 4).cells if cell.cell_type == "markdown"]
        found = [heading for cell in cells for _, heading in entries.headings(cell.source)]
        headings += [heading for heading in found if not heading.startswith("Twice")]
    taken = Counter()
    ours = [entries.address_of(heading, taken) for heading in headings]
    made = pypandoc.convert_text("\n\n".join(f"## {heading}" for heading in headings), "html5", format="markdown")
    assert ours == re.findall(r'<h2[^>]*\bid="([^"]*)"', made)


def test_names_of_the_autograd_lesson_are_known_to_nbdev():
    known = entries.d
    assert known["syms"]["tinytorch.autograd"]["tinytorch.autograd.Variable"] == (
        "reference.html#class-variable",
        "tinytorch/autograd.py",
    )
    assert "tinytorch.course.commands.start" not in known["syms"]["tinytorch.course.commands"], "an everyday word"
    assert "tinytorch.bookkeeping.check_number" in known["syms"]["tinytorch.bookkeeping"]
    assert known["settings"]["git_url"] == project.settings["git_url"]
    with pytest.raises(AttributeError):
        entries.e


def test_sources_stand_where_the_links_say():
    for _, thing in explained:
        file, line = re.search(r"/blob/main/(.*)#L(\d+)$", entries.source_link(thing)).groups()
        text = (root/file).read_text(encoding="utf-8").splitlines()[int(line) - 1]
        assert re.search(rf"\b{thing.__name__}\b", text), (thing, text)


@on_pages
def test_no_page_shows_what_only_python_reads(name, processed):
    odd = r"NoneType|builtin_function|=<|<function | object at 0x|def [A-Z]\w*\(|^\[?`?__\w+__"
    lines = [line for text in texts(processed[name]) for line in text.splitlines() if line[:1] != "|"]
    found = [line for line in lines if re.search(odd, line)]
    assert found == []


def test_no_signature_stands_twice(processed):
    for name, notebook in processed.items():
        calls = Counter(re.findall(r"^```python\n(.*)\n```$", "\n".join(texts(notebook)), re.MULTILINE))
        again = [call for call, count in calls.items() if count > 1 and call not in ("", "...")]
        assert again == [], name


# ---- search: Quarto lists a page's sections of the second order, each with its text, unless it says `search: false`

def search_entries(processed):
    "List of (page, heading), as Quarto puts them into search.json."
    found = []
    for name, notebook in processed.items():
        if preview.front_matter(notebook).get("search") is not False:
            headings = [heading for text in texts(notebook) for order, heading in entries.headings(text) if order == 2]
            found += [(name, entries.without_markup(heading)) for heading in headings]
    return found


def test_search_finds_every_public_name_at_its_entry(processed):
    found = search_entries(processed)
    names = [heading for page, heading in found if page == "reference"]
    assert {thing.__name__ + "()"*(not isinstance(thing, type)) for _, thing in explained} <= {*names}
    assert [page for page, _ in found if page.startswith("behind/") and page != "behind/symbols"] == []
    for name in ("Adam", "StepLR", "CosineAnnealingLR", "cosine_annealing()"):
        assert [page for page, heading in found if heading == name] == ["reference"]


# ---- what Quarto is told

def test_every_file_that_the_site_names_is_there():
    top = yaml.safe_load((root/"_quarto.yml").read_text(encoding="utf-8"))
    html = top["format"]["html"]
    files = [
        top["website"]["favicon"],
        html["css"],
        html["include-after-body"],
        *[theme[-1] for theme in html["theme"].values()],
    ]
    files += project.sidebar_pages()
    assert [file for file in files if not (project.nbs/file).is_file()] == []


def test_links_of_the_footer_count_from_the_top_of_the_site():
    top = yaml.safe_load((root/"_quarto.yml").read_text(encoding="utf-8"))
    footer = "".join(top["website"]["page-footer"].values())
    inside = [link for link in re.findall(r"\]\(([^)]+)\)", footer) if not link.startswith("https:")]
    assert inside and all(link.startswith("/") and (project.nbs/link[1:]).is_file() for link in inside), inside


def test_the_card_of_a_link_is_a_card_and_every_page_has_it(processed):
    with Image.open(card.path) as picture:
        assert picture.format == "PNG" and picture.size == card.size == (1200, 630)
    assert card.path.stat().st_size < 100_000 and card.is_fresh()
    top = yaml.safe_load((root/"_quarto.yml").read_text(encoding="utf-8"))
    assert top["website"]["image"] == card.path.name and card.path.name in top["project"]["resources"]
    assert top["website"]["open-graph"] and top["website"]["twitter-card"]["card-style"] == "summary_large_image"
    assert top["format"]["html"]["canonical-url"] is True
    for name, notebook in processed.items():
        assert ((project.nbs/name).parent/preview.front_matter(notebook)["image"]).resolve() == card.path, name
    for path in project.nbs.glob("*.qmd"):
        about = yaml.safe_load(path.read_text(encoding="utf-8").split("---")[1])
        assert about["title"] and about["description"] and about["image"] == card.path.name


def test_a_stale_card_is_found(tmp_path, monkeypatch, capsys):
    assert card.main("--check") == 0
    monkeypatch.setattr(card, "path", tmp_path/"card.png")
    assert card.main("--check") == 1
    Image.new("RGB", card.size, "white").save(card.path)
    assert card.main("--check") == 1 and "python bin/card.py" in capsys.readouterr().out


def test_citation_and_settings_agree():
    cited = yaml.safe_load((root/"CITATION.cff").read_text(encoding="utf-8"))
    told = project.settings
    assert cited["title"] == told["title"] and cited["version"] == told["version"]
    assert cited["abstract"] == told["description"]
    assert cited["repository-code"] == told["git_url"] and cited["url"] == told["doc_host"] + told["doc_baseurl"]


def test_both_themes_name_the_same_things():
    light, dark = ((project.nbs/name).read_text(encoding="utf-8") for name in ("theme.scss", "theme-dark.scss"))
    assert re.findall(r"^(\$[\w-]+|  --[\w-]+):", light, re.MULTILINE) == re.findall(
        r"^(\$[\w-]+|  --[\w-]+):", dark, re.MULTILINE
    )
    used = {*re.findall(r"var\((--tt-[\w-]+)\)", (project.nbs/"styles.css").read_text(encoding="utf-8"))}
    assert used <= {*re.findall(r"(--tt-[\w-]+):", light)}


@on_pages
def test_numbers_look_like_numbers(name, processed):
    outputs = [output for cell in processed[name]["cells"] for output in cell.get("outputs", [])]
    values = [preview.joined(output.get("data", {}).get("text/plain", "")) for output in outputs]
    assert [value for value in values if re.search(r"np\.(float|int)\d+\(", value)] == []


@on_pages
def test_pictures_are_small(name, processed):
    for cell in processed[name]["cells"]:
        for output in cell.get("outputs", []):
            picture = preview.joined(output.get("data", {}).get("image/png", ""))
            assert len(picture)*3/4 < 150_000, cell["id"]


def test_a_lesson_leads_to_its_copies_in_the_browser(processed):
    import lite
    there = {*lite.contents()}
    for name in lessons:
        shown = "\n".join(texts(processed[name]))
        asked = re.findall(r"/lite/lab/index\.html\?path=([^)\s]+)", shown)
        assert asked[0] == f"{name}.ipynb" and {*asked} <= there
        assert (f"learn/{name[3:]}_dev.ipynb" in asked) == (f"learn/{name[3:]}_dev.ipynb" in there)


def test_a_notebook_that_the_browser_edition_lacks_is_a_dead_link(tmp_path, capsys):
    top = project.settings["doc_host"] + project.settings["doc_baseurl"]
    (tmp_path/"lite"/"lab").mkdir(parents=True)
    (tmp_path/"lite"/"files"/"learn").mkdir(parents=True)
    (tmp_path/"lite"/"lab"/"index.html").touch()
    (tmp_path/"lite"/"files"/"learn"/"a_dev.ipynb").touch()
    asked = [f'<a href="{top}/lite/lab/index.html?path={path}">x</a>' for path in ("learn/a_dev.ipynb", "b.ipynb")]
    assert links.main(tmp_path) == 1 and "no site lies here" in capsys.readouterr().out
    (tmp_path/"index.html").write_text(asked[0])
    assert links.main(tmp_path) == 0
    (tmp_path/"index.html").write_text("".join(asked))
    assert links.main(tmp_path) == 1 and "path=b.ipynb" in capsys.readouterr().out


def test_links_that_name_the_folder_of_the_site_on_its_host_are_followed(tmp_path, capsys):
    base = project.settings["doc_baseurl"]
    (tmp_path/"index.html").touch()
    (tmp_path/"404.html").write_text(f'<a href="{base}/index.html">x</a><a href="{base}/none.html">y</a>')
    assert links.main(tmp_path) == 1
    assert capsys.readouterr().out.splitlines() == [f"❌ 404.html: {base}/none.html", "1 dead links or double ids"]


# ---- how it looks

needs_a_browser = pytest.mark.skipif(bool(preview.missing()),
                                     reason=f"not installed: {', '.join(preview.missing())}")


@needs_a_browser
def test_no_link_between_rendered_pages_is_dead(tmp_path, monkeypatch):
    monkeypatch.chdir(root)
    preview.build(tmp_path)

    def dead():
        return [(page, link) for page, link in links.dead_links(tmp_path) if "/lite/lab/" not in link]

    assert dead() == []
    text = (tmp_path/"index.html").read_text(encoding="utf-8")
    added = '<p id="a"></p><p id="a"></p><a href="gone.html">x</a><a href="#gone">y</a></main>'
    (tmp_path/"index.html").write_text(text.replace("</main>", added), encoding="utf-8")
    assert {*dead()} == {("index.html", link) for link in ("gone.html", "#gone", "the id a stands twice")}


@needs_a_browser
def test_pages_fit_every_screen_in_both_themes(tmp_path, monkeypatch):
    monkeypatch.chdir(root)
    chosen = ["index", "02_autograd", "06_optimizers", "10_modern", "reference", "behind/site"]
    assert preview.look(tmp_path, preview.build(tmp_path, chosen)) == {}


@needs_a_browser
def test_what_does_not_fit_or_cannot_be_read_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr(preview, "widths", [360])
    (tmp_path / "bad.html").write_text(
        '<html lang="en"><title>bad</title><main style="background:#fff"><h1>bad</h1>'
        '<p style="color:#ccc">pale</p><img src="x.png"><div style="width:900px">wide</div></main></html>'
    )
    (tmp_path/"lite").mkdir()
    (tmp_path/"lite"/"index.html").touch()
    assert preview.rendered(tmp_path) == ["bad.html"]
    said = " ".join(preview.look(tmp_path, ["bad.html"])["bad.html 360 light"])
    assert "scrolls sideways" in said and "color-contrast" in said and "image-alt" in said
