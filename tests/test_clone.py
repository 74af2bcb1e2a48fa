"tito in a clone: doctor, JupyterLab, the clone's tests and export."
import configparser
import importlib.util
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from tinytorch import doctor
from tinytorch import tito as command_line

root = Path(__file__).resolve().parent.parent
config = configparser.ConfigParser(delimiters=["="])
config.read(root/"settings.ini", encoding="utf-8")
settings = config["DEFAULT"]
run_main = "import sys; from tinytorch.tito import main; sys.exit(main(sys.argv[1:]))"


def call(*words, folder, **environment):
    "Run tito in a folder, without a terminal."
    return subprocess.run([sys.executable, "-c", run_main, *words], cwd=folder, capture_output=True, text=True,
                          stdin=subprocess.DEVNULL, env=os.environ | {"PYTHONPATH": str(root)} | environment)


# ---- what is missing

def test_doctor_finds_all_that_this_environment_has(tmp_path):
    done = call("doctor", folder=tmp_path)
    assert done.returncode == 0 and done.stdout.endswith("Everything needed is there.\n"), done.stdout + done.stderr
    assert "❌" not in done.stdout


def test_doctor_names_what_is_missing_and_the_command(tmp_path, monkeypatch, capsys):
    def found(name):
        return None if name == "jupyterlab" else importlib.util.find_spec(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(doctor, "needs", lambda: ("3.99", ["numpy>=99", "no-such-package", "matplotlib>=3"]))
    monkeypatch.setattr(doctor, "development_needs", lambda: ["no-such-tool"])
    monkeypatch.setattr(doctor, "writable", lambda folder: False)
    monkeypatch.setattr(doctor, "find_spec", found)
    monkeypatch.setattr(doctor.shutil, "which", lambda name: None)
    (tmp_path/"tinytorch").mkdir()
    (tmp_path/"tinytorch"/"__init__.py").touch()
    assert command_line.main(["doctor"]) == 1
    said = capsys.readouterr().out
    for line in (
            "❌ Python 3.99 or newer",
            'is installed, but >=99 is needed\n   🔧 python -m pip install "numpy>=99"',
            '❌ no-such-package is not installed\n   🔧 python -m pip install "no-such-package"',
            "❌ the tinytorch of this folder", "   🔧 source bin/activate-tinytorch.sh",
            "⚠️ packages for tests and export of the clone (1 are missing)\n   🔧 tito test installs them",
            f"❌ the right to write in {tmp_path}", "⚠️ git\n", "⚠️ JupyterLab",
            "❌ 5 of these must be mended"):
        assert line in said, line


def test_needs_are_those_of_settings():
    assert doctor.needs() == (settings["min_python"], settings["requirements"].split())
    assert doctor.development_needs() == settings["dev_requirements"].split()


@pytest.mark.parametrize("uv", [False, True])
def test_the_rest_is_installed_when_the_tests_are_first_run(uv, monkeypatch, capsys):
    ran = []
    monkeypatch.setattr(doctor, "development_needs", lambda: ["no-such-tool", "numpy"])
    monkeypatch.setattr(doctor.sys, "base_prefix", "/elsewhere")
    monkeypatch.setattr(doctor.shutil, "which", lambda name: "/bin/uv" if uv else None)
    fine = subprocess.CompletedProcess([], 0)
    monkeypatch.setattr(doctor.subprocess, "run", lambda words, **_: ran.append(words) or fine)
    doctor.install_rest()
    assert ran == [[*doctor.installer(), "no-such-tool", "numpy"]] and (ran[0][0] == "uv") == uv
    assert "1 package, once" in capsys.readouterr().out
    monkeypatch.setattr(doctor, "development_needs", lambda: ["numpy"])
    doctor.install_rest()
    assert len(ran) == 1


def test_outside_of_a_virtual_environment_nothing_is_installed(monkeypatch, capsys):
    monkeypatch.setattr(doctor, "development_needs", lambda: ["no-such-tool"])
    monkeypatch.setattr(doctor.sys, "base_prefix", sys.prefix)
    monkeypatch.setattr(doctor.subprocess, "run", lambda *_, **__: pytest.fail("something was run"))
    monkeypatch.chdir(root)
    for command in ("test", "export"):
        assert command_line.main([command]) == 1
        assert "this is no virtual environment: source" in capsys.readouterr().err


# ---- JupyterLab

def test_lab_without_jupyterlab_or_notebook_says_what_to_do(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path/"tensor_dev.ipynb").touch()
    assert command_line.main(["lab", "--module", "optimizers"]) == 1
    said = capsys.readouterr().err
    assert f"❌ there is no optimizers_dev.ipynb in {tmp_path}\n🔧 tito start --module optimizers" in said
    monkeypatch.setattr(command_line, "find_spec", lambda name: None)
    assert command_line.main(["lab"]) == 1
    assert capsys.readouterr().err == "❌ JupyterLab is not installed\n🔧 python -m pip install jupyterlab\n"


@pytest.fixture
def started(tmp_path, monkeypatch):
    "What JupyterLab would have been started with: list of (words, folder)."
    calls = []

    class Server:
        def __init__(self, words, cwd):
            calls.append((words, Path(cwd)))

        def wait(self):
            return 0

        def poll(self):
            return 0
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(command_line.subprocess, "Popen", Server)
    return calls


def test_lab_opens_the_one_notebook_and_passes_other_options_on(tmp_path, started, monkeypatch):
    (tmp_path/"tensor_dev.ipynb").touch()
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    assert command_line.main(["lab", "--port", "9999", "--no-browser"]) == 0
    [(words, folder)] = started
    assert folder == tmp_path and words[-3:] == ["--port", "9999", "--no-browser"]
    assert "tensor_dev.ipynb" in words and "--allow-root" in words
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    assert command_line.main(["lab"]) == 0 and "--allow-root" not in started[1][0]


def test_lab_opens_several_side_by_side(tmp_path, started, monkeypatch):
    pytest.importorskip("jupyterlab_server", reason="comes with JupyterLab")
    kept = {}
    to_open = command_line.to_open

    def keep(files, workspaces):
        options = to_open(files, workspaces)
        kept["workspace"] = [json.loads(path.read_text()) for path in workspaces.iterdir()]
        return options
    monkeypatch.setattr(command_line, "to_open", keep)
    for name in ("tensor", "data"):
        (tmp_path/f"{name}_dev.ipynb").touch()
    assert command_line.main(["lab"]) == 0
    [workspace] = kept["workspace"]
    assert "--LabApp.default_url=/lab/workspaces/tito" in started[0][0] and workspace["metadata"]["id"] == "tito"
    tabs = workspace["data"]["layout-restorer:data"]["main"]["dock"]["widgets"]
    assert tabs == ["notebook:tensor_dev.ipynb", "notebook:data_dev.ipynb"]
    assert workspace["data"][tabs[1]]["data"]["path"] == "data_dev.ipynb"


@pytest.mark.parametrize("own", [False, True])
def test_lab_opens_the_notebook_and_ends_with_an_interrupt(own, tmp_path):
    if own:
        (tmp_path/"optimizers_dev.ipynb").write_text(nbformat.writes(new_notebook()))
    (tmp_path/"config").mkdir()
    server_config = {"ServerApp": {"port": 0}, "IdentityProvider": {"token": ""}}
    (tmp_path/"config"/"jupyter_server_config.json").write_text(json.dumps(server_config))
    browser = tmp_path/"browser"
    browser.write_text(f"#!/bin/sh\ncp \"${{1#file://}}\" '{tmp_path}/opened.part'"
                       f" && mv '{tmp_path}/opened.part' '{tmp_path}/opened'\n")
    browser.chmod(0o755)
    around = {"JUPYTER_CONFIG_DIR": str(tmp_path/"config"), "JUPYTER_RUNTIME_DIR": str(tmp_path/"runtime"),
              "BROWSER": f"{browser} %s", "PYTHONPATH": str(root)}
    command = [sys.executable, "-c", run_main, "lab", "--module", "optimizers"]
    with open(tmp_path/"said", "w") as said:
        server = subprocess.Popen(command, cwd=tmp_path, env=os.environ | around, stdin=subprocess.DEVNULL,
                                  stdout=said, stderr=said, start_new_session=True)
        try:
            for _ in range(900):
                if (tmp_path/"opened").exists() or server.poll() is not None:
                    break
                time.sleep(0.1)
            text = (tmp_path/"said").read_text()
            page = "/lab/tree/" + ("optimizers_dev.ipynb" if own else "06_optimizers.ipynb")
            assert page in (tmp_path/"opened").read_text(), text
            assert f"on {tmp_path if own else root/'nbs'}; Ctrl-C here ends it" in text
            os.killpg(server.pid, signal.SIGINT)   # what Ctrl-C sends
            assert server.wait(60) == 0
        finally:
            if server.poll() is None:
                os.killpg(server.pid, signal.SIGKILL)


# ---- the clone's tests

def arguments(*words):
    return command_line.parsed([*words])


@pytest.mark.parametrize("cells, tests, module, code", [
    (0, 0, None, 0), (1, 0, None, 1), (0, 1, None, 1), (0, 2, "tensor", 1), (0, 5, "tensor", 0), (0, 5, None, 1)])
def test_exit_code_of_tito_test(cells, tests, module, code, monkeypatch):
    def run(words, **_):
        return subprocess.CompletedProcess(words, cells if "bin/notebooks.py" in words else tests)
    monkeypatch.setattr(doctor, "install_rest", lambda: None)
    monkeypatch.setattr(command_line.subprocess, "run", run)
    assert command_line.test_clone(arguments("test", *(["--module", module] if module else []))) == code


def test_quick_leaves_out_the_notebooks_and_what_starts_programs(monkeypatch):
    ran = []
    monkeypatch.setattr(doctor, "install_rest", lambda: None)
    monkeypatch.setattr(command_line, "run_in", lambda folder, *words: ran.append(words) or 0)
    assert command_line.test_clone(arguments("test", "--quick")) == 0
    [words] = ran
    assert words[:3] == ("-m", "pytest", "tests/test_tensor.py") and "tests/test_learner.py" not in words
    assert all((root/word).is_file() for word in words if word.startswith("tests/"))


def small_project(folder):
    "A clone with one notebook whose stored output is stale, and one test."
    for name in ("bin", "nbs", "tests"):
        (folder/name).mkdir()
    for name in (*(f"bin/{path.name}" for path in (root/"bin").glob("*.py")), "settings.ini"):
        shutil.copy(root/name, folder/name)
    shutil.copytree(root/"tinytorch", folder/"tinytorch")
    output = new_output("execute_result", {"text/plain": "42"}, execution_count=1)
    notebook = new_notebook(cells=[new_code_cell("6*8", execution_count=1, outputs=[output])])
    nbformat.write(notebook, folder/"nbs"/"01_answer.ipynb")
    (folder/"tests"/"test_answer.py").write_text("def test_answer(): pass\n")


def test_tito_test_in_a_small_project(tmp_path):
    small_project(tmp_path)
    done = call("test", folder=tmp_path, PYTHONPATH=str(tmp_path))
    assert done.returncode == 1 and "stored '42', now '48'" in done.stdout, done.stdout + done.stderr
    assert "0 of 1 notebooks are right" in done.stdout
    assert re.search(r"=+ 1 passed in [\d.]+s =+\n❌ a notebook failed or its stored outputs are", done.stdout)
    assert "%|" not in done.stderr   # no bar when piped


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_tito_test_where_the_output_knows_no_emoji(encoding, tmp_path):
    small_project(tmp_path)
    right = new_notebook(cells=[new_code_cell("print('no signs')")])
    nbformat.write(right, tmp_path/"nbs"/"01_answer.ipynb")
    subprocess.run([sys.executable, "bin/notebooks.py", "execute", "01_answer"], cwd=tmp_path, capture_output=True,
                   env=os.environ | {"PYTHONPATH": str(tmp_path)})
    done = subprocess.run([sys.executable, "-c", run_main, "test"], cwd=tmp_path, capture_output=True,
                          env=os.environ | {"PYTHONPATH": str(tmp_path), "PYTHONIOENCODING": encoding})
    said = done.stdout.decode(encoding) + done.stderr.decode(encoding)
    assert done.returncode == 0 and "1 of 1 notebooks are right" in said and "UnicodeEncodeError" not in said, said
