"Layers and losses: hand values, torch's values, names of parameters, state, and errors by their text."
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinytorch.autograd import Variable, gradcheck
from tinytorch.layers import (
    CrossEntropyLoss,
    Dense,
    Module,
    MSELoss,
    ReLU,
    Sequential,
    Sigmoid,
    Tanh,
    cross_entropy,
    cross_entropy_vjp,
    log_softmax,
)


class Holder(Module):
    "A module whose attributes are whatever it was given."
    def __init__(self, **attributes):
        vars(self).update(attributes)


def leaf(*shape):
    return Variable(np.ones(shape), requires_grad=True)


def test_dense_by_hand():
    layer = Dense(2, 3, np.random.default_rng(0), np.float64)
    layer.weight.data[:], layer.bias.data[:] = [[1, 0, -1], [3, 1, 2]], [0, 10, 0]
    output = layer([[1.0, 2.0], [0.0, 0.0]])
    assert (output.data == [[7, 12, 3], [0, 10, 0]]).all()
    output.sum().backward()
    assert (layer.weight.grad.data == [[1, 1, 1], [2, 2, 2]]).all() and (layer.bias.grad.data == 2).all()


def test_dense_takes_single_examples_and_stacks_of_batches():
    layer, inputs = Dense(4, 3, np.random.default_rng(0), np.float64), np.random.default_rng(1).standard_normal(
        (5, 2, 4)
    )
    assert layer(inputs).shape == (5, 2, 3) and np.allclose(layer(inputs).data[3, 1], layer(inputs[3, 1]).data)


@settings(max_examples=20, deadline=None)
@given(batch=st.integers(1, 4), width=st.integers(1, 5), outputs=st.integers(1, 4), seed=st.integers(0, 1000))
def test_gradients_of_a_network(batch, width, outputs, seed):
    generator = np.random.default_rng(seed)
    layer, targets = Dense(width, outputs, generator, np.float64), generator.integers(0, outputs, batch)
    def loss(inputs, weight, bias):
        layer.weight, layer.bias = weight, bias
        return CrossEntropyLoss()(Sequential([Tanh(), layer])(inputs), targets)
    assert gradcheck(loss, generator.standard_normal((batch, width)), layer.weight.data, layer.bias.data)


def test_weights_start_with_variance_two_over_n_and_biases_at_zero():
    layer = Dense(500, 400, np.random.default_rng(0))
    assert layer.weight.dtype == layer.bias.dtype == np.float32 and (layer.bias.data == 0).all()
    assert abs(layer.weight.data.var()*500/2 - 1) < 4*np.sqrt(2/layer.weight.size)
    assert abs(layer.weight.data.mean()) < 4*np.sqrt(2/500/layer.weight.size)
    assert (
        Dense(3, 2, np.random.default_rng(7)).weight.data == Dense(3, 2, np.random.default_rng(7)).weight.data
    ).all()
    assert (Dense(3, 2).weight.data != Dense(3, 2).weight.data).any()


@pytest.mark.parametrize(
    "layer, values, slopes",
    [
        (ReLU(), [0, 0, 2], [0, 0, 1]),
        (Tanh(), np.tanh([-1, 0, 2]), 1 - np.tanh([-1, 0, 2]) ** 2),
        (Sigmoid(), 1 / (1 + np.exp([1, 0, -2])), 1 / (2 + 2 * np.cosh([-1, 0, 2]))),
    ],
    ids=["ReLU", "Tanh", "Sigmoid"],
)
def test_activations(layer, values, slopes):
    x = Variable(np.array([-1.0, 0.0, 2.0]), requires_grad=True)
    y = layer(x)
    y.sum().backward()
    assert np.allclose(y.data, values, rtol=1e-14) and np.allclose(x.grad.data, slopes, rtol=1e-13)
    assert layer.parameters() == []


def test_names_are_paths_and_a_shared_parameter_counts_once():
    shared, other = leaf(1), leaf(2)
    tree = Holder(
        a=shared,
        rest=[Holder(b=other), Holder(again=shared)],
        pair=(leaf(3), "text"),
        constant=Variable([1.0]),
        number=3,
        nothing=None,
    )
    assert [name for name, _ in tree.named_parameters()] == ["a", "rest.0.b", "pair.0"]
    assert [p.name for p in tree.parameters()] == ["a", "rest.0.b", "pair.0"]
    layer = Dense(2, 2)
    assert [name for name, _ in Sequential([layer, ReLU(), layer, Dense(2, 1)]).named_parameters()] == [
        "0.weight",
        "0.bias",
        "3.weight",
        "3.bias",
    ]
    assert [name for name, _ in Holder(body=Sequential([Dense(2, 2)]), head=Dense(2, 1)).named_parameters()] == [
        "body.0.weight",
        "body.0.bias",
        "head.weight",
        "head.bias",
    ]


def test_sequential_takes_functions_and_nests():
    model = Sequential([Dense(2, 2, np.random.default_rng(0)), lambda x: x*2, Sequential([ReLU()])])
    inner = model.layers[0]
    assert np.allclose(
        model(np.ones((1, 2), np.float32)).data, np.maximum(2 * inner(np.ones((1, 2), np.float32)).data, 0)
    )


def test_cross_entropy_by_hand_and_far_out():
    logits, targets = np.array([[0.0, np.log(3)], [np.log(3), 0.0]]), np.array([0, 0])
    assert np.isclose(cross_entropy(logits, targets), (np.log(4) + np.log(4/3))/2, rtol=1e-15)
    assert np.allclose(cross_entropy_vjp(2.0, None, logits, targets), [[-0.75, 0.75], [-0.25, 0.25]], rtol=1e-14)
    for dtype in (np.float32, np.float64):
        assert (log_softmax(np.array([1e4, 0.0], dtype)) == [0, -1e4]).all()
        assert log_softmax(np.array([[0, 1]], dtype)).dtype == dtype
        assert cross_entropy(np.zeros((3, 10), dtype), np.array([0, 5, 9])).dtype == dtype


@settings(max_examples=30, deadline=None)
@given(batch=st.integers(1, 5), classes=st.integers(1, 6), shift=st.floats(-1e3, 1e3), seed=st.integers(0, 1000))
def test_cross_entropy_is_blind_to_a_shift_and_its_gradient_sums_to_zero(batch, classes, shift, seed):
    generator = np.random.default_rng(seed)
    logits, targets = 3*generator.standard_normal((batch, classes)), generator.integers(0, classes, batch)
    before = logits.copy()
    gradient = cross_entropy_vjp(1.0, None, logits, targets)
    assert (logits == before).all() and gradient.shape == logits.shape
    assert np.allclose(gradient.sum(axis=1), 0, atol=1e-15)
    assert np.isclose(cross_entropy(logits + shift, targets), cross_entropy(logits, targets), rtol=1e-9, atol=1e-9)


def test_losses_against_torch_in_float64():
    torch = pytest.importorskip("torch")
    generator = np.random.default_rng(0)
    logits, targets, aims = (
        generator.standard_normal((8, 5)),
        generator.integers(0, 5, 8),
        generator.standard_normal((8, 5)),
    )
    ours, theirs = [Variable(logits, requires_grad=True) for _ in range(2)], [
        torch.tensor(logits, requires_grad=True) for _ in range(2)
    ]
    losses = CrossEntropyLoss()(ours[0], targets), MSELoss()(ours[1], aims)
    oracles = torch.nn.CrossEntropyLoss()(theirs[0], torch.tensor(targets)), torch.nn.MSELoss()(
        theirs[1], torch.tensor(aims)
    )
    for mine, theirs_, variable, tensor in zip(losses, oracles, ours, theirs):
        mine.backward()
        theirs_.backward()
        assert np.isclose(mine.item(), theirs_.item(), rtol=1e-14)
        assert np.allclose(variable.grad.data, tensor.grad.numpy(), rtol=1e-12, atol=1e-16)


def test_a_network_against_torch_in_float64():
    torch = pytest.importorskip("torch")
    generator = np.random.default_rng(1)
    model = Sequential(
        [
            Dense(6, 7, generator, np.float64),
            Tanh(),
            Dense(7, 5, generator, np.float64),
            Sigmoid(),
            Dense(5, 4, generator, np.float64),
            ReLU(),
            Dense(4, 3, generator, np.float64),
        ]
    )
    kinds = {Tanh: torch.nn.Tanh, Sigmoid: torch.nn.Sigmoid, ReLU: torch.nn.ReLU}
    oracle = torch.nn.Sequential(
        *(torch.nn.Linear(*l.weight.shape).double() if isinstance(l, Dense) else kinds[type(l)]() for l in model.layers)
    )
    with torch.no_grad():
        for layer, theirs in zip(model.layers, oracle):
            if isinstance(layer, Dense):
                theirs.weight.copy_(torch.tensor(layer.weight.data.T))
                theirs.bias.copy_(torch.tensor(layer.bias.data))
    inputs, targets = generator.standard_normal((9, 6)), generator.integers(0, 3, 9)
    CrossEntropyLoss()(model(inputs), targets).backward()
    torch.nn.CrossEntropyLoss()(oracle(torch.tensor(inputs)), torch.tensor(targets)).backward()
    for ours, theirs in zip(model.parameters(), oracle.parameters()):
        gradient = theirs.grad.numpy()
        assert np.allclose(
            ours.grad.data, gradient.T if gradient.ndim == 2 else gradient, rtol=1e-11, atol=1e-15
        ), ours.name


def test_mean_squared_error_by_hand():
    predictions = Variable(np.array([1.0, 2.0]), requires_grad=True)
    loss = MSELoss()(predictions, [0.0, 4.0])
    loss.backward()
    assert loss.item() == 2.5 and (predictions.grad.data == [1, -2]).all()


logits = Variable(np.zeros((2, 10)))
@pytest.mark.parametrize(
    "call, error, text",
    [
        (
            lambda: Dense(64, 10)(np.ones((32, 8, 8))),
            ValueError,
            "inputs of shape (32, 8, 8) into a Dense with weight of shape (64, 10): the last axis must have length 64",
        ),
        (lambda: Dense(64, 10)(1.0), ValueError, "inputs of shape () into a Dense with weight of shape (64, 10)"),
        (lambda: Dense(0, 10), ValueError, "in_features = 0 is not valid: give a whole number >= 1"),
        (lambda: Dense(3, 2.5), ValueError, "out_features = 2.5 is not valid"),
        (
            lambda: Sequential([Dense(2, 2), "relu"]),
            TypeError,
            "'relu' is no layer: give Modules, such as ReLU(), or functions",
        ),
        (lambda: Sequential([ReLU]), TypeError, "ReLU'> is no layer: give Modules, such as ReLU()"),
        (lambda: Module()([1.0]), NotImplementedError, "Module needs a method forward(inputs)"),
        (
            lambda: CrossEntropyLoss()(logits, [3, 10]),
            ValueError,
            "target 10 is not valid for 10 classes: give integers from 0 to 9",
        ),
        (lambda: CrossEntropyLoss()(logits, [-1, 0]), ValueError, "target -1 is not valid for 10 classes"),
        (
            lambda: CrossEntropyLoss()(logits, [0.5, 1.0]),
            TypeError,
            "targets are float32: give integer class numbers, targets.astype(int)",
        ),
        (
            lambda: CrossEntropyLoss()(logits, [1, 2, 3]),
            ValueError,
            "logits of shape (2, 10) and targets of shape (3,): give (batch, classes) and (batch,)",
        ),
        (
            lambda: CrossEntropyLoss()(logits, np.zeros((2, 10), int)),
            ValueError,
            "logits of shape (2, 10) and targets of shape (2, 10)",
        ),
        (lambda: CrossEntropyLoss()(Variable(np.zeros(10)), np.array(3)), ValueError, "logits of shape (10,)"),
        (
            lambda: CrossEntropyLoss()(Variable(np.zeros((0, 10))), np.zeros(0, int)),
            ValueError,
            "an empty batch has no mean loss: give at least one example",
        ),
        (
            lambda: MSELoss()(Variable(np.zeros((32, 1))), np.zeros(32)),
            ValueError,
            "predictions of shape (32, 1) and targets of shape (32,): give equal shapes, reshape one of them",
        ),
        (
            lambda: MSELoss()(Variable(np.zeros((0, 1))), np.zeros((0, 1))),
            ValueError,
            "an empty batch has no mean loss: give at least one example",
        ),
    ],
)
def test_errors(call, error, text):
    with pytest.raises(error, match=re.escape(text)):
        call()
