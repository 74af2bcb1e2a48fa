"""Notebook chores: fresh | run | execute | badges | readme, then names of notebooks without .ipynb, or --check.

fresh    run the notebooks and fail where one raises or its stored outputs are not what it gives now
run      run them and fail where one raises or warns
execute  run them and store their outputs
badges   write what is determined elsewhere: badges, install cells, reading times, lists of lessons and rooms, sidebar
readme   write README.md and its pictures from index.ipynb
--check  (badges, readme) write nothing and fail where something would change
"""
import base64
import io
import os
import platform
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import partial

import nbformat
import numpy as np
from nbclient import NotebookClient
from tqdm import tqdm

import generated
import project

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def run(path, executed=lambda **_: None):
    "Execute a copy in memory, telling `executed` of every cell; an exception names the cell that failed."
    notebook = nbformat.read(path, 4)
    NotebookClient(notebook, timeout=300, kernel_name="python3", coalesce_streams=True,
                   extra_arguments=["--log-level=40"], resources={"metadata": {"path": str(project.nbs)}},
                   on_cell_executed=executed).execute()
    return notebook


def oldest_processor():
    "Environment without newer instructions of the processor: outputs that depend on them show up as changed."
    from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__
    features = " ".join(name for name in __cpu_dispatch__ if __cpu_features__[name])
    baseline = {"OPENBLAS_CORETYPE": "Nehalem"} if platform.machine() in ("x86_64", "AMD64") else {}
    return {"NPY_DISABLE_CPU_FEATURES": features} | baseline


# ---- comparing

def contents(output):
    "What a reader sees of one output: (kind, value) pairs."
    if output.output_type == "stream":
        return [(output.name, output.text)] if output.name == "stdout" else []
    data = output.get("data", {})
    page = re.sub(r"base64,[\w+/=]*", "", data.get("text/html", ""))   # a picture in a page is compared as a picture
    shown = [("page", page)] if page else []
    if "image/png" in data:
        return [*shown, ("image", data["image/png"])]
    return shown or [("text", data.get("text/markdown", data.get("text/plain")))]


def same_picture(stored, new):
    "Equal size, and a root mean square difference below 2 % of full scale."
    import matplotlib.image as image
    a, b = (image.imread(io.BytesIO(base64.b64decode(png)), format="png") for png in (stored, new))
    return a.shape == b.shape and np.sqrt(np.mean((a - b)**2)) < 0.02


def around_difference(text, other):
    "What surrounds the first letter in which a text differs from another."
    text, other = str(text), str(other)
    first = len(os.path.commonprefix([text, other]))
    begin, end = max(0, first - 60), first + 60
    return ("…" if begin else "") + repr(text[begin:end]) + ("…" if end < len(text) else "")


def compare(stored, new):
    "A message for every output that is not what its cell gives now: text exactly, pictures by size and RMS."
    for number, (old, now) in enumerate(zip(stored.cells, new.cells)):
        before, after = ([pair for o in cell.get("outputs", []) for pair in contents(o)] for cell in (old, now))
        if [kind for kind, _ in before] != [kind for kind, _ in after]:
            yield f"cell {number} ({old.id}): stored {[k for k, _ in before]}, now {[k for k, _ in after]}"
            continue
        for (kind, a), (_, b) in zip(before, after):
            if kind == "image" and not same_picture(a, b):
                yield f"cell {number} ({old.id}): the picture changed"
            elif kind != "image" and a != b:
                yield f"cell {number} ({old.id}): stored {around_difference(a, b)}, now {around_difference(b, a)}"


def warnings_in(notebook):
    "A message for every cell that warns."
    for number, cell in enumerate(notebook.cells):
        said = [output.text for output in cell.get("outputs", []) if output.get("name") == "stderr"]
        yield from (f"cell {number} ({cell.id}): {text}" for text in said if "Warning" in text)


def check_notebook(path, judge, bar):
    "(path, what judge(stored, new) says or what ended the run, seconds)."
    start = time.perf_counter()
    try:
        stored = nbformat.read(path, 4)
        bar.total += sum(cell.cell_type == "code" for cell in stored.cells)
        messages = list(judge(stored, run(path, lambda **_: bar.update())))
    except Exception as error:   # whatever ends a notebook is its failure
        messages = [re.sub(r"\x1b\[[\d;]*m", "", f"{type(error).__name__}: {error}")]
    return path, messages, time.perf_counter() - start


def check(paths, judge):
    "Run notebooks side by side and print what is said of each; 1 if anything was said, else 0."
    failed, workers = 0, min(4, os.cpu_count() or 1)
    bar = tqdm(total=0, unit="cell", desc=f"{len(paths)} notebooks", disable=None, leave=False)
    with ThreadPoolExecutor(workers) as pool, bar:
        running = [pool.submit(partial(check_notebook, path, judge, bar)) for path in paths]
        for path, messages, seconds in (done.result() for done in as_completed(running)):
            headline = f"{'❌' if messages else '✅'} {project.relative(path)} {seconds:.1f} s"
            bar.write("\n    ".join([headline, *messages]))
            sys.stdout.flush()
            failed += bool(messages)
    print(f"{len(paths) - failed} of {len(paths)} notebooks are right", flush=True)
    return int(failed > 0 or not paths)


def execute(paths):
    "Run notebooks, store what they give, clean them."
    for path in paths:
        nbformat.write(run(path), path)
        subprocess.run(["nbdev_clean", "--fname", str(path)], check=True)
    return 0


def main(command="", *names):
    "Do one chore; exit code."
    chosen = [project.nbs/f"{name}.ipynb" for name in names if not name.startswith("-")]
    paths, only_check = chosen or project.notebooks(), "--check" in names
    if command == "fresh":
        os.environ.update(oldest_processor())
        return check(paths, compare)
    if command == "run":
        return check(paths, lambda stored, new: warnings_in(new))
    if command == "execute":
        return execute(paths)
    if command == "readme":
        return generated.write(generated.readme(), command, only_check)
    if command == "badges":
        return generated.write(generated.badges(paths), command, only_check)
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
