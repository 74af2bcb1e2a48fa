"In the reader's browser: what Python lacks there, the copies of the lessons, and a start page that starts."
import os
import subprocess
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path

import pytest

root = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(root/"bin"))
import lite
import preview
import project

as_in_the_browser = """
import builtins, os, subprocess, sys, threading, socket
for name in ("fcntl", "termios", "_posixsubprocess", "_multiprocessing", "numba", "torch", "resource"):
    sys.modules[name] = None   # importing it raises ImportError
def refuse(*_, **__):
    raise RuntimeError("not in a browser")
threading.Thread.start = subprocess.Popen.__init__ = socket.socket.__init__ = os.fork = refuse
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


@pytest.mark.parametrize("path", project.chapters()[0], ids=lambda path: path.stem)
def test_lessons_take_the_wheel_beside_them(path):
    notebook = lite.lesson(path)
    [cell] = [cell for cell in notebook.cells if cell.id == "install"]
    assert notebook.metadata.kernelspec.name == "python"
    assert f"install -q {project.settings['lib_name']}" in cell.source and "git+" not in cell.source
    ran = []
    shell = type("Shell", (), {"run_line_magic": lambda self, *words: ran.append(words)})()
    exec(cell.source, {"get_ipython": lambda: shell})   # on a desktop it does nothing
    assert ran == []


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
