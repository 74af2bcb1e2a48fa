"`help` explains every argument, from the comments behind them, and importing the package reads none of them."
import ast
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

import numpy as np
import pytest

import tinytorch
from tinytorch import entries, helptexts, interactive, layers, optimizers, training
from tinytorch.optimizers import SGD, Adam, Optimizer, Scheduler, StepLR

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


# Readers meet every name of the modules that the reference explains, each with the methods that it shows: the
# lessons (01 to 12, 16 and the appendix), and what they import to train, draw, compare and check. Not meant for them:
# bookkeeping, scheduling, combinations, checkpoint and fitting but for what the lessons' classes inherit or hand on;
# tape, tracing and kernels; the rooms of checks and course; tito, doctor, demo; and what makes this site.
explained = {thing for part in entries.public_names().values() for thing in part.values()}
members = {method for thing in explained if isinstance(thing, type) for method in entries.methods(thing).values()}
told = sorted(explained | members, key=lambda thing: (thing.__module__, thing.__qualname__))


def written(function):
    "Syntax tree of a function as it stands in its file."
    source = inspect.getsource(inspect.unwrap(function))
    tree = ast.parse(f"if True:\n{source}" if source[0].isspace() else source)
    return next(node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def gives(function):
    "Whether it returns or yields a value, what is defined inside of it left out."
    waiting = [*written(function).body]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Return | ast.Yield) and node.value is not None:
            return True
        if not isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda):
            waiting += ast.iter_child_nodes(node)
    return False


def unexplained(thing):
    "Arguments without a comment; `return` where a signature of several lines says nothing of the result."
    function = helptexts.maker(thing)
    if not inspect.isfunction(function):
        return []
    comments = entries.comments_behind(thing)
    names = [name for name in inspect.signature(function).parameters if name not in helptexts.own_names]
    lacking = [name for name in names if not comments.get(name)]
    if not isinstance(thing, type) and names and "return" not in comments and gives(function):
        tree = written(function)   # in one line, with the comment behind it, the docstring says what comes out
        lacking += ["return"]*any(argument.lineno > tree.lineno for argument in helptexts.arguments_of(tree))
    return lacking


@pytest.mark.parametrize("thing", told, ids=lambda thing: f"{thing.__module__}.{thing.__qualname__}")
def test_every_public_name_explains_its_arguments_and_its_result(thing):
    assert unexplained(thing) == []
    for name, comment in entries.comments_behind(thing).items():
        assert not re.fullmatch(r"as in .*", comment) or "`, " in comment, f"{name}: {comment} leads nowhere"


def test_what_lacks_a_comment_is_found():
    def half(
        first, # explained
        second,
    ):
        return first
    assert unexplained(half) == ["second", "return"]

    def whole(first, second): # second: explained
        return first
    assert unexplained(whole) == ["first"]


def test_help_as_a_reader_meets_it():
    shown = pydoc.render_doc(Adam, renderer=pydoc.plaintext)
    for line in ("learning_rate (float, default 0.001): step size α, in [0, inf); ValueError otherwise",
                 "beta2 (float, default 0.999): memory of the squared gradient's, in [0, 1); ValueError otherwise",
                 "amsgrad (bool, default False): never let the denominator shrink",
                 "(Kingma & Ba 2014, https://arxiv.org/abs/1412.6980)"):
        assert line in shown
    whole = "(Polyak 1964, https://doi.org/10.1016/0041-5553(64)90137-5)."
    assert whole in pydoc.render_doc(optimizers.sgd_momentum, renderer=pydoc.plaintext)
    shown = pydoc.render_doc(training.fit, renderer=pydoc.plaintext)
    assert "epochs (int, default 1): passes in all" in shown and "Returns: History" in shown
    assert "clip (default None): longest gradient allowed, in (0, inf]" in shown and "in [1, inf)" in shown
    shown = pydoc.render_doc(StepLR.__init__, renderer=pydoc.plaintext)
    assert "gamma (float, default 0.1): " in shown and "Returns" not in shown, "a constructor returns nothing"
    shown = pydoc.render_doc(Adam.step, renderer=pydoc.plaintext)
    assert "closure: function that zeroes, computes and returns the loss; default None" in shown
    shown = pydoc.render_doc(tinytorch, renderer=pydoc.plaintext)
    assert "from tinytorch.optimizers import SGD, Adam" in shown and "CLASSES" not in shown
    imports = [line.strip() for line in shown.splitlines() if line.strip().startswith("from tinytorch.")]
    assert len(imports) >= 8
    exec("\n".join(imports), {})   # each line works as it stands


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
        "first": "one", "second": "the last of a line", "third": "the last of a line", "rest": "what is left",
        "key": "in [0, 1)", "options": "others", "return": "what comes out"}
    shown = helptexts.full_text(documented.__doc__, documented)
    assert "Text, see a paper, https://example.org/x." in shown and "    *rest: what is left" in shown
    assert "    key (str, default 'k'): in [0, 1)\n" in shown   # a function is not known to check its ranges
    assert helptexts.full_text("Short.", lambda: 0) == "Short."


def shared(
    rate, size=1,  # as in `Adam` and `StepLR`
    beta1=0.9,  # as in `Adam`
    gamma=0.1, last=0,  # as in `StepLR`, but twice
    other=None,  # as in `nobody`
):
    "Sends its reader to others."


def test_as_in_sends_to_what_stands_there():
    assert helptexts.comments_of(shared) == {
        "rate": "as in `Adam` and `StepLR`", "size": "as in `Adam` and `StepLR`",
        "beta1": helptexts.comments_of_class(Adam)["beta1"], "gamma": "as in `StepLR`, but twice",
        "last": "as in `StepLR`, but twice", "other": "as in `nobody`"}
    assert "memory of" in helptexts.comments_of(shared)["beta1"]
    assert helptexts.comments_of(optimizers.adam_amsgrad)["beta1"] == helptexts.comments_of(optimizers.adam)["beta1"]
    own = helptexts.comments_of_class(optimizers.AdamW)
    assert own["epsilon"] == helptexts.comments_of_class(Adam)["epsilon"] != own["weight_decay"]


def test_a_comment_may_say_different_things_of_its_names():
    names = ["a", "b", "c", "d"]
    said = helptexts.shared_comment("numbers; b, c: arrays of shape: any; ValueError otherwise; d: in [0, 1)", names)
    arrays = "arrays of shape: any; ValueError otherwise"
    assert said == ("numbers", {"b": arrays, "c": arrays, "d": "in [0, 1)"})
    assert helptexts.shared_comment("dict: name -> value", ["names"]) == ("dict: name -> value", {})
    source = "def f(\n    a, b, # numbers; b: in [0, 1]\n): # text\n    pass"
    assert helptexts.written_comments(source) == {"a": "numbers", "b": "in [0, 1]", "return": "text"}


def test_a_named_tuple_is_explained_by_the_comments_above_it():
    about, fields = helptexts.comments_of_tuple(interactive.Choice)
    assert about == "one of several texts"
    assert fields == {"name": "in the scene's figure.values", "label": "what is shown",
                      "options": "the texts, the first is chosen at first"}
    assert helptexts.comments_of_class(interactive.Slider)["high"].endswith(
        "low <= value <= high; ValueError otherwise"
    )
    assert "logarithmic (bool, default False): equal ways" in pydoc.render_doc(
        interactive.Slider, renderer=pydoc.plaintext
    )


class First:
    "A base."
    def move(self,
        far,  # in metres
        slow=False,  # whether it takes its time
    ):  # where it ends
        "Move."

    @classmethod
    def make(cls, size):  # a whole number
        "Make."


class Second(First):
    "Says only what is new."
    def move(self, far, how=None):  # how: a word
        "Move otherwise."

    @classmethod
    def make(cls, size):
        "Make one more."


def test_a_method_takes_the_comments_of_the_one_that_it_overrides():
    assert helptexts.comments_of(Second.move) == {"far": "in metres", "how": "a word", "return": "where it ends"}
    assert helptexts.comments_of(Second.make.__func__) == {"size": "a whole number"}
    assert "far: in metres" in helptexts.full_text("Move otherwise.", Second.move)


def test_comments_are_found_above_a_text_at_the_margin():
    source = '    def html(self,\n        width,  # in pixels\n    ):  # text\n        return """\nmargin\n"""\n'
    assert helptexts.written_comments(source) == {"width": "in pixels", "return": "text"}


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


# The type of a value, as a message says it


@pytest.mark.parametrize("value, said", [
    (5, "an int"), (0.5, "a float"), (np.zeros(2), "an ndarray"), (np.add, "a ufunc"), ({}, "a dict"),
    (np.uint8(1), "a uint8"), (np.int64(1), "an int64"), (object(), "an object"), (None, "a NoneType"),
    (optimizers.OneCycleLR.__new__(optimizers.OneCycleLR), "a OneCycleLR"),
    (Adam.__new__(Adam), "an Adam"), (Exception(), "an Exception")])
def test_a_type_has_its_article(value, said):
    assert helptexts.type_in_words(value) == said


def test_no_message_writes_an_article_before_a_type_itself():
    article = re.compile(r"\ba \{(type\(|found\b|'|kind\}: give)")
    for path in sorted(Path(tinytorch.__file__).parent.rglob("*.py")):
        lines = path.read_text(encoding="utf-8").splitlines()
        found = [line for line in lines if article.search(line) and "type(self)" not in line]
        assert not found, f"{path.name}: {found}"
