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
    adam = re.search(
        r"^Adam +0.05 +([\d.]+) ± [\d.]+ +([\d.]+) ± [\d.]+ % +[\d.]+ +([\d,]+)$", done.stdout, re.MULTILINE
    )
    assert float(adam[1]) < 0.002 and float(adam[2]) >= 95 and adam[3] == "38,480", done.stdout
    assert "Each method at its best rate" in done.stdout and "SGD - Adam: " in done.stdout
    assert "Training loss: Momentum is lower than SGD, Adam is lower than SGD." in done.stdout
    assert (tmp_path/"convergence.png").read_bytes().startswith(b"\x89PNG")
    *_, picture, following = done.stdout.splitlines()
    assert picture == f"📈 {tmp_path/'convergence.png'}"
    words = re.search("tito (.*)", following)[1].split()
    assert words[0] == "start" and call(*words, folder=tmp_path).returncode == 0, following
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


def test_a_demo_that_cannot_write_says_so_before_it_trains(monkeypatch, tmp_path):
    def refuse(**options):
        raise PermissionError(13, "Permission denied")
    monkeypatch.setattr(demo.tempfile, "TemporaryFile", refuse)
    monkeypatch.setattr(demo, "train_digits", None)
    with pytest.raises(PermissionError):
        demo.demo(tmp_path)


def test_no_half_of_a_picture_is_left(tmp_path):
    class Cut:
        def savefig(self, path, **options):
            path.write_bytes(b"half")
            raise OSError(28, "No space left on device")
    (tmp_path/"convergence.png").write_bytes(b"old")
    with pytest.raises(OSError):
        demo.save_whole(Cut(), tmp_path/"convergence.png")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("convergence.png", b"old")]


def test_the_same_figures_on_every_run():
    first, second = demo.train_digits("Adam", 0.05, epochs=3), demo.train_digits("Adam", 0.05, epochs=3)
    assert (first["losses"] == second["losses"]).all() and first["accuracy"] == second["accuracy"]


def test_demo_never_overwrites_a_picture_of_somebody_else(tmp_path):
    (tmp_path/"convergence.png").write_bytes(b"\x89PNG mine")
    for name in ("convergence-2.png", "convergence-2.png"):   # its own is replaced
        done = call("demo", folder=tmp_path)
        assert done.returncode == 0 and f"/{name}\n" in done.stdout, done.stdout
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


def test_the_sentences_say_what_the_figures_show():
    def runs(losses, accuracies):
        return [{"losses": [1.0, loss], "accuracy": accuracy} for loss, accuracy in zip(losses, accuracies)]
    text = demo.finding(
        {"SGD": runs([0.1, 0.2, 0.1], [0.90, 0.91, 0.92]), "Adam": runs([0.2, 0.1, 0.1], [0.95, 0.96, 0.97])}
    )
    assert "Training loss: 3 seeds tell none of them apart." in text
    assert "Test accuracy: Adam is better than SGD." in text and "-5.0 points, between -5.0 and -5.0" in text
    text = demo.finding(
        {"SGD": runs([0.1, 0.2, 0.3], [0.95, 0.96, 0.97]), "Adam": runs([0.01, 0.021, 0.03], [0.96, 0.95, 0.97])}
    )
    assert "Training loss: Adam is lower than SGD." in text and "Test accuracy: 3 seeds tell none" in text


@pytest.mark.parametrize("command", ["test", "export"])
def test_unknown_module_lists_the_known_ones(command, tmp_path):
    done = call(command, "--module", "optimisers", folder=tmp_path)
    assert done.returncode != 0
    assert "did you mean 'optimizers'?" in done.stderr and "autograd" in done.stderr


def test_import_needs_numpy_alone():
    others = ("matplotlib", "numba", "rich", "torch", "tqdm", "nbdev", "IPython")
    code = f"import sys, tinytorch.optimizers; print(*[name for name in {others} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == ""


# The learner's flow, from a wheel, in an empty folder, with NumPy alone

root = Path(__file__).resolve().parent.parent

gathered, step = "velocity = momentum*velocity + gradient", "    return parameter - learning_rate*velocity, velocity"
wrong = {  # five ways to get momentum wrong: the function's last two lines, and a word of the answer
    f"velocity = gradient\n{step}": "replaced",
    f"{gathered}\n    return parameter + learning_rate*velocity, velocity": "uphill|sign|climb",
    f"velocity = momentum*velocity + (1 - momentum)*gradient\n{step}": "averag|mean|1 - momentum",
    f"{gathered}\n    return parameter - velocity, velocity": "learning_rate|learning rate",
    f"{gathered}\n    return parameter - learning_rate*(gradient + momentum*velocity), velocity": "Nesterov",
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


# What is there, and what is meant

def said(*words, folder, code=0):
    done = call(*words, folder=folder)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_the_readme_says_what_start_writes_and_when_export_does(tmp_path):
    said("start", "--module", "optimizers", folder=tmp_path)
    section = (root/"README.md").read_text(encoding="utf-8").split("## Write your own")[1].split("\n## ")[0]
    for path in tmp_path.iterdir():
        assert path.name in section or f"*_dev{path.suffix}" in section, path.name
    export = section.split("tito export")[1].split("```")[0]
    assert "once all checks pass" in export and "--anyway" in export
    assert "new, empty folder" in section


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_a_learner_in_a_clone_leaves_it_clean(tmp_path):
    def git(*words):
        return subprocess.run(["git", *words], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    git("init", "-q")
    shutil.copy(root/".gitignore", tmp_path)
    git("add", ".gitignore")
    said("start", "--module", "optimizers", folder=tmp_path)
    write_momentum(tmp_path, "return parameter, velocity")
    said("hint", "momentum", folder=tmp_path)
    said("export", "--anyway", folder=tmp_path)
    said("reset", folder=tmp_path)
    assert len([*tmp_path.glob("backup-*")]) == 1 and (tmp_path/"optimizers_dev.py").exists()
    assert git("status", "--porcelain", "--untracked-files=all").splitlines() == ["A  .gitignore"]
    (tmp_path/"learn").mkdir()
    (tmp_path/"learn"/"optimizers_dev.ipynb").write_text("{}", encoding="utf-8")
    assert "learn/optimizers_dev.ipynb" in git("status", "--porcelain", "--untracked-files=all")


@pytest.mark.parametrize("count", [1, 60, 200])
def test_ctrl_c_while_tito_is_being_read(count, tmp_path):
    interrupted = f"""
import builtins, signal, sys, tinytorch
real, calls = builtins.__import__, []
def counted(name, *arguments, **options):
    if calls or name == "tinytorch.tito":
        calls.append(name)
    if len(calls) == {count}:
        signal.raise_signal(signal.SIGINT)
    return real(name, *arguments, **options)
builtins.__import__ = counted
sys.exit(tinytorch.command())"""
    done = subprocess.run([sys.executable, "-c", interrupted, "list"], cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (130, "stopped\n")


def test_version_and_commands_that_do_not_exist(tmp_path):
    import tinytorch
    assert said("--version", folder=tmp_path).strip() == f"tito {tinytorch.__version__}"
    assert "there is no command 'tset', did you mean 'test'?" in said("tset", folder=tmp_path, code=2)
    assert "there is no command 'quux'. Known: demo, start" in said("quux", folder=tmp_path, code=2)
    assert "unrecognized arguments: --port 1" in said("status", "--port", "1", folder=tmp_path, code=2)


def test_the_name_of_a_chapter_needs_no_option(tmp_path):
    assert "📓 optimizers_dev.ipynb" in said("start", "optimizers", folder=tmp_path)
    assert said("start", "layers", folder=tmp_path)   # from here on a command has to be told which
    for words in (["status"], ["test"], ["export", "--anyway"], ["list"]):
        text = said(*words, "optimizers", folder=tmp_path, code=int(words[0] in ("test", "export")))
        assert "optimizers" in text and not re.search("usage|layers_dev.ipynb|03 layers", text), text
    for words in (["optimizers", "momentum"], ["--module", "optimizers", "momentum"], ["momentum", "optimizers"]):
        assert "momentum, hint " in said("hint", *words, folder=tmp_path)
        assert "def sgd_momentum" in said("solution", *words, folder=tmp_path)
    assert "gradient_descent_step, hint 1" in said("hint", "optimizers", folder=tmp_path)
    assert "is kept as" in said("reset", "optimizers", folder=tmp_path)
    assert "11 exercises" in said("assignment", "optimizers", folder=tmp_path)


def test_a_misspelt_chapter_is_told_which_is_meant(tmp_path):
    for command in ("start", "status", "export", "reset", "list", "assignment"):
        text = said(command, "optimzers", folder=tmp_path, code=1)
        assert "there is no module 'optimzers', did you mean 'optimizers'?" in text, text
    assert "unrecognized arguments: layers" in said("start", "optimizers", "layers", folder=tmp_path, code=2)
    assert "unrecognized arguments: optimizers" in said("doctor", "optimizers", folder=tmp_path, code=2)


def test_lab_takes_chapters_and_leaves_the_rest_to_jupyter(monkeypatch):
    from tinytorch import tito
    taken = tito.parsed(["lab", "optimizers", "layers", "--port", "9999"])
    assert taken.module == ["optimizers", "layers"] and taken.rest == ["--port", "9999"]
    taken = tito.parsed(["lab", "--port", "9999", "mine.ipynb"])
    assert taken.module is None and taken.rest == ["--port", "9999", "mine.ipynb"]


def test_a_test_of_a_clone_takes_the_name_of_a_room(monkeypatch):
    from tinytorch import doctor, tito
    ran = []
    monkeypatch.setattr(tito, "run_in", lambda root, *words: ran.append(words) or 0)
    monkeypatch.setattr(doctor, "install_rest", lambda: None)
    for typed in (["test", "checks/core"], ["test", "--module", "checks/core"]):
        assert tito.test_clone(tito.parsed(typed)) == 0
    assert len(ran) == 4 and ran[:2] == ran[2:] and "checks/core" in ran[0][-1], ran


def test_list_names_chapters_exercises_and_what_the_library_has(tmp_path):
    from tinytorch.optimizers import Optimizer, Scheduler
    assert call("start", "--module", "optimizers", folder=tmp_path).returncode == 0
    write_momentum(tmp_path, "return parameter, velocity")
    text = said("list", folder=tmp_path)
    assert "06 optimizers: optimizers_dev.ipynb, not exported yet" in text and "02 autograd: not begun" in text
    assert re.search(r"^ +momentum +begun$", text, re.MULTILINE)
    assert re.search(r"^ +adam +not started$", text, re.MULTILINE)
    assert re.search(r"^ +unbroadcast$", text, re.MULTILINE), "of a chapter that is not begun nothing is said"
    for name, kind in (Optimizer.registry | Scheduler.registry).items():
        if kind.__module__.startswith("tinytorch."):   # not what other tests define
            assert re.search(rf"^ +{name} ", text, re.MULTILINE), name
    assert "Optimizers" not in said("list", "--module", "optimizers", folder=tmp_path)
    assert re.search(r"^ +SGD +Stochastic gradient descent with optional momentum$", text, re.MULTILINE)
    assert not re.search(r"\]\(|the papers|\.$", text.split("Optimizers, from")[1], re.MULTILINE), text


def test_one_exercise_alone(tmp_path):
    assert call("start", "--module", "optimizers", folder=tmp_path).returncode == 0
    write_momentum(
        tmp_path, "velocity = momentum*velocity + gradient\n    return parameter - learning_rate*velocity, velocity"
    )
    text = said("test", "--module", "optimizers", "momentum", folder=tmp_path)
    assert "1 of 1 checks pass" in text and "adam" not in text
    assert "1 of 1 checks pass" in said("test", "sgd_momentum", folder=tmp_path)   # by what it defines
    assert "has no exercise 'momentun', did you mean 'momentum'?" in said("test", "momentun", folder=tmp_path, code=1)
    text = said("test", "adam", folder=tmp_path, code=1)
    assert "adam: not started" in text and "0 of 1 checks pass" in text


def test_hints_by_the_name_of_a_check_or_of_a_function(tmp_path):
    assert call("start", "--module", "optimizers", folder=tmp_path).returncode == 0
    assert "(sgd_momentum is tried by the exercise momentum)" in said("hint", "sgd_momentum", folder=tmp_path)
    text = said("hint", "StepLR", folder=tmp_path)
    assert "(StepLR is tried by the exercise step_lr)" in text and "💡 step_lr, hint 1 of" in text


def test_a_failing_test_starts_with_the_failure_and_status_with_what_is_next(tmp_path):
    assert call("start", "--module", "optimizers", folder=tmp_path).returncode == 0
    write_momentum(tmp_path, "velocity = gradient\n    return parameter - learning_rate*velocity, velocity")
    lines = said("test", folder=tmp_path, code=1).splitlines()
    assert lines[0].startswith("🔬") and lines[1].startswith("❌"), lines[:3]
    text = said("status", folder=tmp_path)
    assert "momentum" in text and "under “Momentum”" in text
    assert "optimizers begun" in text.splitlines()[-1] and "autograd not begun" in text.splitlines()[-1]
    assert "0 of 11 exercises done" in text


def test_status_never_says_that_all_is_done_while_a_chapter_is_begun(tmp_path):
    for name in ("optimizers", "schedulers", "training"):
        assert call("start", "--module", name, folder=tmp_path).returncode == 0
    assert "every chapter is written" not in said("status", folder=tmp_path)


def test_the_page_about_tito_runs_outside_of_a_clone(tmp_path):
    import nbformat
    source = tmp_path/"site"
    shutil.copytree(root/"tinytorch", source/"tinytorch", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(root/"nbs", source/"tinytorch"/"lessons")
    cells = [cell.source for cell in nbformat.read(root/"nbs"/"behind"/"tito.ipynb", 4).cells
             if cell.cell_type == "code" and cell.id != "install"]
    (tmp_path/"page.py").write_text("\n".join(cells), encoding="utf-8")
    done = subprocess.run([sys.executable, "page.py"], cwd=tmp_path, capture_output=True, text=True,
                          env=os.environ | {"PYTHONPATH": str(source)})
    assert done.returncode == 0, done.stderr
