"Every primitive against central differences, and the errors that say what to do."
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tinytorch.autograd import Variable, adjoints, gradcheck, no_grad
from tinytorch.layers import cross_entropy
from tinytorch.tensor import apply, getitem, relu, reshape, sigmoid, unbroadcast

shapes = hnp.mutually_broadcastable_shapes(num_shapes=2, max_dims=3, max_side=3)
reductions = st.tuples(st.sampled_from([None, 0, -1]), st.booleans())


def numbers(shape, low=0.3, seed=0):
    "Numbers away from kinks and poles: magnitudes from low to low + 1, random signs where low is 0.3."
    generator = np.random.default_rng(seed)
    return (low + generator.random(shape))*generator.choice([-1, 1], shape)


binary = {np.add: lambda a, b: a + b, np.subtract: lambda a, b: a - b, np.multiply: lambda a, b: a*b, np.divide: lambda a, b: a/b, np.power: lambda a, b: abs(a)**b}
unary = {np.negative: lambda x: -x, np.exp: lambda x: x.exp(), np.log: lambda x: abs(x).log(), np.sqrt: lambda x: abs(x).sqrt(), np.abs: abs,
         np.tanh: lambda x: x.tanh(), sigmoid: lambda x: x.sigmoid(), relu: lambda x: x.relu(),
         reshape: lambda x: x.reshape(-1), np.transpose: lambda x: x.T, getitem: lambda x: x[0] + x[[0, -1, 0]].sum(axis=0)}
reducing = {np.sum: lambda x, a, k: x.sum(axis=a, keepdims=k), np.mean: lambda x, a, k: x.mean(axis=a, keepdims=k), np.max: lambda x, a, k: x.max(axis=a, keepdims=k)}


def test_every_primitive_is_checked_here():
    assert set(adjoints) == {*binary, *unary, *reducing, np.matmul, cross_entropy}


@pytest.mark.parametrize("function", binary, ids=lambda f: f.__name__)
@settings(max_examples=25, deadline=None)
@given(shapes=shapes)
def test_binary(function, shapes): gradcheck(binary[function], *(numbers(shape, seed=i) for i, shape in enumerate(shapes.input_shapes)))


@pytest.mark.parametrize("function", unary, ids=lambda f: f.__name__)
@settings(max_examples=15, deadline=None)
@given(shape=hnp.array_shapes(max_dims=3, max_side=3))
def test_unary(function, shape): gradcheck(unary[function], numbers(shape))


@pytest.mark.parametrize("function", reducing, ids=lambda f: f.__name__)
@settings(max_examples=15, deadline=None)
@given(shape=hnp.array_shapes(max_dims=3, max_side=3), how=reductions)
def test_reductions(function, shape, how): gradcheck(lambda x: reducing[function](x, *how), numbers(shape))


@pytest.mark.parametrize("left, right", [((3, 4), (4, 2)), ((4,), (4,)), ((3, 4), (4,)), ((4,), (4, 2)), ((5, 3, 4), (4, 2)), ((5, 3, 4), (4,)), ((4,), (5, 4, 2)), ((5, 1, 3, 4), (2, 4, 2))])
def test_matmul(left, right): gradcheck(lambda a, b: a @ b, numbers(left), numbers(right, seed=1))


def test_cross_entropy(): gradcheck(lambda x: apply(cross_entropy, x, np.array([1, 0, 2])), numbers((3, 4)))


def test_gradcheck_notices_a_wrong_adjoint(monkeypatch):
    monkeypatch.setitem(adjoints, np.exp, (lambda g, y, a: 1.01*g*y,))
    with pytest.raises(AssertionError, match="input 0, element"): gradcheck(lambda x: x.exp(), numbers((2,)))


@given(shapes=shapes)
def test_unbroadcast_is_the_adjoint_of_broadcasting(shapes):
    shape, full = shapes.input_shapes[0], shapes.result_shape
    a, g = numbers(shape), numbers(full, seed=1)
    assert np.isclose((np.broadcast_to(a, full)*g).sum(), (a*unbroadcast(g, shape)).sum())


def test_deep_chain():
    x = Variable(1.0, requires_grad=True)
    y = x
    for _ in range(50_000): y = y + 1e-6
    y.backward()
    assert x.grad.item() == 1


def test_errors_say_what_to_do():
    x = Variable([1.0, 2.0], requires_grad=True)
    loss = (x*x).sum()
    loss.backward()
    with pytest.raises(RuntimeError, match="compute the loss again"): loss.backward()
    with pytest.raises(ValueError, match=r"shape \(2,\): call .sum\(\)"): (x*x).backward()
    with pytest.raises(ValueError, match="give one of the same shape"): (x*x).backward([1.0, 2.0, 3.0])
    with pytest.raises(FloatingPointError, match="not finite"): (x*np.float32(np.inf)).sum().backward()
    with pytest.raises(ValueError, match=r"gradient of shape \(3,\)"): x.grad = np.zeros(3)
    with pytest.raises(TypeError, match="write 1.0 for 1"): Variable([1, 2], requires_grad=True)
    with no_grad(): nothing = (x*x).sum()
    with pytest.raises(RuntimeError, match="outside no_grad"): nothing.backward()


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_dtypes_are_kept(dtype):
    x = Variable(np.ones((2, 2), dtype), requires_grad=True)
    y = ((2.0*x - np.float64(1.0))**2 / 3).sigmoid().mean() + x.max() + (x @ x).sum()
    y.backward()
    assert y.dtype == dtype and x.grad.dtype == dtype
