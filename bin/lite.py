"""The lessons in the reader's own browser: python bin/lite.py FOLDER builds JupyterLite with this package's wheel.

Needs `pip install -e '.[site]'`. Nothing is installed by the reader: Python itself, NumPy and matplotlib come from
Pyodide's own address when the page is opened.
"""
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat

import project

install = """#| hide
import sys
if sys.platform == "emscripten":   # Python in the browser: from the wheel beside this page
    get_ipython().run_line_magic("pip", "install -q {lib_name}")"""


def lesson(path):
    "A lesson as the browser's Python wants it: its own kernel, its own way to install."
    notebook = nbformat.read(path, 4)
    notebook.metadata.kernelspec = {"name": "python", "display_name": "Python (Pyodide)", "language": "python"}
    for cell in notebook.cells:
        if cell.id == "install":
            cell.source = install.format(lib_name=project.settings["lib_name"])
    return notebook


def contents(folder):
    "Write all lessons and the index into a folder."
    folder.mkdir(parents=True)
    for path in [project.nbs/"index.ipynb", *project.chapters()[0]]:
        nbformat.write(lesson(path), folder/path.name)


def wheels(folder):
    "Paths of the package's wheel, and of comm's, which the browser's kernel asks for."
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "--no-deps", "--wheel-dir", folder, project.root], check=True)
    subprocess.run([*pip, "download", "--no-deps", "--dest", folder, "comm==0.2.3"], check=True)
    return sorted(folder.glob("*.whl"))


def build(target):
    "Write the site into `target`, which is made anew; size in MB."
    shutil.rmtree(target, ignore_errors=True)
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        contents(scratch/"contents")
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
