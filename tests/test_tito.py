"The command line, as a user calls it."
import subprocess
import sys

import pytest

import tinytorch.tito as tito

run_main = "import sys; from tinytorch.tito import main; sys.exit(main(sys.argv[1:]))"


def call(*words, folder): return subprocess.run([sys.executable, "-c", run_main, *words], cwd=folder, capture_output=True, text=True)


def test_demo_prints_the_table_and_draws(tmp_path):
    done = call("demo", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    adam = next(line for line in done.stdout.splitlines() if line.startswith("Adam")).split()
    assert float(adam[2].rstrip("%")) >= 97 and adam[4] == "38,480"
    assert (tmp_path/"convergence.png").read_bytes().startswith(b"\x89PNG")
    assert done.stderr == ""   # no progress bar where nobody looks


def test_the_same_figures_on_every_run():
    first, second = tito.train_digits("Adam", epochs=3), tito.train_digits("Adam", epochs=3)
    assert (first["losses"] == second["losses"]).all() and first["accuracy"] == second["accuracy"]


@pytest.mark.parametrize("command", ["test", "export"])
def test_unknown_module_lists_the_known_ones(command, tmp_path):
    done = call(command, "--module", "optimisers", folder=tmp_path)
    assert done.returncode != 0
    assert "did you mean 'optimizers'?" in done.stderr and "autograd" in done.stderr


def test_import_needs_numpy_alone():
    code = "import sys, tinytorch.optimizers; print(*[m for m in ('matplotlib', 'numba', 'rich', 'torch', 'tqdm', 'nbdev', 'IPython') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == ""
