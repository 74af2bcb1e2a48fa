"Construction, trajectories and state of the optimizers."
import copy
import inspect
import re
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinytorch.autograd import Variable
from tinytorch.engines import advance
from tinytorch.kernels import block_bytes
from tinytorch.layers import Dense, ReLU, Sequential
from tinytorch.optimizers import SGD, Adam, AdamW, MuonAdamW, Optimizer, StepLR, adam, decay_groups, muon_groups
from tinytorch.optimizers.core import run_rule, sgd, sgd_dampened, sgd_momentum, sgd_nesterov, take_step

kinds = list(Optimizer.registry.values())


def parameter(size=3, dtype=np.float64, name=None, seed=0):
    values = np.random.default_rng(seed).standard_normal(size).astype(dtype)
    return Variable(values, requires_grad=True, name=name)


def steps(optimizer, variables, count, seed=1):
    generator = np.random.default_rng(seed)
    for _ in range(count):
        for variable in variables:
            variable.grad = generator.standard_normal(variable.shape).astype(variable.dtype)
        optimizer.step()


@pytest.mark.parametrize("arguments, error, text", [
    (lambda w: [], ValueError, "empty parameter list"),
    (lambda w: iter(()), ValueError, "empty parameter list"),
    (lambda w: w, TypeError, "one Variable"),
    (lambda w: {w}, TypeError, "no order"),
    (lambda w: [1.5], TypeError, "float"),
    (lambda w: None, TypeError, "parameters is a NoneType: give a list of Variables or of dicts"),
    (lambda w: Sequential([]), TypeError, "is a Sequential: give a list of Variables"),
    (lambda w: Sequential([]).parameters, TypeError, "Variables or of dicts, such as model.parameters()"),
    (lambda w: [Dense(1, 1)], TypeError, "is a Dense: an optimizer takes Variables, such as model.parameters()"),
    (lambda w: {"w": w}, TypeError, "parameters is a dict: give a list"),
    (lambda w: [{"parameters": None}], TypeError, "parameters of a group is a NoneType: give a list of Variables"),
    (lambda w: [{"parameters": {w}}], TypeError, "parameters of a group is a set, which has no order"),
    (lambda w: [w, Variable([1, 2])], TypeError, "parameter 1 is int64"),
    (lambda w: [w, w], ValueError, "twice"),
    (lambda w: [{"parameters": [w]}, {"parameters": [w]}], ValueError, "twice"),
    (lambda w: [{"parameters": [w], "momentun": 0.9}], TypeError, "did you mean `momentum`?"),
    (lambda w: [{"parameters": [w], "learning_rate": -1}], ValueError, "learning_rate = -1"),
])
def test_wrong_parameters_are_refused(arguments, error, text):
    with pytest.raises(error, match=re.escape(text)):
        SGD(arguments(parameter()))


@pytest.mark.parametrize("keywords, error, text", [
    ({"learning_rate": -1.0}, ValueError, "learning_rate = -1.0 is not valid: give a value in [0, inf)"),
    ({"learning_rate": float("nan")}, ValueError, "nan"),
    ({"learning_rate": float("inf")}, ValueError, "inf"),
    ({"learning_rate": None}, TypeError, "NoneType"),
    ({"momentum": -0.5}, ValueError, "momentum = -0.5"),
    ({"weight_decay": -1}, ValueError, "weight_decay"),
    ({"nesterov": True}, ValueError, "nesterov needs momentum > 0 and dampening = 0, got momentum = 0.0"),
    ({"nesterov": True, "momentum": 0.9, "dampening": 0.1}, ValueError, "dampening = 0.1"),
    ({"lr": 0.1}, TypeError, "did you mean `learning_rate`?"),
])
def test_wrong_options_are_refused(keywords, error, text):
    with pytest.raises(error, match=re.escape(text)):
        SGD([parameter()], **keywords)


@pytest.mark.parametrize("beta", [-0.1, 1.0, 1.5, float("nan")])
def test_betas_lie_in_their_range(beta):
    with pytest.raises(ValueError, match=re.escape("[0, 1)")):
        Adam([parameter()], beta2=beta)


@given(rate=st.floats(0.001, 0.5), curvature=st.floats(0.1, 3), count=st.integers(1, 30))
def test_sgd_on_a_quadratic(rate, curvature, count):
    x = Variable(np.array([1.0]), requires_grad=True)
    optimizer = SGD([x], learning_rate=rate)
    for _ in range(count):
        x.grad = curvature*x.data
        optimizer.step()
    assert np.isclose(x.data[0], (1 - rate*curvature)**count, rtol=1e-10, atol=1e-15)


def test_none_skips_a_parameter_and_zero_does_not():
    a, b = parameter(seed=0), parameter(seed=1)
    before = a.data.copy(), b.data.copy()
    optimizer = AdamW([a, b], weight_decay=0.1)
    b.grad = np.zeros(3)
    optimizer.step()
    assert (a.data == before[0]).all() and a not in optimizer.state
    assert np.allclose(b.data, before[1]*(1 - 1e-4)) and optimizer.state[b]["step"] == 1


def test_no_gradients_is_said_once():
    optimizer = SGD([parameter()])
    with pytest.warns(UserWarning, match="loss.backward") as said:
        optimizer.step()
        optimizer.step()
    assert len(said) == 1


def test_a_gradient_of_the_wrong_shape_moves_nothing():
    a, b = parameter(), parameter()
    a.grad, before = np.ones(3), a.data.copy()
    b.grad = np.ones(3)
    b.grad.data = np.ones(4)
    with pytest.raises(ValueError, match=re.escape("gradient of shape (4,)")):
        SGD([a, b]).step()
    assert (a.data == before).all()


def test_foreign_states_are_rejected_whole():
    w = parameter()
    optimizer = Adam([w])
    steps(optimizer, [w], 3)
    before = optimizer.state_dict()
    wrong, missing, twice = (optimizer.state_dict() for _ in range(3))
    wrong["state"]["parameter0"]["v"] = np.zeros(4)
    del missing["state"]["parameter0"]["m"]
    twice["param_groups"][0]["parameters"] *= 2
    options = before["param_groups"][0]
    states = [None, [], {"parameter0": None}]
    groups = [None, [None], [options | {"parameters": [[]]}]]
    broken = [before | {"state": state} for state in states] + [before | {"param_groups": group} for group in groups]
    for state in (SGD([parameter()]).state_dict(), wrong, missing, twice, {}, None, *broken):
        with pytest.raises(ValueError, match="state|group|parameter"):
            optimizer.load_state_dict(state)
    np.testing.assert_equal(optimizer.state_dict(), before)


def test_foreign_groups_are_rejected_whole():
    w = parameter()
    optimizer = Adam([w])
    steps(optimizer, [w], 3)
    before = optimizer.state_dict()
    options = before["param_groups"][0]
    without = {name: value for name, value in options.items() if name != "learning_rate"}
    names = "group 0 of the state is about ['other'], the optimizer's about ['parameter0']: names must agree"
    for group, text in ((without, "group 0 of the state has the entries"),
                        (options | {"momentum": 0.9}, "group 0 of the state has the entries"),
                        (options | {"parameters": ["other"]}, names)):
        with pytest.raises(ValueError, match=re.escape(text)):
            optimizer.load_state_dict(before | {"param_groups": [group]})
    np.testing.assert_equal(optimizer.state_dict(), before)


def test_a_state_from_before_an_option_existed_is_loaded_aloud():
    w = parameter(name="w")
    optimizer, other = Adam([w]), Adam([w], amsgrad=True)
    steps(optimizer, [w], 2)
    state = optimizer.state_dict()
    del state["param_groups"][0]["amsgrad"]
    with pytest.warns(UserWarning, match="Adam had no option amsgrad: amsgrad = False is taken"):
        other.load_state_dict(state)
    assert other.param_groups[0]["amsgrad"] is False and "amsgrad" not in state["param_groups"][0]


@pytest.mark.parametrize("parameters, text", [
    (lambda: [parameter(), parameter()], "parameter0 and parameter1 have one shape and no names"),
    (lambda: [parameter(name="w"), parameter(name="w")], "several parameters are called 'w'")])
def test_saving_says_where_only_positions_tell_parameters_apart(parameters, text):
    optimizer = SGD(parameters())
    with pytest.warns(UserWarning, match=text):
        optimizer.state_dict()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        optimizer.state_dict()   # said once
        SGD([parameter(2), parameter(3)]).state_dict()   # another shape would be refused
        SGD([("a", parameter()), ("b", parameter())]).state_dict()


@pytest.mark.parametrize("value", [10**400, -10**400, 10**5000], ids=["400", "-400", "5000"])
def test_a_number_too_large_for_a_float_is_told_in_a_line(value):
    for construct in (lambda: SGD([parameter()], value), lambda: StepLR(SGD([parameter()]), value)):
        with pytest.raises(ValueError, match="is not valid: give a ") as caught:
            construct()
        assert len(str(caught.value)) < 200


@pytest.mark.parametrize("kind, option, off, on", [(SGD, "momentum", 0.0, 0.9), (Adam, "amsgrad", False, True)])
def test_a_memory_kept_from_other_options_is_loaded(kind, option, off, on):
    "A schedule that takes momentum through 0 leaves a velocity that the next step with momentum needs."
    w = parameter()
    optimizer = kind([w], **{option: on})
    steps(optimizer, [w], 3)
    optimizer.param_groups[0][option] = off
    steps(optimizer, [w], 2)
    twin = parameter()
    twin.data = w.data.copy()
    other = kind([twin], **{option: on})
    other.load_state_dict(optimizer.state_dict())
    for driver, variable in ((optimizer, w), (other, twin)):
        driver.param_groups[0][option] = on
        steps(driver, [variable], 3, seed=2)
    assert (w.data == twin.data).all()
    foreign = optimizer.state_dict()
    foreign["state"]["parameter0"]["speed"] = np.zeros(3)
    with pytest.raises(ValueError, match="speed"):
        optimizer.load_state_dict(foreign)


def test_names_are_unique_and_stay_what_files_call_them():
    a, b, c, d, e = (parameter(name=name) for name in ("w", "w", "w", None, "w#1"))
    optimizer = SGD([a, ("bias", b), c, d])
    optimizer.add_param_group({"parameters": [e]})
    assert list(optimizer.names.values()) == ["w", "bias", "w#1", "parameter3", "w#1#1"]


def test_state_goes_by_name():
    def run(order):
        a, b = parameter(2, name="a"), parameter(2, name="b", seed=1)
        pair = {"a": a, "b": b}
        optimizer = Adam([pair[n] for n in "ab"])
        steps(optimizer, [a, b], 3)
        other = Adam([pair[n] for n in order])
        other.load_state_dict(optimizer.state_dict())
        steps(other, [a, b], 3, seed=2)
        return a.data, b.data
    np.testing.assert_equal(run("ab"), run("ba"))


@pytest.mark.parametrize("size", [1, block_bytes//8 - 1, block_bytes//8, block_bytes//8 + 1, 3*block_bytes//8 + 7])
def test_blocks_change_nothing(size):
    generator = np.random.default_rng(0)
    p, g, m = generator.standard_normal((3, size))
    v = generator.random(size)
    options = dict(step=3, learning_rate=0.1, beta1=0.9, beta2=0.999, epsilon=1e-8)
    expected = adam(p, g, m, v, **options)
    advance(adam, [{"parameter": p, "gradient": g, "m": m, "v": v}], options)
    for got, want in zip((p, m, v), expected):
        assert (got == want).all()


def test_scheduler_rules():
    w = parameter()
    optimizer = SGD([w], learning_rate=0.1)
    scheduler = StepLR(optimizer, step_size=2, gamma=0.5)
    with pytest.warns(UserWarning, match="step the optimizer first"):
        scheduler.step()
    scheduler.get_last_lr()[0] = 7
    assert scheduler.get_last_lr() == [0.1] and scheduler.lr_at(2) == 0.05
    optimizer.param_groups[0]["learning_rate"] = 0.3
    with pytest.raises(RuntimeError, match="scheduler.base_rates"):
        scheduler.step()
    for wrong in (0, -3, 1.5):
        with pytest.raises(ValueError, match="step_size"):
            StepLR(optimizer, wrong)


@pytest.mark.parametrize("kind, keywords", [("SGD", dict(momentum=0.9)), ("Adam", {}), ("AdamW", {})])
def test_torch_in_float32(kind, keywords):
    torch = pytest.importorskip("torch", reason="torch, an optional oracle, is not installed")
    w = parameter(50, np.float32)
    theirs = torch.tensor(w.data.copy(), requires_grad=True)
    ours = Optimizer.registry[kind]([w], learning_rate=0.01, **keywords)
    other = getattr(torch.optim, kind)([theirs], lr=0.01, **keywords)
    generator = np.random.default_rng(1)
    for _ in range(100):
        gradient = generator.standard_normal(50).astype(np.float32)
        w.grad, theirs.grad = gradient, torch.tensor(gradient)
        ours.step()
        other.step()
    np.testing.assert_allclose(w.data, theirs.detach().numpy(), rtol=2e-6, atol=2e-6)


# ---- what the lesson says

adam_options = dict(learning_rate=0.1, beta1=0.9, beta2=0.999, epsilon=0.0)


def path_in_a_bowl(rule, scale=1.0, angle=0.0, **options):
    "25 steps in a bowl that is scaled and turned, seen in its own axes."
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    A = scale*turn @ np.diag([1.0, 8.0]) @ turn.T
    return run_rule(rule, lambda x: A @ x, turn @ [1.0, 0.6], 25, **options) @ turn


@settings(max_examples=20, deadline=None)
@given(angle=st.floats(0.2, 1.3), scale=st.floats(2, 1000))
def test_what_each_rule_is_blind_to(angle, scale):
    for rule, options in ((sgd, {}), (sgd_momentum, dict(memory=1, momentum=0.9))):
        straight = path_in_a_bowl(rule, learning_rate=0.01, **options)
        assert np.allclose(path_in_a_bowl(rule, angle=angle, learning_rate=0.01, **options), straight)
        assert not np.allclose(path_in_a_bowl(rule, scale=scale, learning_rate=0.01, **options), straight)
    straight = path_in_a_bowl(adam, memory=2, **adam_options)
    assert np.allclose(path_in_a_bowl(adam, scale=scale, memory=2, **adam_options), straight)
    assert not np.allclose(path_in_a_bowl(adam, angle=angle, memory=2, **adam_options), straight, atol=0.01)


@given(momentum=st.floats(0.1, 0.99), seed=st.integers(0, 100))
def test_dampening_by_momentum_averages_after_the_first_gradient(momentum, seed):
    gradients = np.random.default_rng(seed).standard_normal(8)
    _, velocity = sgd_dampened(0.0, gradients[0], 0.0, 1, 0.1, momentum, momentum)
    mean = gradients[0]
    for step, gradient in enumerate(gradients[1:], 2):
        _, velocity = sgd_dampened(0.0, gradient, velocity, step, 0.1, momentum, momentum)
        mean = momentum*mean + (1 - momentum)*gradient
    assert np.isclose(velocity, mean, rtol=1e-12, atol=1e-15)


@given(momentum=st.floats(0, 0.95), rate=st.floats(0.01, 0.3), seed=st.integers(0, 100))
def test_nesterov_stores_the_point_that_is_looked_at(momentum, rate, seed):
    "The ball at φ, whose gradient is taken at φ - αβv, and the rule at θ = φ - αβv are one run."
    curvature, ball = np.random.default_rng(seed).uniform(0.1, 3, (2, 4))
    velocity, path = np.zeros(4), [ball]
    for _ in range(10):
        velocity = momentum*velocity + curvature*(ball - rate*momentum*velocity)
        ball = ball - rate*velocity
        path.append(ball - rate*momentum*velocity)
    ours = run_rule(sgd_nesterov, lambda x: curvature*x, path[0], 10, memory=1, learning_rate=rate, momentum=momentum)
    assert np.allclose(ours, path, rtol=1e-10)


def test_rules_leave_their_arguments_alone():
    generator = np.random.default_rng(0)
    for rule, memory, options in ((sgd, 0, dict(learning_rate=0.1)), (adam, 2, adam_options),
                                  (sgd_nesterov, 1, dict(learning_rate=0.1, momentum=0.9))):
        given_arrays = [generator.random(3) for _ in range(2 + memory)]
        kept = copy.deepcopy(given_arrays)
        new = take_step(rule, given_arrays[0], given_arrays[1], given_arrays[2:], 1, **options)
        np.testing.assert_equal(given_arrays, kept)
        assert len(new) == 1 + memory and not any(np.shares_memory(a, b) for a in new for b in given_arrays)


def test_what_each_stores():
    for make, numbers in ((SGD, 0), (lambda p: SGD(p, momentum=0.9), 1), (Adam, 2), (AdamW, 2),
                          (lambda p: Adam(p, amsgrad=True), 3)):
        w = parameter(1000, np.float32)
        optimizer = make([w])
        steps(optimizer, [w], 1)
        arrays = [value for value in optimizer.state[w].values() if isinstance(value, np.ndarray)]
        assert sum(value.nbytes for value in arrays) == 4*1000*numbers


def test_answers_to_the_questions():
    "Adam counted from 0 is lost at once; two rates arrive exactly; a group without decay feels none."
    with np.errstate(all="ignore"):
        lost = adam(np.ones(2), np.ones(2), np.zeros(2), np.zeros(2), 0, **adam_options)[0]
    assert np.isnan(lost).all()
    x = np.array([1.0, 1.0])
    for rate in (1/50, 1.0):
        x = sgd(x, x*[1.0, 50.0], rate)
    assert np.abs(x).max() < 1e-15
    weight, bias = parameter(seed=0), parameter(seed=1)
    before = weight.data.copy(), bias.data.copy()
    optimizer = AdamW([{"parameters": [weight]}, {"parameters": [bias], "weight_decay": 0.0}], weight_decay=0.1)
    weight.grad, bias.grad = np.zeros(3), np.zeros(3)
    optimizer.step()
    assert np.allclose(weight.data, before[0]*(1 - 1e-4), rtol=1e-12) and (bias.data == before[1]).all()


# What a user meets who writes a rule of their own, or splits a model

def test_options_without_a_default_must_be_given():
    def decayed_mean(parameter, gradient, mean, step, learning_rate, beta, power=2.0):
        mean = beta*mean + (1 - beta)*gradient
        return parameter - learning_rate*mean*(1 + step)**-power, mean

    class DecayedMean(Optimizer):
        rule, slots = decayed_mean, ("mean",)

    w = parameter()
    assert str(inspect.signature(DecayedMean)) == (
        "(parameters, learning_rate, beta, power=2.0, weight_decay=0.0, maximize=False)"
    )
    optimizer = DecayedMean([w], 0.1, beta=0.5)
    start = w.data.copy()
    w.grad = np.ones(3)
    optimizer.step()
    np.testing.assert_allclose(w.data, start - 0.1*0.5/4)
    with pytest.raises(TypeError, match="DecayedMean: missing a required argument: 'beta'"):
        DecayedMean([w], learning_rate=0.1)
    with pytest.raises(TypeError, match="no argument `lr`; did you mean `learning_rate`"):
        DecayedMean([w], lr=0.1, beta=0.5)


def test_a_memory_without_slots_is_named():
    def mean_step(parameter, gradient, mean, learning_rate=0.1):
        return parameter - learning_rate*gradient, mean

    class Forgetful(Optimizer):
        rule = mean_step

    with pytest.raises(TypeError, match=r"argument: 'mean'; what it remembers is named in slots, here \(\)"):
        Forgetful([parameter()])


def test_a_state_of_another_network_says_what_to_do():
    small, large = parameter(3, name="w"), parameter(4, name="w")
    optimizer = Adam([small])
    steps(optimizer, [small], 1)
    with pytest.raises(ValueError, match="m of w has shape .* build the model with the sizes of the saved one"):
        Adam([large]).load_state_dict(optimizer.state_dict())
    with pytest.raises(ValueError, match="make the Adam that it was taken from"):
        SGD([small]).load_state_dict(optimizer.state_dict())
    with pytest.raises(ValueError, match="names must agree, so make the model and the groups as they were"):
        Adam([parameter(3, name="v")]).load_state_dict(optimizer.state_dict())


def test_groups_of_a_model_are_asked_for_by_its_names():
    model = Sequential([Dense(4, 3), ReLU(), Dense(3, 2)])
    hidden, rest = muon_groups(model, tables=["2.weight"])
    assert [name for name, _ in hidden["parameters"]] == ["0.weight"] and len(rest["parameters"]) == 3
    with pytest.raises(ValueError, match="2.weigth is no parameter of the model, which has 0.weight, 0.bias"):
        muon_groups(model, tables=["2.weigth"])
    for split in (muon_groups, decay_groups):
        with pytest.raises(TypeError, match="model is a list: give a Module, or a dict"):
            split(model.parameters())
    with pytest.raises(ValueError, match=r"MuonAdamW\(muon_groups\(model\)\)"):
        MuonAdamW(model.parameters())
