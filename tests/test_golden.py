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
from tinytorch.conventions import (
    adam_of_two_epsilons,
    amsgrad_of_corrected,
    muon_of_corrected,
    muon_of_nuclear_norm,
    unit_frobenius_added,
)
from tinytorch.optimizers import core, matrix
from tinytorch.optimizers import (
    ADOPT,
    LAMB,
    LARS,
    LBFGS,
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
from tinytorch.optimizers.modern import rms

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
    """One reference run and how ours is made.

    `why` says what keeps it from 1e-12 where `rtol` is larger,
    `patches` are another convention's functions, by the name of ours,
    `how` are further arguments of `iterates`.
    """

    def __init__(self, file, run, make, rtol=1e-12, why="", patches=None, **how):
        self.file, self.run, self.make, self.rtol, self.why = file, run, make, rtol, why
        self.patches, self.how = patches or {}, how

    def error(self, key="x", **how):
        with pytest.MonkeyPatch.context() as patch:
            for name, function in self.patches.items():
                patch.setattr(matrix if hasattr(matrix, name) and name != "adam" else core, name, function)
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
        shape = tuple(run.get("shape", (2, 3)))
        yield Case("torch", run, make(run), *tolerance(run), frozen="shape" in run, shape=shape)


def tolerance(run):
    "Largest relative error of a run of torch, and what makes it so large."
    if run["kwargs"].get("betas", [0, 1])[1] == 0:
        return 1e-10, "β₂ = 0 divides rounding errors by tiny gradients"
    if "history_size" in run["kwargs"]:
        return 1e-7, "three pairs amplify the last bit, as is tested below"
    return 1e-12, ""


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


class Both:
    "Two optimizers with a parameter each, as optax' labels have it."

    def __init__(self, *optimizers):
        self.optimizers = optimizers

    def step(self, closure):
        loss = closure()
        for optimizer in self.optimizers:
            optimizer.step(lambda: loss)


def muon_of_optax(run):
    "Muon for the matrix and NAdam for the vector, in optax's layout; without Nesterov that is MuonAdamW."

    def make(parameters):
        w, b = parameters
        common = dict(learning_rate=0.1, epsilon=1e-8, layout="in_out")
        if run["kwargs"].get("nesterov") is False:
            hidden = {"parameters": [w], "weight_decay": 0.1, "nesterov": False}
            return MuonAdamW([hidden, {"parameters": [b], "use_muon": False}], beta2=0.999, **common)
        length = "match_rms_adamw" if "consistent_rms" in run["kwargs"] else "original"
        rule = muon_of_nuclear_norm if "adaptive" in run["kwargs"] else muon_of_corrected
        hidden = Muon([w], weight_decay=0.0, adjust_learning_rate=length, **common)
        hidden.choose_for = lambda parameter, group: (rule, ("m",))
        return Both(hidden, NAdam([b], learning_rate=0.1, momentum_decay=1e9))

    return make


def corrected_epsilon(optimizer, step):
    "optax corrects the mean before it adds epsilon to its length."
    optimizer.param_groups[0]["epsilon"] = 1e-8 * (1 - 0.95**step)


def single_precision_memory(step):
    "The power β for which stepᵝ is 1 minus the memory of optax's Adafactor, which it rounds to float32."
    share = np.float32(1) - (np.float32(1) - np.float32(step) ** np.float32(-0.8))
    return float(np.log(float(share)) / np.log(step)) if step > 1 else -0.8


def absolute_rate(optimizer, step):
    "A rate and a decay that are not relative to the weights."
    for group in optimizer.param_groups:
        relative = 0.1 / rms(group["parameters"][0].data)
        assert relative < step**-0.5, "below the cap"
        group.update(learning_rate=relative, weight_decay=0.01 / relative, beta2_decay=single_precision_memory(step))


class AveragedStep:
    "A running mean of what another optimizer would do, as optax' chains put it behind any."

    def __init__(self, optimizer):
        self.optimizer, self.param_groups, self.means = optimizer, optimizer.param_groups, {}

    def step(self, closure):
        before = {p: p.data.copy() for group in self.param_groups for p in group["parameters"]}
        loss = self.optimizer.step(closure)
        for p, start in before.items():
            self.means[p] = 0.9 * self.means.get(p, 0.0) + 0.1 * (start - p.data)
            p.data = start - self.means[p]
        return loss


def single_precision_sum(optimizer, step):
    "optax adds up gradients in float32."
    for state in optimizer.state.values():
        state["accumulated"] = state["accumulated"].astype(np.float32)


def weighed_by_the_next_rate(peak):
    "optax's warm-up, in float32, in whose average each point counts with the rate of the next step."

    def rate(step):
        risen = np.float32(1) - np.float32(min(step - 1, 5)) / np.float32(5)
        return float(np.float32(-peak) * risen + np.float32(peak))

    def before(optimizer, step):
        for group in optimizer.param_groups:
            group["learning_rate"] = rate(step)
        for state in optimizer.state.values():
            state["rate_max"] = rate(step + 1)
            if step == 2:  # the first step had the rate zero, and counts as the second
                state["weight_sum"] = rate(2) ** 2

    return before


def shorter_first_step(optimizer, step):
    "optax divides the first gradient by its length, torch by the sum of its sizes; its search then takes 1."
    gradient = hessian @ np.array(problem["X0"]) - np.array(problem["C"])
    sizes = np.abs(gradient).sum()
    optimizer.param_groups[0]["learning_rate"] = sizes / np.linalg.norm(gradient) if step == 1 else 1.0


def adam_with_inner_epsilon(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    return adam_of_two_epsilons(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon, 1e-3)


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
    ("adam", "eps_root"): (kind(Adam, drop=["eps_root"]), dict(patches=dict(adam=adam_with_inner_epsilon))),
    ("amsgrad", ""): (kind(Adam, amsgrad=True), dict(patches=dict(adam_amsgrad=amsgrad_of_corrected))),
    ("adafactor", ""): (
        kind(Adafactor, drop=["min_dim_size_to_factor"]),
        dict(before=setting(beta2_decay=single_precision_memory)),
    ),
    ("adafactor", "128"): (
        kind(Adafactor, drop=["min_dim_size_to_factor"]),
        dict(before=setting(beta2_decay=single_precision_memory), shape=(6,)),
    ),
    ("adafactor", "multiply_by_parameter_scale"): (
        lambda run: lambda parameters: Adafactor([{"parameters": [p]} for p in parameters]),
        dict(before=absolute_rate),
    ),
    ("adafactor", "momentum"): (
        kind(Adafactor, AveragedStep, drop=["min_dim_size_to_factor", "momentum", "dtype_momentum"]),
        dict(before=setting(beta2_decay=single_precision_memory)),
    ),
    ("lbfgs", ""): (
        lambda run: lambda parameters: LBFGS(parameters, max_iter=1, history_size=run["kwargs"]["memory_size"]),
        dict(before=shorter_first_step, rtol=1e-11, why="its pairs amplify the last bit"),
    ),
    ("SGDScheduleFree", ""): (kind(ScheduleFreeSGD),),
    ("AdamWScheduleFree", ""): (kind(ScheduleFreeAdamW),),
    ("contrib.schedule_free_sgd", ""): (kind(ScheduleFreeSGD, drop=["b1"]),),
    ("contrib.schedule_free_adamw", ""): (kind(ScheduleFreeAdamW),),
    ("contrib.schedule_free_sgd", "warmup"): (
        kind(ScheduleFreeSGD, drop=["b1", "warmup_steps"]),
        dict(before=weighed_by_the_next_rate(0.05)),
    ),
    ("contrib.schedule_free_adamw", "warmup"): (
        kind(ScheduleFreeAdamW, drop=["warmup_steps"]),
        dict(before=weighed_by_the_next_rate(0.1)),
    ),
    ("Prodigy", ""): (kind(Prodigy),),
    ("contrib.prodigy", ""): (kind(Prodigy, drop=["estim_lr0"], d0=0.001, use_bias_correction=True),),
    ("timm.Adopt", ""): (kind(ADOPT, drop=["decoupled"], clip_exponent=0.333),),
    ("contrib.adopt", ""): (kind(ADOPT),),
    ("timm.Adopt", "caution"): (kind(ADOPT, Cautious, drop=["caution"]),),
    ("contrib.adopt", "use_clipping"): (kind(ADOPT, drop=["use_clipping"], clip_exponent=None),),
    ("timm.Mars", ""): (kind(MARS),),
    ("contrib.ademamix", ""): (kind(AdEMAMix),),
    ("SingleDeviceMuon", ""): (kind(Muon, weight_decay=0.0), dict(patches=dict(unit_frobenius=unit_frobenius_added))),
    ("SOAP", ""): (
        kind(SOAP, weight_decay=0.01),
        dict(
            rtol=1e-3,
            why="its code turns bases in float32, whose last bits are the linear algebra's",
            patches=dict(eigenbasis=rounded_eigenbasis, refreshed=rounded_refreshed),
        ),
    ),
    ("contrib.muon", ""): (muon_of_optax, dict(patches=dict(unit_frobenius=unit_frobenius_added))),
    ("contrib.muon", "False"): (
        muon_of_optax,
        dict(patches=dict(unit_frobenius=unit_frobenius_added), before=corrected_epsilon),
    ),
    ("polyak_sgd", ""): (
        kind(PolyakSGD),
        dict(rtol=1e-10, why="overshoots from step 10 on: what differs grows tenfold in every step"),
    ),
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
        dict(before=single_precision_sum),
    ),
    ("lookahead(sgd(.05), sync_period=5, slow_step_size=.5)", ""): (kind(SGD, Lookahead, learning_rate=0.05),),
}
foreign = {  # runs that nobody can repeat, and why
    ("po.Shampoo", ""): "powers of -1/k of matrices whose gradients the other side has already scaled: another "
    "method after the first step (that one is compared below); and its roots are taken in float32 of matrices that are "
    "singular to it, such as that of a vector's first gradient, so that rounding decides the second step",
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
        rows.setdefault((case.file, re.sub(r"[\[(].*", "", case.run["algo"])), []).append(case.error())
    why = {(case.file, case.run["algo"]): f"   {case.why}" for case in cases if case.why}
    return [
        f"{file:8} {name:28} {len(errors):3} runs   {max(errors):8.1e}{why.get((file, name), '')}"
        for (file, name), errors in rows.items()
    ]


if __name__ == "__main__":
    print(*table(), sep="\n")
