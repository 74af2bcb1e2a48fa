"The programs in the README run as they stand there, from top to bottom, and print what it shows."
import contextlib
import io
import re
from pathlib import Path
from textwrap import dedent

import numpy as np
import pytest

from tinytorch.autograd import Variable

readme = (Path(__file__).parent.parent/"README.md").read_text(encoding="utf-8")
blocks = r"^```python\n(.*?)^```\n\n?((?:    [^\n]*\n|\n)*)"   # source, what it prints
programs = re.findall(blocks, readme, re.DOTALL | re.MULTILINE)


def run(block, scope):
    "Execute a block among the names of a scope; what it printed."
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(block, scope)
    return printed.getvalue()


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    "(what each block printed, names at the end) of a reader who pastes one block after the other."
    scope = {}
    with contextlib.chdir(tmp_path_factory.mktemp("reader")):
        return [run(source, scope) for source, _ in programs], scope


def block(text):
    "The one block that holds a text."
    (found,) = [source for source, _ in programs if text in source]
    return found


def alone(source, session, **names):
    "The names after running one block after the imports, with the reader's other names."
    scope = {**session[1], **names}
    run(source, scope)
    return scope


@pytest.mark.parametrize("number", range(len(programs)), ids=[source.splitlines()[0][:40] for source, _ in programs])
def test_a_block_prints_what_the_readme_shows(number, session):
    assert session[0][number].strip() == dedent(programs[number][1]).strip()


def test_the_readme_holds_all_the_programs():
    for line in ("def gradient_descent_step(parameter, learning_rate):",
                 "sgd = SGD(parameters=[w1, w2, bias], learning_rate=0.01, momentum=0.9)",
                 "sgd.zero_grad(); loss.backward(); sgd.step()",
                 "adam = Adam(parameters=[w1, w2, bias], learning_rate=0.001, beta1=0.9, beta2=0.999)",
                 "model = Sequential([Dense(784, 128), ReLU(), Dense(128, 10)])",
                 "sgd = SGD([x], learning_rate=0.1, momentum=0.9)",
                 "adam = Adam([x], learning_rate=0.01)"):
        block(line + "\n")


def test_gradient_descent_step(session):
    x = Variable(3.0, requires_grad=True)
    (x**2).backward()
    session[1]["gradient_descent_step"](x, 0.1)
    assert np.isclose(x.data, 3 - 0.1*6)


def test_momentum_reaches_the_minimum(session):
    assert alone(block("momentum=0.9)\nfor"), session)["loss"].item() < 0.05


def test_adam_needs_the_rate_that_the_readme_says(session):
    source = block("adam = Adam([x], learning_rate=0.01)")
    assert alone(source, session)["loss"].item() > 5
    assert alone(source.replace("0.01", "0.3"), session)["loss"].item() < 0.1


def test_the_network_learns_and_its_schedule_steps(session):
    source = block("scheduler = StepLR")
    scope = alone(source.replace("step_size=20", "step_size=1"), session, num_epochs=2)
    assert scope["scheduler"].get_last_lr() == [0.00025] and scope["loss"].item() < 1.5   # ln 10 = 2.3 without learning


def test_batches_have_names_too(session):
    pairs = "for batch_inputs, batch_targets in ((batch.inputs, batch.targets) for batch in dataloader):"
    source = block("scheduler = StepLR").replace("for batch_inputs, batch_targets in dataloader:", pairs)
    scope = alone(source, session, num_epochs=1)
    assert scope["loss"].item() < 1.5
