"Random runs of every class that torch has too, against torch; TORCH_CASES sets how many of each."

import inspect
import os

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinytorch.autograd import Variable
from tinytorch.optimizers import Optimizer

torch = pytest.importorskip("torch", reason="torch is the oracle here")
cases = int(os.environ.get("TORCH_CASES", "25"))
numbers = {  # of a class, as torch calls them, between which they are drawn
    "weight_decay": (0.0, 0.3),
    "momentum": (0.0, 0.95),
    "dampening": (0.0, 0.9),
    "alpha": (0.5, 0.99),
    "lr_decay": (0.0, 0.1),
    "initial_accumulator_value": (0.0, 1.0),
    "rho": (0.5, 0.99),
    "momentum_decay": (0.0, 0.1),
    "lambd": (0.0, 0.1),
    "t0": (0.0, 20.0),
    "beta2_decay": (-1.0, -0.2),
    "d": (1.0, 3.0),
}
flags = "maximize", "amsgrad", "nesterov", "centered", "decoupled_weight_decay"
ours_of = {
    "lr": "learning_rate",
    "eps": "epsilon",
    "lr_decay": "learning_rate_decay",
    "adjust_lr_fn": "adjust_learning_rate",
}
pairs = {
    "betas": ("beta1", "beta2"),
    "etas": ("etaminus", "etaplus"),
    "step_sizes": ("step_size_min", "step_size_max"),
    "eps": ("epsilon1", "epsilon2"),
}
names = [
    "SGD",
    "Adam",
    "AdamW",
    "Adamax",
    "NAdam",
    "RAdam",
    "Adagrad",
    "Adadelta",
    "RMSprop",
    "Rprop",
    "ASGD",
    "Adafactor",
    "Muon",
]


def translated(options):
    "torch's options as ours."
    ours = {}
    for name, value in options.items():
        ours |= dict(zip(pairs[name], value)) if isinstance(value, tuple) else {ours_of.get(name, name): value}
    return ours


def drawn(name, generator):
    "Random options of a torch class."
    known, options = inspect.signature(getattr(torch.optim, name).__init__).parameters, {
        "lr": float(10 ** generator.uniform(-3, -1))
    }
    for option, (low, high) in numbers.items():
        if option in known and generator.random() < 0.6:
            options[option] = float(generator.uniform(low, high))
    for option in flags:
        if option in known and generator.random() < 0.4:
            options[option] = True
    if "betas" in known:
        options["betas"] = float(generator.uniform(0, 0.98)), float(generator.uniform(0.5, 0.999))
    if "eps" in known:
        options["eps"] = (
            (float(generator.choice([1e-8, 1e-3])), 1e-3)
            if name == "Adafactor"
            else float(generator.choice([1e-8, 1e-6, 1e-3]))
        )
    if name == "Rprop":
        options |= {
            "etas": (float(generator.uniform(0.2, 0.9)), float(generator.uniform(1.05, 1.6))),
            "step_sizes": (1e-4, 1.0),
        }
    if name == "Muon":
        options |= {
            "ns_steps": int(generator.integers(1, 7)),
            "adjust_lr_fn": str(generator.choice(["original", "match_rms_adamw"])),
        }
    if name == "ASGD":
        options["alpha"] = float(generator.uniform(0.3, 1.0))
    return options


def drawn_twice(name, generator):
    "Random options, and others for a second group."
    options, group = drawn(name, generator), drawn(name, generator)
    if name == "SGD" and options.get("nesterov", group.get("nesterov")):
        for some in (options, group):
            some |= {"nesterov": True, "momentum": some.get("momentum", 0.0) or 0.5, "dampening": 0.0}
    group.pop("initial_accumulator_value", None)  # torch does not see it in a group
    return options, group


@pytest.fixture(scope="module", autouse=True)
def everything_in_float64():
    "torch keeps a few numbers of its state (NAdam's product, ASGD's rates) in its default dtype."
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    yield
    torch.set_default_dtype(before)


def gradients(shape, steps, generator):
    "Random gradients with zeros, missing ones, flips of the sign and spikes."
    for _ in range(steps):
        g = np.asarray(generator.standard_normal(shape) * 10 ** generator.uniform(-2, 1))
        g[generator.random(shape) < 0.1] = 0
        g[generator.random(shape) < 0.05] *= 1e4
        if generator.random() < 0.2:
            g = -np.abs(g)
        yield None if generator.random() < 0.15 else np.zeros(shape) if generator.random() < 0.05 else g


def shapes_of(name, generator):
    if name == "Muon":
        return [tuple(generator.integers(1, 5, 2)) for _ in range(3)]
    return [tuple(generator.integers(1, 5, generator.integers(0, 4))) for _ in range(3)]


@pytest.mark.parametrize("name", names)
@settings(max_examples=cases, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), cut=st.integers(0, 30))
def test_thirty_steps_are_those_of_torch(name, seed, cut):
    generator = np.random.default_rng(seed)
    shapes, (options, group) = shapes_of(name, generator), drawn_twice(name, generator)
    starts = [generator.standard_normal(shape) for shape in shapes]
    streams = [list(gradients(shape, 30, generator)) for shape in shapes]
    theirs = [torch.tensor(value, dtype=torch.float64, requires_grad=True) for value in starts]

    def ours_with(values):
        variables = [Variable(value, requires_grad=True) for value in values]
        return variables, Optimizer.registry[name](
            [{"parameters": variables[:2]}, {"parameters": variables[2:], **translated(group)}], **translated(options)
        )

    ours, optimizer = ours_with(starts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            torch.Tensor, "bfloat16", lambda tensor: tensor.clone()
        )  # Muon's iteration in the precision of its input
        patch.setattr(optimizer, "warned", True)
        foreach = {} if name == "Muon" else {"foreach": False}
        if name == "SGD":
            foreach["fused"] = False
        reference = getattr(torch.optim, name)(
            [{"params": theirs[:2]}, {"params": theirs[2:], **group}], **options, **foreach
        )
        for step in range(30):
            for mine, its, stream in zip(ours, theirs, streams):
                mine.grad = stream[step]
                its.grad = None if stream[step] is None else torch.tensor(stream[step], dtype=torch.float64)
            optimizer.step()
            reference.step()
            if step == cut:
                saved = optimizer.state_dict()
                ours, optimizer = ours_with([p.data for p in ours])
                optimizer.load_state_dict(saved)
                optimizer.warned = True
            for mine, its in zip(ours, theirs):
                expected = its.detach().numpy()
                scale = max(1.0, np.abs(expected).max(initial=0))
                assert np.abs(mine.data - expected).max(initial=0) <= 1e-10 * scale, (name, step, options, group)


@settings(max_examples=cases, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), wolfe=st.booleans(), iterations=st.integers(1, 6), history=st.integers(1, 8))
def test_lbfgs_is_that_of_torch(seed, wolfe, iterations, history):
    generator = np.random.default_rng(seed)
    root = generator.standard_normal((6, 6))
    hessian, start = root @ root.T + 0.5 * np.eye(6), generator.standard_normal(6)
    options = dict(max_iter=iterations, history_size=history, line_search_fn="strong_wolfe" if wolfe else None)
    rate = 1.0 if wolfe else 0.1
    x, y, calls = Variable(start, requires_grad=True), torch.tensor(start, requires_grad=True), []
    ours, theirs, matrix = (
        Optimizer.registry["LBFGS"]([x], learning_rate=rate, **options),
        torch.optim.LBFGS([y], lr=rate, **options),
        torch.tensor(hessian),
    )

    def closure():
        calls.append(1)
        z = x.data
        x.grad = hessian @ z + np.sin(z)
        return Variable(0.5 * z @ hessian @ z - np.cos(z).sum())

    def closure_of_torch():
        calls.append(-1)
        y.grad = None
        loss = 0.5 * y @ matrix @ y - torch.cos(y).sum()
        loss.backward()
        return loss

    for _ in range(2):  # later the rounding of nearly zero gradients is all there is
        ours.step(closure)
        theirs.step(closure_of_torch)
        np.testing.assert_allclose(x.data, y.detach().numpy(), atol=1e-7)
        assert sum(calls) == 0
