"""Runs inside of Pyodide, started by bin/browser.py: the cells of every notebook beside it, through IPython's shell.

Reads and writes JSON files alone: `names.json`, the notebooks to run, and `said.json`, what each of their cells said.
"""
import json
import os
import sys

from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from traitlets.config import Config

without_history = Config({"HistoryManager": {"enabled": False}})   # whose thread a browser could not start


class Shell(InteractiveShell):
    "A notebook's shell without a notebook: figures are drawn, and shown to nobody."

    def enable_gui(self, gui=None):
        "No windows."

    def init_magics(self):
        "What `%pip` would install lies here already."
        super().init_magics()
        self.register_magic_function(lambda line: print("%pip", line), "line", "pip")


def ran(shell, cell):
    "dict: the cell's id, what it printed and showed, and its error or an empty text."
    with capture_output() as said:
        result = shell.run_cell("".join(cell["source"]), store_history=True)
    error = result.error_before_exec or result.error_in_exec
    shown = [str(output.data.get("text/plain", "")) for output in said.outputs]
    return {"id": cell["id"], "printed": said.stdout, "shown": shown, "warned": said.stderr,
            "error": f"{type(error).__name__}: {error}" if error else ""}


def run_notebook(name):
    "What each code cell of a notebook says, in a shell and a folder of its own."
    with open(name, encoding="utf-8") as file:
        cells = json.load(file)["cells"]
    os.chdir(os.path.dirname(name))
    Shell.clear_instance()
    shell, before = Shell.instance(config=without_history), {*sys.modules}
    said = [ran(shell, cell) for cell in cells if cell["cell_type"] == "code"]
    for module in {*sys.modules} - before:
        if module.endswith("_dev"):   # the next notebook takes its own
            del sys.modules[module]
    return said


with open("names.json", encoding="utf-8") as file:
    names = json.load(file)
top = os.path.join(os.getcwd(), "notebooks")
found = {name: run_notebook(os.path.join(top, name)) for name in names}
with open(os.path.join(top, "..", "said.json"), "w", encoding="utf-8") as file:
    json.dump(found, file)
