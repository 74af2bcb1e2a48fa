"""Notebook chores: fresh | run | execute | badges | readme, then names of notebooks without .ipynb (default: all) or --check.

fresh    run the notebooks and fail where one raises or its stored outputs are not what it gives now
run      run them and fail where one raises
execute  run them and store their outputs
badges   write what settings.ini and the notebooks' titles determine: badges, install cells, the index's list of lessons, the site's sidebar
readme   write README.md and its pictures from index.ipynb
--check  (badges, readme) write nothing and fail where something would change
"""
import base64
import io
import os
import platform
import posixpath
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from configparser import ConfigParser
from pathlib import Path
from urllib.parse import quote

import nbformat
import numpy as np
from nbclient import NotebookClient
from tqdm import tqdm

root = Path(__file__).resolve().parent.parent
nbs = root/"nbs"
config = ConfigParser(delimiters=["="])
config.read(root/"settings.ini", encoding="utf-8")
settings = config["DEFAULT"]
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def notebooks():
    "All notebooks: the index and the lessons in `nbs/`, then the machinery in its folders; nothing hidden or generated."
    inside = [path for path in nbs.rglob("*.ipynb") if not any(part[0] in "._" for part in path.relative_to(nbs).parts)]
    return sorted(inside, key=lambda path: (len(path.relative_to(nbs).parts) > 1, path))


def relative(path):
    "A notebook's path as seen from `nbs/`, or its name where it lies elsewhere."
    return path.relative_to(nbs).as_posix() if path.is_relative_to(nbs) else path.name


# ---- running and comparing

def run(path, executed=lambda **_: None):
    "Execute a notebook on a copy in memory, telling `executed` of every cell; an exception names the cell that failed."
    notebook = nbformat.read(path, 4)
    NotebookClient(notebook, timeout=300, kernel_name="python3", coalesce_streams=True, extra_arguments=["--log-level=40"],
                   resources={"metadata": {"path": str(nbs)}}, on_cell_executed=executed).execute()
    return notebook


def oldest_processor():
    "Environment in which NumPy and OpenBLAS use no instructions newer than their baseline: outputs that depend on the processor show up as changed."
    from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__
    features = " ".join(name for name in __cpu_dispatch__ if __cpu_features__[name])
    return {"NPY_DISABLE_CPU_FEATURES": features} | ({"OPENBLAS_CORETYPE": "Nehalem"} if platform.machine() in ("x86_64", "AMD64") else {})


def contents(output):
    "What a reader sees of one output: (kind, value) pairs."
    if output.output_type == "stream": return [(output.name, output.text)] if output.name == "stdout" else []
    data = output.get("data", {})
    if "image/png" in data: return [("image", data["image/png"])]
    return [("text", data.get("text/markdown", data.get("text/plain")))]


def same_picture(stored, new):
    "Equal size, and a root mean square difference below 2 % of full scale."
    import matplotlib.image as image
    a, b = (image.imread(io.BytesIO(base64.b64decode(png)), format="png") for png in (stored, new))
    return a.shape == b.shape and np.sqrt(np.mean((a - b)**2)) < 0.02


def compare(stored, new):
    "Messages about every cell whose stored outputs are not what it gives now: text exactly, pictures by size and RMS, and none may be missing."
    for number, (old, now) in enumerate(zip(stored.cells, new.cells)):
        before, after = ([pair for o in cell.get("outputs", []) for pair in contents(o)] for cell in (old, now))
        if [kind for kind, _ in before] != [kind for kind, _ in after]:
            yield f"cell {number} ({old.id}): stored {[k for k, _ in before]}, now {[k for k, _ in after]}"
            continue
        for (kind, a), (_, b) in zip(before, after):
            if not (same_picture(a, b) if kind == "image" else a == b):
                yield f"cell {number} ({old.id}): " + ("the picture changed" if kind == "image" else f"stored {a!r}, now {b!r}")


def check(paths, judge):
    "Run notebooks side by side and print what judge(stored, new) says of each, with a bar over their cells; 1 if anything was said, else 0."
    def one(path):
        start = time.perf_counter()
        try:
            stored = nbformat.read(path, 4)
            bar.total += sum(cell.cell_type == "code" for cell in stored.cells)
            messages = list(judge(stored, run(path, lambda **_: bar.update())))
        except Exception as error: messages = [re.sub(r"\x1b\[[\d;]*m", "", f"{type(error).__name__}: {error}")]   # whatever ends a notebook is its failure
        return path, messages, time.perf_counter() - start
    failed = 0
    with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool, tqdm(total=0, unit="cell", desc=f"{len(paths)} notebooks", disable=None, leave=False) as bar:
        for path, messages, seconds in (done.result() for done in as_completed([pool.submit(one, path) for path in paths])):
            bar.write("\n    ".join([f"{'❌' if messages else '✅'} {relative(path)} {seconds:.1f} s", *messages]))
            sys.stdout.flush()
            failed += bool(messages)
    print(f"{len(paths) - failed} of {len(paths)} notebooks are right", flush=True)
    return int(failed > 0 or not paths)


# ---- what is generated from settings.ini and from other notebooks

def links(path):
    "Badges that open a notebook of the repository in Colab and in Binder."
    at, file = f"{settings['user']}/{settings['repo']}", f"{settings['nbs_path']}/{relative(path)}"
    return (f"[![Open in Colab](https://colab.research.google.com/assets/colab-badge.svg)](https://colab.research.google.com/github/{at}/blob/{settings['branch']}/{file}) "
            f"[![Open in Binder](https://mybinder.org/badge_logo.svg)](https://mybinder.org/v2/gh/{at}/{quote(settings['branch'], '')}?urlpath=lab/tree/{file})")


def install_cell():
    "Source of the cell that makes a notebook run where the package is not installed: no import statement, because the docs build runs cells that have one."
    return f'''#| hide
try: __import__("tinytorch.optimizers")
except ImportError:   # in Colab; the name tinytorch belongs to another project on the package index, so this installs from the repository
    get_ipython().run_line_magic("pip", 'install -q "{settings['lib_name']} @ git+{settings['git_url']}@{settings['branch']}"')'''


def title(path):
    "(title, claim) from a notebook's first cell; ValueError where they are missing."
    found = re.match(r"# (.+)\n\s*> (.+)", nbformat.read(path, 4).cells[0].source)
    if not found: raise ValueError(f"{path.name}: its first cell is not '# Title' and '> one claim'")
    return found.groups()


def chapters():
    "(lessons in their order, notebooks of the machinery behind them); the index is neither."
    paths = [path for path in notebooks() if path.stem != "index"]
    return [path for path in paths if path.parent == nbs], [path for path in paths if path.parent != nbs]


def lessons():
    "The index's list: a line for every notebook, with its claim."
    def line(path, name, claim):
        number = path.stem[:2] if path.parent == nbs else ""
        return f"| {number} | [{name}]({relative(path)}) | {claim.replace('|', chr(92) + '|')} |"
    return "\n".join(["| | lesson | what it shows |", "|---|---|---|", *(line(path, *title(path)) for part in chapters() for path in part)])


def sidebar():
    "nbs/sidebar.yml: the site's list of pages."
    section = lambda name, paths: [f"      - section: {name}", "        contents:", *(f"          - {relative(path)}" for path in paths)]
    course, tools = chapters()
    return "\n".join(["website:", "  sidebar:", "    contents:", "      - index.ipynb", *section("Lessons", course), *section("Behind the course", tools)]) + "\n"


def badged(path):
    "The notebook with everything that is generated in it."
    notebook = nbformat.read(path, 4)
    title(path)
    make = lambda kind, id, source: getattr(nbformat.v4, f"new_{kind}_cell")(source, id=id)
    new = [make("markdown", "badges", links(path)), make("code", "install", install_cell())]
    notebook.cells[1:] = new + [cell for cell in notebook.cells[1:] if cell.id not in ("badges", "install")]
    for cell in notebook.cells:
        if path.stem == "index" and cell.id == "lessons": cell.source = lessons()
    return nbformat.writes(notebook, 4) + "\n"


def badges(paths):
    "(path, content) of the notebooks as they should be, and of the site's sidebar."
    return [*((path, badged(path).encode()) for path in paths), (nbs/"sidebar.yml", sidebar().encode())]


def readme():
    "(path, content) of README.md and of every picture in it, from index.ipynb: no hidden cell or source, links as seen from the top folder."
    from nbconvert import MarkdownExporter
    notebook = nbformat.read(nbs/"index.ipynb", 4)
    notebook.metadata.language_info = {"name": "python"}
    notebook.cells = [cell for cell in notebook.cells if not cell.source.startswith("#| hide") and cell.id != "badges"]
    for cell in notebook.cells:
        if "#| echo: false" in cell.source: cell.metadata.transient = {"remove_source": True}
    text, resources = MarkdownExporter().from_notebook_node(notebook)
    captions = re.findall(r"^#\| fig-alt: (.+)", "\n".join(cell.source for cell in notebook.cells), re.MULTILINE)
    pictures = [(nbs/"images"/f"readme-{number}.png", data) for number, data in enumerate(resources["outputs"].values(), 1)]
    for name, (path, _), caption in zip(resources["outputs"], pictures, captions, strict=True): text = text.replace(f"![png]({name})", f"![{caption}](images/{path.name})")
    text = re.sub(r"^ +$|^#\| .*\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"\]\((?!https?:|#)([^)]+)\)", lambda link: f"]({posixpath.normpath(settings['nbs_path'] + '/' + link[1])})", text)
    return [(root/"README.md", (re.sub(r"\n{3,}", "\n\n", text).strip() + "\n").encode()), *pictures]


def write(files, command, only_check):
    "Write what changed, or only say what would; 1 if only checking and something would change, else 0."
    stale = [(path, content) for path, content in files if not path.is_file() or path.read_bytes() != content]
    for path, content in stale:
        print(f"❌ {path.relative_to(root)} is out of date: run python bin/notebooks.py {command}" if only_check else f"wrote {path.relative_to(root)}")
        if only_check: continue
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    if not stale: print(f"✅ {command}: {len(files)} files are in sync")
    return int(only_check and bool(stale))


def main(command="", *names):
    paths = [nbs/f"{name}.ipynb" for name in names if not name.startswith("-")] or notebooks()
    if command == "fresh":
        os.environ.update(oldest_processor())
        return check(paths, compare)
    if command == "run": return check(paths, lambda stored, new: [])
    if command == "readme": return write(readme(), command, "--check" in names)
    if command == "badges": return write(badges(paths), command, "--check" in names)
    if command == "execute":
        for path in paths:
            nbformat.write(run(path), path)
            subprocess.run(["nbdev_clean", "--fname", str(path)], check=True)
        return 0
    print(__doc__)
    return 2


if __name__ == "__main__": sys.exit(main(*sys.argv[1:]))
