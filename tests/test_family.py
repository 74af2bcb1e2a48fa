"""What holds for every optimizer in the registry and every wrapper around one.

Numbers in the names are those of the project's list of behaviours.
"""

import copy
import inspect
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinytorch.autograd import Variable
from tinytorch.optimizers import (
    SGD,
    Accumulate,
    AdaptiveClip,
    Adam,
    AdamW,
    Cautious,
    Centralize,
    ClipNorm,
    ClipValue,
    Lookahead,
    Optimizer,
    PolyakSGD,
    Prodigy,
    SAM,
    SkipNonFinite,
    SOAP,
    StepLR,
    WeightAverage,
)
from tinytorch.optimizers.wrappers import WholeArrays, Wrapper
from tinytorch.optimizers.second_order import _Together
from tinytorch.training import load_checkpoint, save_checkpoint

root = np.random.default_rng(3).standard_normal((6, 6))
hessian = root @ root.T / 6 + np.diag([0.5, 1.0, 2.0, 0.2, 3.0, 1.0])
start = np.array([[1.0, -2.0, 0.5], [0.3, -0.7, 1.5]])
kinds = list(Optimizer.registry.values())
every = pytest.mark.parametrize("kind", kinds, ids=lambda kind: kind.__name__)
wrappers = {
    "Lookahead": lambda p: Lookahead(Adam(p, 0.1), sync_period=3),
    "SAM": lambda p: SAM(SGD(p, 0.1)),
    "ASAM": lambda p: SAM(AdamW(p, 0.1), rho=0.2, adaptive=True),
    "EMA": lambda p: WeightAverage(Adam(p, 0.1), decay=0.9),
    "SWA": lambda p: WeightAverage(SGD(p, 0.1), decay=None, start=3, every=2),
    "Cautious": lambda p: Cautious(AdamW(p, 0.1)),
    "ClipNorm": lambda p: ClipNorm(Adam(p, 0.1), 0.5),
    "ClipValue": lambda p: ClipValue(Adam(p, 0.1), 0.5),
    "AdaptiveClip": lambda p: AdaptiveClip(SGD(p, 0.1), 0.1),
    "Centralize": lambda p: Centralize(SGD(p, 0.1)),
    "Accumulate": lambda p: Accumulate(Adam(p, 0.1), 3),
    "SkipNonFinite": lambda p: SkipNonFinite(Adam(p, 0.1)),
    "nested": lambda p: Lookahead(Accumulate(ClipNorm(SOAP(p, 0.1), 1.0), 2), 2),
}


class Identity:
    "A Hessian for Newton where the gradients are nobody's."

    def __call__(self, parameters):
        return np.eye(sum(p.size for p in parameters), dtype=parameters[0].dtype)


class Diagonal:
    "The exact diagonal of the problem's Hessian, for Sophia."

    def __init__(self, sign=1.0):
        self.sign = sign

    def __call__(self, parameter):
        return self.sign * np.resize(np.diag(hessian), parameter.shape)


def parameter(values=start, dtype=np.float64, **how):
    return Variable(np.array(values, dtype=dtype), requires_grad=True, **how)


def make(kind, parameters, sign=1.0, **options):
    "An optimizer with those of the options that it has."
    if kind.__name__ == "Sophia":
        options["hessian_diagonal"] = Diagonal(sign)
    known = inspect.signature(kind.__init__).parameters
    return kind(parameters, **{name: value for name, value in options.items() if name in known})


def drive(optimizer, x, steps=1, sign=1.0, scale=1.0):
    "Steps on sign·scale·½xᵀHx; the loss of each."
    losses = []

    def closure():
        x.grad = (sign * scale * (hessian @ x.data.ravel())).reshape(x.shape).astype(x.dtype)
        return Variable(sign * scale * 0.5 * x.data.ravel() @ hessian @ x.data.ravel())

    for _ in range(steps):
        losses.append(optimizer.step(closure).item())
    return losses


def path(create, steps=20, **problem):
    x, found = parameter(), []
    optimizer = create([x])
    for _ in range(steps):
        drive(optimizer, x, **problem)
        found.append(x.data.copy())
    return np.array(found)


# ---- construction


@every
def test_1_to_5_what_parameters_must_be(kind):
    x = parameter()
    for parameters, error, text in (
        ([], ValueError, "empty parameter list"),
        (iter(()), ValueError, "empty parameter list"),
        (x, TypeError, "parameters is one Variable"),
        ({x}, TypeError, "set, which has no order"),
        ([x, 3.0], TypeError, "parameter 1 is a float"),
        ([x, x], ValueError, "in the list twice"),
    ):
        with pytest.raises(error, match=text):
            make(kind, parameters)


@every
def test_6_and_7_every_number_has_a_range(kind):
    known = inspect.signature(kind.__init__).parameters
    for name, default in make(kind, [parameter()]).defaults.items():
        valid = kind.ranges.get(name, ())
        if isinstance(default, bool) or not isinstance(valid, str):
            continue
        low, high = (
            float(end) for end in valid.removeprefix("integer ").removesuffix(" or None").strip("[]()").split(",")
        )
        bad = [
            float("nan"),
            *([low - 1] if low > -np.inf else []),
            *([high + 1] if high < np.inf else []),
            *([low] if "(" in valid else []),
            *([high] if ")" in valid else []),
        ]
        for value in bad:
            with pytest.raises(ValueError, match=f"{name} = {value!r}"):
                make(kind, [{"parameters": [parameter()], name: value}])
            if name in known:
                with pytest.raises(ValueError, match=f"{name} = {value!r}"):
                    make(kind, [parameter()], **{name: value})


@every
def test_7_words_and_names_are_checked(kind):
    for name, valid in kind.ranges.items():
        if isinstance(valid, tuple) and name in make(kind, [parameter()]).defaults:
            with pytest.raises(ValueError, match=f"{name} = 'nonsense' is not valid: give one of"):
                make(kind, [parameter()], **{name: "nonsense"})
    with pytest.raises(TypeError, match="has no argument `lr`; did you mean `learning_rate`"):
        kind([parameter()], lr=0.1)
    with pytest.raises(TypeError, match="did you mean `learning_rate`"):
        make(kind, [{"parameters": [parameter()], "learning_rte": 0.1}])


@every
def test_every_hyperparameter_refuses_what_is_no_number(kind):
    for name, default in make(kind, [parameter()]).defaults.items():
        valid = kind.ranges.get(name, "")
        for wrong in ("0.1", None, [0.1, 0.2], 1 + 1j, *(() if isinstance(default, bool) else (True,))):
            if wrong is None and (None in valid if isinstance(valid, tuple) else valid.endswith("None")):
                continue
            with pytest.raises((TypeError, ValueError) if isinstance(valid, tuple) else TypeError, match=name):
                make(kind, [{"parameters": [parameter()], name: wrong}])


@every
def test_8_nesterov_needs_momentum(kind):
    if "nesterov" not in make(kind, [parameter()]).defaults or kind.__name__.startswith("Muon"):
        return
    with pytest.raises(ValueError, match="nesterov needs momentum"):
        kind([parameter()], nesterov=True, momentum=0.0)


@pytest.mark.parametrize(
    "kind", [kind for kind in kinds if issubclass(kind, _Together)], ids=lambda kind: kind.__name__
)
def test_9_one_group_and_a_closure(kind):
    with pytest.raises(ValueError, match=f"{kind.__name__} takes one parameter group, got a second"):
        kind([{"parameters": [parameter()]}, {"parameters": [parameter()]}])
    with pytest.raises(TypeError, match="needs a closure"):
        kind([parameter()]).step()


def test_10_muon_takes_matrices():
    with pytest.raises(ValueError, match=r"parameter 1 of the group has shape \(3,\): Muon takes matrices"):
        Optimizer.registry["Muon"]([parameter(), parameter([1.0, 2.0, 3.0])])


# ---- trajectories


@every
def test_it_descends(kind):
    x = parameter()
    rates = {"Adadelta": 20.0, "LARS": 20.0}  # theirs are not lengths
    losses = drive(make(kind, [x], learning_rate=rates.get(kind.__name__, 0.02), d0=0.01), x, 200)
    assert losses[-1] < 0.9 * losses[0] and np.isfinite(x.data).all()


@every
def test_12_rate_zero_moves_nothing_but_state(kind):
    x = parameter()
    before = x.data.copy()
    optimizer = make(
        kind, [x], learning_rate=0.0, step_size_min=0.0
    )  # for Rprop the rate is only where the lengths start
    drive(optimizer, x, 3)
    arrays = [value for value in optimizer.state[x].values() if isinstance(value, np.ndarray)]
    assert (x.data == before).all() and optimizer.state[x]["step"] == 3
    assert not arrays or any(np.any(value != 0) for value in arrays)


@every
@settings(max_examples=5, deadline=None)
@given(cut=st.integers(1, 3))
def test_16_splitting_a_parameter(kind, cut):
    generator = np.random.default_rng(0)
    values, gradients = generator.standard_normal((4, 3)), generator.standard_normal((10, 4, 3))
    whole, parts = parameter(values), [parameter(values[:cut]), parameter(values[cut:])]

    def first(_):
        return np.ones(_.shape)

    options = dict(learning_rate=0.1, d0=0.01, hessian=Identity())
    if kind.__name__ == "Sophia":
        options["hessian_diagonal"] = first
    one, two = (
        kind(p, **{n: v for n, v in options.items() if n in inspect.signature(kind).parameters})
        for p in ([whole], parts)
    )
    for g in gradients:
        whole.grad, parts[0].grad, parts[1].grad = g, g[:cut], g[cut:]
        loss = Variable(float(np.sum(whole.data * g)))
        for optimizer in (one, two):
            optimizer.step(lambda: loss)
    joined = np.concatenate([part.data for part in parts])
    if issubclass(kind, WholeArrays):
        assert not np.allclose(whole.data, joined, rtol=1e-6)
    elif issubclass(kind, (_Together, Prodigy)):
        np.testing.assert_allclose(whole.data, joined, rtol=1e-9)
    else:
        assert (whole.data == joined).all()


@pytest.mark.parametrize(
    "name",
    [
        "Adam",
        "AdamW",
        "Adamax",
        "NAdam",
        "Adagrad",
        "RMSprop",
        "LAMB",
        "AdEMAMix",
        "ADOPT",
        "Lion",
        "Signum",
        "Rprop",
        "Muon",
        "SOAP",
        "LARS",
        "Adafactor",
    ],
)
def test_17_the_scale_of_the_loss_is_not_seen(name):
    kind = Optimizer.registry[name]
    options = dict(epsilon=1e-30 if name in ("Muon", "LARS") else 0.0, epsilon1=0.0, learning_rate=0.05)
    paths = [path(lambda p: make(kind, p, **options), scale=scale) for scale in (1.0, 1024.0)]
    np.testing.assert_allclose(*paths, rtol=1e-6 if name == "SOAP" else 1e-9)


@every
def test_18_maximize_climbs_and_weights_still_shrink(kind):
    for decay in (0.0, 0.1):
        options = dict(learning_rate=0.01, weight_decay=decay)
        up = path(lambda p: make(kind, p, sign=-1.0, maximize=True, **options), sign=-1.0)
        assert (up == path(lambda p: make(kind, p, **options))).all()


@every
def test_19_none_skips_and_20_steps_are_counted_per_parameter(kind):
    a, b, other = (parameter() for _ in range(3))
    options = dict(learning_rate=0.1, weight_decay=0.1, hessian=Identity())
    optimizer, alone = make(kind, [a, b], **options), make(kind, [other], **options)

    def loss_of(**gradients):
        def closure():
            a.grad, b.grad, other.grad = (gradients.get(name) for name in ("a", "b", "other"))
            return Variable(3.0)

        return closure

    g = np.array([[1.0, 2.0, -1.0], [0.5, 1.0, 3.0]])
    for step in range(6):
        kept, both = b.data.copy(), step % 2 == 1
        optimizer.step(loss_of(a=g, b=g if both else None))
        if not both:
            assert (b.data == kept).all()
    for _ in range(3):
        alone.step(loss_of(other=g))
    assert optimizer.state[b]["step"] == 3 and optimizer.state[a]["step"] == 6
    if not issubclass(kind, (_Together, Prodigy)):
        assert (b.data == other.data).all()  # those see all parameters together
    zero = parameter()
    again = make(kind, [zero], learning_rate=0.1, hessian=Identity())
    again.step(lambda: setattr(zero, "grad", np.zeros(zero.shape)) or Variable(0.0))
    assert again.state[zero]["step"] == 1


@every
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_22_dtypes_are_kept_under_a_schedule(kind, dtype):
    x = parameter(dtype=dtype)
    optimizer = make(kind, [x], learning_rate=np.float64(1e-3))
    scheduler = StepLR(optimizer, 10, 0.9)
    for _ in range(50):
        drive(optimizer, x)
        scheduler.step()
    assert x.dtype == dtype and np.isfinite(x.data).all()
    assert all(
        v.dtype == np.promote_types(dtype, np.float32)
        for v in optimizer.state[x].values()
        if isinstance(v, np.ndarray)
    )


@every
@pytest.mark.parametrize("shape", [(), (0,), (1,), (2, 3), (2, 1, 2)])
def test_any_shape_is_moved_and_what_was_kept_is_not(kind, shape):
    if kind.__name__.startswith("Muon") and len(shape) != 2:
        return
    x = Variable(np.ones(shape, np.float32), requires_grad=True)
    kept = x.data
    optimizer = make(kind, [x], learning_rate=0.1, d0=0.1, hessian=Identity())
    for _ in range(3):
        optimizer.step(lambda: setattr(x, "grad", np.ones(shape, np.float32)) or Variable(1.0))
    assert (kept == 1).all() and x.shape == shape and x.dtype == np.float32 and (x.data < 1).all()
    assert all(
        np.shape(value) == np.shape(optimizer.initial_state(x, optimizer.param_groups[0])[name])
        for name, value in optimizer.state[x].items()
    )
    fresh = make(kind, [Variable(x.data, requires_grad=True)], learning_rate=0.1, d0=0.1)
    fresh.load_state_dict(optimizer.state_dict())


@every
def test_the_gradient_is_left_as_it_was(kind):
    x = parameter()
    g = np.arange(1.0, 7.0).reshape(2, 3) / 10
    kept = g.copy()
    optimizer = make(kind, [x], weight_decay=0.1, maximize=True, hessian=Identity())
    for _ in range(2):
        optimizer.step(lambda: setattr(x, "grad", g) or Variable(1.0))
    assert (g == kept).all()


@every
def test_copies_and_pickles_go_on_alike(kind):
    x = parameter()
    optimizer = make(kind, [x], learning_rate=0.1)
    drive(optimizer, x)
    for twin in (copy.deepcopy(optimizer), pickle.loads(pickle.dumps(optimizer))):
        (y,) = twin.param_groups[0]["parameters"]
        assert y is not x
        drive(twin, y)
    drive(optimizer, x)
    assert (x.data == y.data).all()


@every
def test_closure_is_called_and_its_loss_returned(kind):
    x = parameter()
    optimizer, before = make(kind, [x], d0=0.1), x.data.copy()
    (loss,) = drive(optimizer, x)
    assert np.isclose(loss, 0.5 * before.ravel() @ hessian @ before.ravel())
    drive(optimizer, x)
    assert (x.data != before).any()


@every
def test_zero_grad_means_none(kind):
    x = parameter()
    x.grad = np.ones(x.shape)
    make(kind, [x]).zero_grad()
    assert x.grad is None


@every
def test_its_text_shows_the_hyperparameters(kind):
    text = repr(make(kind, [parameter()], learning_rate=0.25))
    assert kind.__name__ in text and "learning_rate=0.25" in text and "group 0: 1 parameter," in text


# ---- state

creators = {
    kind.__name__: lambda p, kind=kind: make(kind, p, learning_rate=0.05, d0=0.01) for kind in kinds
} | wrappers
all_of_them = pytest.mark.parametrize("name", creators)


@all_of_them
@settings(max_examples=8, deadline=None)
@given(cut=st.integers(0, 12))
def test_23_and_24_resuming_at_any_cut_is_exact(name, cut):
    whole, part = parameter(), parameter()
    drive(creators[name]([whole]), whole, 20)
    first = creators[name]([part])
    drive(first, part, cut)
    saved = first.state_dict()
    frozen = copy.deepcopy(saved)
    rest = Variable(part.data, requires_grad=True)
    second = creators[name]([rest])
    second.load_state_dict(saved)
    drive(second, rest, 20 - cut)
    drive(first, part, 3)
    assert (rest.data == whole.data).all()
    np.testing.assert_equal(saved, frozen)


@all_of_them
def test_25_foreign_states_are_rejected_whole(name):
    x = parameter()
    optimizer = creators[name]([x])
    drive(optimizer, x, 6)
    before, (key, entries) = optimizer.state_dict(), *optimizer.state_dict()["state"].items()
    other = (SGD if name != "SGD" else Adam)([parameter()]).state_dict()
    broken = [other, {}, None, before | {"state": None}, before | {"state": {"nobody": entries}}]
    for slot, value in entries.items():
        broken.append(before | {"state": {key: {n: v for n, v in entries.items() if n != slot}}})
        if isinstance(value, np.ndarray):
            broken += [
                before | {"state": {key: entries | {slot: value[..., None]}}},
                before | {"state": {key: entries | {slot: value.astype(np.float16)}}},
            ]
    for state in broken:
        with pytest.raises(ValueError, match="state|parameter"):
            optimizer.load_state_dict(state)
        np.testing.assert_equal(optimizer.state_dict(), before)


@all_of_them
def test_26_state_goes_by_name(name):
    def pair():
        return [parameter(name="a"), parameter(-start, name="b")]

    def go(optimizer, pair, steps):
        def closure():
            for p in pair:
                p.grad = np.cos(p.data)
            return Variable(sum(float(np.sin(p.data).sum()) for p in pair) + 20)

        for _ in range(steps):
            optimizer.step(closure)

    one, two = pair(), pair()
    first = creators[name](one)
    go(first, one, 4)
    second = creators[name](two[::-1])
    for p, q in zip(one, two):
        q.data = p.data.copy()
    second.load_state_dict(first.state_dict())
    go(first, one, 1)
    go(second, two, 1)
    for p, q in zip(one, two):
        np.testing.assert_allclose(p.data, q.data, rtol=1e-9)


@all_of_them
def test_27_a_file_holds_it_all(name, tmp_path):
    x = parameter(name="x")
    optimizer = creators[name]([x])
    drive(optimizer, x, 5)
    save_checkpoint(tmp_path / "state.safetensors", {"x": x}, optimizer)
    y = parameter(0 * start, name="x")
    other = creators[name]([y])
    load_checkpoint(tmp_path / "state.safetensors", {"x": y}, other)
    drive(optimizer, x, 3)
    drive(other, y, 3)
    assert (x.data == y.data).all()


# ---- wrappers


@pytest.mark.parametrize("name", wrappers)
def test_wrappers_are_optimizers(name):
    x, idle = parameter(), parameter()
    optimizer = wrappers[name]([x, idle])
    scheduler = StepLR(optimizer, 2, 0.5)
    losses = []
    for _ in range(40):
        losses += drive(optimizer, x)
        scheduler.step()
    assert losses[-1] < losses[0] and (idle.data == start).all() and idle not in optimizer.state
    assert optimizer.param_groups is optimizer.optimizer.param_groups and optimizer.state is optimizer.optimizer.state
    with pytest.raises(TypeError, match="wraps an optimizer, got a list"):
        type(optimizer)([x])
    assert (
        not {*Wrapper.registry} & {*Optimizer.registry}
        and type(optimizer).__name__ in Wrapper.registry
        and type(optimizer).__name__ in repr(optimizer)
    )


def test_a_wrapper_remembers_by_one_name_once():
    with pytest.raises(ValueError, match=r"Lookahead\(SGD\) keeps slow already: use Lookahead once"):
        Lookahead(Lookahead(SGD([parameter()])))
    with pytest.raises(TypeError, match="SAM.step\\(\\) needs a closure"):
        SAM(SGD([parameter()])).step()
    saved = Lookahead(Adam([parameter()])).state_dict()
    with pytest.raises(ValueError, match=r"a state of Lookahead\(Adam\) cannot be loaded into Lookahead\(SGD\)"):
        Lookahead(SGD([parameter()])).load_state_dict(saved)


def test_skip_and_count():
    x = parameter()
    optimizer = SkipNonFinite(Adam([x]))
    before = x.data.copy()
    x.grad = np.full(x.shape, np.nan)
    optimizer.step()
    assert (x.data == before).all() and optimizer.skipped == 1 and x not in optimizer.state


def test_averages_are_put_in_and_taken_out():
    for create in (
        wrappers["EMA"],
        wrappers["SWA"],
        wrappers["Lookahead"],
        creators["ScheduleFreeSGD"],
        creators["ScheduleFreeAdamW"],
    ):
        x = parameter()
        optimizer = create([x])
        drive(optimizer, x, 7)
        inside, array = x.data.copy(), x.data
        with optimizer.applied():
            assert (x.data != inside).any()
        assert x.data is array and (array == inside).all()


def test_transforms_around_a_closure():
    x = parameter()
    losses = drive(ClipNorm(PolyakSGD([x], learning_rate=0.1), 0.5), x, 30)
    assert losses[-1] < losses[0]


def test_a_singular_hessian_is_said():
    x = parameter()
    optimizer = make(Optimizer.registry["Newton"], [x], hessian=lambda parameters: np.zeros((6, 6)))
    with pytest.raises(ValueError, match="give damping > 0"):
        drive(optimizer, x)
