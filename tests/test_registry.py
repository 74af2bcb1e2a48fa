"Whoever enters a registry has a lesson and something to be measured against."

import re
from pathlib import Path

import nbformat
import numpy as np
import pytest

from test_golden import cases
from tinytorch import bookkeeping, optimizers
from tinytorch.autograd import Variable
from tinytorch.family import wrapper_box
from tinytorch.optimizers import (
    SAM,
    SGD,
    Adagrad,
    Cautious,
    Lookahead,
    Newton,
    Optimizer,
    Scheduler,
    Shampoo,
    WeightAverage,
    core,
)

here = Path(__file__).parent
prose = {
    path.stem: "\n".join(cell.source for cell in nbformat.read(path, 4).cells)
    for path in (here.parent / "nbs").rglob("*.ipynb")
}
compared = {case.kind() for case in cases}  # each in test_golden
reductions = (
    {  # optimizer without a whole reference run -> how it is made, and the one that it reduces to, compared here
        Newton: (
            lambda p: Newton(p, learning_rate=0.1, hessian=lambda parameters: np.eye(1)),
            lambda p: SGD(p, learning_rate=0.1),
        ),
        Shampoo: (
            lambda p: Shampoo(p, 0.1, epsilon=0.01),
            lambda p: Adagrad(p, 0.1, initial_accumulator_value=0.01, epsilon=0.0),
        ),
    }
)


@pytest.mark.parametrize("kind", reductions, ids=lambda kind: kind.__name__)
def test_it_reduces_to_what_is_compared(kind):
    ends = []
    for make in reductions[kind]:
        x = Variable(np.array([2.0]), requires_grad=True)
        optimizer = make([x])
        for _ in range(20):
            optimizer.step(lambda: setattr(x, "grad", np.cos(x.data) + 0.5 * x.data) or 0.0)
        ends.append(x.item())
    assert np.isclose(*ends, rtol=1e-12)


def lesson_of(kind):
    begins = re.compile(rf"^class {kind.__name__}\(", re.MULTILINE)
    return next((text for text in prose.values() if begins.search(text)), "")


def lesson_from(kind, lesson):
    "The lesson from the heading that names the optimizer."
    heading = re.search(rf"^#+ .*\b{kind.__name__}\b", lesson, re.MULTILINE)
    return re.split(r"\n##? ", lesson[heading.end() :])[0] if heading else ""


@pytest.mark.parametrize("kind", Optimizer.registry.values(), ids=lambda kind: kind.__name__)
def test_a_registered_optimizer_has_a_lesson_with_its_paper_and_a_reference(kind):
    lesson = lesson_of(kind)
    checked = re.search(rf'check\("{kind.__name__}", {kind.__name__}\)', lesson)
    assert checked or re.search(
        rf"^By hand.*?^(assert|    assert)", lesson_from(kind, lesson), re.MULTILINE | re.DOTALL
    ), f"{kind.__name__} has neither a check cell nor a step by hand"
    heading = re.search(rf"^#+ .*\b{kind.__name__}\b", lesson, re.MULTILINE)
    assert checked or heading, f"{kind.__name__} is no exercise, and no heading names it"
    assert "http" in (kind.__doc__ or "") or "rules" in (
        kind.__doc__ or ""
    ), f"the docstring of {kind.__name__} cites no paper"
    assert kind in compared or kind in reductions, f"{kind.__name__} has neither a reference run nor a reduction"


@pytest.mark.parametrize("kind", [Lookahead, SAM, WeightAverage, Cautious], ids=lambda kind: kind.__name__)
def test_a_wrapper_of_the_appendix_has_its_section_and_its_box(kind):
    box = wrapper_box(kind)
    assert kind.pick and kind.pick in box and re.search(r"\[.+\]\(http.+\)", box)
    for name, value in kind(SGD([Variable([1.0], requires_grad=True)])).settings.items():
        assert re.search(rf"^\| `{name}` \| `{value!r}` \| .+ \| .+ \|$", box, re.MULTILINE)
    assert re.search(r"^By hand.*?^(assert|    assert|        assert)", lesson_from(kind, lesson_of(kind)), re.M | re.S)


def test_the_public_face_is_what_a_user_wants():
    names = {*optimizers.__all__}
    assert len(optimizers.__all__) == len(names)
    ours = [name for kind in (Optimizer, Scheduler) for name, entry in kind.registry.items()
            if entry.__module__.startswith("tinytorch.")]   # not what other tests define
    assert {*ours} | {*core.__all__} <= names
    assert {"adam", "lion", "rmsprop", "ClipNorm", "Lookahead", "decay_groups", "muon_groups"} <= names
    machinery = {*bookkeeping.__all__, "apply_rule", "block_bytes", "check_state_dict", "remember_rates", "put_into",
                 "prepared", "only_the_sign", "given", "Choices", "WholeArrays", "parts", "is_for_users"}
    assert names & machinery == set()
