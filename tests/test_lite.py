"In the reader's browser: what Python lacks there, the notebooks for it, Pyodide itself, and a start page that starts."
import json
import os
import re
import subprocess
import sys
import threading
import zipfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path

import pytest
from IPython.core.inputtransformer2 import TransformerManager

root = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(root/"bin"))
import browser
import generated
import lite
import preview
import project

as_in_the_browser = """
import builtins, os, subprocess, sys, threading, socket
for name in ("fcntl", "termios", "_posixsubprocess", "_multiprocessing", "numba", "torch", "resource"):
    sys.modules[name] = None   # importing it raises ImportError
def refuse(*_, **__):
    raise RuntimeError("not in a browser")
threading.Thread.start = subprocess.Popen.__init__ = socket.socket.__init__ = os.fork = os.posix_spawn = refuse
del os.link
import sysconfig
sysconfig.get_config_vars()   # read before this Python says that it is another
sys.platform = "emscripten"
"""


def run(source, folder):
    "What a Python prints that is as poor as the browser's."
    done = subprocess.run([sys.executable, "-c", as_in_the_browser + source], cwd=folder, capture_output=True,
                          text=True, env=os.environ | {"PYTHONPATH": str(root)})
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


modules = sorted(".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
                 for path in (root/"tinytorch").rglob("*.py") if path.stem not in ("_modidx", "__main__"))


def test_every_module_imports_without_threads_processes_sockets_and_locks(tmp_path):
    imports = "\n".join(f"import {name}" for name in modules)
    count = "print(len([name for name in sys.modules if name.startswith('tinytorch')]))"
    assert int(run(f"{imports}\n{count}", tmp_path)) >= len(modules) > 30


def test_what_the_browser_lacks_is_refused_here(tmp_path):
    with pytest.raises(AssertionError, match="not in a browser"):
        run("threading.Thread(target=print).start()", tmp_path)
    with pytest.raises(AssertionError, match="fcntl"):
        run("import fcntl", tmp_path)


def test_training_with_its_progress_and_checkpoints_works_there(tmp_path):
    said = run("""
import numpy as np
from tinytorch.data import DataLoader, load_digits
from tinytorch.layers import CrossEntropyLoss, Dense
from tinytorch.optimizers import Adam
from tinytorch.training import evaluate, fit, load_checkpoint, save_checkpoint
digits, model = load_digits(), Dense(64, 10)
batches = DataLoader(digits.train_inputs, digits.train_targets, 64)
optimizer = Adam(model.parameters(), learning_rate=0.01)
fit(model, batches, CrossEntropyLoss(), optimizer, epochs=2, progress=True)
save_checkpoint("m.safetensors", model, optimizer)
load_checkpoint("m.safetensors", model, optimizer)
print(evaluate(model, batches, CrossEntropyLoss()).accuracy > 0.8)""", tmp_path)
    assert said.endswith("True\n")


# ---- notebooks

edition = lite.contents()


def lay_out(folder, texts):
    "Notebooks as bin/browser/cells.py finds them."
    for name, text in texts.items():
        (folder/"notebooks"/name).parent.mkdir(parents=True, exist_ok=True)
        (folder/"notebooks"/name).write_text(text, encoding="utf-8")
    (folder/"names.json").write_text(json.dumps([*texts]), encoding="utf-8")


def wrong_in(cells):
    "What of a notebook's cells is no success: (id, error or warning)."
    return [
        (cell["id"], cell["error"] or cell["warned"]) for cell in cells if cell["error"] or "Warning" in cell["warned"]
    ]


@pytest.mark.parametrize("name", ["04_data", "16_engines", "learn/optimizers_dev", "learn/training_dev"])
def test_a_notebook_runs_without_threads_processes_sockets_and_locks(name, tmp_path):
    file = f"{name}.ipynb"
    lay_out(tmp_path, {file: browser.solved(edition[file])})
    run(f"import runpy\nrunpy.run_path({str(browser.tools/'cells.py')!r})", tmp_path)
    cells = json.loads((tmp_path/"said.json").read_text(encoding="utf-8"))[file]
    assert wrong_in(cells) == []
    assert f"%pip install -q {project.settings['lib_name']}" in cells[0]["printed"]
    checks = sum("check" in cell["metadata"].get("tinytorch", {}) for cell in json.loads(edition[file])["cells"])
    assert sum("📈 Progress" in cell["printed"] for cell in cells) >= checks > 0


def test_a_thread_in_a_cell_is_found(tmp_path):
    started = {"cell_type": "code", "id": "a", "metadata": {}, "source": "import threading\nthreading.Thread().start()"}
    lay_out(tmp_path, {"bad.ipynb": json.dumps({"cells": [started]})})
    run(f"import runpy\nrunpy.run_path({str(browser.tools/'cells.py')!r})", tmp_path)
    [cell] = json.loads((tmp_path/"said.json").read_text(encoding="utf-8"))["bad.ipynb"]
    assert wrong_in([cell]) == [("a", "RuntimeError: not in a browser")]


def test_every_lesson_and_every_learners_notebook_is_there():
    own = [file for file in map(generated.learners_file, project.chapters()[0]) if file]
    assert len(own) == 12
    assert {*edition} == {"index.ipynb", *(path.name for path in project.chapters()[0]), *own}


@pytest.mark.parametrize("name", edition)
def test_notebooks_take_the_wheel_beside_them(name):
    notebook = json.loads(edition[name])
    [cell] = [cell for cell in notebook["cells"] if cell["id"] == "install"]
    source = "".join(cell["source"])
    assert notebook["metadata"]["kernelspec"]["name"] == "python"
    assert f"    %pip install -q {project.settings['lib_name']}\n" in source + "\n" and "git+" not in source
    ran = []
    shell = type("Shell", (), {"run_line_magic": lambda self, *words: ran.append(words)})()
    exec(TransformerManager().transform_cell(source), {"get_ipython": lambda: shell})   # on a desktop it does nothing
    assert ran == []


@pytest.mark.parametrize("name", edition)
def test_links_of_a_notebook_lead_somewhere(name):
    top, lab = project.settings["doc_host"] + project.settings["doc_baseurl"] + "/", "lite/lab/index.html?path="
    pages = {preview.page_name(project.relative(path).removesuffix(".ipynb")) for path in project.notebooks()}
    prose = ["".join(cell["source"]) for cell in json.loads(edition[name])["cells"] if cell["cell_type"] == "markdown"]
    links = re.findall(
        r"\]\(([^)\s#]+)", re.sub(r"```.*?```|`[^`]*`|\$[^$\n]*\$", "", "\n".join(prose), flags=re.DOTALL)
    )
    here = [link for link in links if not re.match(r"https?:|data:|attachment:", link)]
    there = {link.removeprefix(top) for link in links if link.startswith(top)}
    in_the_edition = {link.removeprefix(lab) for link in there if link.startswith(lab)}
    assert {*here} | in_the_edition <= {*edition} and {link for link in there if not link.startswith(lab)} <= pages
    assert ("learn/" in "".join(here)) == (f"learn/{name[3:-6]}_dev.ipynb" in edition)


transform = """
import asyncio, json, sys, types
for name in ("piplite", "pyodide_kernel"):   # without what they import only in a browser
    sys.modules[name] = types.ModuleType(name)
    sys.modules[name].__path__ = [name]
sys.path.insert(0, "")
from pyodide_kernel.litetransform import LiteTransformerManager
print(asyncio.run(LiteTransformerManager().transform_cell(json.load(sys.stdin))))"""


def test_jupyterlites_kernel_understands_the_install_cell(tmp_path):
    pytest.importorskip("jupyterlite_pyodide_kernel", reason="comes with pip install -e '.[site]'")
    for wheel in Path(sys.prefix, "share", "jupyter", "labextensions").rglob("p*-py3-none-any.whl"):
        zipfile.ZipFile(wheel).extractall(tmp_path)
    source = lite.install.format(lib_name=project.settings["lib_name"])
    done = subprocess.run([sys.executable, "-c", transform], cwd=tmp_path, input=json.dumps(source),
                          capture_output=True, text=True)
    told = f"""await __import__("piplite").install(**{{'requirements': ['{project.settings["lib_name"]}']}})"""
    assert f"    {told}" in done.stdout, done.stderr


# ---- the versions that the browser has

def test_versions_are_those_of_the_kernel_that_is_built():
    from packaging.requirements import Requirement
    pyodide, _, kernel = browser.named_in_header()
    assert f"jupyterlite-pyodide-kernel=={kernel}" in project.settings["site_requirements"].split()
    for requirement in map(Requirement, project.settings["requirements"].split()):
        assert browser.pinned()[requirement.name] in requirement.specifier
    constants = pytest.importorskip("jupyterlite_pyodide_kernel.constants", reason="comes with '.[site]'")
    assert pyodide == constants.PYODIDE_VERSION


# ---- Pyodide itself, under Node

probe = """
import numpy as np, sys
from tinytorch.checks import Mistake
from tinytorch.course.browser import begin, check
begin("optimizers")
from data_dev import load_digits, DataLoader
from tinytorch.layers import CrossEntropyLoss, Dense
from tinytorch.optimizers import Adam
from tinytorch.training import fit
print(sys.platform, np.intp().itemsize)
---
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum=0.9):
    velocity = gradient
    return parameter - learning_rate*velocity, velocity
try:
    check("momentum", sgd_momentum)
except Mistake as error:
    print(error)
---
%tito hint momentum
%tito hint momentun
%tito test --module optimizers
%tito tset
---
digits, model = load_digits(), Dense(64, 10)
batches = DataLoader(digits.train_inputs, digits.train_targets, 64, generator=np.random.default_rng(0))
history = fit(model, batches, CrossEntropyLoss(), Adam(model.parameters(), learning_rate=0.01), epochs=2, progress=True)
print(np.mean(history.loss[-10:]) < np.mean(history.loss[:10]))
---
%tito start --module layers
%tito status --module layers"""


@pytest.fixture(scope="module")
def in_pyodide():
    "What each cell of some notebooks says in WebAssembly."
    cells = [{"cell_type": "code", "id": str(number), "metadata": {}, "source": source.strip()}
             for number, source in enumerate(probe.split("---"))]
    texts = {f"{name}.ipynb": browser.solved(edition[f"{name}.ipynb"]) for name in (
        "01_tensor", "04_data", "16_engines", "learn/optimizers_dev")}
    try:
        return browser.in_pyodide(texts | {"probe.ipynb": json.dumps({"metadata": {}, "cells": cells})})[0]
    except RuntimeError as error:
        if "pyodide.loadPackage" not in str(error):
            raise
        pytest.skip("npm's Pyodide cannot fetch its packages here")


needs_pyodide = pytest.mark.skipif(bool(browser.lacking()), reason=f"not installed: {', '.join(browser.lacking())}")


@needs_pyodide
def test_notebooks_run_in_pyodide(in_pyodide):
    assert {
        name: wrong_in(cells) for name, cells in in_pyodide.items() if wrong_in(cells) and name != "probe.ipynb"
    } == {}
    printed = "".join(cell["printed"] for cell in in_pyodide["learn/optimizers_dev.ipynb"])
    assert printed.count("📈 Progress") >= 11


@needs_pyodide
def test_checks_hints_and_training_in_pyodide(in_pyodide):
    where, wrong, asked, trained, started = in_pyodide["probe.ipynb"]
    assert [cell["error"] for cell in in_pyodide["probe.ipynb"]] == [""]*5
    assert where["printed"].split() == ["emscripten", "4"]
    assert "❌" in wrong["printed"] and "💡" in wrong["printed"] and "velocity" in wrong["printed"]
    assert "hint 1 of" in asked["printed"] and "did you mean 'momentum'" in asked["warned"]
    assert "did you mean 'test'" in asked["warned"]
    assert trained["printed"].endswith("True\n")
    assert "layers_dev.ipynb" in started["printed"] and "a browser's Python starts no process" in started["warned"]


# ---- JupyterLite

packages = ("jupyterlite_core", "jupyterlite_pyodide_kernel")
lacking = [name for name in packages if find_spec(name) is None] + preview.missing()


@pytest.mark.skipif(bool(lacking), reason=f"not installed: {', '.join(lacking)}")
def test_the_browser_edition_starts(tmp_path):
    lite.build(tmp_path/"lite")
    assert [path.name for path in (tmp_path/"lite").rglob("tinytorch_optimizers-*.whl")]
    serve = partial(SimpleHTTPRequestHandler, directory=tmp_path/"lite")
    server = ThreadingHTTPServer(("127.0.0.1", 0), serve)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        address = f"http://127.0.0.1:{server.server_port}/lab/index.html?path=01_tensor.ipynb"
        command = ["node", preview.tools/"look.mjs", "start", preview.browser(), address, ".jp-Notebook"]
        said = subprocess.run(command, capture_output=True, text=True, timeout=180).stdout
    finally:
        server.shutdown()
    assert "06_optimizers.ipynb" in said and "Arrays of numbers" in said
