"What an instructor hands out, graded by nbgrader itself."

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tinytorch.course import handouts, solutions
from tinytorch.course.lesson import chapters

root = Path(__file__).resolve().parent.parent
lessons = chapters()
smallest = min(lessons, key=lambda lesson: sum(cell.code for cell in lesson.cells))
on = pytest.mark.parametrize("lesson", lessons, ids=lambda lesson: lesson.name)


@on
def test_markers_points_and_hidden_checks(lesson):
    cells = json.loads(handouts.assignment_notebook(lesson))["cells"]
    marks = [cell["metadata"]["nbgrader"] for cell in cells if cell["cell_type"] == "code"]
    assert len({mark["grade_id"] for mark in marks}) == len(marks) and all(
        mark["schema_version"] == 3 for mark in marks
    )
    answers, checks = (
        [cell for cell in cells if cell["metadata"].get("nbgrader", {}).get(kind)] for kind in ("solution", "grade")
    )
    assert len(answers) == len(lesson.exercises) and len(checks) == len(lesson.checks)
    for cell in answers:
        assert cell["source"].count("### BEGIN SOLUTION") == cell["source"].count("### END SOLUTION") >= 1
        compile(cell["source"], "answer", "exec")
    for cell in checks:
        assert (
            cell["metadata"]["nbgrader"]["points"] > 0
            and cell["source"].count("### BEGIN HIDDEN TESTS") == cell["source"].count("### END HIDDEN TESTS") == 1
        )
    assert "hints" not in json.dumps(cells)


def test_solutions_stay_what_they_were():
    namespaces = []
    for source in (handouts.learner_notebook, handouts.assignment_notebook):
        namespaces.append(json.loads(source(smallest))["cells"])
    for cell in smallest.exercises.values():
        marked = next(c["source"] for c in namespaces[1] if c["id"] == cell.id)
        if "### BEGIN SOLUTION\n" in marked and "..." not in marked:
            import ast

            assert ast.dump(ast.parse(marked)) == ast.dump(ast.parse(cell.source))


def tito(*words, folder):
    return subprocess.run(
        [sys.executable, "-c", "import sys; from tinytorch.tito import main; sys.exit(main(sys.argv[1:]))", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(root), "PYTHONIOENCODING": "utf-8"},
    )


def test_it_is_written_once_and_never_over_another(tmp_path):
    done = tito("assignment", "--module", smallest.name, folder=tmp_path)
    path = tmp_path/"source"/smallest.name/f"{smallest.name}.ipynb"
    assert (
        done.returncode == 0
        and str(path) in done.stdout
        and f"nbgrader generate_assignment {smallest.name}" in done.stdout
    )
    assert tito("assignment", "--module", smallest.name, folder=tmp_path).returncode == 0  # the same again
    path.write_text("mine")
    done = tito("assignment", "--module", smallest.name, folder=tmp_path)
    assert done.returncode == 1 and "move it away first" in done.stderr and path.read_text() == "mine"


def nbgrader(*words, folder):
    "nbgrader's own command; its output where it fails."
    done = subprocess.run(
        [str(Path(sys.executable).with_name("nbgrader")), *words],
        cwd=folder,
        capture_output=True,
        text=True,
        env={
            **os.environ,
            "PYTHONPATH": str(root),
            "MPLBACKEND": "agg",
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        },
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def submit(course, student, answer):
    "Hand in the released notebook with the answers that `answer(cell of the lesson, source)` gives."
    notebook = json.loads((course/"release"/smallest.name/f"{smallest.name}.ipynb").read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        original = next((c for c in smallest.exercises.values() if c.id == cell["id"]), None)
        if original:
            cell["source"] = answer(original, "".join(cell["source"]))
    folder = course/"submitted"/student/smallest.name
    folder.mkdir(parents=True)
    (folder/f"{smallest.name}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


def scores(course, student):
    "(points, most points) of a student, from nbgrader's gradebook."
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course}/gradebook.db") as book:
        submission = book.find_submission(smallest.name, student)
        return submission.score, submission.max_score


def test_nbgrader_gives_full_marks_and_none(tmp_path):
    pytest.importorskip("nbgrader")
    assert tito("assignment", "--module", smallest.name, folder=tmp_path).returncode == 0
    nbgrader("generate_assignment", smallest.name, "--no-db", folder=tmp_path)
    released = (tmp_path/"release"/smallest.name/f"{smallest.name}.ipynb").read_text(encoding="utf-8")
    assert "YOUR CODE HERE" in released and "SOLUTION" not in released and "HIDDEN" not in released
    leaks = [
        line
        for line in solutions.solution_lines(smallest)
        if any(line in solutions.squeezed("".join(cell["source"])) for cell in json.loads(released)["cells"])
    ]
    assert not leaks
    nbgrader("generate_assignment", smallest.name, "--force", folder=tmp_path)  # now into a gradebook
    submit(tmp_path, "right", lambda cell, source: cell.source)
    submit(tmp_path, "open", lambda cell, source: source)
    submit(
        tmp_path,
        "cheat",
        lambda cell, source: (
            re.sub(r"#\s*YOUR CODE HERE\n\s*raise NotImplementedError\(\)", "pass", source)
            + "\ndef check(*_): print('all fine')"
        ),
    )
    nbgrader("autograde", smallest.name, "--create", folder=tmp_path)
    points = sum(cell.raw["metadata"]["nbgrader"]["points"] for cell in smallest.checks.values())
    assert scores(tmp_path, "right") == (points, points)
    assert scores(tmp_path, "open") == (0, points)
    assert scores(tmp_path, "cheat") == (0, points)


# ---- how a mistake is weighed

def points_of(lesson, mistakes):
    "(points, points lost by check) of an assignment whose exercises have these wrong texts, run as nbgrader runs it."
    namespace, lost, earned = {"__name__": "tinytorch.of_a_student"}, [], 0
    given = {cell["id"]: cell for cell in json.loads(handouts.assignment_notebook(lesson))["cells"]}
    for cell in lesson.cells:
        source = given[cell.id]["source"] if cell.id in given else ""
        if cell.exercise in mistakes:
            wrong = mistakes[cell.exercise]
            source = wrong(cell.source) if callable(wrong) else cell.source.replace(*wrong)
            assert source != cell.source
        if not cell.code or not (cell.exported or cell.exercise or cell.check or "import check" in cell.source):
            continue
        try:
            exec(source, namespace)
            earned += given[cell.id]["metadata"]["nbgrader"].get("points", 0)
        except Exception:
            assert cell.check, source
            lost.append(cell.check)
    return earned, lost


forgets = ("velocity = momentum*velocity + gradient", "velocity = gradient")
optimizers = next(lesson for lesson in lessons if lesson.name == "optimizers")
most = sum(cell.raw["metadata"]["nbgrader"]["points"] for cell in optimizers.checks.values())


def test_a_wrong_rule_costs_its_own_points():
    worth = optimizers.checks["momentum"].raw["metadata"]["nbgrader"]["points"]
    assert points_of(optimizers, {}) == (most, [])
    assert points_of(optimizers, {"momentum": forgets}) == (most - worth, ["momentum"])


def test_each_of_two_mistakes_costs_its_own_points():
    mistakes = {"momentum": forgets, "optimizer": ("parameter.grad = None", "parameter.grad = parameter.grad")}
    assert points_of(optimizers, mistakes)[1] == ["momentum", "optimizer"]


def test_who_wrote_nothing_earns_nothing():
    nothing = {name: lambda source, cell=cell: solutions.stub(optimizers, cell)
               for name, cell in optimizers.exercises.items()}
    earned, lost = points_of(optimizers, nothing)
    assert earned == 0 and {*lost} == {*optimizers.checks}
