"Every schedule against torch, optax and its own closed form; behaviours 22, 23 and 29 to 37; state at every cut."
import copy
import inspect
import json
import math
import re
import warnings
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinytorch import schedulers as module
from tinytorch.autograd import Variable
from tinytorch.data import DataLoader
from tinytorch.layers import Dense, MSELoss
from tinytorch.optimizers import SGD, Adam, AdamW, Scheduler
from tinytorch.schedulers import *
from tinytorch.training import fit

golden = Path(__file__).with_name("golden")
torch_runs = json.loads((golden/"torch_schedulers.json").read_text())["runs"]
optax_runs = json.loads((golden/"optax_schedules.json").read_text())["runs"]
metrics = next(run["metrics"] for run in torch_runs if "metrics" in run)


def halve(step):
    return 0.5**(step/10)


def shrink(step):
    return 0.9 if step % 2 else 0.95


# How to make each scheduler of the registry; test_every_scheduler_has_an_example looks whether one is missing.
examples = {
    "StepLR": lambda o: StepLR(o, step_size=7, gamma=0.5),
    "MultiStepLR": lambda o: MultiStepLR(o, milestones=[5, 12, 12], gamma=0.5),
    "ExponentialLR": lambda o: ExponentialLR(o, gamma=0.9),
    "ConstantLR": lambda o: ConstantLR(o, factor=0.25, total_iters=8),
    "LinearLR": lambda o: LinearLR(o, start_factor=0.1, total_iters=20),
    "PolynomialLR": lambda o: PolynomialLR(o, total_iters=25, power=2.0),
    "CosineAnnealingLR": lambda o: CosineAnnealingLR(o, T_max=30, eta_min=0.001),
    "CosineAnnealingWarmRestarts": lambda o: CosineAnnealingWarmRestarts(o, T_0=5, T_mult=2, eta_min=0.001),
    "WarmupCosine": lambda o: WarmupCosine(o, warmup_steps=5, total_steps=20, eta_min=0.001),
    "WarmupStableDecay": lambda o: WarmupStableDecay(o, 5, stable_steps=10, decay_steps=10, decay="1-sqrt"),
    "InverseSquareRoot": lambda o: InverseSquareRoot(o, warmup_steps=5),
    "Noam": lambda o: Noam(o, d_model=64, warmup_steps=5, factor=0.1),
    "OneCycleLR": lambda o: OneCycleLR(o, max_lr=0.5, total_steps=30),
    "CyclicLR": lambda o: CyclicLR(o, base_lr=0.01, max_lr=0.1, step_size_up=4, step_size_down=6, mode="triangular2"),
    "LambdaLR": lambda o: LambdaLR(o, halve),
    "MultiplicativeLR": lambda o: MultiplicativeLR(o, shrink),
    "SequentialLR": lambda o: SequentialLR(
        o, [LinearLR(o, 0.1, total_iters=6), OneCycleLR(o, 0.5, total_steps=10), SWALR(o, 0.02, 5)], [6, 15]),
    "ChainedScheduler": lambda o: ChainedScheduler([WarmupCosine(o, 5, 25), ExponentialLR(o, 0.97)]),
    "SWALR": lambda o: SWALR(o, swa_lr=0.05, anneal_epochs=10),
    "ReduceLROnPlateau": lambda o: ReduceLROnPlateau(o, factor=0.5, patience=2, cooldown=1),
}
every = pytest.mark.parametrize("name", list(Scheduler.registry))
pure = pytest.mark.parametrize("name", [name for name in Scheduler.registry if name != "ReduceLROnPlateau"])


def optimizer(rates=(0.1,), kind=SGD, **keywords):
    "An optimizer with a group for every rate; SGD with momentum 0.9."
    keywords = ({"momentum": 0.9} if kind is SGD else {}) | keywords
    groups = [{"parameters": [Variable(np.ones(2), requires_grad=True)], "learning_rate": rate} for rate in rates]
    return kind(groups, **keywords)


def advance(scheduler, count=1, start=0):
    "count steps of the optimizer and the scheduler; the optimizer's parameters after each."
    path = []
    for k in range(start, start + count):
        for group in scheduler.optimizer.param_groups:
            for p in group["parameters"]:
                p.grad = np.sin(k + 1 + np.arange(p.data.size))
        scheduler.optimizer.step()
        scheduler.step(*[metrics[k]] if isinstance(scheduler, ReduceLROnPlateau) else [])
        path.append(np.concatenate([p.data for group in scheduler.optimizer.param_groups for p in group["parameters"]]))
    return path


def rates(optimizer):
    return [group["learning_rate"] for group in optimizer.param_groups]


# ---- golden sequences

def part(o, text):
    "A torch scheduler as the golden file spells it, e.g. LinearLR(.1,total_iters=5), on our optimizer."
    if text == "ConstantLR(factor=1.,total_iters=0)":
        text = "ConstantLR(factor=1.,total_iters=1)"   # the same rates; behaviour 33 refuses total_iters = 0
    return eval(text.replace("(", "(o, ", 1), vars(module) | {"o": o})


def torch_scheduler(o, run):
    keywords = {k: v for k, v in run["kwargs"].items() if k != "note"}
    if "lr_lambda" in keywords:
        keywords["lr_lambda"] = eval(keywords["lr_lambda"])
    if "schedulers" in keywords:
        keywords["schedulers"] = [part(o, text) for text in keywords["schedulers"]]
    if run["sched"] == "ChainedScheduler":
        return ChainedScheduler(**keywords)
    return Scheduler.registry[run["sched"]](o, **keywords)


@pytest.mark.filterwarnings("ignore:CosineAnnealingLR is past")
@pytest.mark.parametrize("run", [run for run in torch_runs if "lr" in run],
                         ids=lambda run: f"{run['sched']}-{run['kwargs']}")
def test_rates_and_momenta_are_those_of_torch(run):
    o = optimizer(run["lrs"], {"SGD": SGD, "Adam": Adam}[run["opt"]])
    scheduler = torch_scheduler(o, run)
    momentum = "momentum" if run["opt"] == "SGD" else "beta1"
    lr, momenta = [scheduler.get_last_lr()], [o.param_groups[0][momentum]]
    for k in range(len(run["lr"]) - 1):
        for group in o.param_groups:
            group["parameters"][0].grad = np.zeros(2)
        o.step()
        scheduler.step(*[run["metrics"][k]] if "metrics" in run else [])
        lr.append(scheduler.get_last_lr())
        momenta.append(o.param_groups[0][momentum])
    np.testing.assert_allclose(np.squeeze(lr), run["lr"], rtol=1e-12, atol=1e-15)
    if "momentum" in run:
        np.testing.assert_allclose(momenta, run["momentum"], rtol=1e-12)
    if "metrics" in run:
        after = torch_scheduler(optimizer(run["lrs"]), run).lr_after(run["metrics"])
        np.testing.assert_allclose(after, run["lr"], rtol=1e-12)


def test_schedules_that_torch_lacks_are_their_formulas():
    steps, (d, w) = range(1, 40), (64, 5)
    def agree(ours, formula):
        np.testing.assert_allclose([ours(k) for k in steps], [formula(k) for k in steps], rtol=1e-12)
    agree(lambda k: noam(k, d, w, 0.1), lambda k: 0.1*d**-0.5*min(k**-0.5, k*w**-1.5))
    agree(lambda k: inverse_square_root(k, 0.1, w), lambda k: 0.1*min(k/w, (w/k)**0.5))
    agree(lambda k: warmup_stable_decay(k, 0.1, w, 10, 20, 0.01, decay="1-sqrt"),
          lambda k: 0.1*min(k/w, 1) - 0.09*min(max(k - 15, 0)/20, 1)**0.5)
    agree(lambda k: warmup_cosine(k, 0.1, w, 25, 0.01),
          lambda k: 0.1*k/w if k < w else 0.01 + 0.09*(1 + math.cos(math.pi*min((k - w)/20, 1)))/2)


def test_any_step_can_be_asked_for():
    run = next(run for run in torch_runs if "explicit_epoch" in run)
    scheduler = torch_scheduler(optimizer(), run)
    for step, rate in run["explicit_epoch"]:
        assert math.isclose(scheduler.lr_at(step), rate, rel_tol=1e-12)


def line(start, end, steps):
    return lambda step: piecewise(step, [0, steps], [start, end], "linear")


def bump(start, peak, warm, end, floor=0.0):
    length = end - warm
    return warmup(lambda step: cosine_annealing(min(step, length), peak, length, floor), warm, start/peak)


# optax's 16 schedules, in the order of the file, by our functions and their compositions
ours = [
    lambda step: 0.1,
    lambda step: cosine_annealing(min(step, 40), 0.1, 40, 0.01),
    lambda step: 0.1*cosine_annealing(min(step, 40), 1.0, 40)**2,
    lambda step: exponential_decay(step, 0.1, 0.5**(1/10)),
    join([0.1, lambda step: max(step_decay(step, 0.1, 10, 0.5), 0.01)], [5]),
    join([0.1, line(0.1, 0.01, 30)], [5]),
    join([0.1, lambda step: polynomial_decay(step, 0.1, 30, power=2.0, eta_min=0.01)], [5]),
    join([0.1, 0.05, 0.005], [10, 25]),
    lambda step: piecewise(step, [0, 10, 25], [0.1, 0.05, 0.005]),
    lambda step: piecewise(step, [0, 15, 42, 50], [0.04, 1.0, 0.04, 0.04/1e4], "linear"),
    # optax: 50 transitions, hence 51 rates, and the peak at int(0.3*50)
    lambda step: one_cycle(step, 1.0, total_steps=51, pct_start=16/51),
    warmup(0.1, 10),
    bump(0.0, 0.1, 10, 50, 0.001),
    warmup(lambda step: exponential_decay(step, 0.1, 0.5**(1/10)), 10),
    join([line(0.0, 0.1, 10), 0.1, line(0.1, 0.0, 15)], [10, 35]),
    join([bump(0.0, 0.1, 2, 10), bump(0.0, 0.05, 2, 20)], [10]),
]


@pytest.mark.parametrize("i", range(len(ours)), ids=lambda i: f"{i}-{optax_runs[i]['sched']}")
def test_compositions_are_those_of_optax(i):
    assert len(ours) == len(optax_runs)
    np.testing.assert_allclose([ours[i](step) for step in range(51)], optax_runs[i]["lr"], rtol=1e-12, atol=1e-15)


whole, fraction = st.integers(1, 12), st.floats(0.05, 0.95)
arguments_of = {
    "StepLR": {"step_size": whole, "gamma": fraction},
    "MultiStepLR": {"milestones": st.lists(st.integers(1, 30), max_size=4).map(sorted), "gamma": fraction},
    "ExponentialLR": {"gamma": fraction},
    "ConstantLR": {"factor": fraction, "total_iters": whole},
    "LinearLR": {"start_factor": fraction, "end_factor": fraction, "total_iters": whole},
    "PolynomialLR": {"total_iters": whole, "power": st.floats(0.3, 3)},
    "CosineAnnealingLR": {"T_max": whole, "eta_min": st.floats(0, 0.2)},
    "CosineAnnealingWarmRestarts": {"T_0": whole, "T_mult": st.integers(1, 3), "eta_min": st.floats(0, 0.2)},
    "OneCycleLR": {"max_lr": st.floats(0.1, 2), "total_steps": st.integers(31, 60), "pct_start": st.floats(0.1, 0.45),
                   "three_phase": st.booleans(), "anneal_strategy": st.sampled_from(["cos", "linear"])},
    "CyclicLR": {"base_lr": fraction, "max_lr": st.floats(1, 2), "step_size_up": whole, "step_size_down": whole,
                 "mode": st.sampled_from(["triangular", "triangular2", "exp_range"]), "gamma": fraction},
    "LambdaLR": {"lr_lambda": st.just(halve)},
    "MultiplicativeLR": {"lr_lambda": st.just(shrink)},
}


@pytest.mark.parametrize("name", arguments_of)
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_torch_with_arguments_of_any_kind(name, data):
    torch = pytest.importorskip("torch", reason="torch, an optional oracle, is not installed")
    arguments = data.draw(st.fixed_dictionaries(arguments_of[name]))
    o = torch.optim.SGD([torch.zeros(2, requires_grad=True)], lr=0.1, momentum=0.9)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = getattr(torch.optim.lr_scheduler, name)(o, **arguments)
        expected = [(theirs.get_last_lr()[0], o.param_groups[0]["momentum"])]
        for _ in range(30):
            o.step()
            theirs.step()
            expected.append((theirs.get_last_lr()[0], o.param_groups[0]["momentum"]))
        scheduler = Scheduler.registry[name](optimizer(), **arguments)
        got = [(scheduler.lr_at(k), {"momentum": 0.9, **scheduler.others(k, 0)}["momentum"]) for k in range(31)]
    np.testing.assert_allclose(got, expected, rtol=1e-9, atol=1e-12)   # torch's recursions drift


# ---- the registry: every scheduler, state at every cut (22, 23, 24)

def test_every_scheduler_has_an_example():
    "A new scheduler needs an entry in examples; the tests of the whole registry then hold it to the rules."
    assert {*examples} == {*Scheduler.registry}


@every
@settings(max_examples=8, deadline=None)
@given(cut=st.integers(0, 29), seed=st.booleans())
def test_resuming_at_any_cut_is_exact(name, cut, seed):
    kind = Adam if seed else SGD
    whole = examples[name](optimizer((0.1, 0.02), kind))
    expected = advance(whole, 29)
    first = examples[name](optimizer((0.1, 0.02), kind))
    advance(first, cut)
    saved = json.loads(json.dumps([first.optimizer.state_dict()["param_groups"], first.state_dict()]))[1]
    assert saved == first.state_dict()
    kept, before = copy.deepcopy(saved), first.optimizer.state_dict()
    second = examples[name](optimizer((0.1, 0.02), kind))
    for group, old in zip(second.optimizer.param_groups, first.optimizer.param_groups):
        group["parameters"][0].data = old["parameters"][0].data.copy()
    second.optimizer.load_state_dict(before)
    second.load_state_dict(saved)
    assert rates(second.optimizer) == rates(first.optimizer) and second.last_step == cut
    path = advance(second, 29 - cut, start=cut)
    np.testing.assert_array_equal(path, expected[cut:] or np.zeros((0,)))
    assert second.state_dict() == whole.state_dict() and second.get_last_lr() == whole.get_last_lr() and saved == kept


@every
@pytest.mark.parametrize("kind", [SGD, Adam, AdamW], ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("dtype", [np.float32, np.float64], ids=lambda dtype: dtype.__name__)
def test_rates_are_python_floats_and_dtypes_are_kept(name, kind, dtype):
    w = Variable(np.ones(3, dtype), requires_grad=True)
    scheduler = examples[name](kind([w], learning_rate=np.float64(0.1)))
    for k in range(30):
        w.grad = np.ones(3, dtype)
        scheduler.optimizer.step()
        scheduler.step(*[np.float32(metrics[k])] if name == "ReduceLROnPlateau" else [])
        for entry, value in scheduler.optimizer.param_groups[0].items():
            assert entry == "parameters" or type(value) in (float, bool), (entry, value)
    assert w.dtype == dtype and np.isfinite(w.data).all() and type(scheduler.get_last_lr()[0]) is float


@pure
def test_a_rate_is_a_function_of_the_step(name):
    scheduler = examples[name](optimizer((0.1, 0.02)))
    order = np.random.default_rng(0).permutation(30).tolist()
    asked = {step: [scheduler.lr_at(step, group) for group in (0, 1)] for step in order}
    for step in range(30):
        assert rates(scheduler.optimizer) == scheduler.get_last_lr() == asked[step]
        assert type(scheduler.lr_at(step)) is float
        advance(scheduler)


@every
def test_last_rates_are_a_copy_with_an_entry_per_group(name):
    scheduler = examples[name](optimizer((0.1, 0.02, 0.3)))
    last = scheduler.get_last_lr()
    assert last == rates(scheduler.optimizer) and len(last) == 3
    last[0] = 7.0
    assert scheduler.get_last_lr() == rates(scheduler.optimizer) != last


@every
def test_states_are_copies(name):
    scheduler = examples[name](optimizer())
    advance(scheduler, 3)
    state = scheduler.state_dict()
    kept = copy.deepcopy(state)
    advance(scheduler, 3, start=3)
    assert state == kept
    state = scheduler.state_dict()
    state["base_rates"][0] = 9.0
    state["options"].clear()
    assert scheduler.base_rates != [9.0] and scheduler.options


@every
def test_a_scheduler_loaded_alone_sets_the_rates(name):
    first = examples[name](optimizer())
    advance(first, 8)
    second = examples[name](optimizer())
    second.load_state_dict(first.state_dict())
    assert rates(second.optimizer) == rates(first.optimizer) == second.get_last_lr()
    assert second.optimizer.param_groups[0]["momentum"] == first.optimizer.param_groups[0]["momentum"]


@every
def test_wrong_states_load_nothing(name):
    scheduler = examples[name](optimizer())
    advance(scheduler, 4)
    good = scheduler.state_dict()
    before = copy.deepcopy(good), rates(scheduler.optimizer)
    other = "ExponentialLR" if name != "ExponentialLR" else "LinearLR"
    wrong = [{}, None, examples[other](optimizer()).state_dict(), good | {"base_rates": []},
             good | {"base_rates": [float("nan")]}, good | {"base_rates": [-1.0]}, good | {"last_step": -1},
             good | {"last_step": 2.5},
             good | {"options": {}}, good | {"extra": 1}, {k: v for k, v in good.items() if k != "last_step"}]
    if name == "ReduceLROnPlateau":
        wrong += [good | {"bad_steps": -1}, good | {"best": float("nan")}]
    if name == "OneCycleLR":
        wrong += [good | {"last_step": 31}]
    for state in wrong:
        with pytest.raises(ValueError):
            scheduler.load_state_dict(state)
        assert (scheduler.state_dict(), rates(scheduler.optimizer)) == before


# ---- convention: order of steps, hands on the rate, groups, two schedulers (31, 36, 37)

@every
def test_stepping_before_the_optimizer_warns_once(name):
    scheduler = examples[name](optimizer())
    arguments = [1.0] if name == "ReduceLROnPlateau" else []
    with pytest.warns(UserWarning, match="step the optimizer first") as said:
        scheduler.step(*arguments)
        scheduler.step(*arguments)
    assert len(said) == 1 and said[0].filename == __file__


@every
def test_the_right_order_is_silent(name):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        advance(examples[name](optimizer()), 29)


def test_a_resumed_optimizer_counts_as_stepped():
    first = examples["StepLR"](optimizer())
    advance(first, 3)
    second = examples["StepLR"](optimizer())
    second.optimizer.load_state_dict(first.optimizer.state_dict())
    second.load_state_dict(first.state_dict())
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        second.step()


@every
def test_a_rate_edited_by_hand_is_refused(name):
    scheduler = examples[name](optimizer((0.1, 0.02)))
    advance(scheduler, 2)
    state = scheduler.state_dict()
    scheduler.optimizer.param_groups[1]["learning_rate"] = 0.33
    assert scheduler.get_last_lr()[1] == 0.33   # it reports what the group holds
    way = "options" if scheduler.absolute else "base_rates"
    expected = f"learning rate of group 1 was changed from.*change scheduler.{way} instead"
    with pytest.raises(RuntimeError, match=expected):
        scheduler.step(*[1.0] if name == "ReduceLROnPlateau" else [])
    assert scheduler.state_dict() == state and rates(scheduler.optimizer)[1] == 0.33   # nothing lost, nothing moved
    scheduler.load_state_dict(state)
    advance(scheduler, 1, start=2)                   # one of the ways on


@pytest.mark.parametrize("name", [n for n in Scheduler.registry if n not in ("OneCycleLR", "CyclicLR", "Noam")])
def test_the_way_to_change_a_rate_is_its_base(name):
    scheduler = examples[name](optimizer())
    advance(scheduler, 2)
    scheduler.base_rates[0] = 0.2
    advance(scheduler, 1, start=2)
    expected = examples[name](optimizer((0.2,)))
    advance(expected, 3)
    assert scheduler.get_last_lr() == expected.get_last_lr()


def test_an_edited_momentum_is_refused_too():
    scheduler = examples["OneCycleLR"](optimizer())
    advance(scheduler)
    scheduler.optimizer.param_groups[0]["momentum"] = 0.5
    with pytest.raises(RuntimeError, match="momentum of group 0.*change scheduler.options instead"):
        scheduler.step()


def test_an_optimizer_loaded_without_its_scheduler_is_noticed():
    first = examples["ExponentialLR"](optimizer())
    advance(first, 5)
    second = examples["ExponentialLR"](optimizer())
    second.optimizer.load_state_dict(first.optimizer.state_dict())
    with pytest.raises(RuntimeError, match="was changed"):
        second.step()


@every
def test_a_group_added_later_joins_with_its_own_rate(name):
    scheduler = examples[name](optimizer((0.1,)))
    advance(scheduler, 3)
    w = Variable(np.ones(2), requires_grad=True)
    scheduler.optimizer.add_param_group({"parameters": [w], "learning_rate": 0.02})
    assert scheduler.get_last_lr()[1] == 0.02      # its own rate until the next step
    advance(scheduler, 1, start=3)
    expected = examples[name](optimizer((0.1, 0.02)))
    advance(expected, 4)
    if name != "ReduceLROnPlateau":
        assert scheduler.get_last_lr()[1] == scheduler.lr_at(4, 1) == expected.lr_at(4, 1)
    assert scheduler.get_last_lr() == rates(scheduler.optimizer) and len(scheduler.get_last_lr()) == 2
    advance(scheduler, 5, start=4)


def test_a_state_between_a_new_group_and_the_next_step_resumes_exactly():
    def start():
        o = optimizer((0.1, 0.02))
        return o, examples["LinearLR"](o)
    o = optimizer()
    scheduler = examples["LinearLR"](o)
    advance(scheduler, 3)
    o.add_param_group({"parameters": [Variable(np.ones(2), requires_grad=True)], "learning_rate": 0.02})
    state = scheduler.state_dict()
    assert state["base_rates"] == [0.1, None]
    other, second = start()
    other.load_state_dict(o.state_dict())
    second.load_state_dict(state)
    assert rates(other) == rates(o) == [o.param_groups[0]["learning_rate"], 0.02]
    advance(scheduler, 4, start=3)
    advance(second, 4, start=3)
    assert rates(other) == rates(o) and second.state_dict() == scheduler.state_dict()
    assert second.base_rates == [0.1, 0.02]
    for wrong in ([None, 0.1], [0.1], None):
        with pytest.raises(ValueError, match="base"):
            second.load_state_dict(state | {"base_rates": wrong})


def test_a_list_of_options_needs_an_entry_for_every_group():
    o = optimizer((0.1, 0.02))
    with pytest.raises(ValueError, match="max_lr has 1 entries, the optimizer 2 groups"):
        OneCycleLR(o, max_lr=[1.0], total_steps=10)
    assert rates(o) == [0.1, 0.02]
    scheduler = LambdaLR(o, [halve, shrink])
    assert scheduler.lr_at(10) == 0.05 and scheduler.lr_at(1, 1) == 0.02*0.9
    o.add_param_group({"parameters": [Variable(np.ones(1), requires_grad=True)]})
    o.param_groups[2]["parameters"][0].grad = np.ones(1)
    with pytest.raises(ValueError, match="lr_lambda has 2 entries, the optimizer 3 groups"):
        advance(scheduler)
    scheduler.options["lr_lambda"].append(halve)
    advance(scheduler)
    assert len(scheduler.get_last_lr()) == 3
    assert OneCycleLR(optimizer((0.1, 0.02)), max_lr=[1.0, 2.0], total_steps=10).get_last_lr() == [0.04, 0.08]
    assert MultiplicativeLR(optimizer((0.1, 0.02)), [halve, shrink]).lr_at(2, 1) == 0.02*0.9*0.95


def test_two_schedulers_on_one_optimizer():
    o = optimizer()
    first, second = LinearLR(o, 0.1, total_iters=10), ExponentialLR(o, 0.5)
    # the second starts from the base, not from what the first wrote
    assert first.base_rates == second.base_rates == [0.1] and rates(o) == [0.1]
    advance(second)
    with pytest.raises(RuntimeError, match="ChainedScheduler"):
        first.step()
    both = ChainedScheduler([first, second])
    assert both.base_rates == [0.1] and both.get_last_lr() == [0.1*0.1]
    advance(both, 3)
    assert np.isclose(both.get_last_lr()[0], 0.1*(0.1 + 0.9*0.3)*0.5**3)
    with pytest.raises(RuntimeError, match="SequentialLR"):
        second.step()


def test_a_second_scheduler_respects_a_rate_set_by_hand():
    o = optimizer()
    advance(CosineAnnealingLR(o, 10), 5)
    o.param_groups[0]["learning_rate"] = 0.01
    assert ExponentialLR(o, 0.5).base_rates == [0.01]


# ---- each class by the text of behaviours.md (32 to 35) and beyond

@pytest.mark.parametrize("make, text", [
    (lambda o: StepLR(o, step_size=0), "step_size = 0"),
    (lambda o: ConstantLR(o, total_iters=0), "total_iters = 0"),
    (lambda o: CosineAnnealingLR(o, T_max=0), "T_max = 0"),
    (lambda o: LinearLR(o, total_iters=0), "total_iters = 0"),
    (lambda o: PolynomialLR(o, total_iters=0), "total_iters = 0"),
    (lambda o: CosineAnnealingWarmRestarts(o, T_0=0), "T_0 = 0"),
    (lambda o: StepLR(o, step_size=-3), "step_size = -3"),
    (lambda o: StepLR(o, step_size=2, gamma=-1), "gamma = -1"),
    (lambda o: StepLR(o, 2.5), "step_size = 2.5"),
    (lambda o: MultiStepLR(o, [30, 10]), "not in order"),
    (lambda o: MultiStepLR(o, [-1]), "a milestone = -1"),
    (lambda o: ExponentialLR(o, float("nan")), "gamma = nan"),
    (lambda o: ConstantLR(o, factor=2), "factor = 2"),
    (lambda o: LinearLR(o, start_factor=0), "start_factor = 0"),
    (lambda o: CosineAnnealingLR(o, 10, eta_min=-1), "eta_min = -1"),
    (lambda o: WarmupCosine(o, 10, 10), "a whole number in (10, inf), above warmup_steps = 10"),
    (lambda o: WarmupStableDecay(o, 1, 1, 0), "decay_steps = 0"),
    (lambda o: WarmupStableDecay(o, 1, 1, 1, decay="exp"), "'1-sqrt'"),
    (lambda o: InverseSquareRoot(o, 0), "warmup_steps = 0"),
    (lambda o: Noam(o, 0, 10), "d_model = 0"),
    (lambda o: StepLR(o, 2.5), "step_size = 2.5 is not valid: give a whole number in [1, inf)"),
    (lambda o: LambdaLR(o, []), "lr_lambda has 0 entries, the optimizer 1 groups"),
    (lambda o: OneCycleLR(o, [], 10), "max_lr has 0 entries"),
    (lambda o: OneCycleLR(o, 1.0), "give total_steps"),
    (lambda o: OneCycleLR(o, 1.0, total_steps=0), "total_steps = 0"),
    (lambda o: OneCycleLR(o, 1.0, 10, anneal_strategy="exp"), "'cos', 'linear'"),
    (lambda o: OneCycleLR(o, 1.0, 10, pct_start=1.5), "pct_start = 1.5"),
    (lambda o: CyclicLR(o, 0.1, 1.0, mode="square"), "'triangular2'"),
    (lambda o: ReduceLROnPlateau(o, factor=1.0), "factor = 1.0"),
    (lambda o: ReduceLROnPlateau(o, mode="x"), "'min', 'max'"),
    (lambda o: ReduceLROnPlateau(o, threshold_mode="x"), "'rel', 'abs'"),
    (lambda o: SWALR(o, -0.1), "swa_lr = -0.1"),
    (lambda o: LambdaLR(o, lambda step: -1.0), "LambdaLR at step 0: learning_rate = -0.1"),
    (lambda o: LambdaLR(o, lambda step: float("nan")), "nan"),
    (lambda o: SequentialLR(o, [], []), "no schedulers"),
    (lambda o: join([], []), "no schedules"),
    (lambda o: plot_schedule(halve, -1), "steps = -1"),
    (lambda o: ChainedScheduler([]), "no schedulers"),
    (lambda o: SequentialLR(o, [ExponentialLR(o, 0.9)], [5]), "1 milestones for 1 schedules: give 0"),
    (lambda o: SequentialLR(o, [ExponentialLR(o, 0.9)]*2, []), "0 milestones for 2 schedules: give 1"),
    (lambda o: SequentialLR(o, [ExponentialLR(o, 0.9)]*3, [9, 5]), "not in order"),
    (lambda o: SequentialLR(o, [ExponentialLR(optimizer(), 0.9)], []), "drives another optimizer"),
    (lambda o: ChainedScheduler([ExponentialLR(o, 0.9), ExponentialLR(optimizer(), 0.9)]),
     "scheduler 1 (ExponentialLR) drives another optimizer"),
    (lambda o: ChainedScheduler([ExponentialLR(o, 0.9), OneCycleLR(o, 1.0, 10)]), "put it first"),
])
def test_bad_values_raise_at_construction(make, text):
    o = optimizer()
    with pytest.raises(ValueError, match=re.escape(text)):
        make(o)
    if "Sequential" not in inspect.getsource(make) and "Chained" not in inspect.getsource(make):
        assert rates(o) == [0.1]


@pytest.mark.parametrize("make, text", [
    (lambda o: StepLR(3, 10), "a scheduler drives an Optimizer, got int"),
    (lambda o: CosineAnnealingLR(o, t_max=3), "did you mean `T_max`?"),
    (lambda o: ExponentialLR(o, gama=0.9), "did you mean `gamma`?"),
    (lambda o: CosineAnnealingLR(o), "CosineAnnealingLR: missing a required argument: 'T_max'"),
    (lambda o: ExponentialLR(o, 0.9, 3), "ExponentialLR: too many positional arguments"),
    (lambda o: CyclicLR(o, 0.1, 1.0, scale_fn=2), "scale_fn = 2 is an int: give a function"),
    (lambda o: SequentialLR(o, [StepLR(o, 3)], []).step(0.5), "step_without_metric() takes 1 positional argument"),
    (lambda o: LambdaLR(o, 0.9), "give a function of the step"),
    (lambda o: MultiplicativeLR(o, [halve, 3]), "is an int"),
    (lambda o: SequentialLR(o, [halve], []), "is a function"),
    (lambda o: ChainedScheduler([halve], o), "is a function"),
    (lambda o: ReduceLROnPlateau(o).step(), "metrics"),
    (lambda o: ReduceLROnPlateau(o).lr_after([None]), "metrics = None is no number: give one, such as the"),
    (lambda o: ReduceLROnPlateau(o).lr_after(["x"]), "metrics = 'x'"),
    (lambda o: MultiStepLR(o, 5), "milestones is an int: give a list of whole numbers"),
    (lambda o: MultiStepLR(o, {3, 5}), "milestones is a set, which has no order"),
    (lambda o: SequentialLR(o, StepLR(o, 3), []), "schedulers is a StepLR: give a list of Schedulers"),
    (lambda o: ChainedScheduler(None), "schedulers is a NoneType"),
    (lambda o: WarmupCosine(o, None, 10), "warmup_steps = None is a NoneType: give a whole number in [0, inf)"),
    (lambda o: WarmupCosine(o, 3, "10"), "total_steps = '10'"),
    (lambda o: join(["x", 1.0], [5]), "a constant schedule"),
    (lambda o: join(0.1, []), "schedules is a float: give a list"),
    (lambda o: warmup(StepLR(o, 3), 4)(0), "StepLR drives an optimizer, and is no function of the step: give"),
    (lambda o: plot_schedule(StepLR(o, 3)), "steps = None is a NoneType: give a whole number"),
    (lambda o: plot_schedule(3, 5), "schedule is an int: give a list of rates"),
])
def test_wrong_kinds_raise_a_type_error(make, text):
    with pytest.raises(TypeError, match=re.escape(text)):
        make(optimizer())


@pytest.mark.parametrize("step", [-1, 2.5, float("nan")])
def test_steps_are_whole_numbers(step):
    with pytest.raises(ValueError, match="step"):
        examples["StepLR"](optimizer()).lr_at(step)


def test_the_first_rate_of_a_sequence_is_that_of_its_first_schedule():
    o = optimizer()
    assert SequentialLR(o, [ConstantLR(o, 0.1, 5), ExponentialLR(o, 0.9)], [5]).get_last_lr() == [0.1*0.1] == rates(o)


def test_a_sequence_counts_every_schedule_from_its_own_start():
    o = optimizer()
    scheduler = SequentialLR(o, [LinearLR(o, 0.1, total_iters=5), ExponentialLR(o, 0.5), StepLR(o, 2, 0.1)], [5, 8])
    expected = [0.1*(0.1 + 0.9*k/5) for k in range(5)] + [0.1, 0.05, 0.025] + [0.1, 0.1, 0.01, 0.01]
    np.testing.assert_allclose([scheduler.lr_at(k) for k in range(12)], expected, rtol=1e-12)


def test_milestone_zero_skips_the_first_schedule():
    o = optimizer()
    scheduler = SequentialLR(o, [ConstantLR(o, 0.1, 5), ExponentialLR(o, 0.5)], [0])
    assert [scheduler.lr_at(k) for k in range(3)] == [0.1, 0.05, 0.025]


def test_a_sequence_keeps_momentum_where_its_schedule_drives_none():
    o = optimizer()
    parts = [ConstantLR(o, 0.5, 3), OneCycleLR(o, 1.0, total_steps=10), ExponentialLR(o, 0.9)]
    scheduler = SequentialLR(o, parts, [3, 9])
    momenta = [o.param_groups[0]["momentum"]]
    for _ in range(12):
        advance(scheduler)
        momenta.append(o.param_groups[0]["momentum"])
    inner = OneCycleLR(optimizer(), 1.0, total_steps=10)
    cycle = [inner.others(k, 0)["momentum"] for k in range(6)]
    assert momenta == [cycle[0]]*3 + cycle + [cycle[5]]*4
    # a function of the step too, so that a scheduler loaded alone sets it
    assert momenta == [scheduler.others(k, 0)["momentum"] for k in range(13)]


def test_a_sequence_may_hold_sequences_and_chains():
    o = optimizer()
    inner = SequentialLR(o, [LinearLR(o, 0.1, total_iters=3), ExponentialLR(o, 0.9)], [3])
    chain = ChainedScheduler([inner, StepLR(o, 4, 0.5)])
    outer = SequentialLR(o, [ConstantLR(o, 0.5, 2), chain], [2])
    for k in range(2, 15):
        assert math.isclose(outer.lr_at(k), inner.lr_at(k - 2)*0.5**((k - 2)//4), rel_tol=1e-12)
    assert json.loads(json.dumps(outer.state_dict())) == outer.state_dict()


def test_a_sequence_cannot_be_loaded_into_another():
    def make(o, gamma):
        return SequentialLR(o, [LinearLR(o, 0.1), ExponentialLR(o, gamma)], [5])
    with pytest.raises(ValueError, match="make it with the same"):
        make(optimizer(), 0.9).load_state_dict(make(optimizer(), 0.8).state_dict())


def test_swa_starts_from_the_rate_of_the_moment():
    o = optimizer()
    cosine = CosineAnnealingLR(o, 40)
    advance(cosine, 30)
    swa = SWALR(o, swa_lr=0.05, anneal_epochs=10, anneal_strategy="linear")
    assert swa.base_rates == cosine.get_last_lr() and math.isclose(swa.lr_at(5), (cosine.lr_at(30) + 0.05)/2)
    o = optimizer()
    sequence = SequentialLR(o, [CosineAnnealingLR(o, 40), SWALR(o, 0.05, 10, "linear")], [30])
    assert [sequence.lr_at(30 + k) for k in range(15)] == [swa.lr_at(k) for k in range(15)]
    assert SWALR(optimizer(), 0.05, anneal_epochs=0).get_last_lr() == [0.05]


def test_cosine_rises_past_its_end_and_warns_once():
    scheduler = CosineAnnealingLR(optimizer(), T_max=10)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        advance(scheduler, 10)
    with pytest.warns(UserWarning, match="past T_max = 10.*WarmupCosine") as said:
        advance(scheduler, 15, start=10)
    assert len(said) == 1 and np.isclose(scheduler.lr_at(20), 0.1) and scheduler.lr_at(11) > scheduler.lr_at(10)


def test_cosine_warns_inside_a_sequence_too():
    o = optimizer()
    scheduler = SequentialLR(o, [LinearLR(o), CosineAnnealingLR(o, T_max=10)], [5])
    with pytest.warns(UserWarning, match="past T_max") as said:
        advance(scheduler, 20)
    assert len(said) == 1


def test_warmup_cosine_stays_at_its_floor():
    scheduler = WarmupCosine(optimizer(), 5, 20, eta_min=0.003)
    assert {scheduler.lr_at(k) for k in range(20, 100)} == {0.003} and scheduler.lr_at(19) > 0.003
    assert scheduler.lr_at(5) == 0.1 == max(scheduler.lr_at(k) for k in range(50))


@pytest.mark.parametrize("anneal_strategy", ["cos", "linear"])
def test_one_cycle_past_its_end_raises(anneal_strategy):
    scheduler = OneCycleLR(optimizer(), 1.0, total_steps=20, anneal_strategy=anneal_strategy)
    advance(scheduler, 20)   # the loop of 20 updates ends with a 20th scheduler.step()
    # torch extrapolates here, to a negative rate when linear
    assert scheduler.lr_at(20) == scheduler.lr_at(19) == 1.0/25/1e4
    before = scheduler.state_dict()
    with pytest.raises(ValueError, match="past the end of OneCycleLR with total_steps = 20"):
        advance(scheduler, 1, start=20)
    with pytest.raises(ValueError, match="past the end"):
        scheduler.lr_at(21)
    assert scheduler.state_dict() == before


def test_one_cycle_needs_momentum_or_says_so():
    from tinytorch.optimizers import Optimizer
    class Plain(Optimizer):
        rule = staticmethod(lambda parameter, gradient, learning_rate: parameter - learning_rate*gradient)
        def __init__(self, parameters, learning_rate=0.1):
            super().__init__(parameters, learning_rate=learning_rate)
    del Optimizer.registry["Plain"]
    o = Plain([Variable(np.ones(2), requires_grad=True)])
    with pytest.raises(ValueError, match="give cycle_momentum=False"):
        OneCycleLR(o, 1.0, 10)
    assert rates(o) == [0.1] and OneCycleLR(o, 1.0, 10, cycle_momentum=False).get_last_lr() == [0.04]
    assert OneCycleLR(optimizer(kind=Adam), 1.0, epochs=2, steps_per_epoch=5).optimizer.param_groups[0]["beta1"] == 0.95


def test_cyclic_with_a_function_of_its_own():
    scheduler = CyclicLR(optimizer(), 0.0, 1.0, step_size_up=2, scale_fn=lambda cycle: 1/cycle, cycle_momentum=False)
    assert [scheduler.lr_at(k) for k in (2, 6, 10)] == [1.0, 0.5, 1/3]


def reductions(values, **keywords):
    "How often the rate has been lowered after each metric."
    lr = ReduceLROnPlateau(optimizer(), factor=0.5, **keywords).lr_after(values)
    return [round(math.log(0.1/rate, 2)) for rate in lr[1:]]


def test_plateau():
    assert reductions([1.0, 0.9, 0.9, 0.9, 0.9], patience=1) == [0, 0, 0, 1, 1]
    assert reductions([1.0, 1.1, 1.1, 1.0, 1.0], patience=0, mode="max") == [0, 0, 1, 2, 3]
    # 0.95 is not below 0.9, 0.85 is
    assert reductions([1.0, 0.95, 0.85], patience=0, threshold=0.1, threshold_mode="rel") == [0, 1, 1]
    assert reductions([10.0, 9.5, 8.9], patience=0, threshold=1.0, threshold_mode="abs") == [0, 1, 1]
    assert reductions([1.0, 1.0, 1.0, 1.0, 1.0, 1.0], patience=0, cooldown=2) == [0, 1, 1, 1, 2, 2]
    assert reductions([float("nan")]*4, patience=1) == [0, 1, 1, 2]
    assert reductions([1.0, float("nan"), 0.5], patience=0) == [0, 1, 1]
    floor = ReduceLROnPlateau(optimizer((0.1, 0.02)), patience=0, min_lr=[0.05, 0.001])
    assert [floor.lr_after([1.0]*9, group)[-1] for group in (0, 1)] == [0.05, 0.001]


@pytest.mark.parametrize("mode", ["min", "max"])
@pytest.mark.parametrize("best", [1.0, -1.0])
def test_negative_metrics_count_like_positive_ones(mode, best):
    "An improvement is a part of the best metric's size: torch counts every step at -1 as one (fault 7)."
    lr = ReduceLROnPlateau(optimizer((1.0,)), mode=mode, patience=2).lr_after([best]*8)
    np.testing.assert_allclose(lr[1:], [1, 1, 1, 0.1, 0.1, 0.1, 0.01, 0.01])
    better = best + (-0.05 if mode == "min" else 0.05)
    assert reductions([best, better, better], mode=mode, patience=0, threshold=0.1) == [0, 1, 2]
    assert reductions([best, better, better], mode=mode, patience=0, threshold=0.01) == [0, 0, 1]


@given(metric=st.floats(-10, 10), best=st.floats(-10, 10), mode=st.sampled_from(["min", "max"]),
       threshold=st.floats(0, 0.5), threshold_mode=st.sampled_from(["rel", "abs"]))
def test_whatever_improves_is_better(metric, best, mode, threshold, threshold_mode):
    if improves(metric, best, mode, threshold, threshold_mode):
        assert metric < best if mode == "min" else metric > best
    mirrored = improves(-metric, -best, "max" if mode == "min" else "min", threshold, threshold_mode)
    assert mirrored == improves(metric, best, mode, threshold, threshold_mode)


@settings(max_examples=60, deadline=None)
@given(values=st.lists(st.one_of(st.floats(0, 2), st.just(1.0), st.just(math.nan)), min_size=1, max_size=25),
       mode=st.sampled_from(["min", "max"]), threshold_mode=st.sampled_from(["rel", "abs"]),
       patience=st.integers(0, 3), cooldown=st.integers(0, 3), threshold=st.floats(0, 0.3))
def test_plateau_on_metrics_from_zero_is_that_of_torch(values, **options):
    torch = pytest.importorskip("torch", reason="torch, an optional oracle, is not installed")
    o = torch.optim.SGD([torch.zeros(2, requires_grad=True)], lr=0.1)
    theirs, expected = torch.optim.lr_scheduler.ReduceLROnPlateau(o, factor=0.5, **options), [0.1]
    for value in values:
        theirs.step(value)
        expected.append(o.param_groups[0]["lr"])
    np.testing.assert_allclose(ReduceLROnPlateau(optimizer(), factor=0.5, **options).lr_after(values), expected)


def add_group(o, rate):
    o.add_param_group({"parameters": [Variable(np.ones(2), requires_grad=True)], "learning_rate": rate})


@pytest.mark.parametrize("wrap", [lambda o, plateau: plateau, lambda o, plateau: ChainedScheduler([plateau]),
                                  lambda o, plateau: SequentialLR(o, [plateau], [])])
def test_a_group_that_joins_a_plateau_late_keeps_its_rate_until_the_next_reduction(wrap):
    scheduler = wrap(o := optimizer((1.0,)), ReduceLROnPlateau(o, patience=0))
    o.steps = 1
    for metric in (1.0, 1.0):
        scheduler.step(metric)
    assert rates(o) == [0.1]
    add_group(o, 0.5)
    assert scheduler.lr_at(2, group=1) == 0.5   # also before it has joined
    scheduler.step(0.5)                         # an improvement
    assert rates(o) == [0.1, 0.5]
    other = wrap(p := optimizer((1.0,)), ReduceLROnPlateau(p, patience=0))
    add_group(p, 0.5)
    other.load_state_dict(scheduler.state_dict())
    other.optimizer.steps = 1
    for again in (scheduler, other):
        again.step(0.5)
        np.testing.assert_allclose(rates(again.optimizer), [0.01, 0.05])
    assert other.state_dict() == scheduler.state_dict()


# ---- metrics in combinations (fault 25)

def warmed(o, patience=1):
    return SequentialLR(o, [LinearLR(o, 0.25, total_iters=3), ReduceLROnPlateau(o, patience=patience, factor=0.5)], [3])


def cosine_and_plateau(o):
    return ChainedScheduler([WarmupCosine(o, 3, 40), ReduceLROnPlateau(o, patience=1, factor=0.5)])


def plateau_then_swa(o):
    return SequentialLR(o, [ReduceLROnPlateau(o, patience=0, factor=0.5), SWALR(o, 0.02, 4)], [6])


def nested(o):
    return SequentialLR(o, [ConstantLR(o, 0.5, 2), warmed(o), cosine_and_plateau(o)], [2, 9])


watching = pytest.mark.parametrize("make", [warmed, cosine_and_plateau, plateau_then_swa, nested])


def follow(scheduler, values):
    "The rates of the first group after every metric, the optimizer stepped before."
    found = []
    for value in values:
        for group in scheduler.optimizer.param_groups:
            group["parameters"][0].grad = np.ones(2)
        scheduler.optimizer.step()
        scheduler.step(value)
        found.append(scheduler.get_last_lr()[0])
    return found


def test_warmup_and_then_a_plateau():
    scheduler = warmed(optimizer())
    assert scheduler.needs_metrics and not examples["SequentialLR"](optimizer()).needs_metrics
    expected = [0.05, 0.075, 0.1, 0.1, 0.1, 0.05, 0.05, 0.025]
    values = [5.0, None, math.nan, 2.0, 2.0, 2.0, 3.0, 3.0]   # those of the warmup are not looked at
    np.testing.assert_allclose(follow(scheduler, values), expected)
    assert scheduler.schedulers[1].best == 2.0
    np.testing.assert_allclose(warmed(optimizer()).lr_after([5.0]*3 + values[3:]), [0.025, *expected])


def test_a_plateau_whose_turn_has_come_needs_its_metric():
    scheduler = warmed(optimizer())
    follow(scheduler, [None]*3)
    before = scheduler.state_dict()
    with pytest.raises(TypeError, match="metrics = None is no number.*validation loss"):
        scheduler.step(None)
    with pytest.raises(TypeError, match="step_with_metric.. missing 1 required positional argument: 'metrics'"):
        scheduler.step()
    assert scheduler.state_dict() == before


def test_fit_tells_a_sequence_the_loss(tmp_path):
    "Warmup and a plateau in the course's own loop, stopped and resumed."
    def train(epochs, path):
        generator = np.random.default_rng(0)
        model = Dense(2, 1, generator)
        scheduler = warmed(SGD(model.parameters(), learning_rate=0.1), patience=0)
        inputs = np.ones((8, 2), np.float32)
        loader = DataLoader(inputs, np.zeros((8, 1), np.float32), batch_size=4, shuffle=True, generator=generator)
        fit(model, loader, MSELoss(), scheduler.optimizer, scheduler=scheduler, epochs=epochs, checkpoint=path,
            resume=True, progress=False)
        return scheduler.state_dict()
    train(4, tmp_path/"cut")
    state = train(9, tmp_path/"cut")
    assert state == train(9, tmp_path/"whole") and state["parts"][1]["best"] is not None


def test_a_schedule_may_follow_a_plateau():
    found = follow(plateau_then_swa(optimizer()), [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0])
    np.testing.assert_allclose(found[:5], [0.1, 0.05, 0.025, 0.0125, 0.00625])
    np.testing.assert_allclose(found[5], 0.00625)     # the milestone: no more metrics are looked at
    np.testing.assert_allclose(found[9], 0.02)


def test_a_plateau_cuts_what_another_schedule_gives():
    scheduler, plain = cosine_and_plateau(optimizer()), WarmupCosine(optimizer(), 3, 40)
    found = follow(scheduler, [1.0]*8)
    np.testing.assert_allclose(found, [plain.lr_at(k)*0.5**((k - 1)//2) for k in range(1, 9)])


@watching
def test_rates_that_depend_on_metrics_are_not_guessed(make):
    scheduler = make(optimizer())
    start = int(scheduler.metric_start())
    pure = [scheduler.lr_at(k) for k in range(start + 1)]
    with pytest.raises(ValueError, match="depends on metrics.*give metrics to lr_after"):
        scheduler.lr_at(start + 1)
    found = follow(scheduler, [1.0]*15)
    assert scheduler.lr_at(15) == found[-1] == scheduler.get_last_lr()[0]
    assert [scheduler.lr_at(k) for k in range(start + 1)] == pure
    with pytest.raises(ValueError, match="depends on metrics"):
        scheduler.lr_at(14)
    assert make(optimizer()).lr_after([1.0]*15) == [pure[0], *found]


@watching
@settings(max_examples=10, deadline=None)
@given(cut=st.integers(0, 20), values=st.lists(st.sampled_from([1.0, 0.9, -0.5, math.nan]), min_size=20, max_size=20))
def test_combinations_that_watch_resume_exactly(make, cut, values):
    whole, first, second = (make(optimizer((0.1, 0.02))) for _ in range(3))
    expected = follow(whole, values)
    follow(first, values[:cut])
    saved = json.loads(json.dumps(first.state_dict()))
    second.optimizer.load_state_dict(first.optimizer.state_dict())
    second.load_state_dict(saved)
    assert follow(second, values[cut:]) == expected[cut:]
    assert second.state_dict() == whole.state_dict() and rates(second.optimizer) == rates(whole.optimizer)


@watching
def test_asking_for_rates_after_metrics_changes_nothing(make):
    scheduler = make(optimizer())
    follow(scheduler, [1.0]*12)
    before = copy.deepcopy(scheduler.state_dict()), rates(scheduler.optimizer)
    scheduler.lr_after([3.0]*30)
    with pytest.raises(TypeError):
        scheduler.lr_after([1.0] + ["x"]*12)
    assert (scheduler.state_dict(), rates(scheduler.optimizer)) == before


# ---- crafted, old and interrupted states (faults 17 and 26)

def unchanged(scheduler, state, text):
    "A state is refused with these words, and nothing has changed."
    before = copy.deepcopy(scheduler.state_dict()), rates(scheduler.optimizer)
    with pytest.raises(ValueError, match=text):
        scheduler.load_state_dict(state)
    assert (scheduler.state_dict(), rates(scheduler.optimizer)) == before


@every
@pytest.mark.parametrize("step", [10**400, -1, 2.0, 1e300, True, "3", None, [3], float("nan"), {}, 2**60],
                         ids=lambda step: str(step)[:8])
def test_a_step_that_no_run_has_is_refused(name, step):
    scheduler = examples[name](optimizer())
    advance(scheduler, 2)
    unchanged(scheduler, scheduler.state_dict() | {"last_step": step}, "last_step = ")


@pytest.mark.parametrize("make", [
    examples["MultiplicativeLR"],
    lambda o: SequentialLR(o, [ConstantLR(o), MultiplicativeLR(o, shrink)], [5]),
    lambda o: ChainedScheduler([ExponentialLR(o, 0.9), MultiplicativeLR(o, shrink)]),
    lambda o: SequentialLR(o, [MultiplicativeLR(o, shrink), SWALR(o, 0.01)], [5*10**8]),
], ids=["alone", "sequence", "chain", "handed over"])
def test_a_product_of_a_billion_factors_is_refused_and_not_worked_out(make):
    scheduler = make(optimizer())
    advance(scheduler, 2)
    unchanged(scheduler, scheduler.state_dict() | {"last_step": 10**9}, "give the product itself to LambdaLR")
    with pytest.raises(ValueError, match="LambdaLR"):
        scheduler.lr_at(10**9)


@every
def test_a_late_step_is_loaded_or_refused_at_once(name):
    scheduler = examples[name](optimizer())
    state = scheduler.state_dict() | {"last_step": 10**9}
    if name in ("MultiplicativeLR", "OneCycleLR"):
        unchanged(scheduler, state, "step 1000000000")
    else:
        scheduler.load_state_dict(state)
        assert scheduler.last_step == 10**9


def test_restarts_of_equal_length_are_not_counted_one_by_one():
    assert CosineAnnealingWarmRestarts(optimizer(), T_0=7).lr_at(7*10**14) == 0.1


def test_a_rate_beyond_all_numbers_is_an_error_with_words():
    scheduler = ExponentialLR(optimizer(), gamma=2.0)
    unchanged(scheduler, scheduler.state_dict() | {"last_step": 5000}, "no learning rate at step 5000")


plateau_memory = {"best": [10**400, "x", True, [], float("nan"), 2j], "bad_steps": [-1, 3, 0.0, True, "1"],
                  "cooldown_left": [-1, 2, 1.0], "reductions": [-1, 5, 10**9, 1.0],
                  "joined": [None, [5], [0, 0], [-1], {}]}


@pytest.mark.parametrize("key, value", [(key, value) for key in plateau_memory for value in plateau_memory[key]],
                         ids=lambda value: str(value)[:8])
def test_what_a_plateau_remembers_is_checked_whole(key, value):
    scheduler = examples["ReduceLROnPlateau"](optimizer())   # patience 2, cooldown 1
    advance(scheduler, 4)
    unchanged(scheduler, scheduler.state_dict() | {key: value}, f"{key} = ")
    combined = SequentialLR(o := optimizer(), [ConstantLR(o), examples["ReduceLROnPlateau"](o)], [2])
    follow(combined, [1.0]*6)
    state = combined.state_dict()
    state["parts"][1] |= {key: value}
    unchanged(combined, state, f"{key} = ")


@watching
def test_parts_of_a_state_are_checked_whole(make):
    scheduler = make(optimizer())
    follow(scheduler, [1.0]*4)
    for parts in (None, [], [{}], [{}]*4, [3, {}], {"0": {}}):
        unchanged(scheduler, scheduler.state_dict() | {"parts": parts}, "parts|needs best|state of")
    state = scheduler.state_dict()
    del state["parts"]
    unchanged(scheduler, state, "needs `parts`")


@every
@pytest.mark.parametrize("key, value", [
    ("base_rates", None), ("base_rates", ["0.1"]), ("base_rates", [10**400]), ("base_rates", [float("inf")]),
    ("base_rates", [True]), ("base_rates", (0.1,)), ("base_rates", {0: 0.1}), ("options", None), ("options", [1]),
    ("options", {"strange": 1}), ("scheduler", 3), ("scheduler", None), ("version", 3), ("version", "2"),
    ("version", True), ("version", 10**400)])
def test_other_entries_of_a_state_are_checked(name, key, value):
    scheduler = examples[name](optimizer())
    unchanged(scheduler, scheduler.state_dict() | {key: value}, "state")


def test_messages_about_a_state_have_bounded_length():
    scheduler = examples["StepLR"](optimizer())
    deep = []
    for _ in range(100_000):
        deep = [deep]
    for key in ("scheduler", "last_step", "base_rates", "options"):
        for value in ("x"*10**6, deep, {str(k): k for k in range(10_000)}):
            with pytest.raises(ValueError) as said:
                scheduler.load_state_dict(scheduler.state_dict() | {key: value})
            assert len(str(said.value)) < 1000


@every
def test_states_from_before_versions_are_loaded(name):
    first, second = examples[name](optimizer()), examples[name](optimizer())
    advance(first, 8)
    old = first.state_dict()
    assert old.pop("version") == 2
    old.pop("joined", None)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        second.load_state_dict(old)
    assert second.state_dict() == first.state_dict() and rates(second.optimizer) == rates(first.optimizer)


def test_an_option_that_did_not_exist_when_a_state_was_saved():
    scheduler = LinearLR(optimizer(), 0.5, total_iters=8)
    state = scheduler.state_dict() | {"last_step": 4}
    del state["options"]["end_factor"]
    with pytest.warns(UserWarning, match="before some options existed.*end_factor = 1.0") as said:
        scheduler.load_state_dict(state)
    assert said[0].filename == __file__ and scheduler.lr_at(4) == scheduler.get_last_lr()[0]
    other = LinearLR(optimizer(), 0.5, 0.9, total_iters=8)   # the old state went on to 1
    unchanged(other, state, "end_factor = 1.0, this LinearLR has end_factor = 0.9: make it with the same")
    del state["options"]["start_factor"]                     # its default is not what this one has
    unchanged(scheduler, state, "start_factor")
    state = CosineAnnealingLR(optimizer(), 5).state_dict()
    del state["options"]["T_max"]                            # there is no default to take
    unchanged(CosineAnnealingLR(optimizer(), 5), state, "no T_max")


def test_an_option_missing_from_a_part():
    def make():
        o = optimizer()
        return SequentialLR(o, [LinearLR(o, 0.5, total_iters=3), StepLR(o, 5)], [3])
    state = make().state_dict()
    del state["options"]["schedulers"][1]["options"]["gamma"]
    with pytest.warns(UserWarning, match="gamma = 0.1"):
        make().load_state_dict(state)
    state["options"]["schedulers"][1]["scheduler"] = "ExponentialLR"
    unchanged(make(), state, "make it with the same")


class Interrupted(dict):
    "A parameter group that Ctrl-C meets when it is written."
    armed = False
    def update(self, *values):
        super().update(*values)
        if self.armed:
            self.armed = False
            raise KeyboardInterrupt


@every
@pytest.mark.parametrize("act", ["step", "load"])
def test_an_interrupt_between_two_groups_leaves_all_or_nothing(name, act):
    o = optimizer((0.1, 0.02))
    o.param_groups = [Interrupted(group) for group in o.param_groups]
    scheduler = examples[name](o)
    advance(scheduler, 9)
    state = scheduler.state_dict()
    advance(scheduler, 3, start=9)
    before = copy.deepcopy(scheduler.state_dict()), rates(o), copy.deepcopy(o.scheduled)
    o.param_groups[0].armed = True
    with pytest.raises(KeyboardInterrupt):
        if act == "load":
            scheduler.load_state_dict(state)
        else:
            scheduler.step(*[1e9] if name == "ReduceLROnPlateau" else [])
    assert (scheduler.state_dict(), rates(o), o.scheduled) == before
    advance(scheduler, 1, start=12)


def test_an_interrupt_after_the_last_group_leaves_nothing(monkeypatch):
    scheduler = examples["ExponentialLR"](o := optimizer((0.1, 0.02)))
    advance(scheduler, 3)
    before = scheduler.state_dict(), rates(o), copy.deepcopy(o.scheduled)

    def interrupted(thing, name, value):
        monkeypatch.undo()
        raise KeyboardInterrupt
    monkeypatch.setattr(SGD, "__setattr__", interrupted)
    with pytest.raises(KeyboardInterrupt):
        scheduler.step()
    assert (scheduler.state_dict(), rates(o), o.scheduled) == before
    advance(scheduler, 1, start=3)


# ---- what a scheduler says about itself

@every
def test_printing_a_scheduler_shows_what_it_is(name):
    scheduler = examples[name](optimizer((0.1, 0.02)))
    advance(scheduler, 3)
    text = repr(scheduler)
    assert text.startswith(f"{name}(") and "step 3, learning rate" in text and "0x" not in text
    for option in scheduler.options:
        assert f"{option}=" in text


def test_a_printed_scheduler():
    o = optimizer()
    assert repr(CosineAnnealingLR(o, 50)) == "CosineAnnealingLR(T_max=50, eta_min=0.0), step 0, learning rate 0.1"
    assert repr(SequentialLR(o, [LambdaLR(o, halve), StepLR(o, 3)], [2])) == (
        "SequentialLR(schedulers=[LambdaLR(lr_lambda=halve), StepLR(step_size=3, gamma=0.1)], milestones=[2]), "
        "step 0, learning rate 0.1")


@every
def test_arguments_are_those_of_torch(name):
    lr_scheduler = pytest.importorskip("torch.optim.lr_scheduler", reason="torch, an optional oracle, is not installed")
    theirs = getattr(lr_scheduler, name, None) or getattr(pytest.importorskip("torch.optim.swa_utils"), name, None)
    if theirs is None:
        assert name in ("WarmupCosine", "WarmupStableDecay", "InverseSquareRoot", "Noam")
        return
    left_out = "last_epoch", "verbose"
    theirs = [p for p in inspect.signature(theirs).parameters.values() if p.name not in left_out]
    ours = [*inspect.signature(Scheduler.registry[name]).parameters.values()][:len(theirs)]
    assert [p.name for p in ours] == [p.name for p in theirs]
    for mine, other in zip(ours, theirs):
        if name == "ReduceLROnPlateau" or isinstance(other.default, (int, float)):
            assert mine.default == other.default, mine


@every
def test_the_comments_of_all_arguments_are_found(name):
    "Tools that show arguments read the source of `__init__`."
    kind = Scheduler.registry[name]
    source = inspect.getsource(kind.__init__)
    for argument in [*inspect.signature(kind).parameters][1:]:
        assert argument in source


def test_plateau_has_no_rate_at_other_steps():
    scheduler = ReduceLROnPlateau(optimizer(), patience=0)
    advance(scheduler, 3)
    assert scheduler.lr_at(3) == scheduler.get_last_lr()[0]
    with pytest.raises(ValueError, match="give metrics to lr_after"):
        scheduler.lr_at(4)


def test_plateau_takes_a_variable():
    scheduler = ReduceLROnPlateau(optimizer())
    scheduler.optimizer.steps = 1
    scheduler.step(Variable(np.array(0.5)))
    assert scheduler.best == 0.5 and type(scheduler.best) is float


def test_multiplicative_asked_out_of_order():
    scheduler = MultiplicativeLR(optimizer(), shrink)
    for k in (9, 2, 30, 0, 31, 3):
        assert scheduler.lr_at(k) == 0.1*math.prod(shrink(i) for i in range(1, k + 1))


# ---- functions

@given(step=st.integers(0, 200), steps=st.integers(0, 50), start=st.floats(0, 1))
def test_warmup_reaches_its_peak_and_never_passes_it(step, steps, start):
    rate = linear_warmup(step, 0.1, steps, start)
    assert 0 <= rate <= 0.1*(1 + 1e-15) and (rate == 0.1 or step < steps)


@given(parts=st.lists(st.floats(0, 1), min_size=1, max_size=4), data=st.data(), step=st.integers(0, 60))
def test_join_counts_from_each_start(parts, data, step):
    milestones = sorted(data.draw(st.lists(st.integers(0, 40), min_size=len(parts) - 1, max_size=len(parts) - 1)))
    joined = join([lambda k, p=p: p + k for p in parts], milestones)
    i = sum(m <= step for m in milestones)
    assert joined(step) == parts[i] + (step - ([0] + milestones)[i])


def test_scale_and_warmup_compose():
    both = scale(warmup(0.1, 4), lambda step: 0.5**step)
    assert [both(k) for k in (0, 2, 4, 6)] == [0.0, 0.05*0.25, 0.1*0.5**4, 0.1*0.5**6]
    with pytest.raises(ValueError, match="2 milestones for 2 schedules: give 1"):
        join([0.1, 0.2], [3, 4])


def test_plot_schedule_draws_and_returns_the_rates():
    plt = pytest.importorskip("matplotlib.pyplot")
    plt.switch_backend("Agg")
    ax = plt.subplots()[1]
    expected = [0.1, 0.1, 0.05, 0.05, 0.025]
    assert plot_schedule(StepLR(optimizer(), 2, 0.5), 5, ax=ax) == expected == list(ax.lines[0].get_ydata())
    assert plot_schedule(lambda step: step/10, 3) == [0.0, 0.1, 0.2] == plot_schedule([0.0, 0.1, 0.2])
    drawn = plot_schedule(ReduceLROnPlateau(optimizer(), patience=0), metrics=[1.0, 1.0])
    assert drawn == pytest.approx([0.1, 0.1, 0.01])
    assert plot_schedule(StepLR(optimizer((0.1, 0.02)), 2), 2, group=1) == [0.02, 0.02]
    plt.close("all")


def test_schedulers_are_found_in_both_places():
    import tinytorch.optimizers as optimizers
    for name, kind in Scheduler.registry.items():
        assert getattr(optimizers, name) is getattr(module, name) is kind
    with pytest.raises(AttributeError, match="has no attribute 'NoSuchLR'"):
        optimizers.NoSuchLR
