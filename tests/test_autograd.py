"Every primitive against central differences, and the errors that say what to do."
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tinytorch.autograd import (
    Node,
    Variable,
    accumulate,
    adjoint,
    adjoints,
    divide_denominator,
    divide_numerator,
    getitem_vjp,
    gradcheck,
    matmul_left,
    matmul_right,
    max_vjp,
    no_grad,
    tape_of,
)
from tinytorch.layers import cross_entropy
from tinytorch.tensor import Tensor, apply, getitem, relu, reshape, sigmoid

shapes = hnp.mutually_broadcastable_shapes(num_shapes=2, max_dims=3, max_side=3)
products = hnp.mutually_broadcastable_shapes(signature=np.matmul.signature, max_dims=2, max_side=3)


def numbers(shape, low=0.3, seed=0):
    "Numbers away from kinks and poles: magnitudes from low to low + 1, random signs where low is 0.3."
    generator = np.random.default_rng(seed)
    return (low + generator.random(shape))*generator.choice([-1, 1], shape)


binary = {
    np.add: lambda a, b: a + b,
    np.subtract: lambda a, b: a - b,
    np.multiply: lambda a, b: a * b,
    np.divide: lambda a, b: a / b,
    np.power: lambda a, b: abs(a) ** b,
}
unary = {
    np.negative: lambda x: -x,
    np.exp: lambda x: x.exp(),
    np.log: lambda x: abs(x).log(),
    np.sqrt: lambda x: abs(x).sqrt(),
    np.abs: abs,
    np.tanh: lambda x: x.tanh(),
    sigmoid: lambda x: x.sigmoid(),
    relu: lambda x: x.relu(),
    reshape: lambda x: x.reshape(-1),
    np.transpose: lambda x: x.T,
    getitem: lambda x: x[0] + x[[0, -1, 0]].sum(axis=0),
}
reducing = {
    np.sum: lambda x, a, k: x.sum(axis=a, keepdims=k),
    np.mean: lambda x, a, k: x.mean(axis=a, keepdims=k),
    np.max: lambda x, a, k: x.max(axis=a, keepdims=k),
}


def test_every_primitive_is_checked_here():
    assert set(adjoints) == {*binary, *unary, *reducing, np.matmul, cross_entropy}


@pytest.mark.parametrize("function", binary, ids=lambda f: f.__name__)
@settings(max_examples=25, deadline=None)
@given(shapes=shapes)
def test_binary(function, shapes):
    gradcheck(binary[function], *(numbers(shape, seed=i) for i, shape in enumerate(shapes.input_shapes)))


@pytest.mark.parametrize("function", unary, ids=lambda f: f.__name__)
@settings(max_examples=15, deadline=None)
@given(shape=hnp.array_shapes(max_dims=3, max_side=3))
def test_unary(function, shape):
    gradcheck(unary[function], numbers(shape))


@pytest.mark.parametrize("function", reducing, ids=lambda f: f.__name__)
@settings(max_examples=15, deadline=None)
@given(data=st.data(), shape=hnp.array_shapes(max_dims=3, max_side=3), keepdims=st.booleans())
def test_reductions(function, data, shape, keepdims):
    axis = data.draw(st.none() | st.integers(-len(shape), len(shape) - 1) | hnp.valid_tuple_axes(len(shape)))
    gradcheck(lambda x: reducing[function](x, axis, keepdims), numbers(shape))


@settings(max_examples=40, deadline=None)
@given(data=st.data(), shape=hnp.array_shapes(max_dims=3, max_side=3))
def test_indexing(data, shape):
    index = data.draw(
        hnp.basic_indices(shape, allow_newaxis=True)
        | st.lists(st.integers(-shape[0], shape[0] - 1), min_size=1, max_size=4)
        | hnp.arrays(bool, shape)
    )
    gradcheck(lambda x: x[index], numbers(shape))


@settings(max_examples=20, deadline=None)
@given(data=st.data(), shape=hnp.array_shapes(max_dims=3, max_side=3))
def test_transposing_and_reshaping(data, shape):
    gradcheck(lambda x: x.transpose(2, 0, 1), numbers((1, 2, 3)))        # a permutation that is not its own inverse
    axes = data.draw(st.permutations([axis - len(shape)*data.draw(st.booleans()) for axis in range(len(shape))]))
    gradcheck(lambda x: x.transpose(*axes), numbers(shape))
    gradcheck(lambda x: x.transpose(axes).reshape(-1, shape[0]).T, numbers(shape))


@settings(max_examples=40, deadline=None)
@given(shapes=products)
def test_matmul_of_all_shapes(shapes):
    gradcheck(lambda a, b: a @ b, *(numbers(shape, seed=i) for i, shape in enumerate(shapes.input_shapes)))


@pytest.mark.parametrize(
    "left, right",
    [
        ((3, 4), (4, 2)),
        ((4,), (4,)),
        ((3, 4), (4,)),
        ((4,), (4, 2)),
        ((5, 3, 4), (4, 2)),
        ((5, 3, 4), (4,)),
        ((4,), (5, 4, 2)),
        ((5, 1, 3, 4), (2, 4, 2)),
    ],
)
def test_matmul(left, right):
    gradcheck(lambda a, b: a @ b, numbers(left), numbers(right, seed=1))


def test_cross_entropy():
    gradcheck(lambda x: apply(cross_entropy, x, np.array([1, 0, 2])), numbers((3, 4)))


def test_gradcheck_notices_a_wrong_adjoint(monkeypatch):
    monkeypatch.setitem(adjoints, np.exp, (lambda g, y, a: 1.01*g*y,))
    with pytest.raises(AssertionError, match="input 0, element"):
        gradcheck(lambda x: x.exp(), numbers((2,)))


def test_vjps_by_hand():
    assert np.allclose([divide_numerator(1.0, 2.0, 6.0, 3.0), divide_denominator(1.0, 2.0, 6.0, 3.0)], [1/3, -2/3])
    assert np.array_equal(max_vjp(np.array(1.0), np.array(7.0), np.array([7.0, 1, 7]), None, False), [0.5, 0, 0.5])
    assert np.array_equal(getitem_vjp(np.array([1.0, 2, 4]), None, np.zeros(3), [0, 0, 2]), [3, 0, 4])
    a, b, g = np.array([[1.0, 2], [3, 4]]), np.array([[5.0], [6]]), np.array([[1.0], [10]])
    assert np.array_equal(matmul_left(g, a @ b, a, b), [[5, 6], [50, 60]])
    assert np.array_equal(matmul_right(g, a @ b, a, b), [[31], [42]])


@pytest.mark.parametrize("left, right", [((4,), (4,)), ((3, 4), (4,)), ((4,), (4, 2)), ((3, 4), (4, 2))])
def test_matmul_vjps_have_the_operands_shapes(left, right):
    a, b = numbers(left), numbers(right)
    assert matmul_left(np.ones_like(a @ b), a @ b, a, b).shape == left
    assert matmul_right(np.ones_like(a @ b), a @ b, a, b).shape == right


def test_points_without_a_slope():
    cases = [(abs, 0.0, 0), (lambda x: x.relu(), 0.0, 0), (lambda x: x**0, 0.0, 0), (lambda x: x**2, 0.0, 0),
             (lambda x: 0.0**x, 2.0, 0), (lambda x: x**1, 0.0, 1), (lambda x: x**0, np.nan, 0),
             (lambda x: (x**0 + 0*Variable(1.0)), 3.0, 0)]
    for function, start, slope in cases:
        x = Variable(start, requires_grad=True)
        function(x).backward()
        assert x.grad.item() == slope


def test_tied_maxima_share():
    x = Variable([[1.0, 5.0, 5.0], [2.0, 2.0, 2.0]], requires_grad=True)
    x.max(axis=1).sum().backward()
    assert np.allclose(x.grad, [[0, 1/2, 1/2], [1/3, 1/3, 1/3]])


def test_a_leaf_used_often_adds_up():
    x = Variable([1.0, 2.0], requires_grad=True)
    (x*x + x*3 - x/2 + x).sum().backward()
    assert np.allclose(x.grad, 2*x.data + 3 - 0.5 + 1)
    (2*x).sum().backward()
    assert np.allclose(x.grad, 2*x.data + 5.5)
    x.grad = None
    x.backward([1.0, 1.0])
    assert np.array_equal(x.grad, [1, 1])


def test_a_graph_with_many_paths_is_walked_once():
    x = y = Variable(np.array(1.0), requires_grad=True)
    for _ in range(60):
        y = y + y
    assert len(tape_of(y)) == 60
    y.backward()
    assert x.grad.item() == 2.0**60


def test_the_tape_is_newest_first():
    x = Variable(2.0, requires_grad=True)
    a = x*x
    b = a.exp()
    c = a + b
    assert [v.node.function for v in tape_of(c)] == [np.add, np.exp, np.multiply] and tape_of(c) == [c, b, a]
    assert isinstance(c.node, Node)


def test_gradients_share_no_memory():
    x, y = (Variable([1.0, 2.0], requires_grad=True) for _ in range(2))
    given = np.ones(2, np.float32)
    (x + y).backward(given)
    x.grad.data += 1
    assert np.array_equal(y.grad, [1, 1]) and np.array_equal(given, [1, 1])
    first = x.grad
    (x + y).sum().backward()
    assert np.array_equal(first, [2, 2]) and np.array_equal(x.grad, [3, 3])


def test_accumulate_copies_only_what_it_must():
    leaf, own, arrived = Variable([1.0, 2.0], requires_grad=True), np.ones(2), np.ones(2)
    accumulate(leaf, own, arrived)
    assert leaf.grad.data is own
    leaf.grad = None
    accumulate(leaf, arrived[::-1], arrived)
    assert not np.may_share_memory(leaf.grad.data, arrived)


def test_only_leaves_that_want_it_get_a_gradient():
    x, fixed, wanted = Variable([1.0], requires_grad=True), Variable([2.0]), Tensor([3.0])
    y = x*fixed
    (y*wanted + fixed).sum().backward()
    assert x.grad.item() == 6 and fixed.grad is None and y.grad is None


def test_no_grad_as_block_and_decorator():
    x = Variable([1.0], requires_grad=True)
    @no_grad()
    def forward():
        return x*2
    with no_grad():
        assert (x*2).node is None
        with no_grad():
            pass
        assert not (x*2).requires_grad
    assert forward().node is None and (x*2).node is not None and x.detach().requires_grad is False
    with pytest.raises(KeyError), no_grad():
        raise KeyError
    assert (x*2).requires_grad


def test_numpys_functions_and_arrays_on_the_left():
    x = Variable(np.array([1.0, 2.0]), requires_grad=True)
    (np.ones((2, 2)) @ x + np.array([3.0, 4.0])*x - np.exp(x)).sum().backward()
    assert np.allclose(x.grad, 2 + np.array([3, 4]) - np.exp(x.data))


def test_a_primitive_of_ones_own(monkeypatch):
    x = Variable(np.array([0.5, 1.0]), requires_grad=True)
    with pytest.raises(LookupError, match=r"sin has no adjoint yet: register one with adjoint\(sin, ...\)"):
        np.sin(x).sum().backward()
    monkeypatch.setitem(adjoints, np.sin, None)
    adjoint(np.sin, lambda g, y, a: g*np.cos(a))
    assert gradcheck(np.sin, [0.5, 1.0])


def test_deep_chain():
    x = Variable(1.0, requires_grad=True)
    y = x
    for _ in range(50_000):
        y = y + 1e-6
    y.backward()
    assert x.grad.item() == 1


def test_backward_twice():
    x = Variable([1.0, 2.0], requires_grad=True)
    shared = x*x
    loss = shared.sum()
    loss.backward()
    for again in (loss, shared.mean()):   # the same result, or another one that needs the same part of the tape
        with pytest.raises(RuntimeError, match=r"already used this result and freed its tape: .* or give retain_graph=True"):
            again.backward()


def test_errors_say_what_to_do():
    x = Variable([1.0, 2.0], requires_grad=True, name="weights")
    with pytest.raises(ValueError, match=r"needs one number .*, and this result has shape \(2,\): call .sum\(\) or .mean\(\) first"):
        (x*x).backward()
    with pytest.raises(ValueError, match=r"gradient of shape \(3,\) for a result of shape \(2,\): give one of the same"):
        (x*x).backward([1.0, 2.0, 3.0])
    for bad in (np.inf, np.nan):
        with pytest.raises(FloatingPointError, match="not finite.*lower the learning rate"):
            (x*np.float32(bad)).sum().backward()
    with pytest.raises(ValueError, match=r"gradient of shape \(3,\) for weights of shape \(2,\)"):
        x.grad = np.zeros(3)
    for integers in ([1, 2], 1, True, np.int64(3)):
        with pytest.raises(TypeError, match="only floats have gradients, got .*write 1.0 for 1"):
            Variable(integers, requires_grad=True)
    with no_grad():
        nothing = (x*x).sum()
    for result in (nothing, Variable(1.0), x.detach().sum()):
        with pytest.raises(RuntimeError, match=r"remembers nothing: give requires_grad=True .* outside no_grad\(\)"):
            result.backward()
    with pytest.raises(TypeError, match="a Variable is not changed in place"):
        x[0] = 1.0
    assert x.grad is None


def test_gradcheck_names_the_element():
    with pytest.raises(AssertionError, match=r"input 1, element \(0,\): backward gives 0, differences give 0.628"):
        gradcheck(lambda a, b: (a*b.detach()).sum(), [5.0, 5.0], [2.0, 5.0])
    assert gradcheck(lambda a, b: a*b, 2.0, [1.0, 2.0])


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_dtypes_are_kept(dtype):
    x = Variable(np.ones((2, 2), dtype), requires_grad=True)
    y = (
        ((2.0 * x - np.float64(1.0)) ** 2 / 3).sigmoid().mean()
        + x.max()
        + (x @ x).sum()
        + (x[[0, 0]] ** 0.5).transpose().reshape(4).mean()
        + (1 / x).max(axis=1).sum()
    )
    y.backward()
    assert y.dtype == dtype and x.grad.dtype == dtype
    (x*np.array([3, 4])).sum().backward()
    assert x.grad.dtype == dtype
