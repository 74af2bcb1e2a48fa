"""The lessons in the reader's own browser: python bin/lite.py FOLDER builds JupyterLite with this package's wheel.

Needs `pip install -e '.[site]'`. Nothing is installed by the reader: Python itself, NumPy and matplotlib come from
Pyodide's own address when the page is opened.
"""
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat

import generated
import project

install = """#| hide
import sys
if sys.platform == "emscripten":   # Python in the browser: from the wheel beside this page
    %pip install -q {lib_name}"""   # a line of its own: JupyterLite's kernel knows it by that, and by no other way


def on_the_site(text):
    "Links to other pages as links to the site, which the browser edition is a part of and holds only lessons of."
    top = project.settings["doc_host"] + project.settings["doc_baseurl"] + "/"
    return re.sub(r"\]\((behind/[\w/]+|reference)\.ipynb", rf"]({top}\1.html", text)


def lesson(path):
    "A notebook as the browser's Python wants it: its own kernel, its own way to install, its own links."
    notebook, own = nbformat.read(path, 4), generated.learners_file(path)
    notebook.metadata.kernelspec = {"name": "python", "display_name": "Python (Pyodide)", "language": "python"}
    for cell in notebook.cells:
        if cell.id == "badges":
            cell.source = f"[Write it yourself]({own}), without the solutions." if own else ""
        if cell.cell_type == "markdown":
            cell.source = on_the_site(cell.source)
        if cell.id == "install":
            here = install.format(lib_name=project.settings["lib_name"])
            cell.source = cell.source.replace(generated.install_cell(), here)
    notebook.cells = [cell for cell in notebook.cells if cell.source]
    return notebook


def contents():
    "dict: path of a notebook in the browser -> its text; the index, all lessons, and the learner's notebooks."
    paths = [project.nbs/"index.ipynb", *project.chapters()[0]]
    found = {path.name: path for path in paths}
    found |= {path.relative_to(project.root).as_posix(): path for path in sorted(project.learn.glob("*.ipynb"))}
    return {name: nbformat.writes(lesson(path), 4) for name, path in found.items()}


def wheels(folder):
    "Paths of the package's wheel, made from a copy that nothing old lies in, and of comm's, which the kernel asks for."
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch)/"source"
        for name in ("tinytorch", "nbs", "setup.py", "settings.ini", "README.md", "LICENSE", "MANIFEST.in"):
            copy = shutil.copytree if (project.root/name).is_dir() else shutil.copy
            source.mkdir(exist_ok=True)
            copy(project.root/name, source/name)
        subprocess.run([*pip, "wheel", "--no-deps", "--wheel-dir", folder, source], check=True)
    subprocess.run([*pip, "download", "--no-deps", "--dest", folder, "comm==0.2.3"], check=True)
    return sorted(folder.glob("*.whl"))


def build(target):
    "Write the site into `target`, which is made anew; size in MB."
    shutil.rmtree(target, ignore_errors=True)
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        for name, text in contents().items():
            file = scratch/"contents"/name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        bundled = [f"--piplite-wheels={wheel}" for wheel in wheels(scratch/"wheels")]
        command = [sys.executable, "-m", "jupyterlite_core", "build", "--apps=lab"]
        folders = [f"--contents={scratch/'contents'}", f"--output-dir={target}"]
        subprocess.run([*command, *folders, *bundled], cwd=scratch, check=True)
    for path in target.rglob("*.map"):   # what only a debugger reads, and more than half of all
        path.unlink()
    return sum(path.stat().st_size for path in target.rglob("*") if path.is_file())/1e6


def main(folder):
    "Build and tell; exit code."
    target = Path(folder).resolve()
    print(f"{build(target):.0f} MB in {target}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
