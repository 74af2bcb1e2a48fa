"Layers and losses: hand values, torch's values, names of parameters, state, and errors by their text."
import re
from collections import deque, namedtuple
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinytorch.autograd import Variable, gradcheck, no_grad
from tinytorch.layers import (
    BatchNorm,
    BCEWithLogitsLoss,
    Dropout,
    Embedding,
    Flatten,
    GELU,
    HuberLoss,
    L1Loss,
    LayerNorm,
    Softmax,
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


def test_log_softmax_answers_for_the_numbers_and_not_for_the_array():
    logits = np.array([[1.0, 2.0], [3.0, 5.0]])
    first = log_softmax(logits)
    kept = first.copy()
    first[:] = 7                     # what was given away is the caller's
    assert np.array_equal(log_softmax(logits), kept)
    logits[1, 1] = 3.0               # the same array with other numbers
    assert np.allclose(log_softmax(logits)[1], -np.log(2))
    assert log_softmax(logits.reshape(1, 4)).shape == (1, 4)
    assert log_softmax(logits.view(np.float32)).dtype == np.float32   # the same bytes


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


# ---- what is found, and what is refused ----

def path_names(module):
    return [name for name, _ in module.named_parameters()]


def test_containers_of_all_kinds():
    named = namedtuple("Named", "first second")
    blocks = {"in": Dense(2, 4), "out": Dense(4, 1, bias=False), 3: [leaf(1)]}
    model = Holder(blocks=blocks, line=deque([Dense(1, 1)]), both=named(leaf(2), leaf(3)))
    assert path_names(model) == ["blocks.in.weight", "blocks.in.bias", "blocks.out.weight", "blocks.3.0",
                                 "line.0.weight", "line.0.bias", "both.0", "both.1"]
    array = np.empty(2, object)
    array[0], array[1] = [leaf(1)], Dense(1, 1)
    assert path_names(Holder(array=array)) == ["array.0.0", "array.1.weight", "array.1.bias"]


@pytest.mark.parametrize("hidden, text", [
    (lambda: {Dense(2, 2)}, "hidden holds parameters in a set, which has no order: put them into a list"),
    (lambda: {"a": Dense(1, 1)}.values(), "hidden holds parameters in a dict_values, which is no Module"),
    (lambda: frozenset([leaf(1)]), "a frozenset, which is no Module|a set, which has no order"),
    (lambda: SimpleNamespace(layer=Dense(1, 1)), "hidden holds parameters in a SimpleNamespace, which is no Module"),
    (lambda: [SimpleNamespace(layers=[leaf(1)])], "hidden.0 holds parameters in a SimpleNamespace")])
def test_parameters_that_would_not_be_found_are_refused(hidden, text):
    with pytest.raises(TypeError, match=text):
        Holder(hidden=hidden()).parameters()


def test_a_way_back_to_the_parent_is_no_way():
    child, parent = Holder(weight=leaf(1)), Holder()
    parent.child, child.parent = child, parent
    ring = [leaf(2)]
    ring.append(ring)
    parent.ring = ring
    assert path_names(parent) == ["child.weight", "ring.0"] and "child: Holder" in repr(parent)


# ---- state ----

def test_state_holds_everything_and_goes_in_whole():
    model = Sequential(Dense(3, 4, 0), BatchNorm(4), ReLU(), Dense(4, 2, 1))
    model(np.ones((5, 3), np.float32)*np.arange(5)[:, None])
    model.layers[0].weight.requires_grad = False            # frozen: not trained, still part of the state
    state = model.state_dict()
    assert list(state) == ["0.weight", "0.bias", "1.weight", "1.bias", "1.mean", "1.variance", "3.weight", "3.bias"]
    assert path_names(model) == ["0.bias", "1.weight", "1.bias", "3.weight", "3.bias"]
    other = Sequential(Dense(3, 4, 2), BatchNorm(4), ReLU(), Dense(4, 2, 3))
    other.load_state_dict(state)
    inputs = np.random.default_rng(0).standard_normal((6, 3))
    assert np.array_equal(model.eval()(inputs), other.eval()(inputs))
    state["0.weight"][:] = 0
    assert (other.layers[0].weight.data != 0).any() and (model.layers[0].weight.data != 0).any()   # copies both ways


@pytest.mark.parametrize("change, text", [
    (lambda s: s.pop("1.bias"), r"the state lacks \['1.bias'\] of the model, and has nothing that"),
    (lambda s: s.update(more=np.ones(1)), r"the state lacks nothing of the model, and has \['more'\] that"),
    (lambda s: s.update({"1.bias": np.ones(3)}), r"1.bias has shape \(3,\) in the state and \(1,\) in the model")])
def test_a_state_that_does_not_fit_changes_nothing(change, text):
    model = Sequential(Dense(2, 2, 0), Dense(2, 1, 1))
    before, state = model.state_dict(), {name: array + 1 for name, array in model.state_dict().items()}
    change(state)
    with pytest.raises(ValueError, match=text):
        model.load_state_dict(state)
    assert all(np.array_equal(before[name], array) for name, array in model.state_dict().items())


def test_train_and_eval_reach_every_part():
    model = Holder(parts={"a": [Dropout(0.5, 0)]}, body=Sequential(BatchNorm(2), lambda x: x))
    assert model.eval() is model and not model.parts["a"][0].training and not model.body.layers[0].training
    assert model.train() is model and model.parts["a"][0].training and model.body.layers[0].training


def test_a_model_shows_what_it_is():
    model = Sequential(Dense(3, 4, bias=False), ReLU(), Holder(inner=Dense(4, 2)), np.tanh, [][:0] or abs)
    assert repr(model).split("\n") == ["Sequential", "  0: Dense(3, 4, bias=False)", "  1: ReLU()", "  2: Holder",
                                       "    inner: Dense(4, 2)", "  3: tanh", "  4: abs", "22 parameters"]
    assert repr(Dense(2, 3)) == "Dense(2, 3)" and repr(Dropout(0.1)) == "Dropout(0.1)" and repr(Tanh()) == "Tanh()"


# ---- the rest of the shelf ----

def test_sequential_takes_layers_or_a_list():
    first, second = Dense(2, 3, 0), Dense(3, 1, 1)
    for model in (Sequential(first, second), Sequential([first, second]), Sequential((first, second))):
        assert path_names(model) == ["0.weight", "0.bias", "1.weight", "1.bias"]
    assert path_names(Sequential(first)) == ["0.weight", "0.bias"]
    assert Dense(2, 3, 0, bias=False).bias is None and path_names(Sequential(Dense(2, 3, 0, bias=False))) == [
        "0.weight"
    ]
    layer = Dense(2, 3, 0, bias=False)
    assert np.array_equal(layer([[1.0, 2.0]]), np.array([[1, 2]], np.float32) @ layer.weight.data)


shelf = {
    "Softmax": (lambda: Softmax(), (5, 3)),
    "GELU": (lambda: GELU(), (5, 3)),
    "Flatten": (lambda: Flatten(), (2, 3, 2)),
    "LayerNorm": (lambda: LayerNorm(3, dtype=np.float64), (5, 3)),
    "BatchNorm": (lambda: BatchNorm(3, dtype=np.float64), (5, 3)),
    "BatchNorm3": (lambda: BatchNorm(2, dtype=np.float64), (3, 2, 2)),
}


@pytest.mark.parametrize("name", shelf)
def test_shelf_against_differences(name):
    make, shape = shelf[name]
    assert gradcheck(make(), np.random.default_rng(0).standard_normal(shape))


@pytest.mark.parametrize("name", ["Softmax", "GELU", "LayerNorm", "BatchNorm", "BatchNorm afterwards"])
def test_shelf_against_torch(name):
    torch = pytest.importorskip("torch", reason="the oracle is optional")
    x = 2*np.random.default_rng(0).standard_normal((7, 3)) + 1
    ours = {"Softmax": Softmax(), "GELU": GELU(), "LayerNorm": LayerNorm(3, dtype=np.float64)}.get(name)
    theirs = {"Softmax": torch.nn.Softmax(-1), "GELU": torch.nn.GELU("tanh"), "LayerNorm": torch.nn.LayerNorm(3)}.get(
        name
    )
    ours, theirs = ours or BatchNorm(3, dtype=np.float64), (theirs or torch.nn.BatchNorm1d(3)).double()
    if name == "BatchNorm afterwards":
        for _ in range(3):
            ours(x), theirs(torch.tensor(x))
        ours.eval(), theirs.eval()
    assert np.allclose(ours(x).data, theirs(torch.tensor(x)).detach().numpy(), rtol=1e-12, atol=1e-14)


def test_dropout_is_seeded_scaled_and_ends_with_training():
    x = np.ones((100, 100), np.float32)
    first, again = (Dropout(0.25, generator=3)(x).data for _ in range(2))
    assert np.array_equal(first, again) and set(np.unique(first)) == {0, np.float32(4/3)} and first.dtype == np.float32
    assert abs((first == 0).mean() - 0.25) < 4*np.sqrt(0.25*0.75/1e4)
    assert np.array_equal(Dropout(0.25).eval()(x), x) and np.array_equal(Dropout(0.0)(x), x)


def test_embedding_looks_up_and_adds_up():
    layer = Embedding(4, 2, 0)
    layer([[1, 1], [3, 0]]).sum().backward()
    assert np.array_equal(layer.weight.grad, [[1, 1], [2, 2], [0, 0], [1, 1]]) and layer([2]).shape == (1, 2)


# ---- the other losses ----

@pytest.mark.parametrize("options", [{}, {"ignore_index": 2}, {"ignore_index": -100}, {"label_smoothing": 0.1},
                                     {"label_smoothing": 0.3, "ignore_index": 0}], ids=str)
def test_cross_entropy_options_against_torch(options):
    torch = pytest.importorskip("torch", reason="the oracle is optional")
    generator = np.random.default_rng(1)
    values, targets = generator.standard_normal((8, 4)), np.array([0, 1, 2, 3, 2, 1, 0, 3])
    if options.get("ignore_index") == -100:
        targets[::3] = -100
    logits, tensor = Variable(values, requires_grad=True), torch.tensor(values, requires_grad=True)
    mine = CrossEntropyLoss(**options)(logits, targets)
    theirs = torch.nn.CrossEntropyLoss(**options)(tensor, torch.tensor(targets))
    mine.backward()
    theirs.backward()
    assert np.isclose(mine.item(), theirs.item(), rtol=1e-13)
    assert np.allclose(logits.grad.data, tensor.grad.numpy(), rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("loss, oracle", [
    (L1Loss(), "L1Loss"), (HuberLoss(), "HuberLoss"), (HuberLoss(0.3), "HuberLoss"),
    (BCEWithLogitsLoss(), "BCEWithLogitsLoss")])
def test_pair_losses_against_torch(loss, oracle):
    torch = pytest.importorskip("torch", reason="the oracle is optional")
    generator = np.random.default_rng(2)
    values, targets = 3*generator.standard_normal((6, 2)), generator.random((6, 2))
    values[0] = 60, -60
    options = {"delta": loss.delta} if oracle == "HuberLoss" else {}
    predictions, tensor = Variable(values, requires_grad=True), torch.tensor(values, requires_grad=True)
    mine, theirs = loss(predictions, targets), getattr(torch.nn, oracle)(**options)(tensor, torch.tensor(targets))
    mine.backward()
    theirs.backward()
    assert np.isclose(mine.item(), theirs.item(), rtol=1e-12)
    assert np.allclose(predictions.grad.data, tensor.grad.numpy(), rtol=1e-10, atol=1e-15)


@pytest.mark.parametrize("call, error, text", [
    (lambda: CrossEntropyLoss()([3, 4], np.zeros((2, 10))), ValueError, "these look swapped, give the logits first"),
    (lambda: CrossEntropyLoss()([3, 4], Dense(2, 5)(np.ones((2, 2)))), ValueError, "swapped, give the logits first"),
    (lambda: CrossEntropyLoss()(logits, np.eye(10)[:2]), TypeError, "targets of shape (2, 10) are one-hot"),
    (lambda: CrossEntropyLoss()(logits, np.eye(10, dtype=int)[:2]), TypeError, "give class numbers, targets.argmax"),
    (lambda: CrossEntropyLoss(ignore_index=1)(logits, [1, 1]), ValueError, "give at least one example that counts"),
    (lambda: CrossEntropyLoss(label_smoothing=1.0), ValueError, "label_smoothing = 1.0 is not valid: give a number in"),
    (lambda: HuberLoss(0), ValueError, "delta = 0 is not valid: give a number > 0"),
    (lambda: L1Loss()(logits, np.zeros(10)), ValueError, "predictions of shape (2, 10) and targets of shape (10,)"),
    (lambda: BCEWithLogitsLoss()(leaf(2), [0.0, 1.5]), ValueError, "target 1.5 is not valid: give numbers in [0, 1]"),
    (lambda: BCEWithLogitsLoss()([0.0, 1.0], leaf(2)), ValueError, "these look swapped, give the logits first"),
    (lambda: Embedding(4, 2)([4]), ValueError, "cannot be looked up: give integers from 0 to 3"),
    (lambda: Embedding(4, 2)([0.5]), ValueError, "cannot be looked up: give integers"),
    (lambda: Dropout(1.0), ValueError, "part = 1.0 is not valid: give a number in [0, 1)"),
    (lambda: BatchNorm(3)(np.ones((1, 3))), ValueError, "in training give at least two examples"),
    (lambda: Sequential({"a": ReLU()}), TypeError, "is no layer: give Modules")])
def test_errors_of_the_shelf(call, error, text):
    with pytest.raises(error, match=re.escape(text)):
        call()


def test_inference_builds_no_tape():
    model = Sequential(Dense(2, 3, 0), BatchNorm(3), GELU(), Dense(3, 2, 1)).eval()
    with no_grad():
        assert model(np.ones((4, 2))).node is None
