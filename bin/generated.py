"What settings.ini, the notebooks and the package determine: badges, install cells, times, lists, README."
import ast
import posixpath
import re
from functools import cache
from urllib.parse import quote

import nbformat

import pages
import project
from project import settings


def title(path):
    "(title, claim) from a notebook's first cell; ValueError where they are missing."
    found = re.match(r"# (.+)\n\s*> (.+)", nbformat.read(path, 4).cells[0].source)
    if not found:
        raise ValueError(f"{path.name}: its first cell is not '# Title' and '> one claim'")
    return found.groups()


# ---- in every notebook

def colab(file):
    "Address that opens a notebook of the repository in Colab."
    repository = f"{settings['user']}/{settings['repo']}/blob/{settings['branch']}"
    return f"https://colab.research.google.com/github/{repository}/{file}"


def learners_file(path):
    "Where in the repository the learner's notebook of a lesson lies; None where it has no exercise."
    cells = nbformat.read(path, 4).cells if path.parent == project.nbs else []
    has_exercises = any("exercise" in cell.metadata.get("tinytorch", {}) for cell in cells)
    return f"{project.learn.name}/{path.stem.partition('_')[2]}_dev.ipynb" if has_exercises else None


def links(path):
    "Badges that open a notebook of the repository in Colab and in Binder, the way to the symbols, and to an own copy."
    repository, branch = f"{settings['user']}/{settings['repo']}", settings["branch"]
    file, own = f"{settings['nbs_path']}/{project.relative(path)}", learners_file(path)
    binder = f"https://mybinder.org/v2/gh/{repository}/{quote(branch, '')}?urlpath=lab/tree/{file}"
    symbols = posixpath.relpath("behind/symbols.ipynb", posixpath.dirname(project.relative(path)) or ".")
    return " ".join([
        f"[![Open in Colab](https://colab.research.google.com/assets/colab-badge.svg)]({colab(file)})",
        f"[![Open in Binder](https://mybinder.org/badge_logo.svg)]({binder})",
        *([] if path.stem in ("index", "symbols") else [f"· [What the symbols mean]({symbols})"]),
        *([f"· [Write it yourself in Colab]({colab(own)})"] if own else [])])


def install_cell():
    "Source of the cell that installs the package where it is missing: no import, because the docs run cells with one."
    wanted = f"{settings['lib_name']} @ git+{settings['git_url']}@{settings['branch']}"
    return "\n".join([
        "#| hide",
        'try: __import__("tinytorch.optimizers")',
        "except ImportError:   # in Colab; the name tinytorch belongs to another project on the package index, "
        "so this installs from the repository",
        f"""    get_ipython().run_line_magic("pip", 'install -q "{wanted}"')"""])


def learners_notebooks():
    "(path, content) of every learner's notebook, as it comes without a folder; their folder holds nothing else."
    from tinytorch.course.handouts import learner_notebook
    from tinytorch.course.lesson import chapters
    for lesson in chapters():
        begin = f'from tinytorch.course.browser import begin\nbegin("{lesson.name}")'
        yield project.learn/lesson.file, learner_notebook(lesson, f"{install_cell()}\n{begin}").encode()


def timed(cells, minutes):
    "Write the measured reading time into the table that opens a page."
    row = re.compile(r"^\| \*\*Time(, difficulty)?\*\* \| [^,|]*", re.MULTILINE)
    for cell in cells:
        if cell.cell_type == "markdown" and (found := row.search(cell.source)):
            end = "" if found[1] else " "
            cell.source = row.sub(f"| **Time{found[1] or ''}** | {minutes} minutes to read{end}", cell.source, count=1)
            return


def badged(path):
    "The notebook with everything that is generated in it."
    notebook = nbformat.read(path, 4)
    title(path)
    new = [nbformat.v4.new_markdown_cell(links(path), id="badges"),
           nbformat.v4.new_code_cell(install_cell(), id="install")]
    notebook.cells[1:] = new + [cell for cell in notebook.cells[1:] if cell.id not in ("badges", "install")]
    timed(notebook.cells, round(pages.measure(path).minutes))
    made = {"lessons": lessons, "optimizers": optimizers}
    for cell in notebook.cells:
        if path.stem == "index" and cell.id in made:
            cell.source = made[cell.id]()
    return nbformat.writes(notebook, 4) + "\n"


# ---- lists of them

def lessons():
    "The index's map of the course."
    course, _ = project.chapters()
    homes = {name: notebook for name, (notebook, _) in modules().items()}
    lines = ["| | lesson | what it shows | time | builds on | gives you |", "|---|---|---|---|---|---|"]
    for path in course:
        name, claim = title(path)
        own = learners_file(path)
        needed = ", ".join(sorted({*re.findall(r"\b(\d\d)_", opening_row(path, "Before"))}))
        names = ", ".join(f"`{given}`" for given in most_used(path, homes))
        lines.append(f"| {path.stem[:2]} | [{name}]({project.relative(path)})"
                     f"{f' · [write it]({colab(own)})' if own else ''} | {in_a_table(claim)} | "
                     f"{pages.measure(path).minutes:.0f} min, {difficulty(path)} | {needed or '–'} | {names} |")
    return "\n".join(lines)


def opening_row(path, name):
    "What stands in a row of the table that opens a lesson."
    text = "\n".join(cell.source for cell in nbformat.read(path, 4).cells if cell.cell_type == "markdown")
    row = re.search(rf"^\| \*\*[^*|]*{name}\*\* \|(.*)\|$", text, re.MULTILINE)
    if not row:
        raise ValueError(f"{path.name}: the table that opens it has no row '{name}'")
    return row[1]


def difficulty(path):
    "The word in the table that opens a lesson."
    found = re.search(r"\b(easy|medium|hard)\b", opening_row(path, "ifficulty"))
    if not found:
        raise ValueError(f"{path.name}: its difficulty is none of easy, medium and hard")
    return found[1]


def most_used(path, homes, most=4):
    "Of what a lesson exports: its classes that other notebooks use or that train something, then functions."
    from tinytorch.optimizers import Optimizer
    module = next(name for name, notebook in homes.items() if notebook == path)
    text = module_file(module).read_text(encoding="utf-8")
    exported = ast.literal_eval(re.search(r"^__all__ = (\[.*?\])", text, re.MULTILINE | re.DOTALL)[1])
    uses = dict.fromkeys(exported, 0)
    for other in project.notebooks():
        if other != path:
            for name in exported:
                uses[name] += bool({f"{module}.{name}", f"optimizers.{name}"} & imports_of(other))
    given = [name for name in exported if uses[name] or name in Optimizer.registry]
    return sorted(given, key=lambda name: (name[0].islower(), -uses[name]))[:most]


def optimizers():
    "The index's table of optimizers, from the registry."
    import tinytorch.family   # completes the classes that a learner writes
    from tinytorch.entries import anchor
    from tinytorch.optimizers import Optimizer
    homes = {name: notebook for name, (notebook, _) in modules().items()}
    lines = ["| optimizer | take it when | bytes per weight | explained in |", "|---|---|---:|---|"]
    own = {name: kind for name, kind in Optimizer.registry.items() if kind.__module__.startswith("tinytorch.")}
    for name, kind in own.items():
        path = homes[kind.__module__.removeprefix("tinytorch.")]
        bytes_kept, page = tinytorch.family.measured_bytes(kind), title(path)[0].split(":")[0]
        lines.append(
            f"| [{name}](reference.ipynb#{anchor(kind)}) | {in_a_table(kind.pick)} | "
            f"{bytes_kept:.3g} | [{page}]({project.relative(path)}) |"
        )
    return "\n".join(lines)


@cache
def imports_of(path):
    "Names of the package's modules that a notebook's cells import."
    cells = [cell for cell in nbformat.read(path, 4).cells if cell.cell_type == "code" and cell.id != "install"]
    return {name for cell in cells for name in imported(pages.parsed(cell), path, project.root/settings["lib_path"])}


def in_a_table(text):
    "A text as it stands in a cell of a table."
    return text.replace("|", r"\|")


def sidebar():
    "nbs/sidebar.yml: the site's list of pages."
    lines = ["website:", "  sidebar:", "    contents:", "      - {text: Start, href: index.ipynb}"]
    course, behind = project.chapters()
    lines += section("Lessons", course)
    lines += ["      - reference.ipynb"]
    lines += section("Behind the course", [path for path in behind if path.parent.name == "behind"])
    for folder in sorted({path.parent for path in behind if path.parent.name != "behind"}):
        lines += section(folder.name.capitalize(), [path for path in behind if path.parent == folder], " "*10)
    return "\n".join(lines) + "\n"


def section(name, paths, indent=" "*6):
    "Lines of one part of the sidebar."
    return [f"{indent}- section: {name}", f"{indent}  contents:",
            *(f"{indent}    - {project.relative(path)}" for path in paths)]


def modules():
    "dict: name of a module, without `tinytorch.` -> (its notebook, the modules of the package it imports)."
    package, found = project.root/settings["lib_path"], {}
    for path in sorted(package.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        source = re.search(r"File to edit: (\S+\.ipynb)", text)
        if source:
            found[module_name(path, package)] = ((path.parent/source[1]).resolve(), ast.parse(text), path)
    return {name: (notebook, sorted(imported(tree, path, package) & {*found} - {name}))
            for name, (notebook, tree, path) in found.items()}


def module_file(name):
    "Path of tinytorch/optimizers/core.py for `optimizers.core`."
    return (project.root/settings["lib_path"]/name.replace(".", "/")).with_suffix(".py")


def module_name(path, package):
    "`optimizers.core` for tinytorch/optimizers/core.py, `optimizers` for its __init__.py."
    return ".".join(path.relative_to(package).with_suffix("").parts).removesuffix(".__init__")


def imported(tree, path, package):
    "Names of the package's modules that a module imports, in functions too."
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.removeprefix(f"{package.name}.") for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            folder = path.parents[node.level - 1] if node.level else None
            base = [] if folder is None else [*folder.relative_to(package).parts]
            written = (node.module or "").removeprefix(f"{package.name}.") if folder is None else node.module or ""
            base = ".".join([*base, *filter(None, [written])])
            names |= {base} | {f"{base}.{alias.name}".lstrip(".") for alias in node.names}
    return names


def rooms():
    "CONTRIBUTING's list of rooms, in the order of the notebooks: what each is, and what it builds on."
    order = {path: number for number, path in enumerate(path for part in project.chapters() for path in part)}
    lines = ["| module | notebook | what it is | imports |", "|---|---|---|---|"]
    for name, (notebook, needed) in sorted(modules().items(), key=lambda entry: order.get(entry[1][0], 0)):
        file = project.relative(notebook)
        builds_on = ", ".join(f"`{other}`" for other in needed) or "–"
        claim = in_a_table(title(notebook)[1])
        lines.append(f"| `{name}` | [{file.removesuffix('.ipynb')}](nbs/{file}) | {claim} | {builds_on} |")
    return "\n".join(lines)


def contributing():
    "CONTRIBUTING.md with its list of rooms as the package is now."
    text = (project.root/"CONTRIBUTING.md").read_text(encoding="utf-8")
    begin, end = "<!-- rooms: python bin/notebooks.py badges -->\n", "\n<!-- end of rooms -->"
    before, _, rest = text.partition(begin)
    return before + begin + rooms() + end + rest.partition(end)[2]


# ---- the files

def badges(paths):
    "(path, content) of the notebooks as they should be, the learner's, the site's sidebar and CONTRIBUTING."
    return [*((path, badged(path).encode()) for path in paths),
            *learners_notebooks(),
            (project.nbs/"sidebar.yml", sidebar().encode()),
            (project.root/"CONTRIBUTING.md", contributing().encode())]


def readme():
    "(path, content) of README.md and its pictures, from index.ipynb: nothing hidden, links from the top folder."
    from nbconvert import MarkdownExporter
    notebook = nbformat.read(project.nbs/"index.ipynb", 4)
    notebook.metadata.language_info = {"name": "python"}
    notebook.cells = [cell for cell in notebook.cells if not pages.hidden(cell)]
    for cell in notebook.cells:
        if pages.options(cell.source).get("echo") is False:
            cell.metadata.transient = {"remove_source": True}
        for output in cell.get("outputs", []):
            if "image/png" in output.get("data", {}):
                output.data.pop("text/html", None)   # Markdown does not move
    text, resources = MarkdownExporter().from_notebook_node(notebook)
    told = [pages.options(cell.source) for cell in notebook.cells if cell.cell_type == "code"]
    captions = [options["fig-alt"] for options in told if "fig-alt" in options]
    pictures = []
    for (name, data), caption in zip(resources["outputs"].items(), captions, strict=True):
        pictures.append((project.nbs/"images"/f"readme-{len(pictures) + 1}.png", data))
        text = text.replace(f"![png]({name})", f"![{caption}](images/{pictures[-1][0].name})")
    text = re.sub(r"^ +$|^#\| .*\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"\]\((?!https?:|#)([^)]+)\)", from_the_top, text)
    return [(project.root/"README.md", (re.sub(r"\n{3,}", "\n\n", text).strip() + "\n").encode()), *pictures]


def from_the_top(link):
    "A link of a notebook as it is written in the top folder."
    return f"]({posixpath.normpath(settings['nbs_path'] + '/' + link[1])})"


def write(files, command, only_check):
    "Write what changed, or only say what would; 1 if only checking and something would change, else 0."
    stale = [(path, content) for path, content in files if not path.is_file() or path.read_bytes() != content]
    for path, content in stale:
        name = path.relative_to(project.root)
        if only_check:
            print(f"❌ {name} is out of date: run python bin/notebooks.py {command}")
            continue
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        print(f"wrote {name}")
    if not stale:
        print(f"✅ {command}: {len(files)} files are in sync")
    return int(only_check and bool(stale))
