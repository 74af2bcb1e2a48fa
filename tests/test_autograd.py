"Every primitive against central differences, what the tape notices, and the errors that say what to do."
import asyncio
import threading

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
    backward,
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
from tinytorch.graphs import draw_graph, gradients_along, layout
from tinytorch.layers import cross_entropy, log_softmax
from tinytorch.primitives import affine, astype, at_least, at_most, concatenate, einsum, stack
from tinytorch.tape import mark, recording
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


extra = {
    np.positive: (lambda x: +x, [(2, 3)]),
    np.square: (np.square, [(2, 3)]),
    np.log1p: (lambda x: np.log1p(abs(x)), [(2, 3)]),
    np.expm1: (np.expm1, [(2, 3)]),
    np.maximum: (np.maximum, [(2, 3), (3,)]),
    np.minimum: (np.minimum, [(2, 1), (2, 3)]),
    at_least: (lambda x: x.clip(low=-0.5), [(2, 3)]),
    at_most: (lambda x, high: apply(at_most, x, high), [(2, 3), (3,)]),
    np.where: (lambda x, y: np.where(np.array([True, False, True]), x, y), [(2, 3), (3,)]),
    astype: (lambda x: x.astype(np.float64), [(2, 3)]),
    np.broadcast_to: (lambda x: np.broadcast_to(x, (4, 2, 3)), [(2, 1)]),
    concatenate: (lambda x, y: np.concatenate([x, y, x], axis=1), [(2, 3), (2, 1)]),
    stack: (lambda x, y: np.stack([x, y, x], axis=-1), [(2, 3), (2, 3)]),
    einsum: (lambda x, y: np.einsum("bij,jk->bki", x, y), [(2, 3, 4), (4, 2)]),
    np.dot: (np.dot, [(2, 3), (3, 4)]),
    np.inner: (np.inner, [(2, 3), (4, 3)]),
    np.outer: (np.outer, [(2, 3), (4,)]),
    affine: (lambda x, w, b: apply(affine, x, w, b), [(2, 5, 3), (3, 4), (4,)]),
    log_softmax: (lambda x: apply(log_softmax, x), [(3, 4)]),
}


def test_every_primitive_is_checked_here():
    assert set(adjoints) == {*binary, *unary, *reducing, *extra, np.matmul, cross_entropy}


@pytest.mark.parametrize("function", extra, ids=lambda f: f.__name__)
def test_extra_primitives(function):
    expression, sizes = extra[function]
    assert gradcheck(expression, *(numbers(shape, seed=i) for i, shape in enumerate(sizes)))


@pytest.mark.parametrize("subscripts, sizes", [
    ("ij,jk", [(2, 3), (3, 4)]), ("i,i->", [(3,), (3,)]), ("ij,kl->jl", [(2, 3), (4, 2)]), ("ij->i", [(2, 3)]),
    ("ij,ij->ji", [(2, 3), (2, 3)]), (",i", [(), (3,)])])
def test_einsum(subscripts, sizes):
    arrays = [numbers(shape, seed=i) for i, shape in enumerate(sizes)]
    assert np.allclose(np.einsum(subscripts, *map(Variable, arrays)).data, np.einsum(subscripts, *arrays))
    assert gradcheck(lambda *variables: np.einsum(subscripts, *variables), *arrays)


@pytest.mark.parametrize("function", [np.dot, np.inner])
@pytest.mark.parametrize("left, right", [((3,), (3,)), ((2, 3), (3,)), ((), (2, 3)), ((2, 3), ()), ((2, 2, 3), (3, 3)),
                                         ((2, 3), (2, 3, 3))])
def test_dot_and_inner_of_all_shapes(function, left, right):
    a, b = numbers(left), numbers(right, seed=1)
    assert np.allclose(function(Variable(a), Variable(b)).data, function(a, b)) and gradcheck(function, a, b)


@pytest.mark.parametrize("axis", [None, 0, -1, (0, 1)])
@pytest.mark.parametrize("name", ["min", "var", "std"])
def test_composed_reductions(name, axis):
    x = numbers((3, 4))
    for keepdims in (False, True):
        for result in (
            getattr(Variable(x), name)(axis, keepdims),
            getattr(np, name)(Variable(x), axis, keepdims=keepdims),
        ):
            assert np.allclose(result.data, getattr(np, name)(x, axis, keepdims=keepdims))
    assert gradcheck(lambda v: getattr(v, name)(axis), x)


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
             (lambda x: x**0, np.inf, 0)]
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
        with pytest.raises(
            RuntimeError, match=r"already used this result and freed its tape: .* or give retain_graph=True"
        ):
            again.backward()


def test_errors_say_what_to_do():
    x = Variable([1.0, 2.0], requires_grad=True, name="weights")
    with pytest.raises(
        ValueError, match=r"needs one number .*, and this result has shape \(2,\): call .sum\(\) or .mean\(\) first"
    ):
        (x*x).backward()
    with pytest.raises(
        ValueError, match=r"gradient of shape \(3,\) for a result of shape \(2,\): give one of the same"
    ):
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


# ---- the values of the forward pass, or a refusal ----

refused = r"an array of shape .* that \w+ needs for its gradient was written into after the forward pass: .*x.data = "


def leaves():
    return Variable(np.array([1.0, 2.0]), requires_grad=True), Variable(np.array([3.0, 4.0]), requires_grad=True)


def test_an_array_that_was_replaced_does_not_matter():
    w, other = leaves()
    loss = (w*w*other).sum()
    w.data = np.array([50.0, 60.0])
    loss.backward()
    assert np.array_equal(w.grad, [6, 16]) and np.array_equal(other.grad, [1, 4])


def test_the_second_loss_after_a_step():
    w = Variable(3.0, requires_grad=True)
    a, b = w*2, w*w
    a.backward()
    w.data = w.data - 0.1*w.grad.data
    w.grad = None
    b.backward()
    assert w.grad.item() == 6


def write_element(array):
    array[0] = 7


def write_all(array):
    array[...] = 7


def write_view(array):
    array[1:][:] = 7


def write_through_function(array):
    np.add(array, 1, out=array)


def scene(which):
    "(operand of a product, the array to write into) for a leaf, a buffer, a result and views of them."
    w, array = Variable(np.array([1.0, 2.0]), requires_grad=True), np.array([5.0, 6.0])
    result = w*3
    view_of_leaf, view_of_result = w.reshape(2, 1).reshape(2), result.reshape(2, 1).reshape(2)
    if which == "result":
        result.data
    return {
        "leaf": (w, w),
        "buffer": (Variable(array), array),
        "plain array": (array, array),
        "result": (result, result),
        "view of a leaf": (view_of_leaf, w),
        "view of a result": (view_of_result, result),
        "result seen as a view": (result, view_of_result),
        "detached": (result, result.detach()),
    }[which]


@pytest.mark.parametrize("write", [write_element, write_all, write_view, write_through_function])
@pytest.mark.parametrize("which", ["leaf", "buffer", "plain array", "result", "view of a leaf", "view of a result",
                                   "result seen as a view", "detached"])
def test_writing_into_what_the_tape_needs_is_refused(which, write):
    _, other = leaves()
    operand, target = scene(which)
    loss = (operand*other).sum() + other.sum()
    write(target.data if isinstance(target, Variable) else target)
    with pytest.raises(RuntimeError, match=refused):
        loss.backward()
    assert other.grad is None   # nothing by half


def test_a_value_is_watched_through_the_views_that_share_its_memory():
    w, _ = leaves()
    h = w.exp()
    loss, flat = (h*h).sum(), h.reshape(1, 2)
    flat.data[0, 0] = 0
    with pytest.raises(RuntimeError, match=refused):
        loss.backward()
    h = w.exp()
    loss = h.reshape(2, 1).tanh().sum()
    h.data[0] = 0
    # tanh reads its own value, exp the one that was written into
    with pytest.raises(RuntimeError, match=refused):
        loss.backward()


def test_what_is_not_needed_may_be_written_into():
    w, other = leaves()
    loss = (w + other).sum()
    w.data[:] = 0
    loss.backward()
    assert np.array_equal(w.grad, [1, 1])
    constant = Variable([2.0, 2.0])
    loss = (w.detach()*constant + w).sum()   # neither factor wants a gradient
    constant.data[:] = 5
    loss.backward()
    assert np.array_equal(w.grad, [2, 2])


def test_looking_at_values_changes_nothing():
    w, other = leaves()
    h = w*other
    assert h.data.sum() == 11 and h.numpy().shape == (2,)
    (h*h).sum().backward()
    assert np.array_equal(w.grad, 2*np.array([3, 8])*other.data)


@settings(max_examples=40, deadline=None)
@given(
    data=st.data(),
    size=st.sampled_from([3, 5000, 9001]),
    dtype=st.sampled_from([np.float16, np.float32, np.float64]),
)
def test_a_mark_tells_every_change(data, size, dtype):
    array = np.random.default_rng(0).standard_normal(size).astype(dtype)
    array = array if data.draw(st.booleans()) else array.repeat(2)[::2]
    before, index = mark(array), data.draw(st.integers(0, size - 1))
    assert mark(array.copy()) == before
    array[index] = np.nextafter(array[index], dtype(np.inf))
    assert mark(array) != before


def test_a_mark_tells_rows_that_changed_places():
    rows = np.random.default_rng(0).standard_normal((128, 784)).astype(np.float32)
    for order in (np.roll(np.arange(128), 1), np.arange(128)[::-1], np.r_[1, 0, 2:128]):
        assert mark(rows[order]) != mark(rows)
        assert mark(np.asfortranarray(rows[order])) != mark(np.asfortranarray(rows))


def test_a_mark_tells_the_last_elements():
    for count in (1, 2, 5):
        array = np.zeros(40_000 + count, np.float16)
        before = mark(array)
        array[-count] = 1
        assert mark(array) != before


# ---- a tape for several walks ----

def test_retain_graph():
    x = Variable([1.0, 2.0], requires_grad=True)
    shared = x*x
    first, second = shared.sum(), shared.mean()
    first.backward(retain_graph=True)
    second.backward()
    assert np.array_equal(x.grad, [3, 6])
    loss = (x*x).sum()
    for count in (1, 2, 3):
        x.grad = None if count == 1 else x.grad
        backward(loss, retain_graph=count < 3)
        assert np.array_equal(x.grad, count*2*x.data)
    with pytest.raises(RuntimeError, match="freed its tape"):
        loss.backward()


def test_a_gradient_kept_by_somebody_is_not_added_into():
    x = Variable([1.0, 2.0], requires_grad=True)
    (x*2 + x*3 + x*4 + x*5).sum().backward()
    kept = x.grad.data
    (x*1 + x*1).sum().backward()
    assert np.array_equal(kept, [14, 14]) and np.array_equal(x.grad, [16, 16])


def test_sums_are_not_made_in_arrays_of_others():
    x, given = Variable([1.0, 2.0], requires_grad=True), np.array([3.0, 5.0], np.float32)
    (x + x + x).backward(given)
    assert np.array_equal(given, [3, 5]) and np.array_equal(x.grad, [9, 15])


def test_equal_ones_share_in_maximum_and_minimum():
    for function in (np.maximum, np.minimum):
        a, b = (Variable([1.0, 2.0, 3.0], requires_grad=True) for _ in range(2))
        function(a, b).sum().backward()
        assert np.array_equal(a.grad, [0.5]*3) and np.array_equal(b.grad, [0.5]*3)


# ---- parameters stay parameters ----

def test_updates_in_place():
    w = Variable(np.array([1.0, 2.0], np.float32), requires_grad=True)
    same, array = w, w.data
    with no_grad():
        w -= np.array([0.5, 0.5])
        w += 1
        w *= np.float64(2)
        w /= 4
    assert w is same and w.requires_grad and w.dtype == np.float32 and np.array_equal(w, [0.75, 1.25])
    assert np.array_equal(array, [1, 2])                   # a new array: whoever holds the old one keeps it
    with pytest.raises(RuntimeError, match=r"w of shape \(2,\) would not be a parameter .* inside of no_grad\(\)"):
        w.name = "w"
        w -= 1
    with no_grad(), pytest.raises(ValueError, match=r"data of shape \(3, 2\) for w of shape \(2,\)"):
        w += np.ones((3, 1))
    total = w.sum()
    total += 1                                             # a result: the name moves on
    total.backward()
    assert np.array_equal(w.grad, [1, 1])


@pytest.mark.parametrize("value", [2, 2.0, True, np.int64(2), np.float64(2.0), np.array(2)], ids=repr)
def test_data_stay_an_array_of_the_dtype(value):
    w = Variable(1.0, requires_grad=True)
    w.data = value
    assert isinstance(w.data, np.ndarray) and w.data.dtype == np.float32 and w.data.shape == ()
    vector = Variable([1.0, 2.0], requires_grad=True)
    with pytest.raises(ValueError, match=r"data of shape \(\) for a variable of shape \(2,\): give the same shape"):
        vector.data = value
    vector.data = [3, 4]
    assert vector.data.dtype == np.float32 and np.array_equal(vector, [3, 4])


def test_gradients_have_the_leafs_dtype():
    x = Variable(np.ones(3, np.float32), requires_grad=True)
    (x*np.arange(3.0)).sum().backward()
    assert x.grad.dtype == np.float32 and np.array_equal(x.grad, [0, 1, 2])
    half = Variable(np.ones(2, np.float16), requires_grad=True)
    (half.exp()*np.ones(2) + half).sum().backward()
    assert half.grad.dtype == np.float16


# ---- indexes, and shapes at the edge ----

def test_variables_as_index():
    x = Variable(np.arange(3.0), requires_grad=True)
    x[Variable([0, 0, 2])].sum().backward()
    assert np.array_equal(x.grad, [2, 0, 1])
    table = Variable(np.arange(6.0).reshape(2, 3), requires_grad=True)
    table[Variable([0, 1]), Variable([2, 2])].sum().backward()
    assert np.array_equal(table.grad, [[0, 0, 1], [0, 0, 1]])


@pytest.mark.parametrize("shape, reduce", [
    ((0, 3), lambda x: x.mean(axis=1)), ((0, 3), lambda x: x.sum(axis=0)), ((3, 0), lambda x: x.sum(axis=1)),
    ((), lambda x: x.sum(axis=0)), ((), lambda x: x.max(axis=0)),
    ((), lambda x: x.sum(axis=()))])
def test_reductions_at_the_edge(shape, reduce):
    x = Variable(np.ones(shape), requires_grad=True)
    y = reduce(x)
    y.backward(np.ones(y.shape))
    assert x.grad.shape == shape and (x.grad.data == 1).all()


# ---- NumPy's functions carry the gradient or refuse ----

w_and_x = leaves()


@pytest.mark.parametrize("cut", [
    lambda w, x: np.cumsum(w), lambda w, x: np.linalg.norm(w), lambda w, x: np.vstack([w, x]),
    lambda w, x: np.mean([w, x]),
    lambda w, x: np.array([w[0], x[1]]), lambda w, x: np.asarray(w), lambda w, x: Variable([w[0]*2, w[1]]),
    lambda w, x: Tensor(w), lambda w, x: np.percentile(w, 50), lambda w, x: np.sort(w*2)])
def test_what_would_cut_a_gradient_is_refused(cut):
    with pytest.raises(
        TypeError, match="would see plain numbers and cut the gradient of .*: use .* to keep it, or x.data"
    ):
        cut(*leaves())
    with no_grad():
        cut(*leaves())
    cut(*(Variable(v.data) for v in leaves()))   # no gradient, nothing to cut


def test_questions_may_be_asked_of_variables():
    w, x = leaves()
    assert np.allclose(w, [1, 2]) and np.array_equal(w, [1, 2]) and np.shape(w) == (2,) and np.argmax(x) == 1
    assert w.argmax() == 1 and np.zeros_like(w).shape == (2,) and not isinstance(np.zeros_like(w), Variable)
    assert [len(found) for found in np.where(w)] == [2] and np.isfinite(w).all()


def test_dot_carries_the_gradient():
    a, b = leaves()
    x = Variable(np.array([5.0, 6.0]))
    (a*np.dot(b, x)).sum().backward()
    assert np.array_equal(b.grad, 3*x.data)


def test_options_and_results_that_a_variable_has_not():
    w, _ = leaves()
    with pytest.raises(TypeError, match="np.sum on tensors: .*unexpected keyword argument 'dtype'"):
        np.sum(w, dtype=np.float64)
    with pytest.raises(TypeError, match="np.modf with its two results takes no Variable"):
        np.modf(w)
    with pytest.raises(TypeError, match="'ii,ij->j'.* has no gradient here: give one or two operands, without"):
        np.einsum("ii,ij->j", w.reshape(2, 1)*w, w.reshape(2, 1)*w)


# ---- recording belongs to the code that runs ----

def test_no_grad_in_a_thread_leaves_others_alone():
    inside, may_end, seen = threading.Event(), threading.Event(), []
    def evaluate():
        with no_grad():
            inside.set()
            may_end.wait(10)
            seen.append(recording())
    thread = threading.Thread(target=evaluate)
    thread.start()
    assert inside.wait(10) and recording() and (w_and_x[0]*2).requires_grad
    may_end.set()
    thread.join()
    assert seen == [False] and recording()


def test_interleaved_blocks_leave_recording_on():
    first, second = no_grad(), no_grad()
    first.__enter__()
    for enter_or_exit in (second.__enter__, first.__exit__, second.__exit__):
        assert not recording()
        enter_or_exit()
    assert recording()
    second.__exit__()                                       # one too many does no harm later
    with no_grad():
        assert not recording()


def test_decorated_generators_and_coroutines():
    @no_grad()
    def values(start):
        "Squares."
        received = yield (start*start).requires_grad
        try:
            yield received, (start*2).requires_grad
        except KeyError:
            yield "caught", (start*2).requires_grad
        return "end"

    def user(start):
        return (yield from values(start))

    x = w_and_x[0]
    generator = user(x)
    assert next(generator) is False and recording() and (x*2).requires_grad
    assert generator.send("sent") == ("sent", False) and generator.throw(KeyError) == ("caught", False)
    with pytest.raises(StopIteration, match="end"):
        next(generator)
    assert values.__doc__ == "Squares." and recording()
    closed = values(x)
    next(closed)
    closed.close()

    @no_grad()
    async def quiet():
        await asyncio.sleep(0)
        return recording()

    async def both():
        return await asyncio.gather(quiet(), asyncio.sleep(0, result=None), loud())

    async def loud():
        await asyncio.sleep(0)
        return recording()
    assert asyncio.run(both()) == [False, None, True]


# ---- graphs of one's own ----

def test_a_graph_of_ones_own_expression():
    x, y = Variable(3.0, requires_grad=True, name="x"), Variable(5.0, requires_grad=True)
    loss = (x*y + x**2 + 1).sqrt()
    ax = draw_graph(loss, {"the y": y}, gradients=True)
    labels = [text.get_text() for text in ax.texts]
    assert {"x\n3", "the y\n5", "multiply\n15", "power 2\n9", "add 1\n25", "sqrt\n5"} <= set(labels)
    sums = {v: sum(part for _, operand, part in gradients_along(loss) if operand is v) for v in (x, y)}
    assert x.grad is None
    loss.backward()
    assert np.isclose(sums[x], x.grad.item()) and np.isclose(sums[y], y.grad.item())
    with pytest.raises(RuntimeError, match="let go of by backward.*: draw it before, or give retain_graph=True"):
        draw_graph(loss, gradients=True)
    long = x
    for _ in range(60):
        long = long + 1
    with pytest.raises(ValueError, match="more than 40 boxes: draw a smaller expression, or raise limit"):
        layout(long)


@pytest.mark.parametrize("loss", ["mean", "sum", "max"])
def test_a_gradient_may_be_written_into(loss):
    w = Variable([1.0, 2.0], requires_grad=True)
    getattr(w, loss)().backward()
    expected = w.grad.data/2
    w.grad.data *= 0.5
    assert np.array_equal(w.grad.data, expected)
