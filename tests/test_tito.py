"The command line, as a user calls it."

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tinytorch import demo
from tinytorch.comparison import at_an_edge, best_rate

run_main = "import sys; from tinytorch.tito import main; sys.exit(main(sys.argv[1:]))"


def call(*words, folder):
    return subprocess.run([sys.executable, "-c", run_main, *words], cwd=folder, capture_output=True, text=True)


def test_demo_prints_the_table_and_draws(tmp_path):
    done = call("demo", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    adam = re.search(r"^Adam +0.05 +([\d.]+) ± [\d.]+ +([\d.]+) ± [\d.]+ % +[\d.]+ +([\d,]+)$", done.stdout, re.MULTILINE)
    assert float(adam[1]) < 0.002 and float(adam[2]) >= 95 and adam[3] == "38,480", done.stdout
    assert "Test accuracy, each at its best rate" in done.stdout and "SGD - Adam: " in done.stdout
    assert (tmp_path/"convergence.png").read_bytes().startswith(b"\x89PNG")
    assert done.stderr == ""  # no progress bar where nobody looks


def test_demo_where_no_picture_can_be_written(tmp_path):
    (tmp_path/"convergence.png").mkdir()
    done = call("demo", folder=tmp_path)
    assert (
        done.returncode == 1
        and "Traceback" not in done.stderr
        and "cannot write" in done.stderr
        and "convergence.png" in done.stderr
    )


def test_the_same_figures_on_every_run():
    first, second = demo.train_digits("Adam", 0.05, epochs=3), demo.train_digits("Adam", 0.05, epochs=3)
    assert (first["losses"] == second["losses"]).all() and first["accuracy"] == second["accuracy"]


def test_demo_never_overwrites_a_picture_of_somebody_else(tmp_path):
    (tmp_path/"convergence.png").write_bytes(b"\x89PNG mine")
    for name in ("convergence-2.png", "convergence-2.png"):   # its own is replaced
        done = call("demo", folder=tmp_path)
        assert done.returncode == 0 and done.stdout.rstrip().endswith(name), done.stdout
    assert (tmp_path/"convergence.png").read_bytes() == b"\x89PNG mine"
    assert len([*tmp_path.iterdir()]) == 2


def test_the_stored_sweep_is_what_a_run_gives():
    "A part of the sweep once more: each method's best rate and its neighbours, one seed."
    scores, seed = demo.stored_sweep(), demo.sweep_seeds[0]
    for name, rates in demo.rates.items():
        assert scores[name].shape == (len(rates), len(demo.sweep_seeds)) and not at_an_edge(rates, scores[name])
        best, rate = best_rate(rates, scores[name])
        assert demo.best_rates()[name] == rate
        for index in (best - 1, best):   # beyond it a rate may diverge by the last bit of a sum
            loss = demo.train_digits(name, rates[index], seed)["losses"][-1]
            assert loss == pytest.approx(scores[name][index, 0], rel=0.05)


def test_the_sentence_says_what_the_figures_show():
    def runs(*accuracies):
        return [{"accuracy": accuracy} for accuracy in accuracies]
    clear = demo.finding({"SGD": runs(0.90, 0.91, 0.92), "Adam": runs(0.95, 0.96, 0.97)})
    assert "Adam beats SGD" in clear and "SGD - Adam: -5.0 points, between -5.0 and -5.0" in clear
    close = demo.finding({"SGD": runs(0.95, 0.96, 0.97), "Adam": runs(0.96, 0.95, 0.97)})
    assert "3 seeds tell none of them apart" in close and "beats" not in close


@pytest.mark.parametrize("command", ["test", "export"])
def test_unknown_module_lists_the_known_ones(command, tmp_path):
    done = call(command, "--module", "optimisers", folder=tmp_path)
    assert done.returncode != 0
    assert "did you mean 'optimizers'?" in done.stderr and "autograd" in done.stderr


def test_import_needs_numpy_alone():
    code = "import sys, tinytorch.optimizers; print(*[m for m in ('matplotlib', 'numba', 'rich', 'torch', 'tqdm', 'nbdev', 'IPython') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == ""


# The learner's flow, from a wheel, in an empty folder, with NumPy alone

root = Path(__file__).resolve().parent.parent

wrong = {  # five ways to get momentum wrong: what stands in the function's last two lines, and a word of the answer
    "velocity = gradient\n    return parameter - learning_rate*velocity, velocity": "replaced",
    "velocity = momentum*velocity + gradient\n    return parameter + learning_rate*velocity, velocity": "uphill|sign|climb",
    "velocity = momentum*velocity + (1 - momentum)*gradient\n    return parameter - learning_rate*velocity, velocity": "averag|mean|1 - momentum",
    "velocity = momentum*velocity + gradient\n    return parameter - velocity, velocity": "learning_rate|learning rate",
    "velocity = momentum*velocity + gradient\n    return parameter - learning_rate*(gradient + momentum*velocity), velocity": "Nesterov",
}


@pytest.fixture(scope="module")
def tito_of_wheel(tmp_path_factory):
    "Path of the command in a fresh environment that holds the wheel and NumPy."
    place = tmp_path_factory.mktemp("wheel")
    shutil.copytree(
        root,
        place/"source",
        ignore=shutil.ignore_patterns(
            ".git",
            ".venv",
            "_*",
            "build",
            "*.egg-info",
            "__pycache__",
            ".pytest_cache",
            ".hypothesis",
            "tests",
            "benchmarks",
        ),
        dirs_exist_ok=True,
    )
    for module in root.glob("tinytorch/**/_*.py"):
        shutil.copy(module, place/"source"/module.relative_to(root))
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(place), str(place/"source")],
        check=True,
        capture_output=True,
        env={key: value for key, value in os.environ.items() if key != "PYTHONPATH"},
    )
    [wheel], venv = place.glob("*.whl"), place/"venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "--python",
            str(venv/"bin"/"python"),
            "install",
            "--quiet",
            "--no-deps",
            "--no-index",
            str(wheel),
        ],
        check=True,
        capture_output=True,
    )
    import numpy

    for path in Path(numpy.__file__).parent.parent.glob("numpy*"):
        next(venv.glob("lib/python*/site-packages")).joinpath(path.name).symlink_to(path)
    shutil.rmtree(place/"source")
    return venv/"bin"/"tito"


def write_momentum(folder, last_lines):
    path = folder/"optimizers_dev.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cell = next(
        cell for cell in notebook["cells"] if cell["metadata"].get("tinytorch", {}).get("exercise") == "momentum"
    )
    cell["source"] = re.split(r"    (?:raise|velocity = )", cell["source"])[0] + "    " + last_lines + "\n"
    path.write_text(json.dumps(notebook), encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="paths of a POSIX environment")
def test_the_flow_from_a_wheel_in_an_empty_folder(tito_of_wheel, tmp_path):
    said = []

    def tito(*words, code=0):
        done = subprocess.run(
            [str(tito_of_wheel), *words],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "LANG": "C.UTF-8"},
        )
        said.append(f"$ tito {' '.join(words)}\n{done.stdout}{done.stderr}")
        assert done.returncode == code, said[-1]
        return done.stdout

    tito("start", "--module", "optimizers")
    assert (tmp_path/"optimizers_dev.ipynb").exists() and (tmp_path/"autograd_dev.py").exists()
    answers = []
    for lines, word in wrong.items():
        write_momentum(tmp_path, lines)
        told = next(
            part for part in tito("test", "--module", "optimizers", code=1).split("\n\n") if "📍 momentum" in part
        )
        answers.append(next(line for line in told.splitlines() if line.startswith("💡")))
        assert re.search(word, told), told
    assert len({*answers}) == 5
    write_momentum(
        tmp_path, "velocity = momentum*velocity + gradient\n    return parameter - learning_rate*velocity, velocity"
    )
    assert re.search("✅ momentum +passing", tito("status"))
    tito("hint", "adam")
    tito("hint")
    notebook = json.loads(
        (tmp_path/"optimizers_dev.ipynb").read_text(encoding="utf-8")
    )  # the rest from the solutions that tito shows
    for cell in notebook["cells"]:
        name = cell["metadata"].get("tinytorch", {}).get("exercise")
        if name:
            cell["source"] = tito("solution", name)
    (tmp_path/"optimizers_dev.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    tito("export", "--module", "optimizers")
    tito("test", "--module", "optimizers")
    program = "from optimizers_dev import SGD, Adam, StepLR\nfrom autograd_dev import Variable\n" + "\n".join(
        block
        for block in re.findall(r"```python\n(.*?)```", (root/"README.md").read_text(encoding="utf-8"), re.DOTALL)
        if re.match(r"x = Variable", block)
    )
    assert program.count("Variable(") == 2
    done = subprocess.run(
        [str(tito_of_wheel.with_name("python")), "-c", program], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0 and done.stdout.count("Step") == 15, done.stderr
    said.append("$ python -c ...both programs\n" + done.stdout)
    kept = re.search("is kept as (.*)", tito("reset", "--module", "optimizers"))[1]
    assert json.loads(Path(kept).read_text(encoding="utf-8")) == notebook
    print("\n".join(said))
