"The programs in the README run as they stand there."
import re
from pathlib import Path

import numpy as np
import pytest

from tinytorch import autograd, data, layers, optimizers

blocks = re.findall(r"```python\n(.*?)```", (Path(__file__).parent.parent/"README.md").read_text(), re.DOTALL)


def names():
    "What a reader has imported and defined before the block."
    generator = np.random.default_rng(0)
    loader = data.DataLoader(generator.standard_normal((64, 784)).astype(np.float32), generator.integers(0, 10, 64))
    return {**vars(layers), **vars(optimizers), "Variable": autograd.Variable, "num_epochs": 2, "dataloader": loader, "criterion": layers.CrossEntropyLoss()}


def run(block):
    scope = names()
    exec(block, scope)
    return scope


def block_with(text): return next(block for block in blocks if text in block)


@pytest.mark.parametrize("block", blocks, ids=lambda block: block.splitlines()[0])
def test_block_runs(block): run(block)


def test_momentum_reaches_the_minimum():
    assert run(block_with("momentum=0.9"))["loss"].item() < 0.05


def test_adam_needs_the_rate_that_the_readme_says():
    block = block_with("adam = Adam([x], learning_rate=0.01)")
    assert run(block)["loss"].item() > 5
    assert run(block.replace("0.01", "0.3"))["loss"].item() < 0.1


def test_gradient_descent_step():
    scope = run(block_with("def gradient_descent_step"))
    x = autograd.Variable(3.0, requires_grad=True)
    (x**2).backward()
    scope["gradient_descent_step"](x, 0.1)
    assert np.isclose(x.data, 3 - 0.1*6)


def test_schedule_of_the_network():
    scope = run(block_with("scheduler = StepLR"))
    assert scope["scheduler"].get_last_lr() == [0.001] and np.isfinite(scope["loss"].item())
