"Tensors: dtypes, operations against NumPy, broadcasting and its adjoint, and what is refused."
import operator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tinytorch.tensor import Tensor, apply, as_array, as_operand, relu, sigmoid, unbroadcast

shapes = hnp.mutually_broadcastable_shapes(num_shapes=2, max_dims=4, max_side=3)
binary = [operator.add, operator.sub, operator.mul, operator.truediv, operator.pow]


def numbers(shape, seed=0):
    return np.random.default_rng(seed).uniform(0.5, 2, shape)


@pytest.mark.parametrize(
    "data, dtype",
    [
        (1.5, "float32"),
        ([1.5, 2], "float32"),
        ([np.float64(1.5)], "float32"),
        (np.float64(1.5), "float64"),
        (np.array([1.5]), "float64"),
        (np.ones(2, np.float16), "float16"),
        (3, "int64"),
        ([True, False], "bool"),
        (Tensor(np.ones(2)), "float64"),
        ([Tensor(1.0), Tensor(2.0)], "float32"),
    ],
)
def test_dtype_of_data(data, dtype):
    assert as_array(data).dtype == Tensor(data).dtype == dtype


def test_a_given_dtype_wins():
    assert Tensor([1.5], dtype=np.float64).dtype == np.float64 and Tensor([1, 2], dtype=np.float32).dtype == np.float32


def test_arrays_are_not_copied():
    array = np.ones(3)
    assert as_array(array) is array and Tensor(Tensor(array)).data is array


@pytest.mark.parametrize(
    "data, error, text",
    [
        ("abc", TypeError, "expected numbers, got 'abc'"),
        ([1, None], TypeError, "give int or float entries"),
        (None, TypeError, "expected numbers"),
        (1j, TypeError, "complex128"),
        ([[1, 2], [3]], ValueError, "rows of equal length"),
    ],
)
def test_bad_data(data, error, text):
    with pytest.raises(error, match=text):
        Tensor(data)
    with pytest.raises(error, match=text):
        Tensor(1.0) + data


@pytest.mark.parametrize("function", binary, ids=lambda f: f.__name__)
@settings(max_examples=25, deadline=None)
@given(shapes=shapes)
def test_binary_operations_are_numpys(function, shapes):
    a, b = (numbers(shape, seed) for seed, shape in enumerate(shapes.input_shapes))
    for left, right in ((Tensor(a), Tensor(b)), (Tensor(a), b), (a, Tensor(b))):
        result = function(left, right)
        assert isinstance(result, Tensor) and result.shape == shapes.result_shape
        assert np.array_equal(result, function(a, b))


@pytest.mark.parametrize("function", binary, ids=lambda f: f.__name__)
@pytest.mark.parametrize("scalar", [2, 2.0, np.float64(2)], ids=lambda s: type(s).__name__)
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_scalars_on_either_side_keep_the_dtype(function, scalar, dtype):
    x = numbers(3).astype(dtype)
    left, right = (function(Tensor(x), scalar), function(x, 2.0)), (function(scalar, Tensor(x)), function(2.0, x))
    for result, expected in (left, right):
        assert result.dtype == dtype and np.array_equal(result, expected)


def test_lists_on_either_side():
    x = Tensor([1.0, 2.0])
    assert np.array_equal(x + [1.0, 1.0], [2, 3]) and np.array_equal([1.0, 1.0] - x, [0, -1])
    assert np.array_equal([[1.0, 1.0]] @ x, [3])


def test_matmul_and_unary():
    a, b = numbers((3, 4)), numbers((4, 2), 1)
    assert np.array_equal(Tensor(a) @ b, a @ b) and np.array_equal(a @ Tensor(b), a @ b)
    assert np.array_equal(-Tensor(a), -a) and np.array_equal(abs(Tensor(-a)), a) and np.array_equal(Tensor(-a).abs(), a)


@pytest.mark.parametrize("axis", [None, 0, -1, (0, 2), ()])
@pytest.mark.parametrize("keepdims", [False, True])
@pytest.mark.parametrize("name", ["sum", "mean", "max"])
def test_reductions(name, axis, keepdims):
    a = numbers((2, 3, 4))
    assert np.allclose(
        getattr(Tensor(a), name)(axis=axis, keepdims=keepdims),
        getattr(a, name)(axis=axis, keepdims=keepdims),
        rtol=1e-15,
    )


@pytest.mark.parametrize("name", ["exp", "log", "sqrt", "tanh"])
def test_functions_and_numpys_names_for_them(name):
    a = numbers((2, 3))
    assert np.array_equal(getattr(Tensor(a), name)(), getattr(np, name)(a))
    assert np.array_equal(getattr(np, name)(Tensor(a)), getattr(np, name)(a))


def test_shapes():
    a = numbers((2, 3, 4))
    x = Tensor(a)
    assert np.array_equal(x.T, a.T) and np.array_equal(x.transpose(), a.T)
    assert np.array_equal(Tensor(a[0, 0]).transpose(0), a[0, 0])
    for axes in ((2, 0, 1), (-1, 0, 1)):
        assert np.array_equal(x.transpose(*axes), a.transpose(axes))
        assert np.array_equal(x.transpose(axes), a.transpose(axes))
    for shape in ((6, 4), (-1,), (4, -1)):
        assert np.array_equal(x.reshape(*shape), a.reshape(shape))
        assert np.array_equal(x.reshape(shape), a.reshape(shape))
    assert (x.shape, x.ndim, x.size, len(x)) == ((2, 3, 4), 3, 24, 2) and [row.shape for row in x] == [(3, 4)]*2
    with pytest.raises(ValueError, match="cannot reshape"):
        x.reshape(5)


@given(data=st.data(), shape=hnp.array_shapes(max_dims=3, max_side=4))
def test_indexing(data, shape):
    a = np.arange(np.prod(shape), dtype=float).reshape(shape)
    index = data.draw(
        hnp.basic_indices(shape, allow_newaxis=True)
        | st.lists(st.integers(-shape[0], shape[0] - 1), min_size=1, max_size=4)
    )
    assert np.array_equal(Tensor(a)[index], a[index])


def test_masks_and_tensors_as_index():
    x = Tensor([3.0, -1.0, 2.0])
    assert np.array_equal(x[x > 0], [3, 2]) and np.array_equal(x[Tensor([2, 0])], [2, 3])
    with pytest.raises(IndexError, match="out of bounds"):
        x[3]


def test_relu_and_sigmoid():
    x = np.array([-1000.0, -1.0, 0.0, 2.0, 1000.0])
    with np.errstate(all="raise", under="ignore"):
        assert np.allclose(sigmoid(x), [0, 1/(1 + np.e), 0.5, 1/(1 + np.exp(-2.0)), 1], rtol=1e-15, atol=0)
    assert np.array_equal(relu(x), [0, 0, 0, 2, 1000]) and np.isnan(sigmoid(np.array(np.nan)))
    for dtype in (np.float16, np.float32, np.float64):
        assert Tensor(x.astype(dtype)).sigmoid().dtype == Tensor(x.astype(dtype)).relu().dtype == dtype


@given(x=st.floats(-700, 700))
def test_sigmoid_is_symmetric_and_between_0_and_1(x):
    low, high = sorted([float(sigmoid(np.array(x))), float(sigmoid(np.array(-x)))])
    assert 0 < low <= high <= 1 and abs(low + high - 1) <= 2**-52


@given(shapes=shapes)
def test_unbroadcast_is_the_adjoint_of_broadcasting(shapes):
    shape, full = shapes.input_shapes[0], shapes.result_shape
    a, g = (np.random.default_rng(seed).integers(-9, 10, s) for seed, s in enumerate((shape, full)))
    assert unbroadcast(g, shape).shape == shape
    assert (np.broadcast_to(a, full)*g).sum() == (a*unbroadcast(g, shape)).sum()


@pytest.mark.parametrize("shape", [(3,), (2, 3, 4), (2, 4), (1, 1, 1)])
def test_unbroadcast_to_a_shape_that_does_not_fit(shape):
    with pytest.raises(ValueError, match="does not broadcast to"):
        unbroadcast(np.ones((3, 4)), shape)


def test_numbers_for_python_and_numpy():
    x = Tensor(2.5)
    assert float(x) == x.item() == 2.5 and f"{x:.2f}" == f"{x.data:.2f}" == "2.50"
    assert f"{x}" == repr(x) == "Tensor(2.5)" and bool(x)
    assert np.allclose(Tensor([1.0, 2.0]), [1, 2]) and np.asarray(Tensor([1.0])).dtype == np.float32
    assert Tensor([1.0]).numpy().shape == (1,)
    with pytest.raises(ValueError, match="size 1"):
        float(Tensor([1.0, 2.0]))
    with pytest.raises(ValueError, match="size 1"):
        f"{Tensor([1.0, 2.0]):.2f}"


def test_questions_are_answered_by_plain_arrays():
    x = Tensor([1.0, 2.0, 3.0])
    answers = [(x > 2, [0, 0, 1]), (x >= 2, [0, 1, 1]), (x < 2, [1, 0, 0]), (2 >= x, [1, 1, 0]),
               (np.ones(3) < x, [0, 1, 1]), (x < Tensor(2.0), [1, 0, 0]), (np.isfinite(x), [1, 1, 1])]
    for answer, expected in answers:
        assert type(answer) is np.ndarray and answer.dtype == bool and np.array_equal(answer, expected)
    assert max(Tensor(1.0), Tensor(2.0)).item() == 2


def test_equality_is_identity_so_that_tensors_can_be_keys():
    x, y = Tensor([1.0, 2.0]), Tensor([1.0, 2.0])
    assert x == x and x != y and {x: 1}[x] == 1 and y not in [x] and len({x, y, x}) == 2


def test_nothing_changes_in_place():
    x, array = Tensor([1.0, 2.0]), np.zeros(2)
    with pytest.raises(TypeError, match="not changed in place.*x.data"):
        x[0] = 5
    with pytest.raises(TypeError, match="np.add with out takes no Tensor"):
        array += x
    with pytest.raises(TypeError, match="np.add with reduce takes no Tensor"):
        np.add.reduce(x)
    before = x
    x += 1                                                     # a new tensor under the old name
    assert x is not before and np.array_equal(before, [1, 2]) and np.array_equal(x, [2, 3])
    x.data[0] = 7
    assert x[0].item() == 7


def test_shapes_that_do_not_fit():
    with pytest.raises(ValueError, match=r"add of shapes \(3,\) and \(2,\): counted from .*: reshape one of them"):
        Tensor([1.0, 2.0, 3.0]) + Tensor([1.0, 2.0])
    for other in (np.ones((2, 3)), 2.0):
        with pytest.raises(
            ValueError, match=r"matmul of shapes \(2, 3\) and \(.*\): the last axis of .*: transpose or reshape"
        ):
            Tensor(np.ones((2, 3))) @ other
    with pytest.raises(np.exceptions.AxisError):
        Tensor([1.0]).sum(axis=2)
    with pytest.raises(ValueError, match="Integers to negative"):
        Tensor([2, 3])**Tensor([-1, -1])


@pytest.mark.parametrize("function", binary + [np.matmul], ids=lambda f: f.__name__)
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_integers_beside_floats_keep_the_dtype(function, dtype):
    x = Tensor(np.array([1.0, 2.0, 4.0], dtype))
    for integers in (np.array([1, 2, 3]), np.array([1, 2, 3], np.uint8), Tensor([1, 2, 3]), [1, 2, 3]):
        assert (
            function(x, integers).dtype
            == function(Tensor(integers) if isinstance(integers, list) else integers, x).dtype
            == dtype
        )
    assert (x*Tensor(3)).dtype == dtype and (Tensor([1, 2])*np.array([3, 4])).dtype == np.int64


def test_apply_gives_the_subclass_among_its_operands():
    class Special(Tensor):
        pass
    assert type(apply(np.add, Tensor(1.0), Special(2.0))) is Special and type(apply(np.sin, 1.0)) is Tensor
    assert type(as_operand(np.float64(0.1))) is float and as_operand(Tensor([1.0])).dtype == np.float32


def test_what_is_left_of_numpys_functions_sees_the_numbers():
    x = Tensor([[3.0, 1.0], [2.0, 4.0]])
    assert np.array_equal(np.cumsum(x), [3, 4, 6, 10]) and np.array_equal(np.sort(x, axis=0), [[2, 1], [3, 4]])
    for function, expected in ((np.sum, 10), (np.mean, 2.5), (np.max, 4), (np.min, 1)):
        assert isinstance(function(x), Tensor) and function(x).item() == expected
    assert np.clip(x, 1.5, 3.5).data.tolist() == [[3, 1.5], [2, 3.5]] and np.ravel(x).shape == (4,)
    assert np.concatenate([x, x.data]).shape == (4, 2) and np.stack([x[0], x[1], [0.0, 0.0]]).dtype == np.float32
    assert np.where(x > 2, x, 0.0).data.tolist() == [[3, 0], [0, 4]] and np.where(x > 2, x, 0.0).dtype == np.float32


def test_shapes_and_small_methods():
    a = numbers((2, 1, 3))
    x = Tensor(a)
    assert np.array_equal(x.flatten(), a.flatten()) and x.squeeze().shape == (2, 3) and x.squeeze(1).shape == (2, 3)
    assert (+x).data.tolist() == a.tolist() and x.astype(np.float16).dtype == np.float16 and x.astype("f8") is not x
    assert x.argmax() == a.argmax() and np.array_equal(x.argmax(axis=0), a.argmax(axis=0))
    assert np.array_equal(x.clip(high=1), a.clip(max=1)) and np.array_equal(x.clip(low=1), a.clip(min=1))
    with pytest.raises(ValueError, match="cannot select an axis"):
        x.squeeze(0)


@pytest.mark.parametrize("compute", [
    lambda x: x.mean(), lambda x: x/2, lambda x: x*0.5, lambda x: np.exp(x), lambda x: x.sigmoid(), lambda x: x.std(),
    lambda x: 1/x, lambda x: x/x, lambda x: np.concatenate([x, [0.5]])], ids=range(9))
def test_integers_that_become_floats_become_float32(compute):
    assert compute(Tensor([1, 2])).dtype == np.float32


def test_float64_stays_where_somebody_made_it():
    assert (Tensor([1, 2])*np.array([0.5])).dtype == Tensor([1, 2]).astype(np.float64).dtype == np.float64
    assert Tensor(np.array([1.0])).mean().dtype == np.float64
