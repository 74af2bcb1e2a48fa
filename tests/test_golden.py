"""Every optimizer against the trajectories of torch, optax and the authors' code in golden/; `python tests/test_golden.py` prints the table."""
import json
import re
from pathlib import Path

import numpy as np
import pytest

from tinytorch.autograd import Variable
from tinytorch.optimizers import Optimizer, SGD, StepLR

golden = Path(__file__).with_name("golden")
schedulers = json.loads((golden/"torch_schedulers.json").read_text())
problem = json.loads((golden/"torch_optimizers.json").read_text())["problem"]
hessian = np.diag(problem["D"]) + np.outer(problem["U"], problem["U"])
spelled = {"lr": "learning_rate", "eps": "epsilon", "lr_decay": "learning_rate_decay", "b1": "beta1", "b2": "beta2", "b3": "beta3"}
pairs = {"betas": ("beta1", "beta2", "beta3"), "etas": ("etaminus", "etaplus"), "step_sizes": ("step_size_min", "step_size_max")}


def translate(keywords):
    "Another library's keywords as ours."
    ours = {}
    for name, value in keywords.items():
        if name in pairs: ours |= dict(zip(pairs[name], value))
        elif name not in ("foreach",): ours[spelled.get(name, name)] = value
    return ours


def make(run):
    "The optimizer of a torch run from its parameters."
    return lambda parameters: Optimizer.registry[run["algo"]](parameters, **translate(run["kwargs"]))


def iterates(make, steps, frozen=False, shape=(2, 3), read=None):
    "Our trajectory on the quadratic of the golden files; `read` says what of the optimizer to note instead of the parameters."
    start = np.array(problem["X0"])
    w = Variable(start[:6].reshape(shape), requires_grad=True)
    b = Variable(start[6:], requires_grad=True)
    optimizer = make([w] if frozen else [w, b])
    def values(): return np.concatenate([w.data.ravel(), b.data])
    def closure():
        x = values()
        gradient = hessian @ x - problem["C"]
        w.grad, b.grad = gradient[:6].reshape(shape), gradient[6:]
        return Variable(0.5*x @ hessian @ x - np.array(problem["C"]) @ x)
    for _ in range(steps):
        optimizer.step(closure)
        yield values() if read is None else read(optimizer, w, b)


def at(run): return [step - 1 for step in run.get("at", range(1, len(run["x"]) + 1))]


class Case:
    "One reference run and how ours is made."
    def __init__(self, file, run, make, rtol=1e-12, **how):
        self.file, self.run, self.make, self.rtol, self.how = file, run, make, rtol, how
    def error(self, key="x", **how):
        path = np.array(list(iterates(self.make, max(at(self.run)) + 1, **{**self.how, **how})))[at(self.run)]
        expected = np.array(self.run[key])
        return float(np.max(np.abs(path - expected)/np.maximum(np.abs(expected), 1e-3)))
    def __repr__(self): return f"{self.file}-{self.run['algo']}-{self.run['kwargs']}"


def torch_cases():
    "Every run of torch, by the registry."
    for run in json.loads((golden/"torch_optimizers.json").read_text())["runs"]:
        if run["algo"] not in Optimizer.registry: continue
        rtol = 1e-10 if run["kwargs"].get("betas", [0, 1])[1] == 0 else 1e-12   # beta2 = 0 divides rounding errors by tiny gradients
        yield Case("torch", run, make(run), rtol, frozen="shape" in run, shape=tuple(run.get("shape", (2, 3))))


cases = [*torch_cases()]
runs = [case.run for case in cases if case.file == "torch"]


@pytest.mark.parametrize("case", cases, ids=repr)
def test_optimizers_follow_the_reference(case):
    assert case.error() <= case.rtol


@pytest.mark.parametrize("run", [r for r in schedulers["runs"] if r["sched"] == "StepLR" and "lr" in r], ids=lambda run: str(run["kwargs"]))
def test_step_lr_follows_torch(run):
    groups = [{"parameters": [Variable([1.0], requires_grad=True)], "learning_rate": rate} for rate in run["lrs"]]
    optimizer = SGD(groups, learning_rate=0.1)
    scheduler = StepLR(optimizer, **run["kwargs"])
    rates = [scheduler.get_last_lr()]
    for _ in range(len(run["lr"]) - 1):
        for group in optimizer.param_groups: group["parameters"][0].grad = np.zeros(1, np.float32)
        optimizer.step(); scheduler.step()
        rates.append(scheduler.get_last_lr())
    np.testing.assert_allclose(np.squeeze(rates), run["lr"], rtol=1e-12)


def table():
    "Lines of a table: class, runs, largest relative error."
    rows = {}
    for case in cases: rows.setdefault((case.file, re.sub(r"\W.*", "", case.run["algo"])), []).append(case.error())
    return [f"{file:8} {name:24} {len(errors):3} runs   {max(errors):8.1e}" for (file, name), errors in rows.items()]


if __name__ == "__main__": print(*table(), sep="\n")
