"What holds for every optimizer in the registry, whatever its rule; numbers in the names are those of the project's list of behaviours."
import copy
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinytorch.autograd import Variable
from tinytorch.optimizers import SGD, Adam, AdamW, Optimizer

kinds = list(Optimizer.registry.values())
every = pytest.mark.parametrize("kind", kinds, ids=lambda kind: kind.__name__)
hessian = np.diag([1.0, 5.0, 20.0]) + 0.5


def parameter(values, **how): return Variable(np.array(values, dtype=np.float64), requires_grad=True, **how)


def run(make, start=(1.0, -2.0, 0.5), steps=20, sign=1.0, scale=1.0):
    "Iterates on sign·scale·½xᵀHx."
    x, path = parameter(start), []
    optimizer = make([x])
    for _ in range(steps):
        x.grad = sign*scale*(hessian @ x.data)
        optimizer.step()
        path.append(x.data.copy())
    return np.array(path)


@every
def test_12_rate_zero_moves_nothing_but_state(kind):
    x = parameter([1.0, -2.0, 0.5]); before = x.data.copy()
    optimizer = kind([x], learning_rate=0.0)
    for _ in range(3): x.grad = hessian @ x.data; optimizer.step()
    assert (x.data == before).all() and optimizer.state[x]["step"] == 3
    assert all(np.any(value != 0) for value in optimizer.state[x].values() if isinstance(value, np.ndarray))


def test_14_first_step_of_adam_is_the_learning_rate():
    g = np.array([1e-3, -1.0, 1e5]); x = parameter([0.0, 0.0, 0.0]); x.grad = g
    Adam([x], learning_rate=0.1).step()
    np.testing.assert_allclose(x.data, -0.1*g/(np.abs(g) + 1e-8), rtol=1e-12)


def test_15_coupled_and_decoupled_decay_agree_for_sgd_and_not_for_adam():
    rate, decay = 0.02, 0.3
    by_hand, x = [], np.array([1.0, -2.0, 0.5])
    for _ in range(20): x = x*(1 - rate*decay) - rate*(hessian @ x); by_hand.append(x)
    np.testing.assert_allclose(run(lambda p: SGD(p, rate, weight_decay=decay)), by_hand, rtol=1e-12)
    assert not np.allclose(run(lambda p: Adam(p, rate, weight_decay=decay)), run(lambda p: AdamW(p, rate, weight_decay=decay)), atol=1e-3)


@every
@settings(max_examples=10, deadline=None)
@given(cut=st.integers(1, 5))
def test_16_splitting_a_parameter_changes_nothing(kind, cut):
    generator = np.random.default_rng(0); start, gradients = generator.standard_normal(6), generator.standard_normal((10, 6))
    whole, parts = parameter(start), [parameter(start[:cut]), parameter(start[cut:])]
    one, two = kind([whole], learning_rate=0.1), kind(parts, learning_rate=0.1)
    for g in gradients:
        whole.grad, parts[0].grad, parts[1].grad = g, g[:cut], g[cut:]
        one.step(); two.step()
    assert (whole.data == np.concatenate([part.data for part in parts])).all()


def test_17_adam_without_epsilon_does_not_see_the_scale_of_the_loss():
    paths = [run(lambda p: Adam(p, 0.1, epsilon=0.0), scale=scale) for scale in (1.0, 1000.0)]
    np.testing.assert_allclose(*paths, rtol=1e-10)


@every
def test_18_maximize_climbs_and_weights_still_shrink(kind):
    for decay in (0.0, 0.1):
        up = run(lambda p: kind(p, learning_rate=0.01, weight_decay=decay, maximize=True), sign=-1.0)
        down = run(lambda p: kind(p, learning_rate=0.01, weight_decay=decay))
        assert (up == down).all()


@every
def test_19_none_skips_and_20_steps_are_counted_per_parameter(kind):
    a, b = parameter([1.0, 2.0]), parameter([1.0, 2.0])
    optimizer, alone = kind([a, b], learning_rate=0.1, weight_decay=0.1), None
    for step in range(6):
        a.grad, b.grad = np.ones(2), np.ones(2) if step % 2 else None
        kept = b.data.copy(); optimizer.step()
        if step % 2 == 0: assert (b.data == kept).all()
    other = parameter([1.0, 2.0]); alone = kind([other], learning_rate=0.1, weight_decay=0.1)
    for _ in range(3): other.grad = np.ones(2); alone.step()
    assert (b.data == other.data).all() and optimizer.state[b]["step"] == 3 and optimizer.state[a]["step"] == 6


@every
@pytest.mark.parametrize("shape", [(), (0,), (1,), (2, 3), (2, 1, 2)])
def test_any_shape_is_moved_in_place_where_nobody_else_holds_it(kind, shape):
    x = Variable(np.ones(shape, np.float32), requires_grad=True)
    before = id(x.data)
    optimizer = kind([x], learning_rate=0.1)
    for _ in range(2):
        x.grad = np.ones(shape, np.float32)
        optimizer.step()
    assert id(x.data) == before and x.shape == shape and x.dtype == np.float32 and (x.data < 1).all()
    kept = x.data
    x.grad = np.ones(shape, np.float32)
    value = kept.copy()
    optimizer.step()
    assert x.data is not kept and (kept == value).all() and (x.data <= kept).all()


@every
def test_the_gradient_is_left_as_it_was(kind):
    x = parameter([1.0, -2.0, 0.5]); g = np.array([0.1, 0.2, 0.3]); kept = g.copy(); x.grad = g
    optimizer = kind([x], weight_decay=0.1, maximize=True)
    optimizer.step(); optimizer.step()
    assert (g == kept).all()


@every
def test_copies_and_pickles_go_on_alike(kind):
    x = parameter([1.0, -2.0, 0.5]); optimizer = kind([x], learning_rate=0.1)
    x.grad = np.ones(3); optimizer.step()
    for twin in (copy.deepcopy(optimizer), pickle.loads(pickle.dumps(optimizer))):
        y, = twin.param_groups[0]["parameters"]
        assert y is not x
        y.grad = np.ones(3); twin.step()
    x.grad = np.ones(3); optimizer.step()
    assert (x.data == y.data).all()


@every
def test_closure_is_called_and_its_loss_returned(kind):
    x = parameter([1.0, -2.0, 0.5]); optimizer = kind([x])
    def closure():
        optimizer.zero_grad(); loss = (x*x).sum(); loss.backward()
        return loss
    before = x.data.copy()
    assert optimizer.step(closure).item() == 5.25 and (x.data != before).any()


@every
def test_zero_grad_means_none(kind):
    x = parameter([1.0]); x.grad = np.ones(1); optimizer = kind([x]); optimizer.zero_grad()
    assert x.grad is None


@every
def test_every_hyperparameter_refuses_what_is_no_number(kind):
    for name, default in kind([parameter([1.0])]).defaults.items():
        for wrong in ("0.1", None, [0.1, 0.2], 1 + 1j, *(() if isinstance(default, bool) else (True,))):
            with pytest.raises(TypeError, match=name): kind([parameter([1.0])], **{name: wrong})


@every
def test_its_text_shows_the_hyperparameters(kind):
    text = repr(kind([parameter([1.0])], learning_rate=0.25))
    assert kind.__name__ in text and "learning_rate=0.25" in text and "1 parameter," in text and "group 0: 2 parameters," in repr(kind([parameter([1.0]), parameter([1.0])]))
