"What a step and its tape do to memory: little is touched, nothing kept is changed, every layout is moved."
import tracemalloc
import warnings

import numpy as np
import pytest

from tinytorch.autograd import Variable, adjoints
from tinytorch.bookkeeping import overflowed, writable
from tinytorch.engines import set_engine
from tinytorch.layers import Dense
from tinytorch.optimizers import SGD, Adam, Optimizer, sgd_momentum

elementwise = [kind for kind in Optimizer.registry.values()
               if kind.update is Optimizer.update and kind.step is Optimizer.step]
everywhere = pytest.mark.parametrize("kind", elementwise, ids=lambda kind: kind.__name__)


def trained(kind, arrays, dtype=np.float32, steps=3, **options):
    "Parameters after a few steps with random gradients."
    variables = [Variable(a, requires_grad=True, dtype=dtype) for a in arrays]
    optimizer, generator = kind(variables, **options), np.random.default_rng(1)
    for _ in range(steps):
        for variable in variables:
            variable.grad = generator.standard_normal(variable.shape).astype(dtype)
        optimizer.step()
    return [variable.data for variable in variables]


# ---- memory

everything = dict(amsgrad=True, maximize=True, weight_decay=0.1, decoupled_weight_decay=True)


@pytest.mark.parametrize("options", [{}, everything], ids=["bare", "with everything"])
@pytest.mark.parametrize("engine", ["numpy", "auto"])
def test_a_step_over_ten_million_elements_allocates_nothing(engine, options):
    w = Variable(np.zeros(10_000_000, np.float32), requires_grad=True)
    w.grad, optimizer = np.ones(w.size, np.float32), Adam([w], **options)
    with set_engine(engine):
        optimizer.step()
        tracemalloc.start()
        optimizer.step()
        after_second, peak = tracemalloc.get_traced_memory()
        for _ in range(3):
            optimizer.step()
        after_fifth, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 50_000 and after_fifth - after_second < 1000


def test_weights_and_state_stay_where_they_are():
    start = np.ones(100_000, np.float32)
    w = Variable(start, requires_grad=True)
    w.grad, optimizer = np.ones_like(start), Adam([w])
    optimizer.step()
    before = id(w.data), id(optimizer.state[w]["m"])
    optimizer.step()
    assert (id(w.data), id(optimizer.state[w]["m"])) == before
    assert (w.grad.data == 1).all() and (start == 1).all()


# ---- what others hold

def holders(x):
    "Ways to hold the array of a Variable, each a function that tells what is held."
    whole, view, row = x.data, x.data.T, x.data[0]
    buffer = memoryview(x.data)
    inner = [x.data]
    return {"name": lambda: whole, "view": lambda: view, "row": lambda: row, "memoryview": lambda: np.asarray(buffer),
            "list": lambda: inner[0]}


@everywhere
def test_kept_values_stay_what_they_were(kind):
    x = Variable(np.ones((2, 3)), requires_grad=True)
    optimizer, path = kind([x], learning_rate=0.1), []
    for _ in range(4):
        path.append((x.data, x.data.copy()))
        x.grad = np.ones((2, 3))
        optimizer.step()
    assert all((kept == value).all() for kept, value in path) and (x.data < 1).all()


@pytest.mark.parametrize("way", ["name", "view", "row", "memoryview", "list"])
def test_whoever_holds_an_array_keeps_it(way):
    x = Variable(np.ones((2, 3)), requires_grad=True)
    held = holders(x)[way]
    optimizer = SGD([x], learning_rate=0.5)
    x.grad = np.ones((2, 3))
    optimizer.step()
    assert (held() == 1).all() and (x.data == 0.5).all()
    del held
    before = id(x.data)
    optimizer.step()
    assert id(x.data) == before and (x.data == 0).all()


def test_a_view_is_not_written_through():
    shared = np.ones(4)
    x = Variable(np.zeros(2), requires_grad=True)
    x.data = shared[:2]
    x.grad = np.ones(2)
    SGD([x], learning_rate=0.5).step()
    assert (shared == 1).all() and (x.data == 0.5).all()


def test_a_read_only_array_is_replaced_and_nothing_moves_by_halves():
    first, second = (Variable(np.ones(2), requires_grad=True) for _ in range(2))
    second.data.flags.writeable = False
    locked = second.data
    first.grad = second.grad = np.ones(2)
    SGD([first, second], learning_rate=0.5).step()
    assert (first.data == 0.5).all() and (second.data == 0.5).all() and (locked == 1).all()


def test_a_tape_is_what_it_was_before_the_step():
    w = Variable(3.0, requires_grad=True)
    a, b = w*2, w*w
    optimizer = SGD([w], learning_rate=0.1)
    a.backward()
    optimizer.step()
    optimizer.zero_grad()
    b.backward()
    assert w.grad.item() == 6


def test_a_kept_memory_stays_what_it_was():
    x = Variable(np.ones(3), requires_grad=True)
    optimizer = Adam([x])
    x.grad = np.ones(3)
    optimizer.step()
    m, value = optimizer.state[x]["m"], optimizer.state[x]["m"].copy()
    optimizer.step()
    assert (m == value).all() and (optimizer.state[x]["m"] != value).all()


def test_a_gradient_that_is_the_parameter_is_not_changed_under_its_own_step():
    x = Variable(np.ones(3), requires_grad=True)
    x.grad = x.data
    SGD([x], learning_rate=0.5).step()
    assert (x.grad.data == 1).all() and (x.data == 0.5).all()


def test_writable_is_the_array_itself_or_a_copy_in_its_stead():
    x = Variable(np.ones(3), requires_grad=True)
    before = id(x.data)
    assert id(writable(x)) == before == id(x.data)
    kept = x.data
    assert writable(x) is x.data is not kept and (x.data == kept).all()


# ---- layouts and types

def layouts(array):
    "The same numbers as rows, as columns, with gaps, backwards, and read-only."
    gaps = np.zeros((2*array.shape[0], 3*array.shape[1]), array.dtype)
    gaps[::2, ::3] = array
    locked = array.copy()
    locked.flags.writeable = False
    return [array, np.asfortranarray(array), gaps[::2, ::3], array[::-1, ::-1].copy()[::-1, ::-1], locked]


@pytest.mark.parametrize("shape", [(3, 4), (200, 300)], ids=["one block", "three blocks"])
@pytest.mark.parametrize("of", ["parameter", "gradient"])
def test_every_layout_gives_the_same(of, shape):
    start, gradient = np.random.default_rng(0).standard_normal((2, *shape)).astype(np.float32)
    results = []
    for array in layouts(start if of == "parameter" else gradient):
        kept = array.copy()
        w = Variable(start, requires_grad=True)
        if of == "parameter":
            w.data = array
        w.grad = gradient if of == "parameter" else array
        Adam([w], weight_decay=0.1, maximize=True).step()
        results.append(w.data)
        assert (array == kept).all()
    assert (results[0] != start).any()
    for result in results[1:]:
        assert (result == results[0]).all()


def test_one_number_is_a_parameter_too():
    x, y = Variable(3.0, requires_grad=True), Variable([3.0], requires_grad=True)
    optimizer = Adam([x, y], learning_rate=0.1)
    for _ in range(5):
        optimizer.zero_grad()
        (x**2 + (y**2).sum()).backward()
        optimizer.step()
    assert x.shape == () and x.data.dtype == np.float32 and x.item() == y.data[0] < 3
    assert optimizer.state[x]["m"].shape == ()


def test_a_gradient_of_another_dtype_does_not_change_the_weights():
    w = Variable(np.ones(4, np.float32), requires_grad=True)
    w.grad = np.full(4, 0.5)
    SGD([w], learning_rate=1.0, momentum=0.9).step()
    assert w.dtype == np.float32 and (w.data == 0.5).all()


def test_momentum_over_blocks_is_the_formula():
    start = np.random.default_rng(0).standard_normal(90_000).astype(np.float32)
    got, = trained(SGD, [start], learning_rate=0.1, momentum=0.9, steps=2)
    generator = np.random.default_rng(1)
    expected, velocity = start, np.zeros_like(start)
    for _ in range(2):
        gradient = generator.standard_normal(90_000).astype(np.float32)
        expected, velocity = sgd_momentum(expected, gradient, velocity, 0.1, 0.9)
    assert (got == expected).all()


# ---- the tape

def test_every_leaf_has_a_gradient_of_its_own():
    x, y = (Variable(np.ones(3), requires_grad=True) for _ in range(2))
    start = np.ones(3)
    (x + y).backward(start)
    x.grad.data *= 2
    assert (y.grad.data == 1).all() and (start == 1).all()
    z = Variable(np.ones((2, 3)), requires_grad=True)
    z.reshape(6).sum().backward()
    z.grad.data += 1


def test_only_what_wants_a_gradient_is_differentiated(monkeypatch):
    calls = []
    def watched(vjp):
        return lambda *arguments: calls.append(vjp.__name__) or vjp(*arguments)
    monkeypatch.setitem(adjoints, np.matmul, tuple(watched(vjp) for vjp in adjoints[np.matmul]))
    inputs, weight = Variable(np.ones((5, 3))), Variable(np.ones((3, 2)), requires_grad=True)
    (inputs @ weight).sum().backward()
    assert calls == ["matmul_right"] and inputs.grad is None


def test_results_are_arrays_and_remember_only_with_a_reason():
    x, c = Variable(np.ones(3, np.float32), requires_grad=True), Variable(np.ones(3, np.float32))
    loss = (x*c).sum()
    assert type(loss.data) is np.ndarray and loss.requires_grad and loss.node
    assert not (c*2).requires_grad and (c*2).node is None
    assert (loss.name, loss.grad) == (None, None)
    node = loss.node
    loss.backward()
    assert node.operands is None and node.arrays is None


# ---- groups and states that change under way

def test_an_option_that_needs_a_memory_may_be_switched_on():
    for kind, option, value in ((SGD, "momentum", 0.9), (Adam, "amsgrad", True)):
        x = Variable(np.ones(3), requires_grad=True)
        optimizer = kind([x], learning_rate=0.1)
        x.grad = np.ones(3)
        optimizer.step()
        optimizer.param_groups[0][option] = value
        optimizer.load_state_dict(optimizer.state_dict())
        optimizer.step()
        optimizer.load_state_dict(optimizer.state_dict())
        assert optimizer.state[x]["step"] == 2 and {*optimizer.slots} <= {*optimizer.state[x]}


def test_a_state_without_what_is_always_needed_is_refused():
    x = Variable(np.ones(3), requires_grad=True)
    optimizer = Adam([x], amsgrad=True)
    x.grad = np.ones(3)
    optimizer.step()
    for slot in ("m", "v", "step"):
        saved = optimizer.state_dict()
        del saved["state"]["parameter0"][slot]
        with pytest.raises(ValueError, match="the state of parameter0 has the entries"):
            optimizer.load_state_dict(saved)


def test_dampening_spares_the_first_gradient_that_the_velocity_sees():
    x = Variable(np.array([1.0]), requires_grad=True)
    optimizer, path = SGD([x], learning_rate=0.1, dampening=0.9), []
    for step in range(3):
        if step == 1:
            optimizer.param_groups[0]["momentum"] = 0.5
        x.grad = np.ones(1)
        optimizer.step()
        path.append(x.data[0])
    assert np.allclose(path, [0.9, 0.8, 0.74], rtol=1e-12)
    again = SGD([x], learning_rate=0.1, dampening=0.9, momentum=0.5)
    again.load_state_dict(optimizer.state_dict())
    again.step()
    assert np.allclose(x.data, 0.74 - 0.1*(0.5*0.6 + 0.1), rtol=1e-12)


def test_groups_refuse_unknown_names_and_invalid_values():
    x = Variable(np.ones(3), requires_grad=True)
    group = SGD([x]).param_groups[0]
    changes = lambda: group.__setitem__("lr", 100.0), lambda: group.update(lr=100.0), lambda: group.setdefault("lr", 1)
    for change in changes:
        with pytest.raises(KeyError, match="a parameter group of SGD has no `lr`; did you mean `learning_rate`"):
            change()
    with pytest.raises(ValueError, match="learning_rate = -1.0"):
        group["learning_rate"] = -1.0
    assert group["learning_rate"] == 1e-3 and "lr" not in group
    group |= {"momentum": np.float32(0.5)}
    assert group["momentum"] == 0.5 and type(group["momentum"]) is float


def test_a_number_of_numpy_in_a_group_does_not_widen_the_weights():
    x = Variable(np.ones(3, np.float32), requires_grad=True)
    optimizer = SGD([x], momentum=0.9)
    optimizer.param_groups[0]["learning_rate"] = np.float64(0.1)
    x.grad = np.ones(3, np.float32)
    optimizer.step()
    assert x.dtype == np.float32 and optimizer.state[x]["velocity"].dtype == np.float32


def test_parameters_with_memory_in_common_are_told_by_name():
    shared = np.ones((4, 4))
    def over(**parts):
        variables = []
        for name, part in parts.items():
            variables.append(Variable(np.ones(part.shape), requires_grad=True, name=name))
            variables[-1].data = part
        return variables
    with pytest.raises(ValueError, match="first and second share memory"):
        SGD(over(third=shared[3:], first=shared[:2], second=shared[1:3]))
    SGD(over(third=shared[3:], first=shared[:2], second=shared[2:3]))
    SGD(over(first=shared[:, ::2], second=shared[:, 1::2]))   # interleaved, and yet apart
    first, second = over(first=shared[:2], second=shared[:1, :1])
    optimizer = SGD([first])
    with pytest.raises(ValueError, match="share memory"):
        optimizer.add_param_group({"parameters": [second]})


def test_an_overflow_is_told_by_name_and_step():
    calm, wild = (Variable(np.ones(3, np.float32), requires_grad=True, name=name) for name in ("calm", "wild"))
    optimizer = Adam([calm, wild])
    for size in (1.0, 3e19):
        calm.grad = wild.grad = np.full(3, 1.0, np.float32)
        wild.grad = np.array([1.0, size, 1.0], np.float32)
        with np.errstate(over="ignore"):
            optimizer.step()
        assert overflowed(optimizer) == (None if size == 1 else ("wild", "v", 2))


def test_names_that_only_positions_tell_apart_are_said_at_saving():
    layers = [Dense(2, 2), Dense(2, 2)]
    optimizer = SGD([parameter for layer in layers for parameter in layer.parameters()])
    with pytest.warns(UserWarning, match="several parameters are called .*only their positions"):
        optimizer.state_dict()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        optimizer.state_dict()
        SGD([(f"layer{i}.{name}", parameter) for i, layer in enumerate(layers)
             for name, parameter in zip("wb", layer.parameters())]).state_dict()


def test_an_update_of_whole_arrays_may_end_in_the_rule():
    class Normalized(SGD):
        "The gradient's length taken out; then as always."
        def update(self, parameter, gradient, state, group):
            super().update(parameter, gradient/np.linalg.norm(gradient), state, group)
    del Optimizer.registry["Normalized"]
    x = Variable(np.zeros(2), requires_grad=True)
    x.grad = np.array([3.0, 4.0])
    Normalized([x], learning_rate=1.0, momentum=0.5).step()
    assert np.allclose(x.data, [-0.6, -0.8])
