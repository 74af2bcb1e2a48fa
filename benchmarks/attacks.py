r"""Are the 36 faults that trying the project once found still gone? Every one is tried again, as a user would meet it:
against the package (attacks_on_library.py) and against tito, the shell and a clone (attacks_on_shell.py).

`python benchmarks/attacks.py [--only 12 20] [-v]` prints a row for each attack, `fault, what, result`, and a count; its
exit code is 1 where a fault is left. Each attack runs in a process, session and folder of its own, a minute at most.
"""

import argparse
import importlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

modules = ["attacks_on_library", "attacks_on_shell"]
most_seconds = 60
here = Path(__file__).resolve().parent


def attacks():
    "Every row: (fault, module, function, name of its input or None, what is tried)."
    rows = []
    for module in modules:
        for name, function in vars(importlib.import_module(module)).items():
            fault = re.match(r"fault_(\d+)", name)
            if fault:
                what = " ".join(function.__doc__.split())
                for entry in getattr(function, "inputs", [None]):
                    rows.append((int(fault[1]), module, name, entry, f"{what} [{entry}]" if entry else what))
    return sorted(rows, key=lambda row: row[0])


def attack(module, name, entry):
    "Run one attack in this process; what is wrong, or None."
    function = getattr(importlib.import_module(module), name)
    try:
        return function(function.inputs[entry]) if entry else function()
    except BaseException as error:   # whatever an attack meets that it did not expect is its result
        last = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__}: {str(error)[:300]} ({Path(last.filename).name}, line {last.lineno})"


def end_group(process):
    "End an attack with all that it started."
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (AttributeError, ProcessLookupError, PermissionError):
        process.kill()
    process.wait()


def tried(row):
    "Run one attack in a process of its own: (row, what is wrong or None, seconds)."
    command, began = [sys.executable, str(here/"attacks.py"), "--attack", json.dumps(row[1:4])], time.perf_counter()
    around = os.environ | {
        "PYTHONPATH": f"{here.parent}{os.pathsep}{here}",
        "PYTHONIOENCODING": "utf-8",
        "MPLBACKEND": "Agg",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONWARNINGS": "ignore",
    }
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, cwd=folder, env=around, stdin=subprocess.DEVNULL, stdout=said,
                                   stderr=subprocess.STDOUT, start_new_session=True)
        try:
            process.wait(most_seconds)
            wrong = None
        except subprocess.TimeoutExpired:
            wrong = f"still running after {most_seconds} s"
        end_group(process)
        said.seek(0)
        lines = said.read().decode("utf-8", "replace").splitlines()
    if wrong is None:
        found = [line for line in lines if line.startswith("RESULT ")]
        wrong = (
            json.loads(found[-1][7:]) if found else f"it died with {process.returncode}: {' '.join(lines[-3:])[-300:]}"
        )
    return row, wrong or None, time.perf_counter() - began


def main(words=None):
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--only", nargs="+", type=int, metavar="N", help="these faults alone")
    options.add_argument("-v", action="store_true", help="with the seconds of each attack")
    options.add_argument("--attack", help=argparse.SUPPRESS)
    chosen = options.parse_args(words)
    if chosen.attack:
        print("\nRESULT " + json.dumps(attack(*json.loads(chosen.attack))), flush=True)
        os._exit(0)
    rows = [row for row in attacks() if not chosen.only or row[0] in chosen.only]
    left = set()
    with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
        for (fault, _, name, _, what), wrong, seconds in pool.map(tried, rows):
            left |= {fault} if wrong else set()
            time_taken = f" ({seconds:.1f} s)" if chosen.v else ""
            print(f"{fault:2}  {what}: {f'❌ {name}: {wrong}' if wrong else 'right'}{time_taken}", flush=True)
    count = len({row[0] for row in rows})
    print(f"{len(rows)} attacks of {count} faults: {len(left)} faults{f' left: {sorted(left)}' if left else ''}")
    return int(bool(left) or not rows)


if __name__ == "__main__":
    sys.path.insert(0, str(here))
    sys.exit(main())
