"bin/activate-tinytorch.sh in the shells people use, with a stand-in for Python that installs nothing."

import os
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

root = Path(__file__).resolve().parent.parent

shells = [
    pytest.param(shell, marks=pytest.mark.skipif(shutil.which(shell) is None, reason=f"no {shell} here"))
    for shell in ("bash", "zsh")
]
stand_in = """#!/bin/sh
echo "$*" >> "$LOG"
[ -z "$PYTHONHOME" ] || exit 1
case "$*" in
  *version_info*) exit ${OLD:-0};;
  *purelib*) echo "$HOME/site";;
  "-m venv"*) for venv; do :; done; rm -rf "$venv"; mkdir -p "$venv/bin"; cp "$0" "$venv/bin/python"
      echo "VIRTUAL_ENV=\\"$venv\\"; export VIRTUAL_ENV; PATH=\\"$venv/bin:$PATH\\"" > "$venv/bin/activate";;
  "-m pip"*) [ -z "$OFFLINE" ] || { echo "no route to host" >&2; exit 1; }
      echo 'echo tito of "$0"' > .venv/bin/tito; chmod +x .venv/bin/tito;;
esac
"""


@pytest.fixture
def clone(tmp_path):
    "A project folder with a blank in its path, and a `python3` that only pretends."
    folder = tmp_path/"a clone"
    (folder/"bin").mkdir(parents=True)
    for name in ("bin/activate-tinytorch.sh", "bin/install.sh", "settings.ini", "setup.py"):
        shutil.copy(root/name, folder/name)
    (tmp_path/"path").mkdir()
    for name in ("python3", "python3.13", "python3.12", "python3.11", "python"):
        (tmp_path/"path"/name).write_text(stand_in)
        (tmp_path/"path"/name).chmod(0o755)
    return folder


def source(shell, clone, before="", after='echo "status $? in $VIRTUAL_ENV"', folder=None, script=None, **environment):
    "Source the activation script from another folder; (what the shell printed, what a person reads, Python's log)."
    script = script or f"{folder or clone}/bin/activate-tinytorch.sh"
    log = clone.parent/"log"
    log.write_text("")
    run = subprocess.run(
        [shell, "-c", f"{before}\nsource {shlex.quote(str(script))}\n{after}"],
        cwd=clone.parent,
        capture_output=True,
        text=True,
        env={"PATH": f"{clone.parent}/path:/usr/bin:/bin", "HOME": str(clone.parent), "LOG": str(log)} | environment,
    )
    return run.stdout, run.stderr, log.read_text()


@pytest.mark.parametrize("shell", shells)
def test_activation_installs_once_and_again_only_when_settings_change(shell, clone):
    fine = f"status 0 in {clone}/.venv\n"
    out, said, asked = source(shell, clone)
    assert out == fine and "Installing TinyTorch" in said and "pip install" in asked and "dev" not in asked
    out, said, asked = source(shell, clone)
    assert (out, said) == (fine, "") and asked.count("\n") == 1  # one look whether Python still runs
    with open(clone/"settings.ini", "a") as file:
        file.write("\n# changed\n")
    out, said, asked = source(shell, clone)
    assert out == fine and "pip install" in asked and "-m venv" not in asked


@pytest.mark.parametrize("shell", shells)
def test_activation_in_strict_shells_leaves_nothing_behind(shell, clone):
    names = "set | sed -n 's/^\\([A-Za-z_][A-Za-z_0-9]*\\)[=( ].*/\\1/p' | sort -u"
    out, said, _ = source(
        shell, clone, before=f"set -eu; {names} > '{clone}/before'", after=f"echo alive; {names} > '{clone}/after'"
    )
    assert out == "alive\n", said
    new = set((clone/"after").read_text().split()) - set((clone/"before").read_text().split())
    assert new <= {"VIRTUAL_ENV", "PATH", "PIPESTATUS", "pipestatus", "_"}, new


@pytest.mark.parametrize("shell", shells)
def test_activation_survives_what_people_have_in_their_shells(shell, clone):
    aliases = "alias cat=false cd=false sh=false dirname=false python3=false"
    strange = (
        "setopt ksh_arrays sh_word_split no_clobber"
        if shell == "zsh"
        else "set -o noclobber; shopt -s expand_aliases nullglob"
    )
    out, said, _ = source(
        shell, clone, before=f"{strange}\n{aliases}", folder=clone.name, CDPATH=f"{clone.parent}:/tmp"
    )
    assert out == f"status 0 in {clone}/.venv\n", said


@pytest.mark.parametrize("shell", shells)
@pytest.mark.parametrize("damage", ["no python", "dead link", "no tito", "half made", "moved"])
def test_activation_mends(shell, damage, clone):
    source(shell, clone)
    python = clone/".venv"/"bin"/"python"
    if damage == "no python":
        python.unlink()
    if damage == "dead link":
        python.unlink()
        python.symlink_to("/nonexistent")
    if damage == "no tito":
        (clone/".venv"/"bin"/"tito").unlink()
    if damage == "half made":
        shutil.rmtree(clone/".venv")
        (clone/".venv").mkdir()
    if damage == "moved":
        clone = clone.rename(clone.with_name("moved clone"))
    out, said, asked = source(shell, clone)
    assert out == f"status 0 in {clone}/.venv\n" and "pip install" in asked, said
    assert ("-m venv" in asked) == (damage != "no tito")


@pytest.mark.parametrize("shell", shells)
def test_activation_says_what_to_do(shell, clone):
    out, said, _ = source(shell, clone, after='echo "alive, status $?, ${VIRTUAL_ENV:-none}"', OLD="1")
    assert (
        out == "alive, status 1, none\n"
        and "No Python 3.11 or newer was found" in said
        and "https://www.python.org/downloads/" in said
    )
    out, said, _ = source(shell, clone, after='echo "alive, status $?, ${VIRTUAL_ENV:-none}"', OFFLINE="1")
    assert out == "alive, status 1, none\n" and "no route to host" in said and "Is the network there?" in said
    out, said, asked = source(shell, clone)  # the network is back: it goes on where it stopped
    assert out == f"status 0 in {clone}/.venv\n" and "-m venv" not in asked


@pytest.mark.parametrize("shell", shells)
def test_activation_where_another_pythons_home_is_set(shell, clone):
    out, said, _ = source(shell, clone, PYTHONHOME="/another")
    assert out == f"status 0 in {clone}/.venv\n", said


@pytest.mark.parametrize("shell", shells)
def test_activation_through_a_link_to_the_script(shell, clone):
    link = clone.parent/"activate"
    link.symlink_to(clone/"bin"/"activate-tinytorch.sh")
    out, said, _ = source(shell, clone, script=link)
    assert out == f"status 0 in {clone}/.venv\n", said


@pytest.mark.parametrize("shell", shells)
@pytest.mark.parametrize("name", ["it's", 'a "clone"', "$HOME", "`id`", "back\\slash", "[a-z]*"])
def test_activation_in_a_folder_with_any_name(shell, name, clone):
    folder = clone.rename(clone.with_name(name))
    (clone.parent/"site").mkdir()
    for _ in range(2):
        found = "command -v tito; command -v python"
        out, said, asked = source(shell, folder, after=f'echo "status $? in $VIRTUAL_ENV"; {found}')
        assert out == f"status 0 in {folder}/.venv\n{folder}/.venv/bin/tito\n{folder}/.venv/bin/python\n", said
    assert asked.count("\n") == 1   # the second time nothing is installed


@pytest.mark.parametrize("shell", shells)
@pytest.mark.parametrize("works", [True, False])
def test_activation_uses_uv_where_it_is(shell, works, clone):
    uv = clone.parent/"path"/"uv"
    made = "touch .venv/bin/tito; chmod +x .venv/bin/tito" if works else "exit 1"
    uv.write_text(f'#!/bin/sh\necho "uv $*" >> "$LOG"\n{made}\n')
    uv.chmod(0o755)
    out, said, asked = source(shell, clone)
    assert out == f"status 0 in {clone}/.venv\n"
    assert f"uv pip install --python {clone}/.venv/bin/python --editable ." in asked
    assert ("-m pip install" in asked) != works   # pip where uv fails
