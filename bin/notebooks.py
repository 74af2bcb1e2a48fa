"Notebook chores: run [NAME...] | execute [NAME...] | fresh [NAME...] | readme [--check]. A name is a file's name without .ipynb; default all."
import base64
import io
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import numpy as np
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

root = Path(__file__).resolve().parent.parent
nbs = root/"nbs"
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def run(path):
    "Execute a notebook on a copy in memory; nbclient's CellExecutionError names a failing cell."
    notebook = nbformat.read(path, 4)
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(nbs)}}).execute()
    return notebook


def contents(output):
    "What a reader sees of one output: (kind, value) pairs."
    if output.output_type == "stream": return [(output.name, output.text)] if output.name == "stdout" else []
    data = output.get("data", {})
    if "image/png" in data: return [("image", data["image/png"])]
    return [("text", data.get("text/markdown", data.get("text/plain")))]


def same_picture(stored, new):
    "Equal size, and a root mean square difference below 2 % of full scale."
    import matplotlib.image as image
    a, b = (image.imread(io.BytesIO(base64.b64decode(png)), format="png") for png in (stored, new))
    return a.shape == b.shape and np.sqrt(np.mean((a - b)**2)) < 0.02


def compare(stored, new):
    "Messages about every cell whose stored outputs are not what it gives now."
    for number, (old, now) in enumerate(zip(stored.cells, new.cells)):
        before, after = ([pair for o in cell.get("outputs", []) for pair in contents(o)] for cell in (old, now))
        if [kind for kind, _ in before] != [kind for kind, _ in after]:
            yield f"cell {number} ({old.id}): stored {[k for k, _ in before]}, now {[k for k, _ in after]}"
            continue
        for (kind, a), (_, b) in zip(before, after):
            if not (same_picture(a, b) if kind == "image" else a == b):
                yield f"cell {number} ({old.id}): " + ("the picture changed" if kind == "image" else f"stored {a!r}, now {b!r}")


def check(paths, judge):
    "Run notebooks two at a time and print what judge(stored, new) says of each; 1 if anything was said, else 0."
    def one(path):
        start = time.perf_counter()
        try: messages = list(judge(nbformat.read(path, 4), run(path)))
        except CellExecutionError as error: messages = [str(error)]
        return path, messages, time.perf_counter() - start
    failed = 0
    with ThreadPoolExecutor(2) as pool:
        for path, messages, seconds in pool.map(one, paths):
            print("❌" if messages else "✅", f"{path.name} {seconds:.1f} s", flush=True)
            for message in messages: print("   ", message)
            failed += bool(messages)
    print(f"{len(paths) - failed} of {len(paths)} notebooks are right", flush=True)
    return int(failed > 0)


def readme(only_check):
    "Write README.md from index.ipynb, or check that it is in sync; number of differences."
    from nbconvert import MarkdownExporter
    notebook = nbformat.read(nbs/"index.ipynb", 4)
    notebook.cells = [c for c in notebook.cells if not c.source.startswith("#| hide")]
    text = MarkdownExporter().from_notebook_node(notebook)[0].strip() + "\n"
    target = root/"README.md"
    if only_check:
        stale = target.read_text(encoding="utf-8") != text
        print("❌ README.md is not what index.ipynb gives: run python bin/notebooks.py readme" if stale else "✅ README.md")
        return int(stale)
    target.write_text(text, encoding="utf-8")
    return 0


def main(command, *names):
    paths = [nbs/f"{name}.ipynb" for name in names if not name.startswith("-")] or sorted(nbs.glob("*.ipynb"))
    if command == "fresh": return check(paths, compare)
    if command == "run": return check(paths, lambda stored, new: [])
    if command == "readme": return readme("--check" in names)
    if command == "execute":
        for path in paths:
            nbformat.write(run(path), path)
            subprocess.run(["nbdev_clean", "--fname", str(path)], check=True)
        return 0
    print(__doc__)
    return 2


if __name__ == "__main__": sys.exit(main(*sys.argv[1:]) if len(sys.argv) > 1 else (print(__doc__), 2)[1])
