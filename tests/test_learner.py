"A learner's notebook: what it holds, what is said about it, and that nothing of it is ever lost."

import ast
import contextlib
import io
import json
import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import tinytorch
from tinytorch.course import files, handouts, modules, solutions
from tinytorch.course.lesson import chapters, counted, course, shortened
from tinytorch.tito import main

root = Path(__file__).resolve().parent.parent
run_main = "import sys; from tinytorch.tito import main; sys.exit(main(sys.argv[1:]))"
lessons = chapters()
optimizers = course()["optimizers"]
exercises = [
    pytest.param(lesson, cell, id=f"{lesson.name}-{cell.exercise}")
    for lesson in lessons
    for cell in lesson.exercises.values()
]
on = pytest.mark.parametrize("lesson", lessons, ids=lambda lesson: lesson.name)


def spawn(*words, folder, **environment):
    "The command as a user gives it: a process, piped, without a terminal."
    return subprocess.run(
        [sys.executable, "-c", run_main, *map(str, words)],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(root), "PYTHONIOENCODING": "utf-8", **environment},
        timeout=120,
    )


def tito(*words, folder):
    "The same in this process, which is quicker."
    out, err = io.StringIO(), io.StringIO()
    with contextlib.chdir(folder), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = main([str(word) for word in words])
        except SystemExit as error:
            code = error.code
    return subprocess.CompletedProcess(words, code, out.getvalue(), err.getvalue())


def load(folder, name="optimizers"):
    return json.loads((folder/f"{name}_dev.ipynb").read_text(encoding="utf-8"))


def save(folder, notebook, name="optimizers"):
    (folder/f"{name}_dev.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


def cell_of(notebook, exercise):
    return next(cell for cell in notebook["cells"] if cell["metadata"].get("tinytorch", {}).get("exercise") == exercise)


def answer(lesson, exercise):
    return handouts.own_imports(lesson.exercises[exercise].source, lesson)


def write(folder, exercise, source, name="optimizers"):
    "Put a text into an exercise's cell; the number of that cell."
    notebook = load(folder, name)
    cell = cell_of(notebook, exercise)
    cell["source"] = source
    save(folder, notebook, name)
    return notebook["cells"].index(cell) + 1


def solve(folder, lesson=optimizers, only=None):
    "Paste the lesson's solutions into the learner's notebook."
    for exercise in lesson.exercises:
        if only is None or exercise in only:
            write(folder, exercise, answer(lesson, exercise), lesson.name)


@pytest.fixture
def folder(tmp_path):
    done = tito("start", "--module", "optimizers", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    return tmp_path


@pytest.fixture(scope="module")
def solved(tmp_path_factory):
    "A folder with the optimizers solved: for tests that only look."
    path = tmp_path_factory.mktemp("solved")
    tito("start", "--module", "optimizers", folder=path)
    solve(path)
    return path


# What the notebook holds


def without_bodies(source):
    "The syntax tree of a text whose functions do nothing: what a learner must be given unchanged."
    tree = ast.parse(source)
    for _, node in solutions.functions(tree):
        node.body = [s for s in node.body[:1] if ast.get_docstring(node) is not None]
    for node in tree.body:
        if isinstance(node, ast.Assign):
            node.value = ast.Constant(...)
    return ast.dump(tree)


def test_one_is_no_plural():
    assert [counted(n, "exercise") for n in (0, 1, 2)] == ["0 exercises", "1 exercise", "2 exercises"]


@pytest.mark.parametrize("lesson, cell", exercises)
def test_signature_docstring_and_comments_stay(lesson, cell):
    given = solutions.stub(lesson, cell)
    assert without_bodies(given) == without_bodies(cell.source)
    only = cell.mark.get("only")
    emptied = [node for name, node in solutions.functions(ast.parse(given)) if only is None or name in only]
    for node in emptied:
        rest = node.body[ast.get_docstring(node) is not None :]
        assert (
            not rest
            or isinstance(rest[0], ast.Pass)
            or (
                len(rest) == 1
                and isinstance(rest[0], ast.Raise)
                and f"exercise {cell.exercise}: " in ast.unparse(rest[0])
                and f"tito hint --module {lesson.name} {cell.exercise}" in ast.unparse(rest[0])
            )
        )
    if only:
        assert {*only} <= {name for name, _ in solutions.functions(ast.parse(cell.source))}, (
            "`only` names a function that the cell has not"
        )
    assert emptied or "= ..." in given
    signature_comments = [
        line.split("#")[1] for line in cell.source.splitlines() if re.match(r"\s+\w+(=[^#]*)?,\s+#", line)
    ]
    assert all(comment in given for comment in signature_comments)


@pytest.mark.parametrize(
    "source, expected",
    [
        ("def f(x): return x + 1", "def f(x):\n    RAISE f"),
        ("def f(x): 'doc'; return x", "def f(x):\n    'doc'\n    RAISE f"),
        ("def f(x):   # what comes out\n    # how\n    return x  # done", "def f(x):   # what comes out\n    RAISE f"),
        ('def f(θ):\n    "θ ← θ"\n\n    # how\n    return θ\n\ny = 1', 'def f(θ):\n    "θ ← θ"\n    RAISE f\n\ny = 1'),
        (
            "class A:\n  k = 1\n  def f(self): return 1\n  def g(self): 'nothing to do'\n  @property\n"
            "  def h(self):\n    @cache\n    def inner(): pass\n    return inner",
            "class A:\n  k = 1\n  def f(self):\n      RAISE A.f\n  def g(self): 'nothing to do'\n  @property\n"
            "  def h(self):\n    RAISE A.h",
        ),
        (
            "def f(\n    x,  # «α», a comment in two scripts\n    # a line of its own\n): return x*2; \n",
            "def f(\n    x,  # «α», a comment in two scripts\n    # a line of its own\n):\n    RAISE f\n",
        ),
        ("# a number\nrate = (2/\n  50)  # why", "# a number\nrate = RAISE rate"),
        ("a = 1; b = 2  # two", "a = RAISE a; b = RAISE b"),
    ],
)
def test_bodies_of_every_form(source, expected):
    assert solutions.empty(source, lambda text, indent, name: f"{indent or ''}RAISE {name}") == expected


@on
def test_no_solution_leaks(lesson):
    notebook = json.loads(handouts.learner_notebook(lesson))
    found = [
        (exercise, line, number)
        for line, exercise in solutions.solution_lines(lesson).items()
        for number, cell in enumerate(notebook["cells"], 1)
        if any(
            line in solutions.squeezed(text)
            for text in (cell["source"], json.dumps([cell["metadata"], cell.get("outputs")], ensure_ascii=False))
        )
    ]
    assert not found, "\n".join(f"{exercise}: `{line}` stands in cell {number}" for exercise, line, number in found)
    assert all(cell.get("outputs", []) == [] and cell.get("execution_count") is None for cell in notebook["cells"])
    assert "hints" not in json.dumps(notebook)


@on
def test_the_notebook_is_the_whole_lesson_and_valid(lesson):
    import nbformat

    text = handouts.learner_notebook(lesson)
    nbformat.validate(nbformat.reads(text, 4))
    notebook = json.loads(text)
    ids = [cell["id"] for cell in notebook["cells"]]
    assert len(ids) == len({*ids})
    gone = [cell for cell in lesson.cells if cell.id not in ids]
    assert all("default_exp" in cell.source or cell.id in ("badges", "install") for cell in gone), [
        cell.source for cell in gone
    ]
    assert "[![" not in text and "get_ipython" not in text


@on
def test_the_introduction_counts_in_singular_and_plural(lesson):
    cells = json.loads(handouts.learner_notebook(lesson))["cells"]
    [text] = ["".join(cell["source"]) for cell in cells if cell["id"] == "your-notebook"]
    said = " ".join(text.split("It holds ")[1].split("Replace")[0].split())
    for count, word in ((len(lesson.exercises), "exercise"), (len(lesson.checks), "check")):
        assert re.search(rf"\b{count} {word}{'s' if count > 1 else ''}\b", said), said
    assert not re.search(r"\b1 check, which try\b|\bthem\b", said), said
    assert ("second" in said) == (len(lesson.checks) > len(lesson.exercises)), said


@on
def test_own_chapters_are_imported(lesson):
    cells = json.loads(handouts.learner_notebook(lesson))["cells"]
    source = "\n".join(cell["source"] for cell in cells if cell["cell_type"] == "code")
    for needed in handouts.prerequisites(lesson):
        assert needed.order < lesson.order
        assert f"from {needed.module} import" not in source
        assert f"import {needed.name}_dev" in source or f", {needed.name}_dev" in source


def test_imports_of_every_form():
    names = [lesson.name for lesson in handouts.prerequisites(optimizers)]
    if "autograd" not in names:
        pytest.skip("autograd has no exercises")

    def own(text):
        return handouts.own_imports(text, optimizers)

    assert (
        own("from tinytorch.autograd import Variable, no_grad as quiet")
        == "from autograd_dev import Variable, no_grad as quiet"
    )
    assert (
        own("from ..autograd import (\n    Variable,\n    no_grad)  # two")
        == "from autograd_dev import Variable, no_grad  # two"
    )
    assert own("import tinytorch.autograd as α, numpy") == "import autograd_dev as α, numpy"
    assert (
        own("def f():\n    'α'; from tinytorch.autograd import Variable")
        == "def f():\n    'α'; from autograd_dev import Variable"
    )
    assert own("from tinytorch.landscapes import style") == "from tinytorch.landscapes import style"
    assert own("from tinytorch.optimizers import SGD") == "from tinytorch.optimizers import SGD"
    assert own("this is ( no Python") == "this is ( no Python"


def later(lesson, name):
    return next(other for other in lessons if name in [needed.name for needed in handouts.prerequisites(other)])


def test_names_that_a_package_hands_on_come_from_their_chapter():
    try:
        other = later(optimizers, "optimizers")
    except StopIteration:
        pytest.skip("no later chapter has exercises")
    assert (
        handouts.own_imports("from tinytorch.optimizers import SGD, Nothing", other)
        == "from optimizers_dev import SGD; from tinytorch.optimizers import Nothing"
    )


# start


def test_start_in_an_empty_folder_says_what_it_wrote(tmp_path):
    done = tito("start", "--module", "optimizers", folder=tmp_path)
    assert done.returncode == 0 and done.stderr == ""
    written = {path.name for path in tmp_path.iterdir()}
    assert written == {
        "optimizers_dev.ipynb",
        *(f"{needed.name}_dev.py" for needed in handouts.prerequisites(optimizers)),
    }
    assert all(name in done.stdout for name in written) and "tito test --module optimizers" in done.stdout


def test_start_never_overwrites(folder):
    (folder/"optimizers_dev.ipynb").write_text("mine")
    done = tito("start", "--module", "optimizers", folder=folder)
    assert (
        done.returncode == 1
        and "stays as it is" in done.stdout
        and (folder/"optimizers_dev.ipynb").read_text() == "mine"
    )


def test_a_file_that_appears_in_between_is_not_overwritten(tmp_path, monkeypatch):
    path = tmp_path/"notebook"
    path.write_text("theirs")
    monkeypatch.setattr(Path, "exists", lambda self: False)  # looked just before the other wrote it
    assert not files.create(path, "ours") and path.read_text() == "theirs"
    monkeypatch.setattr(os, "link", refuse)  # a file system without links
    assert not files.create(path, "ours") and path.read_text() == "theirs"
    assert [p.name for p in tmp_path.iterdir()] == ["notebook"]


def test_twice_at_once_one_starts_and_none_corrupts(tmp_path):
    results = []
    threads = [
        threading.Thread(
            target=lambda: results.append(spawn("start", "--module", "optimizers", folder=tmp_path).returncode)
        )
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results.count(0) >= 1 and {*results} <= {0, 1}
    assert (tmp_path/"optimizers_dev.ipynb").read_text(encoding="utf-8") == handouts.learner_notebook(optimizers)
    assert not list(tmp_path.glob(".*.tmp"))


# What is said


def test_unsolved_everything_is_not_started(folder):
    done = tito("test", "--module", "optimizers", folder=folder)
    assert done.returncode == 1
    for name in optimizers.exercises:
        assert f"⬜ {name}: not started" in done.stdout
    assert "❌" not in done.stdout and f"0 of {len(optimizers.checks)} checks pass" in done.stdout


def test_solved_everything_passes_and_the_notebook_is_untouched(solved):
    before = (solved/"optimizers_dev.ipynb").read_bytes()
    done = tito("test", "--module", "optimizers", folder=solved)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (
        done.stdout.count("📈 Progress") == len(optimizers.checks)
        and "Next: tito export --module optimizers" in done.stdout
    )
    assert (solved/"optimizers_dev.ipynb").read_bytes() == before
    assert {path.name for path in solved.iterdir()} <= {
        "optimizers_dev.ipynb",
        "optimizers_dev.py",
        *(f"{needed.name}_dev.py" for needed in handouts.prerequisites(optimizers)),
    }


def test_one_process_answers_for_a_whole_chapter(solved, monkeypatch):
    "What makes an answer quick, counted instead of timed: cells and checks share one child process."
    from tinytorch.course import sandbox

    started, start_child = [], sandbox.start_child
    monkeypatch.setattr(sandbox, "start_child", lambda folder: started.append(start_child(folder)) or started[-1])
    assert tito("test", "--module", "optimizers", folder=solved).returncode == 0
    assert len(started) == 1


def test_a_mistake_is_told_and_the_rest_still_checked(folder):
    solve(folder)
    number = write(
        folder,
        "momentum",
        answer(optimizers, "momentum").replace("velocity = momentum*velocity + gradient", "velocity = gradient"),
    )
    done = tito("test", folder=folder)
    assert done.returncode == 1
    assert "❌" in done.stdout and "💡" in done.stdout and "🔧" in done.stdout
    assert "📈 Progress" in done.stdout and "Next: tito hint --module optimizers momentum" in done.stdout
    status = tito("status", folder=folder)
    assert status.returncode == 0 and re.search(rf"❌ momentum +failing +cell {number} ", status.stdout)
    assert re.search(r"✅ adam +passing", status.stdout)


def test_what_builds_on_a_wrong_exercise_waits_for_it(folder):
    "A class that fails because a rule under it is wrong is not blamed for a mistake that it has not."
    solve(folder)
    write(
        folder,
        "momentum",
        answer(optimizers, "momentum").replace("velocity = momentum*velocity + gradient", "velocity = gradient"),
    )
    said = tito("test", folder=folder).stdout
    assert said.count("❌") == 1 and "⏳ SGD: waits for momentum" in said and "⏳ optimizer: waits for momentum" in said
    assert "The Class Adam ✓" in said or "the Class Adam ✓" in said
    write(folder, "momentum", answer(optimizers, "momentum"))
    write(folder, "moments", answer(optimizers, "moments").replace("gradient**2", "gradient*2"))
    said = tito("test", folder=folder).stdout
    assert said.count("❌") == 1 and all(f"⏳ {name}: waits for moments" in said for name in ("adam", "Adam", "AdamW"))
    write(folder, "moments", answer(optimizers, "moments").replace("def moments", "def momenta"))
    said = tito("test", folder=folder).stdout
    assert "NameError" not in said and "⏳ adam: waits for moments" in said


def test_status_is_not_started_failing_and_passing(folder):
    solve(folder, only=["gradient_descent_step", "nesterov"])
    write(folder, "momentum", answer(optimizers, "momentum").replace("+ gradient", "- gradient"))
    lines = tito("status", folder=folder).stdout.splitlines()
    state = {
        line.split()[1]: line.split(maxsplit=2)[2]
        for line in lines
        if line.strip()[:1] in "✅❌⬜⏳" and len(line.split()) > 2
    }
    assert (
        state["gradient_descent_step"].startswith("passing")
        and state["momentum"].startswith("failing")
        and state["adam"].startswith("not started")
    )
    assert any(line.strip() == "Next: tito hint --module optimizers momentum" for line in lines)


def test_an_error_is_placed_in_the_cell(folder):
    number = write(
        folder,
        "momentum",
        answer(optimizers, "momentum").replace("momentum*velocity + gradient", "momentum*velocty + gradient"),
    )
    done = tito("test", folder=folder)
    assert done.returncode == 1 and "velocty" in done.stdout and "momentum" in done.stdout
    assert f"cell {number}" in done.stdout or "sgd_momentum" in done.stdout


def test_a_begun_exercise_with_a_stub_left_is_failing(folder):
    write(
        folder,
        "optimizer",
        answer(optimizers, "optimizer").replace(
            "loss = closure() if closure else None",
            'raise NotImplementedError("exercise optimizer: Optimizer.step is yours to write; for a hint: ...")',
        ),
    )
    solve(folder, only=[name for name in optimizers.exercises if name != "optimizer"])
    done = tito("status", folder=folder)
    assert re.search(r"optimizer +failing", done.stdout), done.stdout


# Broken notebooks


def break_json(folder):
    path = folder/"optimizers_dev.ipynb"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: len(text) // 3] + "<<<<<<< yours\n" + text[len(text) // 3 :], encoding="utf-8")


def no_cells(folder):
    (folder/"optimizers_dev.ipynb").write_text('{"cells": 3}')


def not_text(folder):
    (folder/"optimizers_dev.ipynb").write_bytes(b"\xff\xfe\x00")


def emptied(folder):
    (folder/"optimizers_dev.ipynb").write_text("")


@pytest.mark.parametrize(
    "spoil, words",
    [
        (break_json, ["is broken near cell ", "line ", "tito reset"]),
        (no_cells, ["no notebook with cells"]),
        (not_text, ["no UTF-8"]),
        (emptied, ["is empty", "tito reset"]),
    ],
)
@pytest.mark.parametrize("command", ["test", "export", "status", "hint", "solution"])
def test_a_broken_file_is_named_and_left_alone(spoil, words, command, folder):
    spoil(folder)
    before = (folder/"optimizers_dev.ipynb").read_bytes()
    done = tito(command, "--module", "optimizers", folder=folder)
    assert done.returncode == 1 and all(word in done.stderr for word in words), done.stderr
    assert (
        "Traceback" not in done.stderr
        and (folder/"optimizers_dev.ipynb").read_bytes() == before
        and not (folder/"optimizers_dev.py").exists()
    )


def test_reset_helps_a_broken_file(folder):
    break_json(folder)
    broken = (folder/"optimizers_dev.ipynb").read_bytes()
    assert tito("reset", "--module", "optimizers", folder=folder).returncode == 0
    [kept] = folder.glob("backup-*-optimizers_dev.ipynb")
    assert kept.read_bytes() == broken and (folder/"optimizers_dev.ipynb").read_text(
        encoding="utf-8"
    ) == handouts.learner_notebook(optimizers)


momentum_head = answer(optimizers, "momentum").split("    velocity =")[0]


@pytest.mark.parametrize(
    "name, source, words",
    [
        (
            "syntax",
            momentum_head + "    velocity = momentum*velocity +\n    return parameter, velocity\n",
            ["is no Python", "velocity = momentum*velocity +"],
        ),
        ("indentation", momentum_head + "  return parameter, velocity\n", ["is no Python"]),
        (
            "magic",
            "#| exports\n%matplotlib inline\n" + momentum_head + "    return parameter, velocity\n",
            ["is no Python", "% or !"],
        ),
        ("null byte", momentum_head + "    return '\0'\n", ["is no Python"]),
        ("loop", "#| exports\nwhile True: print('x'*1000)\n", ["ran longer than 1 s", "loop that never ends"]),
        ("exit", "#| exports\nimport sys; sys.exit()\n", ["ends Python", "take that out"]),
        ("exit 0", "#| exports\nraise SystemExit(0)\n", ["ends Python"]),
        ("hard exit", "#| exports\nimport os; os._exit(0)\n", ["ended the Python process"]),
        ("killed", "#| exports\nimport os, signal; os.kill(os.getpid(), 9)\n", ["ended the Python process"]),
        ("error", "#| exports\nprint(1/0)\n", ["ZeroDivisionError", "line 2: print(1/0)"]),
        ("interrupt", "#| exports\nraise KeyboardInterrupt\n", ["KeyboardInterrupt"]),
        ("asks", "#| exports\ninput('how? ')\n", ["EOFError"]),
        (
            "other name",
            answer(optimizers, "momentum").replace("def sgd_momentum", "def my_momentum"),
            ["has to define `sgd_momentum`", "`my_momentum`"],
        ),
        *(
            (first, answer(optimizers, "momentum").replace("#| exports\n", first), ["is not exported", told])
            for first, told in [
                ("", "make `#| exports` its first line"),
                ("# exports\n", "in place of `# exports`"),
                ("#exports\n", "in place of `#exports`"),
                ("#|exporti\n", "in place of `#|exporti`"),
                ("#| Export\n", "in place of `#| Export`"),
                ("#| exports mymodule\n", "in place of `#| exports mymodule`"),
                ("#| exprots\n", "make `#| exports` its first line"),
            ]
        ),
        ("empty", "", ["has to define `sgd_momentum`"]),
    ],
)
def test_a_broken_cell_is_named_with_its_number_and_first_line(name, source, words, folder):
    solve(folder)
    exported = files.signed("export", "old = 1\n").encode()
    (folder/"optimizers_dev.py").write_bytes(exported)
    number = write(folder, "momentum", source)
    before = (folder/"optimizers_dev.ipynb").read_bytes()
    tested, export = (
        tito(command, "--module", "optimizers", "--time-limit", 1, folder=folder) for command in ("test", "export")
    )
    if words:
        assert tested.returncode == 1 and export.returncode == 1
        for out in (tested.stdout, export.stdout):
            assert f"cell {number} (" in out and all(word in out for word in words), out
        assert "Progress" in tested.stdout  # the others are still checked
        assert "stays as it was" in export.stdout and (folder/"optimizers_dev.py").read_bytes() == exported
    assert "Traceback" not in tested.stderr + export.stderr + tested.stdout + export.stdout
    assert (folder/"optimizers_dev.ipynb").read_bytes() == before


def test_an_exercise_that_never_ends_is_stopped_and_the_others_checked(folder):
    solve(folder)
    write(folder, "momentum", momentum_head + "    while True: pass\n")
    write(folder, "moments", answer(optimizers, "moments").split("    return")[0] + "    import os; os._exit(3)\n")
    done = tito("test", "--time-limit", 1, folder=folder)
    assert done.returncode == 1
    assert "momentum: it ran longer than 1 s" in done.stdout and "moments: it ended the Python process" in done.stdout
    assert done.stdout.count("Progress") >= 8


def test_a_renamed_class_names_its_cell_and_what_waits_for_it(folder):
    solve(folder)
    notebook = load(folder)
    cell = next(cell for cell in notebook["cells"] if "class SGD(Optimizer)" in cell["source"])
    cell["source"] = cell["source"].replace("class SGD(", "class MySGD(")
    save(folder, notebook)
    done = tito("test", folder=folder)
    assert (
        f"cell {notebook['cells'].index(cell) + 1} (`class MySGD(Optimizer):`) has to define `SGD`, and defines `MySGD`"
        in done.stdout
        and done.returncode == 1
    )
    assert done.stdout.count("has to define") == 1
    assert tito("export", folder=folder).returncode == 1 and not (folder/"optimizers_dev.py").exists()


def test_a_missing_cell_is_named_by_what_stood_there(folder):
    solve(folder)
    notebook = load(folder)
    notebook["cells"].remove(cell_of(notebook, "moments"))
    save(folder, notebook)
    for command in ("test", "export"):
        done = tito(command, folder=folder)
        assert (
            done.returncode == 1
            and "the cell that defines `moments` is missing (in the lesson: `def moments(`)" in done.stdout
        )


def test_a_cell_that_stands_twice_is_named(folder):
    solve(folder)
    notebook = load(folder)
    cell = cell_of(notebook, "moments")
    at = notebook["cells"].index(cell)
    notebook["cells"].insert(at, {**cell, "id": "again"})
    save(folder, notebook)
    for command in ("test", "export"):
        done = tito(command, folder=folder)
        assert (
            done.returncode == 1
            and f"`moments` stands twice, in cell {at + 1} (`def moments(`) and in cell {at + 2} (`def moments(`)"
            in done.stdout
        )


def test_a_helper_outside_the_export_is_found(folder):
    solve(folder)
    notebook = load(folder)
    cell = cell_of(notebook, "decay_weights")
    notebook["cells"].insert(
        notebook["cells"].index(cell),
        {
            "cell_type": "code",
            "id": "helper",
            "metadata": {},
            "outputs": [],
            "execution_count": None,
            "source": "def shrink(x): return x",
        },
    )
    cell["source"] = "#| exports\nshrink(1)\n" + cell["source"]
    save(folder, notebook)
    done = tito("test", folder=folder)
    assert (
        done.returncode == 1
        and "`shrink` comes from cell" in done.stdout
        and "make `#| export` its first line" in done.stdout
    )


def test_metadata_lost_on_the_way_does_no_harm(folder):
    solve(folder)
    notebook = load(folder)
    for cell in notebook["cells"]:
        cell.pop("id")
        cell["metadata"] = (
            {}
            if "..." not in cell["source"]
            and cell["metadata"].get("tinytorch", {}).get("exercise") not in ("stability", "first_adam_step")
            else cell["metadata"]
        )
    notebook["metadata"] = {}
    notebook["nbformat_minor"] = 4
    save(folder, notebook)
    done = tito("test", folder=folder)
    assert done.returncode == 0, done.stdout


def test_an_earlier_chapter_that_is_missing_or_broken_is_named(folder):
    solve(folder)
    (folder/"autograd_dev.py").unlink()
    for command in ("test", "export"):
        done = tito(command, folder=folder)
        assert (
            done.returncode == 1
            and "No module named 'autograd_dev'" in done.stdout
            and "tito start --module optimizers" in done.stdout
        )
        assert done.stdout.count("No module named") == 1
    assert tito("start", "--module", "optimizers", folder=folder).returncode == 0
    assert tito("test", folder=folder).returncode == 0
    (folder/"autograd_dev.py").write_text("def f(:")
    done = tito("test", folder=folder)
    assert done.returncode == 1 and "an earlier chapter cannot be imported: SyntaxError" in done.stdout


# Older notebooks


def test_a_notebook_of_an_older_lesson_says_what_differs_and_what_to_do(folder):
    notebook = load(folder)
    about = notebook["metadata"]["tinytorch"]
    about["version"] = "0.0.1"
    about["exercises"]["moments"] = "other"
    del about["exercises"]["adam"]
    about["exercises"]["ancient"] = "x"
    save(folder, notebook)
    solve(folder)
    for command in ("test", "status"):
        done = tito(command, folder=folder)
        assert (
            "version 0.0.1" in done.stdout
            and "new: adam; changed: moments; gone: ancient" in done.stdout
            and "tito reset --module optimizers" in done.stdout
        )
    assert "checks pass" in done.stdout


# Hints and solutions


def test_hints_come_one_by_one_and_end_in_the_solution(folder):
    hints = optimizers.exercises["momentum"].mark["hints"]
    shown = [tito("hint", "momentum", folder=folder).stdout for _ in range(len(hints) + 1)]
    for k, hint in enumerate(hints):
        assert hint in shown[k] and all(other not in shown[k] for other in hints if other != hint)
    assert hints[-1] in shown[-1] and "tito solution --module optimizers momentum" in shown[-1]
    every = tito("hint", "--module", "optimizers", "momentum", "--all", folder=folder).stdout
    assert all(hint in every for hint in hints)
    assert hints[0] in tito("hint", "momentum", 1, folder=folder).stdout
    assert tito("hint", "momentum", 9, folder=folder).returncode == 1


def test_hint_without_a_name_is_about_the_next_exercise(folder):
    solve(folder, only=["gradient_descent_step", "stability"])
    assert optimizers.exercises["momentum"].mark["hints"][0] in tito("hint", folder=folder).stdout


def test_a_spoilt_memory_of_hints_is_ignored(folder):
    for text in ("{", "[]", '{"hints": 3}', '{"hints": {"optimizers/momentum": "x"}}'):
        (folder/".tito.json").write_text(text)
        done = tito("hint", "momentum", folder=folder)
        assert done.returncode == 0 and "hint 1 of" in done.stdout


def test_solution_is_the_lessons(folder):
    done = tito("solution", "adam", folder=folder)
    assert done.returncode == 0 and modules.own_code(optimizers.exercises["adam"]) in done.stdout
    done = tito("solution", "adm", folder=folder)
    assert done.returncode == 1 and "did you mean 'adam'?" in done.stderr


@pytest.mark.parametrize("lesson, cell", exercises)
def test_each_exercise_has_hints_without_the_solution(lesson, cell):
    hints = cell.mark["hints"]
    assert 2 <= len(hints) <= 3
    for line, exercise in solutions.solution_lines(lesson).items():
        if exercise == cell.exercise:
            assert not any(line in solutions.squeezed(hint) for hint in hints), line
    assert cell.exercise in lesson.checks, "no check"


# Export

programs = """
from optimizers_dev import SGD, Adam, StepLR
from {variable} import Variable

x = Variable(10.0, requires_grad=True)
sgd = SGD([x], learning_rate=0.1, momentum=0.9)
for step in range(100):
    sgd.zero_grad()
    loss = x**2
    loss.backward()
    sgd.step()
    if step % 10 == 0:
        print(f"Step {{step}}: x = {{x.data:.4f}}, loss = {{loss.data:.4f}}")

x = Variable([2.0, -3.0], requires_grad=True)
adam = Adam([x], learning_rate=0.01)
for step in range(50):
    adam.zero_grad()
    loss = (x[0]**2 + x[1]**2).sum()
    loss.backward()
    adam.step()
    if step % 10 == 0:
        print(f"Step {{step}}: x = {{x.data}}, loss = {{loss.data:.6f}}")
StepLR(adam, step_size=10, gamma=0.1).get_last_lr()
"""


def python(program, folder, **environment):
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(tinytorch.__file__).parent.parent), **environment},
    )


def test_exported_modules_run_the_two_programs(solved):
    assert re.search(r"^ +momentum +begun$", tito("list", folder=solved).stdout, re.MULTILINE)
    assert tito("export", "--module", "optimizers", folder=solved).returncode == 0
    assert re.search(r"^ +momentum +exported$", tito("list", folder=solved).stdout, re.MULTILINE)
    done = python(programs.format(variable="autograd_dev"), solved)
    assert done.returncode == 0, done.stderr
    assert (
        done.stdout
        == python(
            programs.replace("optimizers_dev", "tinytorch.optimizers").format(variable="tinytorch.autograd"), solved
        ).stdout
    )
    where = python(
        "from optimizers_dev import SGD\nimport tinytorch.optimizers as finished\n"
        "print(SGD.step.__code__.co_filename, finished.SGD is SGD)",
        solved,
    ).stdout
    assert "optimizers_dev.py True" in where


def test_a_chapter_of_ones_own_carries_the_later_ones(folder):
    autograd = course()["autograd"]
    assert tito("start", "--module", "autograd", folder=folder).returncode == 0
    solve(folder, autograd)
    solve(folder)
    assert tito("test", folder=folder).returncode == 0
    done = tito("export", folder=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert files.signature(folder/"autograd_dev.py") == "export"
    assert tito("test", "--module", "optimizers", folder=folder).returncode == 0
    done = python(programs.format(variable="autograd_dev"), folder)
    assert done.returncode == 0, done.stderr
    whole = """import autograd_dev, optimizers_dev
from tinytorch.layers import Dense
from tinytorch.optimizers import SGD
layer = Dense(2, 3)
SGD(layer.parameters())
assert type(layer.parameters()[0]) is autograd_dev.Variable and SGD is optimizers_dev.SGD"""
    done = python(whole, folder)
    assert done.returncode == 0, done.stderr
    done = python("import tinytorch.autograd, autograd_dev", folder)
    assert "import autograd_dev first" in done.stderr


@on
def test_an_exported_chapter_hands_on_what_the_finished_one_does(lesson):
    import importlib

    cells = [cell for cell in lesson.cells if cell.exported]
    text = modules.own_module(lesson, cells)
    [public] = [
        ast.literal_eval(node.value)
        for node in ast.parse(text).body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", None) == "__all__"
    ]
    assert {*importlib.import_module(lesson.module).__all__} <= {*public}


def test_an_export_is_checked_first(folder):
    solve(folder, only=["gradient_descent_step", "momentum"])
    write(folder, "momentum", answer(optimizers, "momentum").replace("+ gradient", "- gradient"))
    done = tito("export", folder=folder)
    assert done.returncode == 1 and not (folder/"optimizers_dev.py").exists()
    assert "❌ momentum: failing" in done.stdout and "⬜ adam: not started" in done.stdout and "--anyway" in done.stdout
    done = tito("export", "--anyway", folder=folder)
    text = (folder/"optimizers_dev.py").read_text(encoding="utf-8")
    assert done.returncode == 0 and "not right yet: momentum: failing" in done.stdout
    assert "# NOT RIGHT YET: momentum: failing" in text and "# NOT RIGHT YET: adam: not started" in text
    assert "exercise adam" in python("from optimizers_dev import adam as f; f(*[1]*9)", folder).stderr
    assert "Next: tito hint --module optimizers momentum" in tito("status", folder=folder).stdout
    solve(folder)
    assert "an earlier state" in tito("status", folder=folder).stdout
    assert tito("export", folder=folder).returncode == 0
    assert "NOT RIGHT" not in (folder/"optimizers_dev.py").read_text(encoding="utf-8")


def test_a_refused_export_begins_with_the_reason_and_the_way_out(folder):
    solve(folder, only=["gradient_descent_step", "momentum"])
    write(folder, "momentum", answer(optimizers, "momentum").replace("+ gradient", "- gradient"))
    first, *rest = tito("export", folder=folder).stdout.splitlines()
    assert first == (
        "❌ optimizers_dev.py was not written: 1 of 15 checks pass. To write what you have so far: "
        "tito export --module optimizers --anyway"
    )
    assert rest[0].startswith("❌ momentum: failing")   # before what is not started
    assert rest[-1] == "Next: tito hint --module optimizers momentum"
    assert tito("export", "--anyway", folder=folder).returncode == 0
    assert "and stays as it was: 1 of 15" in tito("export", folder=folder).stdout.splitlines()[0]
    write(folder, "momentum", answer(optimizers, "momentum") + "\n1/0")
    first = tito("export", folder=folder).stdout.splitlines()[0]
    assert first.endswith("stays as it was, because it cannot be imported (2 of 15 checks pass)"), first


def test_what_is_shortened_ends_at_a_word_and_says_so(folder):
    write(folder, "momentum", answer(optimizers, "momentum").replace("+ gradient", "- gradient"))
    assert tito("export", "--anyway", folder=folder).returncode == 0
    lines = [line for line in (folder/"optimizers_dev.py").read_text(encoding="utf-8").splitlines()
             if line.startswith(modules.not_right_yet)]
    assert any("under “Adam: a step size for every parameter”" in line for line in lines), lines
    for line in [*lines, *tito("export", folder=folder).stdout.splitlines()[1:-1]]:
        told = re.search("not started, write .* in cell .* under “[^”]*”$", line)
        assert line.endswith(" …") or "not started" not in line or told, line
    assert shortened("as it is", 8) == "as it is"
    assert shortened("a longer sentence", 12) == "a longer …" and shortened("x"*20, 12) == "xxxxxxxxxx …"
    for most in range(9, 30):
        assert len(shortened("word by word, and then " + "w"*60, most)) <= most


def test_a_chapter_that_nobody_began_keeps_its_finished_stand_in(folder):
    assert tito("start", "--module", "autograd", folder=folder).returncode == 0
    ready = (folder/"autograd_dev.py").read_text(encoding="utf-8")
    solve(folder)
    done = tito("export", folder=folder)
    assert done.returncode == 0 and "autograd_dev.ipynb is not begun, so autograd_dev.py stays as it is" in done.stdout
    assert (folder/"autograd_dev.py").read_text(encoding="utf-8") == ready
    assert tito("export", "--module", "autograd", folder=folder).returncode == 1   # nothing was written


def test_an_export_is_imported_before_it_is_called_good(folder):
    solve(folder)
    write(folder, "momentum", "#| exports\nfrom __future__ import annotations\n" + answer(optimizers, "momentum"))
    for words in (("export",), ("export", "--anyway")):
        done = tito(*words, folder=folder)
        assert done.returncode == 1 and "could not be imported: SyntaxError" in done.stdout, done.stdout
        assert not (folder/"optimizers_dev.py").exists()


def test_an_export_onto_a_folder_says_so(folder):
    solve(folder)
    (folder/"optimizers_dev.py").mkdir()
    done = tito("export", folder=folder)
    assert done.returncode == 1 and "optimizers_dev.py is no file: move it away first" in done.stderr


def test_an_export_changed_by_hand_is_kept(solved):
    path = solved/"optimizers_dev.py"
    tito("export", folder=solved)
    path.write_text(path.read_text(encoding="utf-8") + "\nmine = 1\n", encoding="utf-8")
    done = tito("export", folder=solved)
    [kept] = solved.glob("backup-*-optimizers_dev.py")
    assert (
        done.returncode == 0
        and kept.name in done.stdout
        and "mine = 1" in kept.read_text(encoding="utf-8")
        and "mine = 1" not in path.read_text(encoding="utf-8")
    )
    kept.unlink()


def test_the_normal_loop(folder):
    solve(folder)
    assert (
        tito("export", "--module", "optimizers", folder=folder).returncode == 0
        and tito("test", "--module", "optimizers", folder=folder).returncode == 0
    )
    done = tito("status", folder=folder)
    assert "exported, as the notebook is now" in done.stdout
    write(folder, "momentum", answer(optimizers, "momentum") + "\n# more")
    assert "an earlier state" in tito("status", folder=folder).stdout


# Nothing is lost


def killed(folder, words, fatal):
    "Wait status of a forked process that runs a command and dies at its operation number `fatal` on the folder."
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    count = 0

    def hook(event, arguments):
        nonlocal count
        if event in ("open", "os.rename", "os.link", "os.remove", "os.chmod") and any(
            str(folder) in str(a) for a in arguments
        ):
            count += 1
            if count == fatal:
                os.kill(os.getpid(), signal.SIGKILL)

    try:
        sys.addaudithook(hook)
        os._exit(tito(*words, folder=folder).returncode)
    finally:
        os._exit(99)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
@pytest.mark.parametrize("command", ["start", "export", "reset", "hint"])
def test_killed_at_any_moment_old_or_new_stands_whole(command, tmp_path):
    "A process dies at each of its operations on the folder in turn."
    more = {"hint": ["momentum"], "export": ["--anyway"]}.get(command, [])
    words, kills = [command, "--module", "optimizers", *more], 0
    fresh = handouts.learner_notebook(optimizers)
    for fatal in range(1, 60):
        folder = tmp_path/str(fatal)
        folder.mkdir()
        if command != "start":
            (folder/"optimizers_dev.ipynb").write_text(
                fresh.replace("is yours to write", "is mine"), encoding="utf-8"
            )
        if command != "start":
            for needed in handouts.prerequisites(optimizers):
                (folder/f"{needed.name}_dev.py").write_text(modules.ready_module(needed), encoding="utf-8")
        if command == "export":
            (folder/"optimizers_dev.py").write_text(files.signed("export", "old = 1\n"))
        if command == "hint":
            (folder/".tito.json").write_text('{"hints": {"optimizers/momentum": 1}}')
        old = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
        status = killed(folder, words, fatal)
        for name, text in old.items():
            now = (folder/name).read_text(encoding="utf-8")
            if command == "reset" and now != text:
                assert now == fresh and [
                    p for p in folder.glob("backup-*-optimizers_dev.ipynb") if p.read_text(encoding="utf-8") == text
                ]
            elif name.endswith(".ipynb"):
                assert now == text
            elif now != text:
                compile(now, name, "exec") if name.endswith(".py") else json.loads(now)
        if command == "start" and (folder/"optimizers_dev.ipynb").exists():
            assert (folder/"optimizers_dev.ipynb").read_text(encoding="utf-8") == fresh
        for path in folder.glob("*_dev.py"):
            assert files.signature(path)
        if status != signal.SIGKILL:
            break
        kills += 1
    assert status == 0 and kills >= 4


def test_reset_keeps_every_backup_and_says_where(folder):
    texts = []
    for k in range(3):
        texts.append(f"my notebook {k}")
        (folder/"optimizers_dev.ipynb").write_text(texts[-1])
        done = tito("reset", "--module", "optimizers", folder=folder)
        assert done.returncode == 0
        kept = Path(re.search(r"is kept as (.*)", done.stdout)[1])
        assert kept.read_text() == texts[-1]
    assert sorted(path.read_text() for path in folder.glob("backup-*-optimizers_dev.ipynb")) == texts
    assert tito("status", folder=folder).returncode == 0  # a backup is not taken for a notebook


def test_hints_begin_again_after_a_reset(folder):
    for number in (1, 2):
        assert f"hint {number} of" in tito("hint", "momentum", folder=folder).stdout
    tito("reset", folder=folder)
    assert "hint 1 of" in tito("hint", "momentum", folder=folder).stdout


def test_a_file_that_cannot_be_replaced_leaves_no_trace(folder, monkeypatch):
    "A notebook that another program holds: an error, not a traceback, and no half-made file beside it."
    solve(folder)
    before = (folder/"optimizers_dev.ipynb").read_bytes()
    monkeypatch.setattr(os, "replace", refuse)
    for words in (("reset",), ("export",)):
        done = tito(*words, folder=folder)
        assert done.returncode == 1 and "cannot write" in done.stderr and "Permission denied" in done.stderr, (
            done.stderr
        )
    assert (folder/"optimizers_dev.ipynb").read_bytes() == before and not [*folder.glob(".*.tmp")]


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_full_disk_and_ctrl_c_leave_no_half_written_file(error, folder, monkeypatch):
    before = sorted(path.name for path in folder.iterdir())
    def refuse(number):
        raise error
    monkeypatch.setattr(files.os, "fsync", refuse)
    for words in (["reset"], ["start", "--module", "data"], ["assignment", "--module", "data"]):
        done = tito(*words, folder=folder)
        assert done.returncode == (1 if isinstance(error, OSError) else 130)
    assert sorted(path.name for path in folder.rglob("*") if path.is_file()) == before


def test_reset_twice_at_once_loses_nothing(folder):
    (folder/"optimizers_dev.ipynb").write_text("mine")
    codes = []
    threads = [
        threading.Thread(
            target=lambda: codes.append(spawn("reset", "--module", "optimizers", folder=folder).returncode)
        )
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert codes == [0]*4
    assert "mine" in [path.read_text(encoding="utf-8") for path in folder.glob("backup-*-optimizers_dev.ipynb")]
    assert (folder/"optimizers_dev.ipynb").read_text(encoding="utf-8") == handouts.learner_notebook(optimizers)


def test_export_twice_at_once(solved):
    codes = []
    threads = [
        threading.Thread(target=lambda: codes.append(spawn("export", folder=solved).returncode)) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (
        codes == [0]*3
        and files.signature(solved/"optimizers_dev.py") == "export"
        and not list(solved.glob(".*.tmp"))
    )


# Every command in bad places

commands = [
    ("start", "--module", "optimizers"),
    ("test",),
    ("export",),
    ("status",),
    ("hint",),
    ("solution",),
    ("reset",),
    ("assignment", "--module", "optimizers"),
]


@pytest.mark.parametrize("words", commands, ids=lambda words: words[0])
def test_unknown_module(words, folder):
    done = tito(words[0], "--module", "optimisers", folder=folder)
    assert (
        done.returncode == 1
        and "there is no module 'optimisers', did you mean 'optimizers'? Known: " in done.stderr
        and "Traceback" not in done.stderr
    )


@pytest.mark.parametrize(
    "words", [w for w in commands if w[0] not in ("start", "assignment")], ids=lambda words: words[0]
)
def test_outside_a_learners_folder_of_an_installed_package(words, tmp_path, installed):
    done = spawn(*words, folder=tmp_path, PYTHONPATH=str(installed))
    assert (
        done.returncode == 1
        and str(tmp_path) in done.stderr
        and ("tito start --module" in done.stderr or "none lies in" in done.stderr)
    )
    done = spawn(words[0], "--module", "optimizers", folder=tmp_path, PYTHONPATH=str(installed))
    assert done.returncode == 1 and "tito start --module optimizers" in done.stderr
    assert not list(tmp_path.iterdir())


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    "The package as a wheel lays it out, with its lessons inside and no clone around it."
    import shutil

    site = tmp_path_factory.mktemp("site")
    shutil.copytree(root/"tinytorch", site/"tinytorch", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(
        root/"nbs",
        site/"tinytorch"/"lessons",
        ignore=lambda folder, names: [n for n in names if not n.endswith(".ipynb")],
    )
    return site


def test_the_installed_package_alone_is_enough(tmp_path, installed):
    def call(*words):
        return spawn(*words, folder=tmp_path, PYTHONPATH=str(installed))

    assert call("start", "--module", "optimizers").returncode == 0
    solve(tmp_path)
    for words in (
        ("test", "--module", "optimizers"),
        ("export", "--module", "optimizers"),
        ("status",),
        ("hint", "adam"),
        ("solution", "adam"),
        ("reset",),
    ):
        assert call(*words).returncode == 0, words


def refuse(*arguments, **options):
    raise PermissionError(13, "Permission denied")


def test_a_read_only_folder(folder, monkeypatch):
    solve(folder)
    before = sorted(path.name for path in folder.iterdir())
    folder.chmod(0o555)
    if getattr(os, "geteuid", lambda: 1)() == 0:  # nothing is read-only for root
        monkeypatch.setattr("tempfile.mkstemp", refuse)
        monkeypatch.setattr(os, "link", refuse)
        monkeypatch.setattr(Path, "mkdir", refuse)
    other = next(lesson for lesson in lessons if lesson.name != "optimizers").name
    for words in (("reset",), ("export",), ("start", "--module", other), ("assignment", "--module", "optimizers")):
        done = tito(*words, folder=folder)
        assert (
            done.returncode == 1
            and "cannot " in done.stderr
            and str(folder) in done.stderr
            and "Permission denied" in done.stderr
        ), words
    assert tito("status", folder=folder).returncode == 0
    done = tito("hint", "momentum", folder=folder)
    assert done.returncode == 0 and "hint 1 of" in done.stdout and "takes no file" in done.stdout
    folder.chmod(0o755)
    assert sorted(path.name for path in folder.iterdir()) == before


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_terminal_without_emoji(encoding, folder):
    write(folder, "momentum", answer(optimizers, "momentum").replace("+ gradient", "- gradient"))
    for words in (("status",), ("solution", "momentum")):
        done = subprocess.run(
            [sys.executable, "-c", run_main, *words],
            cwd=folder,
            capture_output=True,
            env={**os.environ, "PYTHONPATH": str(root), "PYTHONIOENCODING": encoding},
        )
        assert b"Traceback" not in done.stderr and done.stdout.decode(encoding)
    assert "[wrong]" in subprocess.run(
        [sys.executable, "-c", run_main, "test"],
        cwd=folder,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(root), "PYTHONIOENCODING": encoding},
    ).stdout.decode(encoding)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX shell")
def test_a_closed_pipe_and_a_closed_stdin(folder):
    done = subprocess.run(
        f'"{sys.executable}" -c "{run_main}" status <&- | head -1',
        shell=True,
        cwd=folder,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert "checks pass" in done.stdout and "Traceback" not in done.stderr and "BrokenPipe" not in done.stderr


def test_a_file_of_the_learners_that_is_named_like_a_module(folder):
    (folder/"random.py").write_text("raise RuntimeError('shadowed')")
    (folder/"numpy.py").write_text("raise RuntimeError('shadowed')")
    solve(folder)
    assert tito("test", folder=folder).returncode == 0


def test_several_notebooks_in_one_folder(folder):
    other = next(lesson for lesson in lessons if lesson.name != "optimizers")
    assert tito("start", "--module", other.name, folder=folder).returncode == 0
    done = tito("hint", folder=folder)
    assert done.returncode == 1 and "several notebooks lie here" in done.stderr and other.name in done.stderr
    assert tito("hint", "momentum", folder=folder).returncode == 0
    done = tito("status", folder=folder)
    assert done.returncode == 0 and "optimizers: 0 of" in done.stdout and f"{other.name}: 0 of" in done.stdout


def test_a_broken_notebook_keeps_no_other_from_its_commands(folder):
    assert tito("start", "--module", "data", folder=folder).returncode == 0
    (folder/"data_dev.ipynb").write_text('{"cells": [')
    for command in ("test", "status", "export", "list"):
        done = tito(command, folder=folder)
        assert done.returncode == 1 and "data_dev.ipynb is broken near cell" in done.stderr
        assert "optimizers" in done.stdout and "data_dev.ipynb is broken" not in done.stdout
    assert "data broken" in tito("status", folder=folder).stdout
    assert "data: its notebook cannot be read" in tito("list", folder=folder).stdout
    assert tito("hint", folder=folder).returncode == 0   # one can be read, so it is meant


def test_a_misspelt_exercise_among_several_notebooks(folder):
    assert tito("start", "--module", "data", folder=folder).returncode == 0
    done = tito("solution", "momentm", folder=folder)
    assert done.returncode == 1 and "has an exercise 'momentm', did you mean 'momentum'?" in done.stderr


def test_chapters_that_were_only_started_are_not_begun(folder):
    assert tito("start", "--module", "data", folder=folder).returncode == 0
    write(folder, "momentum", "#| exports\nsgd_momentum = None")
    said = tito("status", folder=folder).stdout
    assert "data not begun" in said and "optimizers begun" in said


def test_a_message_names_the_line_of_the_exercise_and_not_its_first_helper(folder):
    wrong = answer(optimizers, "momentum").replace(
        "#| exports\n", "#| exports\nK = 3\ndef helper(x):\n    return x\n\n"
    )
    write(folder, "momentum", wrong.replace("momentum*velocity + gradient", "gradient"))
    said = tito("test", "momentum", folder=folder).stdout
    assert re.search(r"📍 momentum, cell \d+ \(`def sgd_momentum\(`\) under “Momentum”", said)
    write(folder, "momentum", "#| exports\nK = 3")
    assert "(`K = 3`) has to define `sgd_momentum`, and defines `K`" in tito("test", "momentum", folder=folder).stdout


def test_after_one_exercise_the_others_are_next(folder):
    write(folder, "momentum", answer(optimizers, "momentum"))
    said = tito("test", "momentum", folder=folder).stdout
    assert "1 of 1 checks pass" in said and "Next: tito test --module optimizers" in said
    write(folder, "momentum", answer(optimizers, "momentum").replace("momentum*velocity + ", ""))
    said = tito("test", "SGD", folder=folder).stdout
    assert "SGD: waits for" in said and "Next: tito hint --module optimizers momentum" in said


def test_an_export_that_was_not_right_is_not_called_right(folder):
    write(folder, "momentum", answer(optimizers, "momentum").replace("momentum*velocity + ", ""))
    assert tito("export", "--anyway", folder=folder).returncode == 0
    assert "exported, as the notebook is now, although it is not right yet" in tito("status", folder=folder).stdout
    write(folder, "momentum", answer(optimizers, "momentum"))
    assert "exported from an earlier state" in tito("status", folder=folder).stdout


def test_a_headline_keeps_what_was_raised(folder):
    write(folder, "adam", answer(optimizers, "adam").replace("v_hat", "v_hut", 1))
    write(folder, "moments", answer(optimizers, "moments"))
    write(folder, "bias_correction", answer(optimizers, "bias_correction"))
    assert "adam(...) raised NameError: name 'v_hat' is not defined" in tito("status", folder=folder).stdout


# The notebooks in Jupyter


def jupyter(folder, lesson):
    "Run a learner's notebook from top to bottom; the failing cell's position and the error, or None."
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    notebook = nbformat.read(folder/lesson.file, 4)
    client = NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(folder)}})
    try:
        client.execute()
    except CellExecutionError as error:
        at = next(
            i for i, cell in enumerate(notebook.cells) if any(o.output_type == "error" for o in cell.get("outputs", []))
        )
        return at, error
    return None


@on
def test_unsolved_it_stops_at_the_first_exercise(lesson, tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(root))
    assert tito("start", "--module", lesson.name, folder=tmp_path).returncode == 0
    at, error = jupyter(tmp_path, lesson)
    first = next(iter(lesson.exercises))
    assert error.ename == "NotImplementedError" and (
        f"exercise {first}:" in error.evalue
        or first in lesson.checks
        and "= ..." in solutions.stub(lesson, lesson.exercises[first])
    ), error
    cells = load(tmp_path, lesson.name)["cells"]
    marks = [cell["metadata"].get("tinytorch", {}) for cell in cells]
    assert [m.get("exercise") for m in marks].index(first) < at <= [m.get("check") for m in marks].index(first)


@pytest.mark.parametrize("name, written, check, said", [
    ("data", [], "batches", "⬜ exercise batches: DataLoader.__iter__ is yours to write; for a hint: tito hint"),
    ("optimizers", ["gradient_descent_step"], "stability", "⬜ exercise stability: replace ... by your prediction")])
def test_a_check_of_what_is_not_written_says_so_in_a_line(name, written, check, said, tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(root))
    monkeypatch.setenv("MPLBACKEND", "agg")
    assert tito("start", name, folder=tmp_path).returncode == 0
    solve(tmp_path, course()[name], only=written)
    at, error = jupyter(tmp_path, course()[name])
    assert load(tmp_path, name)["cells"][at]["metadata"]["tinytorch"] == {"check": check}
    assert error.ename == "NotImplementedError"
    lines = error.traceback.split("------------------\n")[-1].strip().splitlines()
    assert len(lines) == 1 and lines[0].startswith(said), error.traceback


def test_an_error_of_the_learners_own_keeps_its_traceback(monkeypatch):
    from tinytorch.course import browser

    for text, told in (("exercise momentum: yours", True), ("", False), ("later", False)):
        def unwritten(*things, text=text):
            raise NotImplementedError(text)
        monkeypatch.setattr(browser, "run_check", unwritten)
        with pytest.raises(NotImplementedError) as raised:
            browser.check("momentum", None)
        assert str(raised.value) == text
        assert getattr(raised.value, "_render_traceback_", list)() == ["⬜ exercise momentum: yours"]*told


@on
def test_solved_it_runs_through(lesson, tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(root))
    monkeypatch.setenv("MPLBACKEND", "agg")  # figures are made, but not drawn
    tito("start", "--module", lesson.name, folder=tmp_path)
    solve(tmp_path, lesson)
    assert jupyter(tmp_path, lesson) is None


# What a learner meets in the notebook

@on
def test_a_check_stands_right_under_its_exercise_where_it_can(lesson):
    cells = json.loads(handouts.learner_notebook(lesson))["cells"]
    marks = [cell["metadata"].get("tinytorch", {}) for cell in cells]
    checks = [mark.get("check") for mark in marks]
    early = [name for name in lesson.exercises if name in checks and handouts.can_run_after(
        lesson, lesson.exercises[name], lesson.checks[name])]
    for name in early:
        assert checks.index(name) == [mark.get("exercise") for mark in marks].index(name) + 1
    assert early or lesson.name == "data"


@on
def test_every_assertion_says_what_it_expected(lesson):
    for cell in json.loads(handouts.learner_notebook(lesson))["cells"]:
        if cell["cell_type"] != "code" or cell["source"].startswith("#| export"):
            continue
        tree = ast.parse(re.sub(r"^[%!].*$", "", cell["source"], flags=re.MULTILINE))
        assert all(node.msg for node in ast.walk(tree) if isinstance(node, ast.Assert)), cell["source"]


@on
def test_every_link_leads_somewhere(lesson):
    text = handouts.learner_notebook(lesson)
    for link in re.findall(r"\]\(([^)\s]+)\)", "\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"]
                                                           if cell["cell_type"] == "markdown")):
        assert link.startswith(("https://", "#")), link


def test_assertions_with_words_keep_what_they_assert():
    given = 'assert (a ==\n        1)\nif b:\n    assert c\nassert d, "known"\n'
    made = handouts.assertions_with_words(given, "adam")
    assert made.count("the check of adam says why") == 2 and '"this should hold: c. If' in made
    assert [ast.dump(node.test) for node in ast.walk(ast.parse(made)) if isinstance(node, ast.Assert)] == [
        ast.dump(node.test) for node in ast.walk(ast.parse(given)) if isinstance(node, ast.Assert)]


def test_right_in_the_browser_and_not_saved_is_said(folder):
    from tinytorch.course import browser

    browser.note_success(folder, "momentum")
    os.utime(folder/"optimizers_dev.ipynb", (1, 1))
    for command in ("test", "status"):
        said = tito(command, folder=folder).stdout
        assert "momentum passed in Jupyter after optimizers_dev.ipynb was last saved: save it there (Ctrl-S)" in said
        assert "Next: save optimizers_dev.ipynb in Jupyter (Ctrl-S), then this command again" in said
    solve(folder, only=["momentum"])
    assert "last saved" not in tito("test", folder=folder).stdout
    assert tito("hint", "momentum", folder=folder).returncode == 0
    assert files.remembered(folder, "passed") and files.remembered(folder, "hints")   # one does not drop the other


@pytest.mark.parametrize("wrong", [False, True])
def test_the_browser_and_the_terminal_give_one_verdict(wrong, folder, monkeypatch):
    "np comes from a cell that is not exported: wrong in both places, and right in both once it is."
    import nbformat
    from nbclient import NotebookClient

    monkeypatch.setenv("PYTHONPATH", str(root))
    solve(folder)
    help_cell = ("" if wrong else "#| export\n") + "import numpy as mine"
    notebook = load(folder)
    momentum = cell_of(notebook, "momentum")
    source = answer(optimizers, "momentum").replace(
        "momentum*velocity + gradient", "mine.add(momentum*velocity, gradient)"
    )
    momentum["source"] = source
    at = notebook["cells"].index(momentum)
    notebook["cells"].insert(at, {"cell_type": "code", "id": "mine", "metadata": {}, "outputs": [],
                                  "execution_count": None, "source": help_cell})
    save(folder, notebook)
    said = tito("test", "momentum", folder=folder)
    short = nbformat.read(folder/"optimizers_dev.ipynb", 4)
    imports = [cell for cell in short.cells[:at] if cell.cell_type == "code" and "import" in cell.source]
    short.cells = [*imports, *short.cells[at:at + 3]]
    client = NotebookClient(short, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(folder)}},
                            allow_errors=True)
    client.execute()
    errors = [
        output.evalue for cell in short.cells for output in cell.get("outputs", []) if output.output_type == "error"
    ]
    assert said.returncode == int(wrong)
    if wrong:
        assert "`mine` comes from cell" in said.stdout and "make `#| export` its first line" in said.stdout
        assert len(errors) == 1 and "`mine` comes from a cell that is not exported" in errors[0], errors
    else:
        assert errors == []


@on
def test_a_learners_notebook_calls_the_browsers_check(lesson):
    text = "\n".join(cell["source"] for cell in json.loads(handouts.learner_notebook(lesson))["cells"])
    assert "from tinytorch.course.browser import check" in text
    assert not re.search(r"from tinytorch\.checks import .*\bcheck\b", text)


# A notebook that comes alone


def test_a_named_exercise_needs_no_notebook(tmp_path):
    hint = optimizers.exercises["momentum"].mark["hints"][0]
    assert hint in tito("hint", "momentum", folder=tmp_path).stdout
    assert "def sgd_momentum" in tito("solution", "--module", "optimizers", "momentum", folder=tmp_path).stdout
    assert "did you mean 'momentum'?" in tito("hint", "momentun", folder=tmp_path).stderr
    assert "tito start" in tito("hint", folder=tmp_path).stderr   # which one to work on is not known without one


def test_no_link_where_python_has_none(folder, monkeypatch):
    monkeypatch.delattr(os, "link")
    assert tito("reset", "--module", "optimizers", folder=folder).returncode == 0
    assert len([*folder.glob("backup-*")]) == 1
    assert tito("start", "--module", "layers", folder=folder).returncode == 0


def test_a_web_notebook_is_the_learners_with_a_cell_that_installs():
    own, web = (json.loads(handouts.learner_notebook(optimizers, install)) for install in (None, "begin()"))
    ids = [cell["id"] for cell in web["cells"]]
    assert ids.index("install") < ids.index("your-chapters")
    kept = [cell for cell in web["cells"] if cell["id"] not in ("install", "your-notebook")]
    assert kept == [cell for cell in own["cells"] if cell["id"] != "your-notebook"]
    assert "%tito hint" in "".join(cell["source"] for cell in web["cells"] if cell["id"] == "your-notebook")
