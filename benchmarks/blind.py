"""How well do the checks know beginners' mistakes? Solutions of blind_solutions.py, which were written without reading
the catalogue, are handed in as a learner would. `python benchmarks/blind.py [-v] [FILES]` prints counts; -v shows all.
What was found at first sight, before the checks were mended for a set, is noted at the head of each later set.

A wrong solution counts as rightly named where the diagnosis has a name, or says that an argument was changed, a name is
undefined or something else about the form, and contains one of the words that its author expected.
"""
import ast
import contextlib
import importlib.util
import io
import linecache
import re
import sys
from pathlib import Path

from tinytorch.checks import Mistake, check, find
from tinytorch.checks.core import quoted_as_missing, tight

solutions = Path(__file__).with_name("blind_solutions.py")   # younger sets: _2 to _8, _family
given = {"divide_vjp": "divide_numerator divide_denominator", "matmul_vjp": "matmul_left matmul_right",
         "cross_entropy": "cross_entropy cross_entropy_vjp", "dense": "Dense", "batches": "DataLoader",
         "momentum": "sgd_momentum", "nesterov": "sgd_nesterov", "step_lr": "step_decay", "optimizer": "SGD",
         "warmup": "linear_warmup", "stability": "answer", "first_adam_step": "answer",
         "lookahead": "slow_weights"}   # exercise: its objects


def read(path=solutions):
    "Every solution: (exercise, expected words or None where it is right, source, line of the file)."
    number, entries = 0, []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("### "):
            exercise, verdict, *words = (part.strip() for part in line[4:].split("|", 2))
            entries.append((exercise, words[0] if verdict == "wrong" else None, [], number))
        elif entries:
            entries[-1][2].append(line)
    return [(exercise, words, "\n".join(lines), number) for exercise, words, lines, number in entries]


def lesson(exercise):
    "The names that stand above an exercise in its lesson."
    module = find(exercise).module
    inside = f"tinytorch.optimizers.{module}" if module != "optimizers" else "tinytorch.optimizers.core"
    file = inside if importlib.util.find_spec(inside) else f"tinytorch.{module}"
    names = vars(importlib.import_module(file))
    return {name: value for name, value in names.items() if not name.startswith("__")}


@contextlib.contextmanager
def registries_kept():
    "A solution that is defined enters the registries of its lesson: they are put back afterwards."
    from tinytorch.optimizers.core import Optimizer, Scheduler
    before = [dict(kind.registry) for kind in (Optimizer, Scheduler)]
    try:
        yield
    finally:
        for kind, registry in zip((Optimizer, Scheduler), before):
            kind.registry.clear()
            kind.registry.update(registry)


def judge(exercise, source, number):
    "The Mistake (or other exception) that a solution meets; None where it is accepted."
    scope, file = lesson(exercise) | {"__name__": "learner"}, f"<solution in line {number}>"
    linecache.cache[file] = len(source), None, source.splitlines(True), file
    with registries_kept(), contextlib.redirect_stdout(io.StringIO()):
        try:
            exec(compile(source, file, "exec"), scope)
            check(exercise, *(scope[name] for name in given.get(exercise, exercise).split()))
        except Exception as error:
            return error


def rightly_named(mistake, words):
    "Whether the diagnosis says what the author of the solution had in mind."
    if not isinstance(mistake, Mistake):
        return False
    said = str(mistake).split("💡")[1]
    generic = mistake.name is None and "None of the" in said
    return not generic and bool(re.search(words, said, re.IGNORECASE))


def contradicts(mistake, source):
    "Whether a line that the diagnosis calls missing stands in the solution, and nothing is said about that."
    if not isinstance(mistake, Mistake) or "stands in your code" in str(mistake):
        return False
    there = tight(ast.parse(source))
    return any(line in there for line in quoted_as_missing(str(mistake).split("💡")[1]))


def main(verbose=False, path=solutions):
    counts = dict(wrong=0, rejected=0, named=0, contradicted=0, right=0, refused=0)
    for exercise, words, source, number in read(path):
        mistake = judge(exercise, source, number)
        if words is None:
            counts["right"] += 1
            counts["refused"] += mistake is not None
            trouble = mistake is not None and "REFUSED"
        else:
            counts["wrong"] += 1
            counts["rejected"] += mistake is not None
            named = rightly_named(mistake, words)
            counts["named"] += named
            contradicted = contradicts(mistake, source)
            counts["contradicted"] += contradicted
            trouble = "ACCEPTED" if mistake is None else "" if named else "NOT NAMED"
            trouble = "CONTRADICTED" if contradicted else trouble
        if trouble and verbose:
            print(f"{trouble}: {exercise}, {path.name}:{number} (expected: {words})")
            print(f"{source.strip()}\n--> {mistake}\n")
    print("{wrong} wrong solutions: {rejected} rejected, {named} rightly named, {contradicted} told to write a line "
          "that is there; {right} right ones: {refused} refused".format(**counts))
    enough = counts["rejected"] >= 0.97*counts["wrong"] and counts["named"] >= 0.85*counts["wrong"]
    return int(not enough or counts["refused"] > 0 or counts["contradicted"] > 0)


if __name__ == "__main__":
    paths = [Path(name) for name in sys.argv[1:] if name != "-v"] or [solutions]
    sys.exit(max(main("-v" in sys.argv, path) for path in paths))
