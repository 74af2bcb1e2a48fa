"The NumPy engine and the tape behind it: blocks change no bit, little memory is touched, and every layout and dtype works."
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinytorch import bookkeeping
from tinytorch.autograd import Variable, adjoints
from tinytorch.bookkeeping import apply_rule
from tinytorch.optimizers import SGD, Adam, Optimizer, adam, sgd_momentum

elementwise = [kind for kind in Optimizer.registry.values() if kind.update is Optimizer.update and kind.step is Optimizer.step]
adam_options = dict(step=3, learning_rate=0.1, beta1=0.9, beta2=0.999, epsilon=1e-8)


def trained(kind, arrays, dtype=np.float32, steps=3, **options):
    "Parameters after a few steps with random gradients."
    variables = [Variable(a, requires_grad=True, dtype=dtype) for a in arrays]
    optimizer, generator = kind(variables, **options), np.random.default_rng(1)
    for _ in range(steps):
        for variable in variables: variable.grad = generator.standard_normal(variable.shape).astype(dtype)
        optimizer.step()
    return [variable.data for variable in variables]


@pytest.mark.parametrize("kind", elementwise, ids=lambda kind: kind.__name__)
@settings(max_examples=8, deadline=None)
@given(size=st.integers(1, 5000), block=st.integers(64, 4096), dtype=st.sampled_from([np.float16, np.float32, np.float64]))
def test_blocks_change_no_bit(kind, size, block, dtype):
    start = np.random.default_rng(0).standard_normal(size)
    with pytest.MonkeyPatch.context() as patch:
        whole, = trained(kind, [start], dtype)
        patch.setattr(bookkeeping, "block_bytes", block)
        parts, = trained(kind, [start], dtype)
    assert (whole == parts).all() and whole.dtype == parts.dtype == dtype


@pytest.mark.parametrize("size, calls", [(1, 1), (1000, 1), (1001, 2), (4500, 5), (0, 1)])
def test_a_rule_is_called_once_per_block_of_like_sizes(size, calls, monkeypatch):
    monkeypatch.setattr(bookkeeping, "block_bytes", 4000)
    seen = []
    def rule(parameter, gradient): seen.append(parameter.size); return parameter - gradient
    parameter = np.ones(size, np.float32)
    apply_rule(rule, parameter, np.ones(size, np.float32), [], {}, None)
    assert len(seen) == calls and sum(seen) == size and max(seen) - min(seen) < calls and not parameter.any()


@pytest.mark.parametrize("options", [{}, dict(amsgrad=True, maximize=True, weight_decay=0.1, decoupled_weight_decay=True)], ids=["plain", "with everything"])
def test_a_step_over_ten_million_elements_needs_a_megabyte(options):
    w = Variable(np.zeros(10_000_000, np.float32), requires_grad=True)
    w.grad, optimizer = np.ones(w.size, np.float32), Adam([w], **options)
    optimizer.step()
    tracemalloc.start()
    optimizer.step(); after_second, peak = tracemalloc.get_traced_memory()
    for _ in range(3): optimizer.step()
    after_fifth, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1e6 and after_fifth - after_second < 1000


def test_weights_and_state_stay_where_they_are():
    start = np.ones(100_000, np.float32)
    w = Variable(start, requires_grad=True)
    w.grad, optimizer = np.ones_like(start), Adam([w])
    optimizer.step()
    weights, m = w.data, optimizer.state[w]["m"]
    optimizer.step()
    assert w.data is weights and optimizer.state[w]["m"] is m and (w.grad.data == 1).all() and (start == 1).all()


def layouts(array):
    "The same numbers as rows, as columns, with gaps, backwards, and read-only."
    gaps = np.zeros((2*array.shape[0], 3*array.shape[1]), array.dtype)
    gaps[::2, ::3] = array
    locked = array.copy(); locked.flags.writeable = False
    return [array, np.asfortranarray(array), gaps[::2, ::3], array[::-1, ::-1].copy()[::-1, ::-1], locked]


@pytest.mark.parametrize("shape", [(3, 4), (200, 300)], ids=["one block", "three blocks"])
@pytest.mark.parametrize("of", ["parameter", "gradient"])
def test_every_layout_gives_the_same(of, shape):
    start, gradient = np.random.default_rng(0).standard_normal((2, *shape)).astype(np.float32)
    results = []
    for array in layouts(start if of == "parameter" else gradient):
        w = Variable(start, requires_grad=True)
        if of == "parameter": w.data = array.copy("K") if not array.flags.writeable else array
        w.grad = gradient if of == "parameter" else array
        Adam([w], weight_decay=0.1, maximize=True).step()
        results.append(w.data)
    for result in results[1:]: assert (result == results[0]).all()


def test_one_number_is_a_parameter_too():
    x, y = Variable(3.0, requires_grad=True), Variable([3.0], requires_grad=True)
    optimizer = Adam([x, y], learning_rate=0.1)
    for _ in range(5):
        optimizer.zero_grad(); (x**2 + (y**2).sum()).backward(); optimizer.step()
    assert x.shape == () and x.data.dtype == np.float32 and x.item() == y.data[0] < 3 and optimizer.state[x]["m"].shape == ()


def test_half_precision_is_rounded_once():
    start, gradient = np.random.default_rng(0).standard_normal((2, 50_000)).astype(np.float16)
    w = start.copy()
    apply_rule(adam, w, gradient, [np.zeros(50_000, np.float32), np.zeros(50_000, np.float32)], adam_options, None)
    exact = adam(start.astype(np.float32), gradient.astype(np.float32), 0.0, 0.0, **adam_options)[0]
    assert w.dtype == np.float16 and (w == exact.astype(np.float16)).all()


@pytest.mark.parametrize("size", [5, 100_000])
def test_a_rule_may_remember_numbers(size):
    def rule(parameter, gradient, count, last, learning_rate): return parameter - learning_rate*gradient/(count + 1), count + 1, gradient
    parameter, gradient, last = np.zeros(size, np.float32), np.ones(size, np.float32), np.zeros(size, np.float32)
    state = [0, last]
    for _ in range(3): state = apply_rule(rule, parameter, gradient, state, {"learning_rate": 1.0}, None)
    assert state[0] == 3 and state[1] is last and not np.shares_memory(last, gradient)
    assert (last == 1).all() and np.allclose(parameter, -(1 + 1/2 + 1/3)) and np.unique(parameter).size == 1


def test_a_rule_may_be_any_numpy():
    def sign_descent(parameter, gradient, last, learning_rate):
        agree = np.where(gradient*last >= 0, 1.0, 0.5).astype(parameter.dtype)
        step = np.sign(gradient); step[np.abs(gradient) < 0.1] = 0
        return parameter - learning_rate*agree*step, gradient
    start, gradient = np.random.default_rng(0).standard_normal((2, 70_000)).astype(np.float32)
    parameter, last = start.copy(), np.ones_like(start)
    apply_rule(sign_descent, parameter, gradient, [last], {"learning_rate": 0.1}, None)
    expected, _ = sign_descent(start, gradient, np.ones_like(start), 0.1)
    assert (parameter == expected).all() and (last == gradient).all()


def test_a_gradient_of_another_dtype_does_not_change_the_weights():
    w = Variable(np.ones(4, np.float32), requires_grad=True)
    w.grad = np.full(4, 0.5)
    SGD([w], learning_rate=1.0, momentum=0.9).step()
    assert w.dtype == np.float32 and (w.data == 0.5).all()


def test_every_leaf_has_a_gradient_of_its_own():
    x, y = (Variable(np.ones(3), requires_grad=True) for _ in range(2))
    (x + y).backward(start := np.ones(3))
    x.grad.data *= 2
    assert (y.grad.data == 1).all() and (start == 1).all()
    z = Variable(np.ones((2, 3)), requires_grad=True)
    z.reshape(6).sum().backward()
    z.grad.data += 1


def test_only_what_wants_a_gradient_is_differentiated(monkeypatch):
    calls = []
    monkeypatch.setitem(adjoints, np.matmul, tuple(lambda *a, vjp=vjp: calls.append(vjp.__name__) or vjp(*a) for vjp in adjoints[np.matmul]))
    inputs, weight = Variable(np.ones((5, 3))), Variable(np.ones((3, 2)), requires_grad=True)
    (inputs @ weight).sum().backward()
    assert calls == ["matmul_right"] and inputs.grad is None


def test_results_are_arrays_and_remember_only_with_a_reason():
    x, c = Variable(np.ones(3, np.float32), requires_grad=True), Variable(np.ones(3, np.float32))
    loss = (x*c).sum()
    assert type(loss.data) is np.ndarray and loss.requires_grad and loss.node and not (c*2).requires_grad and (c*2).node is None
    assert (loss.name, loss.grad) == (None, None)
    node = loss.node; loss.backward()
    assert node.operands is None and node.arrays is None


def test_momentum_over_blocks_is_the_formula():
    start, gradient = np.random.default_rng(0).standard_normal((2, 90_000)).astype(np.float32)
    got, = trained(SGD, [start], learning_rate=0.1, momentum=0.9, steps=2)
    generator = np.random.default_rng(1)
    expected, velocity = start, np.zeros_like(start)
    for _ in range(2): expected, velocity = sgd_momentum(expected, generator.standard_normal(90_000).astype(np.float32), velocity, 0.1, 0.9)
    assert (got == expected).all()
