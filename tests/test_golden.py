"SGD, Adam and AdamW against the trajectories of torch in golden/."
import json
from pathlib import Path

import numpy as np
import pytest

from tinytorch.autograd import Variable
from tinytorch.optimizers import Optimizer, SGD, StepLR

golden = Path(__file__).with_name("golden")
optimizers = json.loads((golden/"torch_optimizers.json").read_text())
schedulers = json.loads((golden/"torch_schedulers.json").read_text())
spelled = {"lr": "learning_rate", "eps": "epsilon"}
runs = [run for run in optimizers["runs"] if run["algo"] in Optimizer.registry]


def translate(keywords):
    "torch's keywords as ours."
    ours = {spelled.get(name, name): value for name, value in keywords.items() if name != "betas"}
    return ours | dict(zip(("beta1", "beta2"), keywords.get("betas", ())))


def iterates(kind, keywords, problem):
    "Our trajectory on the quadratic of the golden files."
    hessian = np.diag(problem["D"]) + np.outer(problem["U"], problem["U"])
    start = np.array(problem["X0"])
    w = Variable(start[:6].reshape(2, 3), requires_grad=True)
    b = Variable(start[6:], requires_grad=True)
    optimizer = Optimizer.registry[kind]([w, b], **translate(keywords))
    for _ in range(problem["steps"]):
        gradient = hessian @ np.concatenate([w.data.ravel(), b.data]) - problem["C"]
        w.grad, b.grad = gradient[:6].reshape(2, 3), gradient[6:]
        optimizer.step()
        yield np.concatenate([w.data.ravel(), b.data])


@pytest.mark.parametrize("run", runs, ids=lambda run: f"{run['algo']}-{run['kwargs']}")
def test_optimizers_follow_torch(run):
    path = np.array(list(iterates(run["algo"], run["kwargs"], optimizers["problem"])))
    tolerance = 1e-10 if run["kwargs"].get("betas", [0, 1])[1] == 0 else 1e-12   # beta2 = 0 divides rounding errors by tiny gradients
    np.testing.assert_allclose(path, run["x"], rtol=tolerance, atol=1e-15)


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
