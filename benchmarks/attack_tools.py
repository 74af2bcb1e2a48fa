"What the attacks of attacks.py are written with: each of them returns what is wrong, or nothing."
import contextlib
import functools
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

root = Path(__file__).resolve().parent.parent
run_tito = "import sys; from tinytorch.tito import main; sys.exit(main(sys.argv[1:]))"


def each(**inputs):
    "An attack with several inputs is a row for each of them, under its name."
    def decorate(function):
        function.inputs = inputs
        return function
    return decorate


def unequal(found, expected, tolerance=1e-6):
    "What differs between numbers; None where they agree."
    found, expected = np.asarray(found, dtype=float), np.asarray(expected, dtype=float)
    if found.shape == expected.shape and np.allclose(found, expected, tolerance, tolerance, equal_nan=True):
        return None
    return f"{short(found.tolist())}, right is {short(expected.tolist())}"


def short(thing, most=200):
    "A text that fits in a row."
    text = " ".join(str(thing).split())
    return text if len(text) <= most else text[:most] + " ..."


def not_refused(function, *words, kind=Exception, most=2000):
    "What is wrong unless a call raises an exception of this kind, whose bounded text has all these words."
    try:
        found = function()
    except kind as error:
        text = str(error)
        missing = [word for word in words if word.lower() not in text.lower()]
        if len(text) > most:
            return f"a message of {len(text)} letters"
        return f"{type(error).__name__} without {missing}: {short(text)}" if missing else None
    except Exception as error:
        return f"{type(error).__name__} in place of {kind}: {short(error)}"
    return f"not refused, gives {short(found)}"


def first_wrong(*complaints):
    "The first complaint there is, or None."
    return next((found for found in complaints if found), None)


def environment(**more):
    "Of a program that is started: the package of this folder, in UTF-8."
    around = os.environ | {"PYTHONPATH": str(root), "PYTHONIOENCODING": "utf-8"}
    return {name: value for name, value in (around | more).items() if value is not None}


def tito(*words, folder=".", seconds=60, code=run_tito, **around):
    "Run tito as a user does, without a terminal: the finished process, its output as bytes turned into text."
    done = subprocess.run([sys.executable, "-c", code, *map(str, words)], cwd=folder, capture_output=True,
                          stdin=subprocess.DEVNULL, env=environment(**around), timeout=seconds)
    done.stdout, done.stderr = (stream.decode("utf-8", "replace") for stream in (done.stdout, done.stderr))
    return done


def badly_told(done, *words, code=1):
    "What is wrong with what a program said: a traceback, another exit code, a word that is missing."
    said = done.stdout + done.stderr
    if "Traceback" in said:
        return f"a traceback: {short(said[said.index('Traceback'):][-300:])}"
    if done.returncode != code:
        return f"exit code {done.returncode}, right is {code}: {short(said[-300:])}"
    missing = [word for word in words if word.lower() not in said.lower()]
    return f"without {missing}: {short(said[-400:])}" if missing else None


# ---- a learner's folder

@functools.cache
def lesson(name="optimizers"):
    from tinytorch.course.lesson import course
    return course()[name]


def begin(folder=".", module="optimizers"):
    "A learner's folder as `tito start` writes it; its notebook's path."
    from tinytorch.course.commands import start
    with contextlib.redirect_stdout(io.StringIO()):
        assert start(Path(folder), module) == 0
    return Path(folder)/f"{module}_dev.ipynb"


def change(path, function):
    "Change a notebook's JSON."
    notebook = json.loads(path.read_text(encoding="utf-8"))
    function(notebook)
    path.write_text(json.dumps(notebook), encoding="utf-8")


def exercise_cell(notebook, name):
    "The cell of an exercise in a learner's notebook."
    return next(cell for cell in notebook["cells"] if cell["metadata"].get("tinytorch", {}).get("exercise") == name)


def solve(path, *names, module="optimizers"):
    "Write the lesson's solutions of some exercises, or of all, into a learner's notebook."
    from tinytorch.course.handouts import own_imports
    def fill(notebook):
        for name, original in lesson(module).exercises.items():
            if name in names or not names:
                exercise_cell(notebook, name)["source"] = own_imports(original.source, lesson(module))
    change(path, fill)


def put(path, name, source):
    "Write a text into an exercise's cell, under the line `#| exports` that it begins with."
    def fill(notebook):
        cell = exercise_cell(notebook, name)
        first = "".join(cell["source"]).split("\n")[0]
        cell["source"] = f"{first}\n{source}"
    change(path, fill)


def momentum_that(*lines):
    "The lesson's momentum, with lines of an attack at the top of its body."
    head, body = lesson().exercises["momentum"].source.split("    velocity =", 1)
    return head.split("\n", 1)[1] + "".join(f"    {line}\n" for line in lines) + "    velocity =" + body


# ---- processes

def is_running(process_id):
    "Whether a process exists and is no corpse."
    try:
        state = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def left_running(path):
    "What is wrong where the process whose number a file holds is still there; it is ended then."
    if not path.exists() or not path.read_text():
        return f"the attack did not run: there is no {path.name}"
    number = int(path.read_text())
    for _ in range(60):
        if not is_running(number):
            return None
        time.sleep(0.05)
    os.kill(number, signal.SIGKILL)
    return f"process {number} goes on after tito has ended"
