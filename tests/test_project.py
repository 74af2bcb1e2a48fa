"The repository itself: notebook tool, generated files, links, site, Binder, CI, and what the wheel carries."

import ast
import configparser
import importlib.util
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest
import yaml
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

root = Path(__file__).resolve().parent.parent
config = configparser.ConfigParser(delimiters=["="])
config.read(root/"settings.ini", encoding="utf-8")
settings = config["DEFAULT"]
lessons = sorted((root/"nbs").glob("*.ipynb"))
every_notebook = [*lessons, *sorted((root/"nbs"/"behind").rglob("*.ipynb"))]


sys.path.insert(0, str(root/"bin"))
import generated
import notebooks as tool
import pages
import project


def committed():
    "The files of the repository, or all that lie there where it is no clone."
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True)
    return set(filter(None, listed.stdout.split("\0"))) or {
        str(path.relative_to(root)) for path in root.rglob("*") if ".venv" not in path.parts
    }


def export_to(folder):
    "A copy of what is committed, as it stands on disk."
    for name in committed():
        if (root/name).is_file():
            (folder/name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root/name, folder/name)
    return folder


# ---- bin/notebooks.py: what it calls fresh

@pytest.fixture(scope="module")
def notebook(tmp_path_factory):
    "(path, the tool): a small notebook, executed, with a number, a plot and a printed line."
    path, module = tmp_path_factory.mktemp("notebooks")/"small.ipynb", tool
    plot = (
        "%matplotlib inline\nimport matplotlib.pyplot as plt\n"
        "fig, ax = plt.subplots(figsize=(3, 2)); ax.plot([1, 4, 9]); plt.show()")
    nbformat.write(
        new_notebook(
            cells=[
                new_code_cell("1/7"),
                new_code_cell(plot),
                new_code_cell("print('a line')\nimport sys\nprint('noise', file=sys.stderr)"),
            ]
        ),
        path,
    )
    nbformat.write(module.run(path), path)
    return path, module


def change_number(cells):
    cells[0].outputs[0].data["text/plain"] = "0.14285714285714284"  # repr(1/7) ends in 5


def lose_number(cells):
    cells[0].outputs = []


def lose_plot(cells):
    cells[1].outputs = []


def lose_line(cells):
    cells[2].outputs = []


def add_number(cells):
    cells[1].outputs += [new_output("execute_result", {"text/plain": "3"}, execution_count=1)]


def redraw(cells, change):
    "Store another plot: one that `change` turns the picture's array into."
    import base64
    import matplotlib.image
    image = matplotlib.image.imread(io.BytesIO(base64.b64decode(cells[1].outputs[0].data["image/png"])), format="png")
    file = io.BytesIO()
    matplotlib.image.imsave(file, change(image), format="png")
    cells[1].outputs[0].data["image/png"] = base64.b64encode(file.getvalue()).decode()


def other_curve(cells):
    redraw(cells, lambda image: image[:, ::-1].copy())


def other_size(cells):
    redraw(cells, lambda image: image[:-1].copy())


damages = [change_number, lose_number, lose_plot, lose_line, add_number, other_curve, other_size]


@pytest.mark.parametrize("damage", damages, ids=lambda damage: damage.__name__)
def test_stale_output_is_found(damage, notebook):
    path, module = notebook
    good, stale = nbformat.read(path, 4), nbformat.read(path, 4)
    damage(stale.cells)
    assert len(list(module.compare(stale, good))) == 1 and not list(module.compare(good, good))


def test_another_rendering_of_the_same_plot_is_fresh(notebook):
    path, module = notebook
    good, noisy = nbformat.read(path, 4), nbformat.read(path, 4)
    redraw(noisy.cells, lambda image: image*0.995)
    assert not list(module.compare(noisy, good))


def test_check_runs_and_counts(notebook, tmp_path, capsys):
    path, module = notebook
    stale = nbformat.read(path, 4)
    change_number(stale.cells)
    nbformat.write(stale, tmp_path/"stale.ipynb")
    nbformat.write(new_notebook(cells=[new_code_cell("raise ValueError('broken')")]), tmp_path/"raises.ipynb")
    (tmp_path/"torn.ipynb").write_text('{"cells": [')
    assert module.check([path], module.compare) == 0
    assert (
        module.check(
            [
                path,
                tmp_path / "stale.ipynb",
                tmp_path / "raises.ipynb",
                tmp_path / "torn.ipynb",
                tmp_path / "absent.ipynb",
            ],
            module.compare,
        )
        == 1
    )
    said = capsys.readouterr().out
    assert "1 of 5 notebooks are right" in said and "ValueError: broken" in said and "\x1b" not in said
    assert "stored '0.14285714285714284', now '0.14285714285714285'" in said
    assert module.check([], module.compare) == 1   # nothing to check is no success


def test_a_warning_is_no_success(tmp_path, capsys):
    quiet, loud = "1", "import warnings\nwarnings.warn('old name', FutureWarning)"
    for name, source in {"quiet": quiet, "loud": loud}.items():
        nbformat.write(new_notebook(cells=[new_code_cell(source)]), tmp_path/f"{name}.ipynb")
    assert tool.check([tmp_path/"quiet.ipynb"], lambda stored, new: tool.warnings_in(new)) == 0
    assert tool.check([tmp_path/"loud.ipynb"], lambda stored, new: tool.warnings_in(new)) == 1
    assert "FutureWarning: old name" in capsys.readouterr().out


def test_fresh_switches_the_newer_instructions_off():
    code = (
        "from numpy._core._multiarray_umath import __cpu_dispatch__ as names, __cpu_features__ as on\n"
        "print(sum(on[name] for name in names))")
    count = lambda environment: int(
        subprocess.run(
            [sys.executable, "-c", code], env=os.environ | environment, capture_output=True, text=True, check=True
        ).stdout
    )
    assert count(tool.oldest_processor()) == 0


# ---- generated cells and files

@pytest.fixture
def copies(tmp_path, monkeypatch):
    "The tool on copies of the notebooks, the README and its pictures, without any generated cell."
    shutil.copytree(root/"nbs", tmp_path/"nbs")
    shutil.copytree(root/"tinytorch", tmp_path/"tinytorch")
    for name in ("README.md", "CONTRIBUTING.md"):
        shutil.copy(root/name, tmp_path)
    monkeypatch.setattr(project, "root", tmp_path)
    monkeypatch.setattr(project, "nbs", tmp_path/"nbs")
    for path in project.notebooks():
        bare = nbformat.read(path, 4)
        bare.cells = [cell for cell in bare.cells if cell.id not in ("badges", "install")]
        nbformat.write(bare, path)
    return tool


def test_badges_are_added_once_and_change_nothing_else(copies):
    before = {path: nbformat.read(path, 4).cells for path in project.notebooks()}
    assert copies.main("badges", "--check") == 1
    assert copies.main("badges") == 0 and copies.main("badges", "--check") == 0
    for path in project.notebooks():
        cells = nbformat.read(path, 4).cells
        assert [cell.id for cell in cells[1:3]] == ["badges", "install"]
        kept = [cells[0], *cells[3:]]
        assert [cell for cell in kept if cell.id != "lessons"] == [
            cell for cell in before[path] if cell.id != "lessons"
        ]
    written = {path: path.read_bytes() for path in project.notebooks()}
    assert copies.main("badges") == 0 and written == {path: path.read_bytes() for path in written}


def test_badges_are_what_nbdev_would_keep(copies):
    copies.main("badges")
    written = {path: path.read_bytes() for path in project.notebooks()}
    subprocess.run(
        [
            sys.executable,
            "-c",
            "from nbdev.clean import nbdev_clean; import sys; nbdev_clean(fname=sys.argv[1])",
            str(project.nbs),
        ],
        cwd=root,
        check=True,
    )
    assert written == {path: path.read_bytes() for path in written}


def test_a_lesson_without_a_claim_is_named(copies):
    nbformat.write(new_notebook(cells=[new_markdown_cell("# Only a title")]), project.nbs/"99_odd.ipynb")
    with pytest.raises(ValueError, match="99_odd.ipynb: its first cell is not"):
        copies.main("badges")


def test_generated_cells_are_in_sync():
    assert tool.main("badges", "--check") == 0


def test_readme_is_in_sync():
    assert tool.main("readme", "--check") == 0


def test_a_changed_readme_or_picture_is_found(copies):
    copies.main("readme")
    assert copies.main("readme", "--check") == 0
    for path in (project.root/"README.md", *(project.nbs/"images").glob("*.png")):
        good = path.read_bytes()
        path.write_bytes(good + b" ")
        assert copies.main("readme", "--check") == 1
        path.write_bytes(good)


def test_install_cell_installs_only_where_the_package_is_missing(tmp_path):
    cell = generated.install_cell()
    ran = []
    fake = lambda: type("Shell", (), {"run_line_magic": lambda self, *words: ran.append(words)})()
    exec(cell, {"get_ipython": fake})
    assert ran == []
    (tmp_path/"tinytorch").mkdir()
    (tmp_path/"tinytorch"/"__init__.py").write_text("# the other project of that name")
    code = f"class Shell:\n    def run_line_magic(self, *words): print(words)\nget_ipython = Shell\n{cell}"
    said = subprocess.run(
        [sys.executable, "-S", "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        env={key: value for key, value in os.environ.items() if key != "PYTHONPATH"},
    ).stdout
    assert (
        f"""('pip', 'install -q "{settings["lib_name"]} @ git+{settings["git_url"]}@{settings["branch"]}"')""" in said
    )


# ---- links, and what a reader meets in Colab

def texts(path):
    "(all the text, the prose) of a notebook or a Markdown file."
    if path.suffix == ".md":
        return path.read_text(encoding="utf-8"), path.read_text(encoding="utf-8")
    cells = nbformat.read(path, 4).cells
    shown = [
        output.data.get("text/markdown", "") for cell in cells for output in cell.get("outputs", []) if "data" in output
    ]
    return "\n".join(cell.source + json.dumps(cell.get("outputs", "")) for cell in cells), "\n".join(
        [*(cell.source for cell in cells if cell.cell_type == "markdown"), *shown]
    )


@pytest.mark.parametrize("path", [*every_notebook, *root.glob("*.md")], ids=lambda path: str(path.relative_to(root)))
def test_links_point_at_files_of_the_repository(path):
    text, prose = texts(path)
    at, branch, files = f"{settings['user']}/{settings['repo']}", settings["branch"], committed()
    for link in re.findall(r"https://colab\.research\.google\.com/github/([^)\s\"]+)", text):
        assert link.startswith(f"{at}/blob/{branch}/") and link.removeprefix(f"{at}/blob/{branch}/") in files, link
    for link in re.findall(r"https://mybinder\.org/v2/([^)\s\"]+)", text):
        assert link.startswith(f"gh/{at}/{branch}?urlpath=lab/tree/") and link.split("lab/tree/")[1] in files, link
    for link in re.findall(rf"github\.com/([^/\s]+/{settings['repo']}\b[^)\s\"'`]*)", text):
        assert link.removesuffix(f"@{branch}") == at or link.removeprefix(f"{at}/blob/{branch}/") in files, link
    prose = re.sub(
        r"^```.*?^```|`[^`\n]*`|\$[^$\n]*\$", "", prose, flags=re.DOTALL | re.MULTILINE
    )  # neither code nor formulas
    for link in re.findall(r"\]\((?!https?:|#|mailto:|data:|attachment:)([^)\s]+)", prose):
        target = (path.parent/link.split("#")[0]).resolve()
        assert target.is_relative_to(root) and str(target.relative_to(root)) in files, link


@pytest.mark.parametrize("path", every_notebook, ids=lambda path: str(path.relative_to(root/"nbs")))
def test_every_notebook_opens_in_colab_and_binder(path):
    second = nbformat.read(path, 4).cells[1].source
    file = f"nbs/{path.relative_to(root/'nbs')}"
    repository = f"{settings['user']}/{settings['repo']}"
    assert f"colab.research.google.com/github/{repository}/blob/{settings['branch']}/{file})" in second
    assert f"?urlpath=lab/tree/{file})" in second


@pytest.mark.parametrize("path", every_notebook, ids=lambda path: str(path.relative_to(root/"nbs")))
def test_lessons_import_only_what_is_installed_with_the_package(path):
    allowed = {
        *sys.stdlib_module_names,
        *(re.match(r"[\w-]+", word)[0] for word in settings["requirements"].split()),
        "tinytorch",
        "IPython",
        "PIL",
    }  # PIL comes with matplotlib
    for cell in nbformat.read(path, 4).cells:
        if cell.cell_type != "code":
            continue
        tree = ast.parse(re.sub(r"^[%!].*$", "", cell.source, flags=re.MULTILINE))
        for (
            node
        ) in (
            tree.body
        ):  # at top level: what runs when the cell runs; an import in a function or under `try` is its writer's care
            names = (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module] if isinstance(node, ast.ImportFrom) and not node.level else []
            )
            assert {name.split(".")[0] for name in names} <= allowed, f"cell {cell.id}: {names}"


# ---- the site, Binder and CI

def test_site_lists_every_lesson_in_order():
    lessons, behind = project.chapters()
    listed, known = project.sidebar_pages(), ["index.ipynb", *map(project.relative, lessons), "reference.ipynb"]
    assert listed[:len(known)] == known
    assert sorted(listed[len(known):]) == sorted(map(project.relative, behind))


def test_site_settings():
    shim, made, top = (
        yaml.safe_load((root / name).read_text()) for name in ("nbs/_quarto.yml", "nbs/nbdev.yml", "_quarto.yml")
    )
    assert shim["project"]["type"] == "website" and all((root/"nbs"/name).is_file() for name in shim["metadata-files"])
    assert {key: made["website"][key] for key in ("title", "repo-url", "repo-branch")} == {
        "title": settings["title"],
        "repo-url": settings["git_url"],
        "repo-branch": settings["branch"],
    }
    assert (
        made["project"]["output-dir"] == settings["doc_path"] and top["website"]["repo-subdir"] == settings["nbs_path"]
    )
    assert (
        top["website"]["search"]
        and set(top["format"]["html"]["theme"]) == {"light", "dark"}
        and top["format"]["html"]["html-math-method"] == "mathjax"
    )


def test_workflows():
    test, deploy = (
        yaml.safe_load((root / ".github" / "workflows" / name).read_text()) for name in ("test.yaml", "deploy.yaml")
    )
    steps = [step for flow in (test, deploy) for job in flow["jobs"].values() for step in job["steps"]]
    assert all(re.search(r"@v\d", step["uses"]) for step in steps if "uses" in step)
    assert (
        test["jobs"]["test"]["strategy"]["matrix"]["python"] == ["3.11", "3.12", "3.13"]
        and settings["min_python"] == "3.11"
    )
    assert any(step.get("run") == ".ci/run" for step in steps) and os.access(root/".ci"/"run", os.X_OK)
    assert [step["with"]["version"] for step in steps if "quarto" in step.get("uses", "")][0].startswith("1.10.")
    assert [step["with"]["path"] for step in steps if "upload-pages" in step.get("uses", "")] == [
        f"_proc/{settings['doc_path']}"
    ]
    looks = [step.get("run", "") for step in test["jobs"]["looks"]["steps"]]
    assert any("[dev,site]" in run for run in looks) and looks[-2].endswith("python bin/preview.py")
    assert [step["with"]["path"] for step in steps if "upload-artifact" in step.get("uses", "")] == [
        "_proc/_preview/pictures"
    ]


def test_every_extra_that_is_named_is_offered():
    texts = [*(root/".github"/"workflows").glob("*"), root/".ci"/"run", root/"CONTRIBUTING.md", root/"README.md",
             root/"binder"/"postBuild", *(root/"bin").glob("*.py")]
    named = {extra for path in texts for found in re.findall(r"'\.\[([\w,]+)\]'", path.read_text(encoding="utf-8"))
             for extra in found.split(",")}
    offered = subprocess.run([sys.executable, "-c", """
import setuptools
setuptools.setup = lambda **told: print(*told["extras_require"])
exec(open("setup.py").read(), {"__file__": "setup.py"})"""], cwd=root, capture_output=True, text=True).stdout.split()
    assert {"dev", "site", "browser"} <= named <= {*offered}


def test_binder_installs_what_settings_name():
    script = (root/"binder"/"postBuild").read_text()
    assert "'.[dev]'" in script and os.access(root/"binder"/"postBuild", os.X_OK) and "==" not in script
    assert re.fullmatch(r"python-3\.1[123]\n", (root/"binder"/"runtime.txt").read_text())
    assert {path.name for path in (root / "binder").iterdir()} == {
        "postBuild",
        "runtime.txt",
    }  # no second list of requirements


def test_changelog_knows_this_version():
    assert re.search(rf"^## {re.escape(settings['version'])}\b", (root / "CHANGELOG.md").read_text(), re.MULTILINE)


# ---- what is published

def test_sdist_and_wheel(tmp_path):
    source = export_to(tmp_path/"source")
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(tmp_path / "dist"), str(source)],
        check=True,
        capture_output=True,
        env={key: value for key, value in os.environ.items() if key != "PYTHONPATH"},
    )
    (wheel,), (sdist,) = (tmp_path / "dist").glob("*.whl"), (tmp_path / "dist").glob(
        "*.tar.gz"
    )  # build makes the wheel from the sdist
    assert wheel.name.startswith(settings["lib_name"].replace("-", "_") + "-" + settings["version"])
    packed = zipfile.ZipFile(wheel).namelist()
    modules = {str(path.relative_to(root)) for path in (root/"tinytorch").rglob("*.py")}
    assert modules <= set(packed) and {f"tinytorch/lessons/{path.name}" for path in lessons} <= set(packed)
    assert {name.split("/")[0] for name in packed} == {"tinytorch", f"{wheel.name.split('-py3')[0]}.dist-info"}

    venv = tmp_path/"venv"   # a fresh one, with NumPy alone
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "--python",
            str(venv / "bin" / "python"),
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
    bare = {
        "cwd": tmp_path,
        "capture_output": True,
        "text": True,
        "env": {"PATH": f"{venv}/bin:/usr/bin:/bin", "HOME": str(tmp_path)},
    }
    code = """
from importlib.resources import files
from tinytorch.autograd import Variable
from tinytorch.optimizers import SGD
x = Variable(10.0, requires_grad=True)
(x**2).backward(); SGD([x], learning_rate=0.1).step()
print(x.data, len([path for path in files("tinytorch.lessons").iterdir() if path.name.endswith(".ipynb")]))"""
    done = subprocess.run([venv/"bin"/"python", "-c", code], **bare)
    assert done.stdout.split() == ["8.0", str(len(lessons))], done.stderr
    done = subprocess.run([venv/"bin"/"tito", "doctor"], **bare)
    assert done.returncode == 1 and "❌ matplotlib is not installed\n   🔧 python -m pip install" in done.stdout, (
        done.stdout + done.stderr
    )
