"""Every optimizer against the trajectories of torch, optax and the authors' code in golden/.

`python tests/test_golden.py` prints the table.
"""

import json
import re
from contextlib import nullcontext
from pathlib import Path

import numpy as np
import pytest

from tinytorch.autograd import Variable
from tinytorch.optimizers import matrix
from tinytorch.optimizers import (
    ADOPT,
    LAMB,
    LARS,
    MARS,
    SAM,
    SGD,
    SOAP,
    Accumulate,
    AdEMAMix,
    Adafactor,
    Adam,
    AdamW,
    Cautious,
    ClipNorm,
    ClipValue,
    Lion,
    Lookahead,
    Muon,
    MuonAdamW,
    NAdam,
    Optimizer,
    PolyakSGD,
    Prodigy,
    RAdam,
    ScheduleFreeAdamW,
    ScheduleFreeSGD,
    Shampoo,
    Signum,
    Sophia,
    StepLR,
)

golden = Path(__file__).with_name("golden")
schedulers = json.loads((golden / "torch_schedulers.json").read_text())
problem = json.loads((golden / "torch_optimizers.json").read_text())["problem"]
hessian = np.diag(problem["D"]) + np.outer(problem["U"], problem["U"])
spelled = {
    "lr": "learning_rate",
    "eps": "epsilon",
    "lr_decay": "learning_rate_decay",
    "b1": "beta1",
    "b2": "beta2",
    "b3": "beta3",
    "trust_coeff": "trust_coefficient",
    "clip_exp": "clip_exponent",
    "adjust_lr_fn": "adjust_learning_rate",
    "max_learning_rate": "learning_rate",
}
pairs = {
    "betas": ("beta1", "beta2", "beta3"),
    "etas": ("etaminus", "etaplus"),
    "step_sizes": ("step_size_min", "step_size_max"),
}


def translate(keywords):
    "Another library's keywords as ours."
    ours = {}
    for name, value in keywords.items():
        if name in pairs:
            ours |= dict(zip(pairs[name], value))
        elif name == "eps" and isinstance(value, list):
            ours |= dict(zip(("epsilon1", "epsilon2"), value))
        elif name not in ("foreach",):
            ours[spelled.get(name, name)] = value
    return ours


def make(run):
    "The optimizer of a torch run from its parameters."
    return lambda parameters: Optimizer.registry[run["algo"]](parameters, **translate(run["kwargs"]))


def iterates(make, steps, frozen=False, shape=(2, 3), decay=0.0, before=None, calls=False, inside=False):
    """Our trajectory on the quadratic of the golden files.

    `decay` adds that much of the parameters to the gradient,
    `before` is called with the optimizer and the number of each step,
    `inside` notes the weights to evaluate,
    `calls` yields where gradients were asked for instead of where steps ended.
    """
    start = np.array(problem["X0"])
    w = Variable(start[:6].reshape(shape), requires_grad=True)
    b = Variable(start[6:], requires_grad=True)
    optimizer, asked = make([w] if frozen else [w, b]), []

    def values():
        return np.concatenate([w.data.ravel(), b.data])

    def closure():
        x = values()
        asked.append(x)
        gradient = hessian @ x - problem["C"] + decay * x
        w.grad, b.grad = gradient[:6].reshape(shape), gradient[6:]
        return Variable(0.5 * x @ hessian @ x - np.array(problem["C"]) @ x)

    path = []
    for step in range(1, steps + 1):
        if before:
            before(optimizer, step)
        optimizer.step(closure)
        with optimizer.applied() if inside else nullcontext():
            path.append(values())
    return np.array((asked[1:] if calls else path)[:steps])[:, : 6 if frozen else 9]


def at(run):
    return [step - 1 for step in run.get("at", range(1, len(run["x"]) + 1))]


class Case:
    "One reference run and how ours is made."

    def __init__(
        self, file, run, make, rtol=1e-12, patches=None, **how
    ):  # patches: other conventions' functions; how: further arguments of `iterates`
        self.file, self.run, self.make, self.rtol, self.patches, self.how = file, run, make, rtol, patches or {}, how

    def error(self, key="x", **how):
        with pytest.MonkeyPatch.context() as patch:
            for name, function in self.patches.items():
                patch.setattr(matrix, name, function)
            path = iterates(self.make, max(at(self.run)) + 1, **{**self.how, **how})[at(self.run)]
        expected = np.array(self.run[key])
        return float(np.max(np.abs(path - expected) / np.maximum(np.abs(expected), 1e-3)))

    def kind(self):
        "The class of ours that is compared, without wrappers."
        w, b = Variable(np.ones(self.how.get("shape", (2, 3))), requires_grad=True), Variable(
            np.ones(3), requires_grad=True
        )
        optimizer = self.make([w] if self.how.get("frozen") else [w, b])
        while hasattr(optimizer, "optimizer"):
            optimizer = optimizer.optimizer
        return type(optimizer)

    def __repr__(self):
        return f"{self.file}-{self.run['algo']}-{self.run['kwargs']}"


def torch_cases():
    "Every run of torch, by the registry."
    for run in json.loads((golden / "torch_optimizers.json").read_text())["runs"]:
        if run["algo"] not in Optimizer.registry:
            continue
        rtol = (
            1e-10 if run["kwargs"].get("betas", [0, 1])[1] == 0 else 1e-12
        )  # beta2 = 0 divides rounding errors by tiny gradients
        if "history_size" in run["kwargs"]:
            rtol = 1e-7  # see test_the_three_pairs_of_lbfgs_amplify_rounding
        yield Case("torch", run, make(run), rtol, frozen="shape" in run, shape=tuple(run.get("shape", (2, 3))))


def curvature(parameter):
    "The exact diagonal of the problem's Hessian, for either parameter."
    diagonal = np.diag(hessian)
    return (diagonal[:6] if parameter.size == 6 else diagonal[6:]).reshape(parameter.shape)


def kind(cls, wrapper=None, drop=(), **fixed):
    "Maker of ours for another library's run: its keywords without some, with what is fixed, and a wrapper."

    def of(run):
        keywords = translate({name: value for name, value in run["kwargs"].items() if name not in ("foreach", *drop)})

        def make(parameters):
            optimizer = cls(parameters, **{**fixed, **keywords})
            return wrapper(optimizer) if wrapper else optimizer

        return make

    return of


def setting(**schedules):
    "A hook that sets hyperparameters to functions of the step."

    def before(optimizer, step):
        for group in optimizer.param_groups:
            group.update({name: function(step) for name, function in schedules.items()})

    return before


def added(array, epsilon):
    "Muon's length with epsilon added, as its author and optax have it; torch takes the larger of the two."
    return array / (np.linalg.norm(array) + epsilon)


def muon_of_optax(run):
    "Muon for the matrix, Adam for the vector, in optax's layout and with its epsilon."

    def make(parameters):
        w, b = parameters
        groups = [
            {"parameters": [w], "weight_decay": 0.1, "nesterov": False},
            {"parameters": [b], "use_muon": False, "epsilon": 1e-8},
        ]
        return MuonAdamW(groups, learning_rate=0.1, beta2=0.999, layout="in_out")

    return make


def muon_epsilon(optimizer, step):
    "optax corrects the mean before it adds epsilon to its length."
    optimizer.param_groups[0]["epsilon"] = 1e-8 * (1 - 0.95**step)


def rounded_eigenbasis(array):
    "SOAP's code rounds the matrix to float32 before it looks for eigenvectors, in whatever precision it runs."
    return np.linalg.eigh(array.astype(np.float32).astype(np.float64))[1][:, ::-1]


def rounded_refreshed(array, basis):
    "And turns the bases in float32."
    array, basis = array.astype(np.float32), basis.astype(np.float32)
    order = np.argsort(-np.diag(basis.T @ array @ basis), kind="stable")
    return np.linalg.qr(array @ basis[:, order])[0].astype(np.float64), order


makers = {  # (method, words in its keywords that must be there) -> how it is made, and how it is run
    ("adam", ""): (kind(Adam),),
    ("adamw", ""): (kind(AdamW),),
    ("adam", "nesterov"): (kind(NAdam, drop=["nesterov"], momentum_decay=1e9),),
    ("nadam", ""): (kind(NAdam, momentum_decay=1e9),),
    ("radam", ""): (kind(RAdam), dict(before=setting(epsilon=lambda step: 1e-8 * (1 - 0.9**step) ** 0.5))),
    ("lion", ""): (kind(Lion, weight_decay=1e-3),),
    ("timm.Lion", ""): (kind(Lion),),
    ("timm.Lion", "caution"): (kind(Lion, Cautious, drop=["caution"]),),
    ("timm.AdamWLegacy(caution)", ""): (kind(AdamW, Cautious, drop=["caution"]),),
    ("sign_sgd", ""): (kind(Signum, momentum=0.0),),
    ("signum", ""): (kind(Signum),),
    ("lamb", ""): (kind(LAMB, weight_decay=0.0),),
    ("timm.Lamb", ""): (kind(LAMB, lambda optimizer: ClipNorm(optimizer, 1.0)),),
    ("timm.Lamb", "weight_decay max_grad_norm"): (
        kind(Adam, drop=["max_grad_norm"], epsilon=1e-6),
    ),  # without decay timm's is Adam
    ("timm.Lamb", "weight_decay max_grad_norm trust_clip"): (kind(LAMB, drop=["max_grad_norm"]),),
    ("timm.Lamb", "weight_decay max_grad_norm always_adapt"): (kind(LAMB, drop=["max_grad_norm", "always_adapt"]),),
    ("timm.Lars", ""): (kind(LARS),),
    ("lars", ""): (kind(LARS, epsilon=0.0),),
    ("lars", "weight_decay"): (
        kind(LARS, drop=["weight_decay"], epsilon=0.0),
        dict(decay=0.1),
    ),  # optax adds the decay to the gradient first
    ("adafactor", ""): (
        kind(Adafactor, drop=["min_dim_size_to_factor"]),
        dict(rtol=1e-6),
    ),  # optax computes the memory in float32
    ("adafactor", "128"): (kind(Adafactor, drop=["min_dim_size_to_factor"]), dict(rtol=1e-6, shape=(6,))),
    ("SGDScheduleFree", ""): (kind(ScheduleFreeSGD),),
    ("AdamWScheduleFree", ""): (kind(ScheduleFreeAdamW),),
    ("contrib.schedule_free_sgd", ""): (kind(ScheduleFreeSGD, drop=["b1"]),),
    ("contrib.schedule_free_adamw", ""): (kind(ScheduleFreeAdamW),),
    ("Prodigy", ""): (kind(Prodigy),),
    ("contrib.prodigy", ""): (kind(Prodigy, drop=["estim_lr0"], d0=0.001, use_bias_correction=True),),
    ("timm.Adopt", ""): (kind(ADOPT, drop=["decoupled"], clip_exponent=0.333),),
    ("contrib.adopt", ""): (kind(ADOPT),),
    ("timm.Adopt", "caution"): (kind(ADOPT, Cautious, drop=["caution"]),),
    ("contrib.adopt", "use_clipping"): (kind(ADOPT, drop=["use_clipping"], clip_exponent=None),),
    ("timm.Mars", ""): (kind(MARS),),
    ("contrib.ademamix", ""): (kind(AdEMAMix),),
    ("SingleDeviceMuon", ""): (kind(Muon, weight_decay=0.0), dict(patches=dict(unit_frobenius=added))),
    ("SOAP", ""): (
        kind(SOAP, weight_decay=0.01),
        dict(rtol=1e-3, patches=dict(eigenbasis=rounded_eigenbasis, refreshed=rounded_refreshed)),
    ),  # float32 decides
    ("contrib.muon", "False"): (muon_of_optax, dict(patches=dict(unit_frobenius=added), before=muon_epsilon)),
    ("polyak_sgd", ""): (
        kind(PolyakSGD),
        dict(rtol=1e-10),
    ),  # overshoots from step 10 on: what differs grows tenfold in every step
    ("po.AdEMAMix", ""): (
        kind(AdEMAMix),
        dict(before=setting(alpha=lambda step: 5 / (1 - 0.9**step))),
    ),  # its code corrects the slow mean too
    ("contrib.sophia[hessian_diagonal_fn=exact diag(H)]", ""): (
        kind(Sophia, hessian_diagonal=curvature, weight_decay=1e-4),
    ),
    ("SAM(base=SGD(.02, momentum=.9))", ""): (
        lambda run: lambda parameters: SAM(SGD(parameters, 0.02, momentum=0.9), **run["kwargs"]),
    ),
    (
        "contrib.sam[sgd(.05), adv=normalize+sgd(.1), sync_period=2; one golden step = one ascent OR descent gradient]",
        "",
    ): (lambda run: lambda parameters: SAM(SGD(parameters, 0.05), rho=0.1), dict(calls=True)),
    ("chain(clip_by_global_norm(1.), adam(.1))", ""): (
        kind(Adam, lambda optimizer: ClipNorm(optimizer, 1.0), learning_rate=0.1),
    ),
    ("chain(clip(.5), sgd(.05,.9))", ""): (
        kind(SGD, lambda optimizer: ClipValue(optimizer, 0.5), learning_rate=0.05, momentum=0.9),
    ),
    ("MultiSteps(adam(.1), 3)", ""): (
        kind(Adam, lambda optimizer: Accumulate(optimizer, 3), learning_rate=0.1),
        dict(rtol=1e-7),
    ),  # optax sums in float32
    ("lookahead(sgd(.05), sync_period=5, slow_step_size=.5)", ""): (kind(SGD, Lookahead, learning_rate=0.05),),
}
foreign = {  # runs of methods that are not ours, and why
    ("adam", "eps_root"): "an epsilon inside the root as well",
    ("contrib.schedule_free_sgd", "warmup"): "an average that counts a step with the rate of the next one",
    ("contrib.schedule_free_adamw", "warmup"): "the same",
    ("contrib.muon", ""): "each of Nesterov's two parts is corrected by itself",
    ("po.Shampoo", ""): "powers of -1/k instead of -1/2k, and roots in float32 of matrices that are singular to it",
    ("amsgrad", ""): "the maximum is of the corrected v; torch's, and ours, of the raw one",
    ("adafactor", "multiply_by_parameter_scale"): "a rate that is not relative to the weights",
    ("adafactor", "momentum"): "a momentum that torch's has not",
    ("lbfgs", ""): "another line search",
}


def best(table, run):
    "The entry of a table whose words are all in the run's keywords, the one with most words."
    keywords = str(run["kwargs"])
    found = [key for key in table if key[0] == run["algo"] and all(word in keywords for word in key[1].split())]
    return max(found, key=lambda key: len(key[1]), default=None)


def other_cases(file):
    "Every run of the authors' code or of optax whose method is ours, with the conversion where a convention differs."
    for run in json.loads((golden / f"{file}_optimizers.json").read_text())["runs"]:
        key, away = best(makers, run), best(foreign, run)
        if key and not (away and len(away[1]) > len(key[1])):
            maker, how = (*makers[key], {})[:2]
            if "shape" in run:
                how = {**how, "frozen": True, "shape": tuple(run["shape"])}
            yield Case(file, run, maker(run), **how)


cases = [*torch_cases(), *other_cases("author"), *other_cases("optax")]
runs = [case.run for case in cases if case.file == "torch"]


def test_every_run_is_compared_or_has_a_reason():
    for file in ("torch", "optax", "author"):
        for run in json.loads((golden / f"{file}_optimizers.json").read_text())["runs"]:
            if not any(case.run == run for case in cases if case.file == file):
                assert best(foreign, run), f"{file}: {run['algo']} {run['kwargs']} is neither compared nor explained"


@pytest.mark.parametrize("case", [case for case in cases if "eval_x" in case.run], ids=repr)
def test_the_weights_to_evaluate_are_the_authors(case):
    assert case.error("eval_x", inside=True) <= case.rtol


def test_the_first_step_of_shampoo_is_that_of_another_library():
    run = next(
        run
        for run in json.loads((golden / "author_optimizers.json").read_text())["runs"]
        if run["algo"] == "po.Shampoo"
    )
    np.testing.assert_allclose(
        iterates(lambda p: Shampoo(p, 0.1), 1)[0, :6], run["x"][0][:6], atol=1e-5
    )  # UVᵀ for both


def test_the_three_pairs_of_lbfgs_amplify_rounding():
    case = next(case for case in cases if case.file == "torch" and "history_size" in case.run["kwargs"])

    def nudged(parameters):
        parameters[0].data = parameters[0].data * (1 + 2**-52)
        return case.make(parameters)

    there, beside = (iterates(make, 20) for make in (case.make, nudged))
    difference = np.abs(there - beside).max(axis=1)
    assert difference[0] < 1e-14 and difference.max() > 1e-10  # a last bit becomes this much
    np.testing.assert_allclose(there[:5], case.run["x"][:5], rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("case", cases, ids=repr)
def test_optimizers_follow_the_reference(case):
    assert case.error() <= case.rtol


@pytest.mark.parametrize(
    "run", [r for r in schedulers["runs"] if r["sched"] == "StepLR" and "lr" in r], ids=lambda run: str(run["kwargs"])
)
def test_step_lr_follows_torch(run):
    groups = [{"parameters": [Variable([1.0], requires_grad=True)], "learning_rate": rate} for rate in run["lrs"]]
    optimizer = SGD(groups, learning_rate=0.1)
    scheduler = StepLR(optimizer, **run["kwargs"])
    rates = [scheduler.get_last_lr()]
    for _ in range(len(run["lr"]) - 1):
        for group in optimizer.param_groups:
            group["parameters"][0].grad = np.zeros(1, np.float32)
        optimizer.step()
        scheduler.step()
        rates.append(scheduler.get_last_lr())
    np.testing.assert_allclose(np.squeeze(rates), run["lr"], rtol=1e-12)


def table():
    "Lines of a table: class, runs, largest relative error."
    rows = {}
    for case in cases:
        rows.setdefault((case.file, re.sub(r"\W.*", "", case.run["algo"])), []).append(case.error())
    return [f"{file:8} {name:24} {len(errors):3} runs   {max(errors):8.1e}" for (file, name), errors in rows.items()]


if __name__ == "__main__":
    print(*table(), sep="\n")
