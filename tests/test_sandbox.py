"What a learner's code can do to tito, and tito to it: processes, time, memory, text without end, spoilt files."
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tinytorch.course import files, terminal
from tinytorch.course.handouts import learner_notebook, own_imports, prerequisites
from tinytorch.course.lesson import course, read_notebook
from tinytorch.course.modules import ready_module
from tinytorch.course.sandbox import Limits, run
from tinytorch.course.submission import Submission

root = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(root/"benchmarks"))
from attack_tools import is_running  # noqa: E402

run_main = "import sys; from tinytorch.tito import main; sys.exit(main(sys.argv[1:]))"
lesson = course()["optimizers"]
posix = pytest.mark.skipif(not hasattr(os, "fork"), reason="no process groups here")
head = own_imports(lesson.exercises["momentum"].source, lesson).split("    velocity =")[0]


def environment():
    return os.environ | {"PYTHONPATH": str(root), "PYTHONIOENCODING": "utf-8"}


def call(*words, folder):
    return subprocess.run([sys.executable, "-c", run_main, *map(str, words)], cwd=folder, capture_output=True,
                          text=True, encoding="utf-8", env=environment(), timeout=300)


@pytest.fixture
def folder(tmp_path):
    (tmp_path/"optimizers_dev.ipynb").write_text(learner_notebook(lesson), encoding="utf-8")
    for needed in prerequisites(lesson):
        (tmp_path/f"{needed.name}_dev.py").write_text(ready_module(needed), encoding="utf-8")
    return tmp_path


def change(folder, function):
    "Change the learner's notebook."
    path = folder/"optimizers_dev.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    function(notebook)
    path.write_text(json.dumps(notebook), encoding="utf-8")


def write(folder, sources):
    "Put texts into exercises' cells."
    def put_in(notebook):
        for cell in notebook["cells"]:
            name = cell["metadata"].get("tinytorch", {}).get("exercise")
            cell["source"] = sources.get(name, cell["source"])
    change(folder, put_in)


def cells(*sources):
    return [{"key": n, "kind": "cell", "number": n, "source": source} for n, source in enumerate(sources, 1)]


def ended(process_id):
    "Wait until a process is gone; False if it stays."
    for _ in range(200):
        if not is_running(process_id):
            return True
        time.sleep(0.05)
    return False


# ---- processes

needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at /proc")
leave_a_child = """
import os, time
child = os.fork()
if child == 0:
    open("child", "w").write(str(os.getpid()))
    time.sleep(600)
while not os.path.exists("child") or not open("child").read(): time.sleep(0.01)
"""
leave_a_pool = """
import os, time
from concurrent.futures import ProcessPoolExecutor
pool = ProcessPoolExecutor(1)
open("child", "w").write(str(pool.submit(os.getpid).result()))
"""


leave_a_session = """
import os, time
if os.fork() == 0:
    os.setsid()
    child = os.fork()
    if child == 0:
        open("child", "w").write(str(os.getpid()))
        time.sleep(600)
    os._exit(0)
while not os.path.exists("child") or not open("child").read(): time.sleep(0.01)
"""


@posix
@needs_proc
@pytest.mark.parametrize("source", [leave_a_child, leave_a_pool, leave_a_session], ids=["fork", "pool", "session"])
def test_a_child_process_that_a_cell_leaves_is_ended(source, tmp_path):
    results = run(cells(source, "print('after')"), lesson, tmp_path, Limits(seconds=20))
    assert {number: status for number, (status, _) in results.items()} == {1: "ok", 2: "ok"}
    assert ended(int((tmp_path/"child").read_text()))


forged = """
import json, os
for number in range(3, 20):
    try: os.write(number, b'\\n["end", "checked", "ok", "forged"]\\n["x", "done", ""]\\n{"a"\\n["done", ""]\\n')
    except OSError: pass
"""


@posix
def test_what_a_cell_writes_into_the_pipe_is_no_report(tmp_path):
    results = run([*cells(forged), {"key": "checked", "kind": "check", "name": "momentum", "source": "1/0"}], lesson,
                  tmp_path, Limits(seconds=20))
    assert results[1][0] == "ok" and results["checked"][0] == "error" and "ZeroDivision" in results["checked"][1]


@pytest.mark.parametrize("line, name", [
    ("import numpy\nnumpy.allclose = print", "numpy.allclose"),
    ("import builtins\nbuiltins.abs = print", "builtins.abs"),
    ("import sys, types\nsys.modules['tinytorch.checks'] = types.ModuleType('tinytorch.checks')", "tinytorch.checks"),
    ("import tinytorch.checks as c\nc.check = print", "tinytorch.checks.check")])
def test_what_the_checks_use_cannot_be_exchanged_unnoticed(line, name, tmp_path):
    check = {"key": "checked", "kind": "check", "name": "momentum", "source": "check('momentum', None)"}
    results = run([*cells(line), check], lesson, tmp_path, Limits(seconds=20))
    assert results["checked"] == ("error", f"a cell has exchanged {name}, which the checks use: take that out")


@posix
def test_a_fork_that_comes_back_reports_nothing(tmp_path):
    results = run(cells("import os\nos.fork()", "print('once')"), lesson, tmp_path, Limits(seconds=20))
    assert [status for status, _ in results.values()] == ["ok", "ok"]


@posix
@needs_proc
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGKILL"])
def test_no_orphan_goes_on_computing_when_tito_is_ended(name, folder):
    busy = head + "    import os\n    open('child', 'w').write(str(os.getpid()))\n    while True: pass\n"
    write(folder, {"momentum": busy})
    command = [sys.executable, "-c", run_main, "test", "--time-limit", "300"]
    tito = subprocess.Popen(command, cwd=folder, env=environment(), stdout=subprocess.DEVNULL)
    try:
        for _ in range(1200):
            if (folder/"child").exists() and (folder/"child").read_text():
                break
            time.sleep(0.05)
        tito.send_signal(getattr(signal, name))
        assert tito.wait(60) == (-9 if name == "SIGKILL" else 128 + getattr(signal, name))
        assert ended(int((folder/"child").read_text()))
    finally:
        tito.kill()


def test_when_every_body_loops_the_limits_do_not_add_up(tmp_path):
    results = run(cells(*["while True: pass"]*8), lesson, tmp_path, Limits(seconds=0.3))
    states = [status for status, _ in results.values()]
    assert states == ["late"]*3 + ["skipped"]*5 and "3 others were stopped" in results[8][1]


def test_what_needs_a_late_check_waits_for_it(tmp_path):
    sources = ["while True: pass", "print('needs it')", "print('does not')"]
    pieces = [
        {"key": f"check {n}", "kind": "check", "name": str(n), "source": source} for n, source in enumerate(sources, 1)
    ]
    pieces[1]["needs"] = ["check 1"]
    results = run(pieces, lesson, tmp_path, Limits(seconds=0.3))
    assert results["check 2"] == ("skipped", "waits for 1") and results["check 3"][0] == "ok"


# ---- memory

@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits of memory are Linux's here")
@pytest.mark.parametrize("source", [
    "import numpy as np\nnp.ones(10**11)", "kept = []\nwhile True: kept.append(bytearray(10**6))"])
def test_too_much_memory_is_one_message(source, tmp_path):
    results = run(cells(source, "print('after')"), lesson, tmp_path, Limits(seconds=60, gigabytes=0.5))
    assert "more memory than the 0.5 GB that are allowed (tito test --memory-limit GB)" in results[1][1]
    assert "in cell 1, line 2" in results[1][1] and results[2] == ("ok", "after\n")


# ---- texts

def test_a_long_exception_is_cut(tmp_path):
    results = run(cells("raise ValueError('x'*30_000_000)", "print('y'*30_000_000)"), lesson, tmp_path)
    assert results[1][1].startswith("ValueError: xxx") and len(results[1][1]) < 2500
    assert "29,998,000 characters more" in results[1][1] and len(results[2][1]) <= 20_000


def test_an_exception_whose_text_cannot_be_made(tmp_path):
    source = "class Odd(Exception):\n    def __str__(self): raise RuntimeError\nraise Odd"
    assert "Odd: (its text cannot be shown)" in run(cells(source), lesson, tmp_path)[1][1]


def test_nothing_of_a_notebook_steers_the_terminal(folder):
    evil = "\x1b]0;mine\x07\x1b[2J\u202e"
    write(folder, {"momentum": head + f"    raise ValueError({evil!r})\n", "moments": f"#| exports\nx = '{evil}'\n"})
    (folder/"optimizers_dev.py").write_text(evil)
    for words in (["test"], ["status"], ["export"], ["hint", evil], ["list"]):
        done = call(*words, folder=folder)
        assert not terminal.control.search(done.stdout + done.stderr), words


# ---- spoilt files

def set_metadata(value):
    def spoil(notebook):
        notebook["metadata"] = value
        for cell in notebook["cells"][8:]:
            cell["metadata"] = value
    return spoil


@pytest.mark.parametrize("value", [None, "text", {"tinytorch": None}, {"tinytorch": {"exercises": 3}}, [1]])
def test_spoilt_metadata_are_no_metadata(value, folder):
    change(folder, set_metadata(value))
    for command in ("test", "status", "list"):
        done = call(command, folder=folder)
        assert "Traceback" not in done.stderr and "optimizers" in done.stdout


@pytest.mark.parametrize("text, told", [
    ("["*100_000, "nested too deeply"), ('{"cells": []}', "is a notebook without any cell"),
    ('{"cells": [{"cell_type": "code"}]}', "no notebook with cells"), ('{"cells": [3]}', "no notebook with cells"),
    ('{"cells": [{"cell_type": "code", "source": [3]}]}', "no notebook with cells"),
    ("1"*5000, "is no notebook: Exceeds the limit"),
    ('{"cells": [\n<<<<<<< HEAD\n', "line 2 is a merge marker, `<<<<<<< HEAD`. Two versions were merged")])
def test_a_file_that_is_no_notebook_gets_a_sentence(text, told, folder):
    (folder/"optimizers_dev.ipynb").write_text(text)
    for command in ("test", "export", "status", "list"):
        done = call(command, folder=folder)
        assert done.returncode == 1 and told in done.stderr and "Traceback" not in done.stderr, done.stderr
        assert "tito reset --module optimizers" in done.stderr


@posix
def test_a_pipe_or_a_folder_in_place_of_a_file(folder):
    path = folder/"optimizers_dev.ipynb"
    path.unlink()
    os.mkfifo(path)
    for words in (["test"], ["status"], ["export"], ["hint", "adam"], ["reset"], ["list"]):
        done = call(*words, folder=folder)
        assert done.returncode == 1 and "optimizers_dev.ipynb is no file" in done.stderr, words
    path.unlink()
    path.symlink_to(path.name)   # to itself
    done = call("test", folder=folder)
    assert done.returncode == 1 and str(path) in done.stderr and "Traceback" not in done.stderr
    path.unlink()
    path.mkdir()
    done = call("test", folder=folder)
    assert done.returncode == 1 and "is no file" in done.stderr


@posix
def test_a_pipe_in_place_of_an_export(folder):
    os.mkfifo(folder/"optimizers_dev.py")
    for command in ("export", "status"):
        done = call(command, folder=folder)
        assert done.returncode < 2 and "Traceback" not in done.stderr


def test_an_expression_without_end_is_told(folder):
    write(folder, {"momentum": "#| exports\nx = " + "+".join(["1"]*5000) + "\n" + head + "    return x\n"})
    change(folder, lambda notebook: notebook["cells"][2].update(cell_type="code", outputs=[], execution_count=None,
                                                                source="(" * 300))
    done = call("test", folder=folder)
    assert done.returncode == 1 and "Traceback" not in done.stderr


def turned_to_text(notebook):
    for cell in notebook["cells"]:
        if cell["metadata"].get("tinytorch", {}).get("exercise") == "adam":
            cell["cell_type"] = "markdown"


def test_a_cell_that_became_text_is_told_as_such(folder):
    change(folder, turned_to_text)
    done = call("test", folder=folder)
    assert done.returncode == 1 and "has become a text cell: turn it back into code" in done.stdout, done.stdout
    assert "has to define `adam`, and defines `adam`" not in done.stdout


def test_merge_markers_in_a_cell_are_told_as_such(folder):
    write(folder, {"momentum": head + "<<<<<<< HEAD\n    return 1\n=======\n    return 2\n>>>>>>> mine\n"})
    done = call("test", folder=folder)
    assert done.returncode == 1 and "is a merge marker, `<<<<<<< HEAD`: keep one of the two versions" in done.stdout


@pytest.mark.parametrize("line, told", [
    ("from tinytorch.optimizers import sgd_momentum", "`sgd_momentum` of the finished chapter"),
    ("import tinytorch.optimizers.core as c", "`tinytorch.optimizers.core` of the finished chapter"),
    ("from tinytorch.optimizers import *", "`*` of the finished chapter"),
    ("import tinytorch\nmine = tinytorch.optimizers.sgd_momentum", "`sgd_momentum` of the finished chapter"),
    ("import tinytorch.checks", "`tinytorch.checks`"),
    ("from tinytorch.course.modules import finished", "`tinytorch.course")])
def test_what_would_do_the_learners_work_is_flagged(line, told, folder):
    answer = own_imports(lesson.exercises["momentum"].source, lesson)
    write(folder, {"momentum": answer.replace("#| exports\n", f"#| exports\n{line}\n")})
    [sentence] = Submission(lesson, folder).problems.values()
    assert "imports " in sentence and told in sentence and "write it yourself" in sentence


@pytest.mark.parametrize("words", [["--time-limit", "-1"], ["--time-limit", "0"], ["--memory-limit", "nan"],
                                   ["--time-limit", "soon"], ["--time-limit", "inf"], ["--time-limit", "1e300"]])
def test_limits_are_numbers_above_zero(words, folder):
    done = call("test", *words, folder=folder)
    assert done.returncode == 2 and "is no number above 0" in done.stderr


def test_own_files_follow_the_umask(tmp_path):
    before = os.umask(0o027)
    try:
        files.write(tmp_path/"made", "text")
    finally:
        os.umask(before)
    assert (tmp_path/"made").stat().st_mode & 0o777 == 0o640


def test_lessons_are_read_as_they_are():
    for other in course().values():
        assert read_notebook(other.path)["cells"]
