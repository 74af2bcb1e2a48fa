"""Faults 11, 12 and 20 to 24 as attacks on tito, the shell and a clone, as a user would meet them. As in
attacks_on_library.py: a function `fault_N_...` is a row, or one for each of its inputs; it returns what is wrong.
"""

import configparser
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tarfile
import time
from pathlib import Path

from attack_tools import (
    badly_told,
    begin,
    change,
    each,
    environment,
    exercise_cell,
    first_wrong,
    is_running,
    left_running,
    lesson,
    momentum_that,
    put,
    root,
    run_tito,
    short,
    solve,
    tito,
)

# ---- 11

@each(none="", comment="# exports", no_blank="#exports", exporti="#|exporti", capital="#| Export",
      elsewhere="#| exports mymodule", misspelt="#| exprot", hide="#| hide")
def fault_11(line):
    "an exercise's cell whose first line is no `#| exports` any more: named, exit 1, nothing written"
    path = begin()
    solve(path)
    def spoil(notebook):
        cell = exercise_cell(notebook, "momentum")
        rest = "".join(cell["source"]).split("\n", 1)[1]
        cell["source"] = f"{line}\n{rest}" if line else rest
    change(path, spoil)
    wrong = badly_told(tito("export", "--module", "optimizers"), "sgd_momentum", "#| export")
    tested = badly_told(tito("test", "--module", "optimizers"), "sgd_momentum", "#| export")
    return wrong or tested or ("a file was written" if Path("optimizers_dev.py").exists() else None)


@each(future="from __future__ import annotations", missing="import no_such_package_of_mine",
      raises="raise ValueError('x')")
def fault_11_imported(line):
    "an export that cannot be imported is not called good"
    path = begin()
    solve(path)
    put(path, "momentum", f"{line}\n{momentum_that()}")
    done = tito("export", "--module", "optimizers")
    if done.returncode == 0:
        code = subprocess.run(
            [sys.executable, "-c", "import optimizers_dev"], env=environment(), capture_output=True
        ).returncode
        return "exit 0, and the file cannot be imported" if code else None
    return badly_told(done) or ("a file was written" if Path("optimizers_dev.py").exists() else None)


# ---- 12

note_child = "open('child', 'w').write(str(child))"
wait_for_note = "while not os.path.exists('child') or not open('child').read(): time.sleep(0.01)"
children = dict(
    pool=[
        "import os",
        "from concurrent.futures import ProcessPoolExecutor",
        "global pool",
        "pool = ProcessPoolExecutor(1)",
        "child = pool.submit(os.getpid).result()",
        note_child,
    ],
    fork=["import os, time", "child = os.fork()", "if child == 0: time.sleep(600)", note_child],
    program=["import subprocess", "child = subprocess.Popen(['sleep', '600']).pid", note_child],
    own_session=[
        "import subprocess",
        "child = subprocess.Popen(['sleep', '600'], start_new_session=True).pid",
        note_child,
    ],
    grandchild=[
        "import os, time",
        "if os.fork() == 0:",
        "    child = os.fork()",
        "    if child == 0: time.sleep(600)",
        f"    {note_child}",
        "    os._exit(0)",
        wait_for_note,
    ],
    daemon=[
        "import os, time",
        "if os.fork() == 0:",
        "    os.setsid()",
        "    child = os.fork()",
        "    if child == 0: time.sleep(600)",
        f"    {note_child}",
        "    os._exit(0)",
        wait_for_note,
    ],
    stubborn=[
        "import os, signal, time",
        "child = os.fork()",
        "if child == 0:",
        "    [signal.signal(n, signal.SIG_IGN) for n in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)]",
        "    time.sleep(600)",
        note_child,
    ],
    thread=[
        "import os, threading, time",
        "child = os.getpid()",
        note_child,
        "threading.Thread(target=time.sleep, args=(600,)).start()",
    ],
)


@each(**children)
def fault_12_left(lines):
    "what a cell leaves running does not hold tito up, and is ended"
    path = begin()
    guarded = ["import os", "if not os.path.exists('child'):", *(f"    {line}" for line in lines)]
    put(path, "momentum", momentum_that(*guarded))
    began = time.monotonic()
    done = tito("test", "--module", "optimizers", "momentum", "--time-limit", 10)
    if time.monotonic() - began > 30:
        return f"it took {time.monotonic() - began:.0f} s"
    return left_running(Path("child")) or badly_told(done, code=0)


@each(**{f"{place}_{name}": (place, getattr(signal, name)) for name in ("SIGTERM", "SIGHUP", "SIGINT", "SIGKILL")
         for place in ("same_group", "own_session")})
def fault_12_ended(attack):
    "tito test is ended from outside while a cell and a child of it loop: no orphan burns the processor"
    place, number = attack
    path = begin()
    start = "subprocess.Popen([sys.executable, '-c', 'while True: pass'], start_new_session="
    put(path, "momentum", momentum_that(
        "import os, subprocess, sys", f"child = {start}{place == 'own_session'}).pid",
        "open('child', 'w').write(str(child))", "open('cell', 'w').write(str(os.getpid()))", "while True: pass"))
    process = subprocess.Popen([sys.executable, "-c", run_tito, "test", "--module", "optimizers", "--time-limit", "50"],
                               env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(400):
        if Path("cell").exists() and Path("cell").read_text():
            break
        time.sleep(0.05)
    process.send_signal(number)
    process.wait(20)
    return first_wrong(left_running(Path("cell")), left_running(Path("child")))


@each(array="import numpy; numpy.zeros(10**11)", list="full = []\n    while True: full.append(bytes(10**7))",
      text="'x'*10**11")
def fault_12_memory(line):
    "an array of 800 GB, a list without end: one clear message"
    path = begin()
    put(path, "momentum", momentum_that(line))
    done = tito("test", "--module", "optimizers", "momentum", "--memory-limit", 1, "--time-limit", 20)
    return badly_told(done, "memory") or (f"{len(done.stdout)} letters" if len(done.stdout) > 5000 else None)


# ---- 20

def small_clone(folder="a clone"):
    "A clone with one small notebook and one test, which imports its own package."
    folder = Path(folder)
    for part in ("bin", "tinytorch"):
        shutil.copytree(root/part, folder/part, ignore=shutil.ignore_patterns("__pycache__", "preview"))
    for part in ("settings.ini", "setup.py", "README.md"):
        shutil.copy(root/part, folder/part)
    for part in ("nbs", "tests"):
        (folder/part).mkdir()
    notebook = json.loads((root/"nbs"/"01_tensor.ipynb").read_text(encoding="utf-8"))
    notebook["cells"] = [
        {
            "cell_type": "code",
            "execution_count": 1,
            "id": "a",
            "metadata": {},
            "source": "print('α → β ✓')",
            "outputs": [{"name": "stdout", "output_type": "stream", "text": ["α → β ✓\n"]}],
        }
    ]
    (folder/"nbs"/"01_small.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    (folder/"tests"/"test_small.py").write_text("def test_small():\n    print('✓ α')\n", encoding="utf-8")
    return folder


@each(cp1252="cp1252", ascii="ascii", latin="latin-1", utf8="utf-8", shift_jis="shift_jis")
def fault_20_encoding(encoding):
    "tito test and tito test --module in a clone, piped, where output is not UTF-8: exit 0 and no blame"
    folder = small_clone()
    around = {"PYTHONPATH": str(folder.resolve()), "PYTHONIOENCODING": encoding}
    for words in (["test", "--module", "small"], ["test"]):
        wrong = badly_told(tito(*words, folder=folder, **around), "1 passed", code=0)
        if wrong:
            return wrong


@each(strict="cp1252:strict", c_locale=None)
def fault_20_strict(encoding):
    "the learner's commands where output cannot show an emoji"
    begin()
    around = {"PYTHONIOENCODING": encoding, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    return first_wrong(*(badly_told(tito(*words, **around), code=code) for words, code in (
        (["status"], 0), (["test"], 1), (["list"], 0), (["hint"], 0), (["--help"], 0), (["doctor"], 0))))


without_nbdev = """
import importlib.abc, importlib.metadata as metadata, sys
class Gone(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("nbdev", "execnb", "fastcore", "pytest", "jupyterlab"):
            raise ModuleNotFoundError(name, name=name)
sys.meta_path.insert(0, Gone())
known = metadata.version
def version(name):
    if name in ("nbdev", "fastcore", "execnb", "pytest", "jupyterlab"): raise metadata.PackageNotFoundError(name)
    return known(name)
metadata.version = version
sys.prefix = sys.base_prefix
"""


@each(test=["test"], module=["test", "--module", "small"], export=["export"], quick=["test", "--quick"],
      one=["export", "--module", "small"])
def fault_20_without_nbdev(words):
    "in a clone, without nbdev and outside an environment: one sentence and the command that mends it"
    folder = small_clone()
    done = tito(*words, folder=folder, code=without_nbdev + run_tito, PYTHONPATH=str(folder.resolve()))
    return badly_told(done, "activate-tinytorch.sh")


@each(doctor=["doctor"], list=["list"], version=["--version"], status=["status"], test=["test", "--module", "small"])
def fault_20_by_path(words):
    "tito called by its path, from outside its environment and its clone: no traceback"
    folder = small_clone().resolve()
    script = folder/"tito"
    script.write_text(f"#!{sys.executable}\n{run_tito}\n")
    script.chmod(0o755)
    around = {"PATH": "/usr/bin:/bin", "HOME": os.getcwd(), "PYTHONPATH": str(folder)}
    done = subprocess.run(
        [str(script), *words], cwd="/", env=around, capture_output=True, text=True, encoding="utf-8", timeout=60
    )
    if "Traceback" in done.stdout + done.stderr:
        return short((done.stdout + done.stderr)[-300:])


def raw_notebook(**changes):
    def spoil(notebook):
        notebook.update(changes)
    return spoil


def every_cell(**changes):
    def spoil(notebook):
        for cell in notebook["cells"]:
            cell.update(changes)
    return spoil


def write_over(text):
    return lambda path: path.write_text(text)


def in_place_of(path, make):
    path.unlink()
    make(path)


spoilt = dict(
    metadata_null=lambda path: change(path, raw_notebook(metadata=None)),
    metadata_text=lambda path: change(path, raw_notebook(metadata="x")),
    cell_metadata_null=lambda path: change(path, every_cell(metadata=None)),
    cell_metadata_text=lambda path: change(path, every_cell(metadata="x")),
    own_metadata_text=lambda path: change(path, every_cell(metadata={"tinytorch": "x", "nbgrader": 3})),
    source_number=lambda path: change(path, every_cell(source=3)),
    source_null=lambda path: change(path, every_cell(source=None)),
    cells_null=lambda path: change(path, raw_notebook(cells=None)),
    cells_text=lambda path: change(path, raw_notebook(cells="x")),
    cells_numbers=lambda path: change(path, raw_notebook(cells=[1, None, "x"])),
    no_cells=lambda path: change(path, raw_notebook(cells=[])),
    deep=write_over("[" * 100_000),
    deep_objects=write_over('{"a":' * 100_000),
    empty=write_over(""),
    number=write_over("3"),
    null=write_over("null"),
    nan=write_over("NaN"),
    cut=write_over('{"cells": ['),
    binary=lambda path: path.write_bytes(bytes(range(256)) * 10),
    utf16=lambda path: path.write_text("{}", encoding="utf-16"),
    surrogates=write_over('{"cells": [{"cell_type": "code", "metadata": {}, "source": "x = \'\\ud800\'"}]}'),
    huge_number=write_over("1" * 5000),
    pipe=lambda path: in_place_of(path, os.mkfifo),
    folder=lambda path: in_place_of(path, os.mkdir),
    device=lambda path: in_place_of(path, lambda p: p.symlink_to("/dev/zero")),
    loop=lambda path: in_place_of(path, lambda p: p.symlink_to(p.name)),
)


@each(**spoilt)
def fault_20_notebook(spoil):
    "a spoilt notebook: no traceback from test, status, export, hint, list, and nothing hangs"
    path = begin()
    spoil(path)
    for words in (
        ["test", "--module", "optimizers", "momentum"],
        ["status"],
        ["export", "--module", "optimizers"],
        ["list"],
    ):
        done = tito(*words, seconds=20)
        if "Traceback" in done.stdout + done.stderr:
            return f"{words}: {short((done.stdout + done.stderr)[-300:])}"
        if words[0] in ("test", "export") and done.returncode == 0:
            return f"{words}: exit 0"


@each(sum="x = " + " + ".join(["1"]*5000), brackets="x = " + "("*3000 + ")"*3000, powers="x = " + "-"*5000 + "1",
      calls="x = " + "f("*1000 + ")"*1000, attributes="x = a" + ".b"*5000, condition="x = " + "1 if 1 else "*3000 + "1",
      number="x = " + "9"*5000, nul="x = '\0'", tabs="if 1:\n\tx = 1\n        y = 2")
def fault_20_expression(line):
    "an expression of 5,000 terms and its twins in a cell: no traceback, no crash"
    path = begin()
    put(path, "momentum", f"def f(*a): pass\n{line}\n{momentum_that()}")
    for words in (["test"], ["export", "--module", "optimizers"]):
        done = tito(*words)
        if "Traceback" in done.stdout + done.stderr or done.returncode not in (0, 1):
            return f"{words}, exit {done.returncode}: {short((done.stdout + done.stderr)[-300:])}"


@each(negative=["--time-limit", "-1"], zero=["--time-limit", "0"], nan=["--time-limit", "nan"],
      inf=["--time-limit", "inf"],
      text=["--time-limit", "x"], memory=["--memory-limit", "-1"], tiny=["--memory-limit", "1e-9"],
      huge=["--memory-limit", "1e300"],
      huge_time=["--time-limit", "1e300"], no_module=["--module"], empty_module=["--module", ""],
      path=["--module", "../x"])
def fault_20_arguments(words):
    "arguments that are not valid are told"
    begin()
    done = tito("test", *words)
    if "Traceback" in done.stdout + done.stderr or done.returncode == 0:
        return f"exit {done.returncode}: {short((done.stdout + done.stderr)[-300:])}"


@each(folder=os.mkdir, pipe=os.mkfifo, link=lambda name: os.symlink("nowhere/at/all", name))
def fault_20_in_the_way(make):
    "optimizers_dev.py is a folder, a pipe or a dead link: told, and it stays"
    path = begin()
    solve(path)
    make("optimizers_dev.py")
    for words in (["export", "--module", "optimizers"], ["status"], ["test"], ["reset", "--module", "optimizers"]):
        done = tito(*words, seconds=30)
        if "Traceback" in done.stdout + done.stderr:
            return f"{words}: {short((done.stdout + done.stderr)[-300:])}"
    return None if os.path.lexists("optimizers_dev.py") else "it is gone"


@each(**{f"after_{number}_imports": number for number in (1, 40, 90, 140, 190, 240)})
def fault_20_interrupt_while_importing(count):
    "Ctrl-C while tito is still importing: no traceback, exit 130"
    begin()
    interrupt = f"""
import builtins, signal
real, calls = builtins.__import__, [0]
def counted(name, *arguments, **options):
    if calls[0] or name == "tinytorch.tito": calls[0] += 1   # Python itself and the package have been read
    if calls[0] == {count}: signal.raise_signal(signal.SIGINT)
    return real(name, *arguments, **options)
builtins.__import__ = counted
"""
    done = tito("status", code=interrupt + entry_point())
    said = done.stdout + done.stderr
    if "Traceback" in said:
        return short(said[-300:])
    return None if done.returncode in (0, 130, -2) else f"exit {done.returncode}: {short(said[-200:])}"


def entry_point():
    "What pip writes as the script `tito`, from settings.ini."
    settings = configparser.ConfigParser(delimiters=["="])
    settings.read(root/"settings.ini", encoding="utf-8")
    module, function = settings["DEFAULT"]["console_scripts"].split("=", 1)[1].split(":")
    return f"import sys\nfrom {module} import {function}\nsys.exit({function}())\n"


# ---- 21

@each(text="raise ValueError('x'*30_000_000)", lines="raise ValueError('x\\n'*10**6)", printed="print('x'*30_000_000)",
      printed_lines="for _ in range(10**6): print('x')",
      repr="return type('A', (), {'__repr__': lambda s: 'x'*10**7})(), 1",
      raw="import os; os.write(1, b'x'*10**7); os.write(2, b'x'*10**7)", key="raise KeyError('x'*30_000_000)",
      name="raise type('x'*10**6, (Exception,), {})('y')", note="e = ValueError('y'); e.add_note('x'*10**7); raise e",
      stub="raise NotImplementedError('exercise x: ' + 'y'*10**7)")
def fault_21_long(line):
    "text of 30 MB: what is printed stays short, in tito test and in tito status"
    path = begin()
    put(path, "momentum", momentum_that(line))
    for words in (["test"], ["status"]):
        done = tito(*words)
        if len(done.stdout) + len(done.stderr) > 40_000 or "Traceback" in done.stderr:
            return f"{words}: {len(done.stdout) + len(done.stderr)} letters, {short(done.stderr[-200:])}"


@each(raised="raise ValueError('\\x1b[2J\\x1b]0;owned\\x07')", printed="print('\\x1b[2J\\x9b31m\\r\\b')",
      mistake="return type('A', (), {'__repr__': lambda s: '\\x1b[2J'})(), 1",
      name="raise type('\\x1b[2J', (Exception,), {})('\\x1b[2J')",
      bidi="raise ValueError('\\u202e\\u2066')")
def fault_21_escapes(line):
    "escape sequences of a cell do not reach the terminal"
    path = begin()
    put(path, "momentum", momentum_that(line))
    return raw_letters("test", "status", "export")


def raw_letters(*commands):
    "What is wrong where a control character comes out of a command."
    for word in commands:
        done = tito(word)
        bad = re.findall(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", done.stdout + done.stderr)
        if bad:
            return f"tito {word} writes {sorted(set(bad))}"


def fault_21_escapes_in_the_file():
    "escape sequences in a notebook's headings, names and metadata do not reach the terminal either"
    path = begin()
    def spoil(notebook):
        for cell in notebook["cells"]:
            if cell["cell_type"] == "markdown":
                cell["source"] = "## \x1b[2J\x1b]0;owned\x07 heading"
        cell = exercise_cell(notebook, "momentum")
        cell["source"] = "#| exports\n\x1b[2J = 3"
        cell["metadata"]["tinytorch"]["hints"] = ["\x1b[2J"]
    change(path, spoil)
    return raw_letters("test", "status", "hint", "list", "export")


def fault_21_every_body_loops():
    "every body of a chapter loops: the limits do not add up"
    path = begin()
    for name, original in lesson().exercises.items():
        if "def " in original.source:
            put(path, name, re.sub(r"(\n    )(?=velocity =|m =|return |raise |self\.|for )", r"\1while True: pass\1",
                                   original.source.split("\n", 1)[1], count=1))
    began = time.monotonic()
    done = tito("test", "--time-limit", 2, seconds=55)
    took = time.monotonic() - began
    return f"{took:.0f} s" if took > 30 else badly_told(done, "2 s")


# ---- 22

cheats = dict(
    package="from tinytorch.optimizers import sgd_momentum",
    core="from tinytorch.optimizers.core import sgd_momentum as mine",
    whole="import tinytorch.optimizers.core as t\nsgd_momentum = t.sgd_momentum",
    checks="import tinytorch.checks\ntinytorch.checks.check = print",
    course="from tinytorch.course import sandbox",
    inner="def sgd_momentum(*a):\n    from tinytorch.optimizers.core import sgd_momentum\n    return sgd_momentum(*a)",
    star="from tinytorch.optimizers import *",
    relative="import tinytorch\nsgd_momentum = tinytorch.optimizers.sgd_momentum",
)


@each(**cheats)
def fault_22_import(line):
    "an import of the finished chapter, the checks or the course in a learner's notebook is flagged"
    path = begin()
    solve(path)
    put(path, "momentum", line)
    return badly_told(tito("test", "--module", "optimizers", "momentum"), "write it yourself")


wrong_momentum = momentum_that().replace("velocity = momentum*velocity + gradient", "velocity = gradient")
patches = dict(
    modules="import sys, types\nfake = types.ModuleType('tinytorch.checks')\nfake.check = print\n"
    "fake.Mistake = ValueError\nsys.modules['tinytorch.checks'] = fake",
    patched="import sys\nimport importlib\nimportlib.import_module('tinytorch.' + 'checks').check = print",
    numpy="import numpy\nnumpy.allclose = numpy.array_equal = lambda *a, **k: True\n"
          "numpy.isclose = lambda a, b, **k: a == a",
    pipe="import os, json\nfor d in range(3, 20):\n    try: os.write(d, (json.dumps(['end', "
    "'check momentum', 'ok', '']) + '\\n' + json.dumps(['done', '']) + '\\n').encode())\n    except OSError: pass",
    standard_output="import os, json\nos.write(1, (json.dumps(['end', 'check momentum', 'ok', '']) + '\\n').encode())",
    parent="import os, json\nfor d in os.listdir('/proc/self/fd'):\n    try: open(f'/proc/self/fd/{d}', 'w').write("
    "json.dumps(['end', 'check momentum', 'ok', '']) + '\\n' + json.dumps(['done', '']) + '\\n')\n"
    "    except OSError: pass",
    exiting="import sys\nsys.exit(0)",
    exec="import builtins\nbuiltins.exec = lambda *a, **k: None",
    frames="import sys\nf = sys._getframe()\nwhile f.f_back: f = f.f_back\nf.f_globals['__name__'] = 'x'",
    code="import sys\ncore = sys.modules['tinytorch.' + 'checks.core']\n"
         "core.agreement.__code__ = (lambda first, second: None).__code__",
    stages="import sys\nfor known in sys.modules['tinytorch.' + 'checks.core'].checks.values(): known.stages = ()",
    objects="import gc\nfor thing in gc.get_objects():\n    if type(thing).__name__ == 'Check': thing.stages = ()",
    seal="import json, os, sys\nf = sys._getframe()\nwhile 'plan' not in f.f_locals: f = f.f_back\n"
         "said = [[f.f_locals['plan']['seal'], *words] for words in (['begin', 'check momentum'], "
         "['end', 'check momentum', 'ok', ''], ['done', ''])]\n"
         "os.write(f.f_locals['report'].fileno(), ('\\n' + '\\n'.join(map(json.dumps, said)) + '\\n').encode())",
)


@each(**patches)
def fault_22_forged(line):
    "wrong code that attacks the check from inside its process does not pass, and teachers are told what a grade is"
    path = begin()
    put(path, "momentum", f"{line}\n{wrong_momentum}")
    done = tito("test", "--module", "optimizers", "momentum")
    if done.returncode == 0:
        return f"it passes: {short(done.stdout)}"
    if not promise():
        return "nobody is told that grades can be had"
    return "a traceback" if "Traceback" in done.stderr else None


def promise():
    "Whether the page for instructors says what a grade does not withstand."
    page = json.loads((root/"nbs"/"behind"/"instructors.ipynb").read_text(encoding="utf-8"))
    text = " ".join("".join(cell["source"]) for cell in page["cells"])
    return all(word in text.lower() for word in ("same python process", "forged"))


# ---- 23

stand_in = """#!/bin/sh
[ -z "$PYTHONHOME" ] || exit 1
case "$*" in
  *version_info*) exit 0;;
  *purelib*) echo "$HOME/site";;
  "-m venv"*) for venv; do :; done; rm -rf "$venv"; mkdir -p "$venv/bin"; cp "$0" "$venv/bin/python"
      printf 'VIRTUAL_ENV="%s"; export VIRTUAL_ENV; PATH="%s/bin:$PATH"' "$venv" "$venv" > "$venv/bin/activate";;
  "-m pip"*) echo 'echo tito' > .venv/bin/tito; chmod +x .venv/bin/tito;;
esac
"""


def activate(folder, script=None, shell="bash", **around):
    "Source the activation script of a bare clone, with a Python that pretends; what is wrong."
    for name in ("bin", "path", "site"):
        (folder if name == "bin" else Path(name)).joinpath("bin" if name == "bin" else "").mkdir(
            parents=True, exist_ok=True
        )
    for name in ("bin/activate-tinytorch.sh", "bin/install.sh", "settings.ini", "setup.py"):
        shutil.copy(root/name, folder/name)
    for name in ("python3", "python3.13", "python3.12", "python3.11", "python"):
        Path("path", name).write_text(stand_in)
        Path("path", name).chmod(0o755)
    script = script(folder) if script else folder/"bin"/"activate-tinytorch.sh"
    done = subprocess.run(
        [shell, "-c", f'source {shlex.quote(str(script))}; echo "status $? in $VIRTUAL_ENV"; command -v tito'],
        capture_output=True,
        text=True,
        timeout=50,
        env={"PATH": f"{os.getcwd()}/path:/usr/bin:/bin", "HOME": os.getcwd()} | around,
    )
    venv = f"{folder.resolve()}/.venv"
    right = f"status 0 in {venv}\n{venv}/bin/tito\n"
    return None if done.stdout == right else f"{short(done.stdout)} {short(done.stderr)}"


shells = [shell for shell in ("bash", "zsh") if shutil.which(shell)]


def linked(folder):
    Path("link").symlink_to(folder.resolve()/"bin"/"activate-tinytorch.sh")
    return Path("link").absolute()


def linked_twice(folder):
    Path("second").symlink_to(linked(folder))
    return Path("second").absolute()


@each(**{f"{what}_{shell}": (shell, *attack) for shell in shells for what, attack in dict(
    home=("clone", None, {"PYTHONHOME": "/another"}), link=("clone", linked, {}),
    link_of_link=("clone", linked_twice, {}),
    quote=("it's", None, {}), double=('a "clone"', None, {}), dollar=("$HOME", None, {}), backtick=("`id`", None, {}),
    backslash=("back\\slash", None, {}), blank=("a clone", None, {}), brackets=("[a-z]*", None, {}),
    dash=("-rf", None, {}),
    newline=("a\nb", None, {}), percent=("100%s", None, {}), umlaut=("Übung", None, {}),
    hash=("#1", None, {})).items()})
def fault_23(attack):
    "activation with PYTHONHOME set, through a link, in a folder of any name"
    shell, name, script, around = attack
    return activate(Path(os.getcwd(), name), script, shell, **around)


# ---- 24

def fault_24_demo():
    "tito demo leaves a convergence.png alone that is not its own"
    Path("convergence.png").write_bytes(b"mine")
    Path("convergence-2.png").mkdir()
    from tinytorch.demo import free_name
    chosen = free_name(Path("."))
    return f"it writes {chosen}" if chosen.name == "convergence.png" else None


def fault_24_demo_whole():
    "the same with the command itself"
    Path("convergence.png").write_bytes(b"mine")
    done = tito("demo")
    return badly_told(done, "convergence-2.png", code=0) or (
        None if Path("convergence.png").read_bytes() == b"mine" else "overwritten")


def requirements():
    settings = configparser.ConfigParser(delimiters=["="])
    settings.read(root/"settings.ini", encoding="utf-8")
    return settings["DEFAULT"]["requirements"].split()


def fault_24_matplotlib():
    "the oldest matplotlib that is allowed is the first one built for numpy 2.0"
    found = {re.split("[<>=]", word)[0]: word for word in requirements()}
    oldest = tuple(map(int, found["matplotlib"].split(">=")[1].split(".")[:2]))
    return None if oldest >= (3, 9) else found["matplotlib"]


def fault_24_sdist():
    "the sdist has all that its tests read: golden runs, benchmarks, notebooks, and they can be collected"
    tracked = subprocess.run(["git", "ls-files"], cwd=root, capture_output=True, text=True).stdout.split("\n")
    for name in [name for name in tracked if name and not name.startswith("binder")]:
        Path("clone", name).parent.mkdir(parents=True, exist_ok=True)
        if (root/name).is_file():
            shutil.copy(root/name, Path("clone", name))
    built = subprocess.run([sys.executable, "setup.py", "-q", "sdist", "-d", os.path.abspath("dist")], cwd="clone",
                           capture_output=True, text=True, env=environment())
    files = [*Path("dist").glob("*.tar.gz")]
    if not files:
        return f"no sdist: {short(built.stderr[-300:])}"
    with tarfile.open(files[0]) as archive:
        archive.extractall("out", filter="data")
    folder = next(Path("out").iterdir())
    missing = [name for name in tracked if name.startswith(("tests/", "benchmarks/", "nbs/", "tinytorch/", "bin/"))
               and not (folder/name).exists()]
    if missing:
        return f"{len(missing)} files are missing: {missing[:5]}"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--collect-only", "tests"],
        cwd=folder,
        capture_output=True,
        text=True,
        env=environment(PYTHONPATH=str(folder.resolve())),
    )
    return None if done.returncode == 0 else f"tests cannot be collected: {short(done.stdout[-400:])}"
