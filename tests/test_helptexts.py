"`help` explains every argument, from the comments behind them, and importing the package reads none of them."
import copy
import importlib
import inspect
import os
import pickle
import pydoc
import re
import subprocess
import sys
from pathlib import Path

import pytest

import tinytorch
from tinytorch import helptexts, layers, optimizers, training
from tinytorch.optimizers import SGD, Adam, Optimizer, Scheduler

root = Path(__file__).resolve().parent.parent
named = {**Optimizer.registry, **Scheduler.registry,
         **{name: getattr(module, name) for module in (optimizers, training, layers) for name in module.__all__}}
ours = {name: thing for name, thing in named.items() if callable(thing) and thing.__module__.startswith("tinytorch.")}


@pytest.mark.parametrize("name", ours)
def test_every_argument_is_explained(name):
    thing = ours[name]
    function = thing.__init__ if isinstance(thing, type) else thing
    if not inspect.isfunction(function):
        return
    shown = inspect.getdoc(thing)
    is_class = isinstance(thing, type)
    comments = helptexts.comments_of_class(thing) if is_class else helptexts.comments_of(function)
    for parameter in inspect.signature(function).parameters.values():
        if parameter.name in comments:
            [line] = re.findall(rf"^    \**{parameter.name}\b.*$", shown, re.MULTILINE)
            assert comments[parameter.name] in line
            if isinstance(parameter.default, (bool, int, float, str)):
                assert f"({type(parameter.default).__name__}, default {parameter.default!r})" in line


def test_help_as_a_reader_meets_it():
    shown = pydoc.render_doc(Adam, renderer=pydoc.plaintext)
    for line in ("learning_rate (float, default 0.001): step size α, in [0, inf); ValueError otherwise",
                 "beta2 (float, default 0.999): memory of the squared gradient's, in [0, 1); ValueError otherwise",
                 "amsgrad (bool, default False): never let the denominator shrink",
                 "(Kingma & Ba 2014, https://arxiv.org/abs/1412.6980)"):
        assert line in shown
    shown = pydoc.render_doc(training.fit, renderer=pydoc.plaintext)
    assert "epochs (int, default 1): passes in all" in shown and "Returns: History" in shown
    assert "clip (default None): longest gradient allowed, in (0, inf]" in shown and "in [1, inf)" in shown
    shown = pydoc.render_doc(tinytorch, renderer=pydoc.plaintext)
    assert "from tinytorch.optimizers import SGD, Adam" in shown and "LoaderWithHelp" not in shown and "__cached__" not in shown
    shown = pydoc.render_doc(Adam.step, renderer=pydoc.plaintext)
    assert "closure: function that zeroes, computes and returns the loss; default None" in shown


def test_shift_tab_in_a_notebook():
    oinspect = pytest.importorskip("IPython.core.oinspect", reason="comes with the notebooks' kernel")
    assert "momentum (float, default 0.0): β" in oinspect.getdoc(SGD)


def test_the_docstring_itself_stays_what_was_written():
    assert isinstance(Adam.__doc__, str) and "\n" not in Adam.__doc__ and "Arguments" not in Adam.__doc__
    for made in (pickle.loads(pickle.dumps(Adam.__doc__)), copy.deepcopy(Adam.__doc__)):
        assert made == Adam.__doc__ and type(made) is str
    assert pickle.loads(pickle.dumps(Adam)) is Adam


def test_without_source_the_short_text_is_shown(monkeypatch):
    def no_source(thing):
        raise OSError("could not get source code")
    monkeypatch.setattr(inspect, "getsource", no_source)
    assert inspect.getdoc(Adam) == Adam.__doc__


def test_signatures_of_every_form():
    def documented(
        first,  # one
        second=2, third=3,  # the last of a line
        *rest,  # what is left
        key="k",  # in [0, 1)
        **options,  # others
    ):  # what comes out
        "Text, see [a paper](https://example.org/x)."
    assert helptexts.comments_of(documented) == {
        "first": "one", "third": "the last of a line", "rest": "what is left", "key": "in [0, 1)", "options": "others",
        "return": "what comes out"}
    shown = helptexts.full_text(documented.__doc__, documented)
    assert "Text, see a paper, https://example.org/x." in shown and "    *rest: what is left" in shown
    assert "    key (str, default 'k'): in [0, 1)\n" in shown   # a function is not known to check its ranges
    assert helptexts.full_text("Short.", lambda: 0) == "Short."


def test_importing_reads_no_source(tmp_path):
    code = """
import sys
opened = []
sys.addaudithook(lambda event, arguments: opened.append(str(arguments[0])) if event == "open" else None)
import tinytorch.optimizers
print(*[path for path in opened if path.endswith(".py") and "tinytorch" in path])"""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONPATH": str(root), "PYTHONPYCACHEPREFIX": str(tmp_path)}
    said = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True,
                           env=environment).stdout.strip() for _ in range(2)]
    assert said[0] and not said[1]   # the first run compiles


def test_a_module_can_be_loaded_again():
    again = importlib.reload(importlib.import_module("tinytorch.comparison"))
    assert "Arguments:" in inspect.getdoc(again.sweep)
