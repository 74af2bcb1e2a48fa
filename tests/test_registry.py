"Whoever enters a registry has a lesson and something to be measured against."
import re
from pathlib import Path

import nbformat
import pytest

from test_golden import runs
from tinytorch.optimizers import Optimizer

here = Path(__file__).parent
prose = {path.stem: "\n".join(cell.source for cell in nbformat.read(path, 4).cells) for path in (here.parent/"nbs").glob("*.ipynb")}
reference_runs = {run["algo"] for run in runs}   # each is compared in test_golden
reductions = {}   # optimizer without a reference run -> the optimizer and arguments that it reduces to, tested here


def lesson_of(kind): return next((text for text in prose.values() if f"class {kind.__name__}(" in text), "")


@pytest.mark.parametrize("kind", Optimizer.registry.values(), ids=lambda kind: kind.__name__)
def test_a_registered_optimizer_has_a_lesson_with_its_paper_and_a_reference(kind):
    lesson = lesson_of(kind)
    assert re.search(rf'check\("{kind.__name__}", {kind.__name__}\)', lesson), f"no check cell of {kind.__name__} in its lesson"
    assert re.search(rf"^#+ .*\b{kind.__name__}\b", lesson, re.MULTILINE), f"no heading names {kind.__name__}"
    assert "http" in (kind.__doc__ or "") or "rules" in (kind.__doc__ or ""), f"the docstring of {kind.__name__} cites no paper"
    assert kind.__name__ in reference_runs or kind.__name__ in reductions, f"{kind.__name__} has neither a reference run nor a reduction"
