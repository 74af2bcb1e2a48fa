"The training loop: its numbers, its stops, what it reports, and that the same seed gives the same bits."
import copy
import io
import multiprocessing
import os
import pickle
import subprocess
import sys
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinytorch import training
from tinytorch.autograd import Variable
from tinytorch.data import DataLoader, load_digits
from tinytorch.layers import CrossEntropyLoss, Dense, Module, MSELoss, ReLU, Sequential
from tinytorch.optimizers import SGD, Adam, Optimizer, StepLR
from tinytorch.training import (
    EMA,
    NonFiniteError,
    clip_grad_norm,
    clip_grad_value,
    ema,
    evaluate,
    find_learning_rate,
    fit,
    gradient_norm,
    loss_and_gradients,
    out_of_patience,
)

settings.register_profile("calm", deadline=None, max_examples=30)
settings.load_profile("calm")
split = load_digits()
floats = st.floats(-1e6, 1e6).filter(lambda x: x == 0 or abs(x) > 1e-6)


def digits(
    seed=0,
    examples=256,
    batch_size=32,
    optimizer=lambda p: SGD(p, learning_rate=0.05, momentum=0.9),
    dtype=np.float32,
    hidden=16,
):
    "Model, loader, criterion and optimizer for a small run."
    generator = np.random.default_rng(seed)
    model = Sequential([Dense(64, hidden, generator, dtype), ReLU(), Dense(hidden, 10, generator, dtype)])
    loader = DataLoader(
        split.train_inputs[:examples].astype(dtype),
        split.train_targets[:examples],
        batch_size,
        shuffle=True,
        generator=generator,
    )
    return model, loader, CrossEntropyLoss(), optimizer(model.parameters())


def weights(model):
    return np.concatenate([p.data.ravel() for p in model.parameters()])


def with_gradients(*gradients):
    variables = [Variable(np.zeros(np.shape(g)), requires_grad=True) for g in gradients]
    for v, g in zip(variables, gradients):
        v.grad = np.array(g, dtype=float)
    return variables


def test_fit_is_the_loop_one_would_write():
    model, loader, criterion, optimizer = digits()
    history = fit(model, loader, criterion, optimizer, StepLR(optimizer, 1, 0.5), epochs=3)
    by_hand, loader, criterion, optimizer = digits()
    scheduler, losses = StepLR(optimizer, 1, 0.5), []
    for _ in range(3):
        for inputs, targets in loader:
            loss = criterion(by_hand(inputs), targets)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        scheduler.step()
    assert (weights(model) == weights(by_hand)).all()
    assert np.allclose(history.loss, losses, rtol=1e-6) and history.step == 24 and history.epoch == 3
    assert np.array_equal(history.learning_rate, np.repeat([0.05, 0.025, 0.0125], 8))
    assert np.allclose(history.epoch_loss, history.loss.reshape(3, 8).mean(axis=1))


def test_the_same_seed_gives_the_same_bits():
    runs = []
    for _ in range(2):
        model, loader, criterion, optimizer = digits(seed=5, optimizer=lambda p: Adam(p, learning_rate=0.01))
        runs.append((fit(model, loader, criterion, optimizer, epochs=3), weights(model)))
    assert (runs[0][1] == runs[1][1]).all() and (runs[0][0].loss == runs[1][0].loss).all()


program = """
import sys
import numpy as np
sys.path.insert(0, "tests")
from test_training import digits, fit, weights, Adam
model, loader, criterion, optimizer = digits(
    seed=5, examples=1437, batch_size=512, dtype=np.float64, hidden=256,
    optimizer=lambda p: Adam(p, learning_rate=0.01))
fit(model, loader, criterion, optimizer, epochs=4)
sys.stdout.buffer.write(weights(model).tobytes())
"""

def test_a_second_blas_thread_count_gives_the_same_to_1e_6():
    ends = []
    for threads in ("1", "2"):
        environment = os.environ | {
            "OPENBLAS_NUM_THREADS": threads,
            "OMP_NUM_THREADS": threads,
            "MKL_NUM_THREADS": threads,
        }
        ends.append(
            np.frombuffer(
                subprocess.run(
                    [sys.executable, "-c", program],
                    env=environment,
                    capture_output=True,
                    check=True,
                    cwd=os.path.dirname(os.path.dirname(__file__)),
                ).stdout
            )
        )
    assert ends[0].size and np.allclose(*ends, rtol=1e-6, atol=1e-9)


def test_training_reaches_the_accuracy():
    model, loader, criterion, optimizer = digits(examples=1437, optimizer=lambda p: Adam(p, learning_rate=0.01))
    history = fit(
        model,
        loader,
        criterion,
        optimizer,
        epochs=15,
        validation=DataLoader(split.test_inputs, split.test_targets, 128),
    )
    assert history.validation_accuracy[-1] > 0.95 and len(history.validation_loss) == 15


# ---- evaluation

def test_evaluate_weighs_batches_by_their_size():
    model, _, criterion, _ = digits()
    whole = evaluate(model, DataLoader(split.test_inputs, split.test_targets, 360), criterion)
    parts = evaluate(model, DataLoader(split.test_inputs, split.test_targets, 100), criterion)
    assert np.isclose(whole.loss, parts.loss, rtol=1e-6) and whole.accuracy == parts.accuracy
    assert all(p.grad is None for p in model.parameters())


def test_evaluate_regression_has_no_accuracy():
    model = Dense(3, 2)
    result = evaluate(model, [(np.ones((4, 3), np.float32), np.ones((4, 2), np.float32))], MSELoss())
    assert np.isnan(result.accuracy) and np.isfinite(result.loss)


def test_an_exhausted_loader_is_named():
    model, loader, criterion, optimizer = digits()
    with pytest.raises(ValueError, match="nothing to evaluate"):
        evaluate(model, iter(()), criterion)
    with pytest.raises(ValueError, match="no batch in epoch 2.*only once"):
        fit(model, iter(list(loader)), criterion, optimizer, epochs=2)


# ---- clipping

@given(st.lists(st.lists(floats, min_size=1, max_size=4), min_size=1, max_size=4), st.floats(1e-3, 1e3))
def test_clip_grad_norm_returns_the_norm_before_and_leaves_the_direction(gradients, max_norm):
    variables, before = with_gradients(*gradients), np.concatenate(gradients)
    norm = clip_grad_norm(variables, max_norm)
    after = np.concatenate([v.grad.data for v in variables])
    assert np.isclose(norm, np.linalg.norm(before), rtol=1e-12)
    assert np.allclose(after, before*min(1, max_norm/norm) if norm else before, rtol=1e-12)


def test_clip_grad_norm_spans_all_groups_and_skips_none():
    a, b, c = with_gradients([3.0, 0.0], [4.0], [7.0])
    c.grad = None
    optimizer = SGD([{"parameters": [a]}, {"parameters": [b, c], "learning_rate": 0.1}])
    assert clip_grad_norm(optimizer, 1.0) == 5.0
    assert np.allclose(a.grad.data, [0.6, 0]) and np.allclose(b.grad.data, [0.8]) and c.grad is None
    assert np.isclose(gradient_norm(optimizer), 1.0) and np.isclose(gradient_norm({"a": a, "b": b}), 1.0)


@pytest.mark.parametrize(
    "dtype, size",
    [(np.float16, 3e4), (np.float32, 1e30), (np.float64, 1e200), (np.float32, 1e-30), (np.float64, 1e-200)],
)
def test_a_norm_whose_square_leaves_the_dtype(dtype, size):
    x = Variable(np.zeros(4, dtype), requires_grad=True)
    x.grad = np.array([3, 0, 4, 0], dtype)*dtype(size/5)
    assert np.isclose(gradient_norm([x]), size, rtol=2e-3)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_norm_that_is_not_finite_changes_nothing(bad):
    a, b = with_gradients([bad], [1.0])
    assert not np.isfinite(clip_grad_norm([a, b], 0.5)) and b.grad.data[0] == 1.0
    with pytest.raises(ValueError, match=r"max_norm = 0 is not valid: give a value in \(0, inf"):
        clip_grad_norm([a], 0)
    with pytest.raises(ValueError, match="limit = -1"):
        clip_grad_value([a], -1)


def test_clipping_keeps_dtype_and_the_callers_array():
    x, gradient = Variable(np.zeros(2, np.float32), requires_grad=True), np.array([30.0, 40.0], np.float32)
    x.grad = gradient
    assert clip_grad_norm([x], 5) == 50 and x.grad.dtype == np.float32 and gradient[0] == 30
    assert clip_grad_value([x], 3.5) == 4.0 and np.array_equal(x.grad.data, np.array([3.0, 3.5], np.float32))


def test_clip_as_torch_does():
    torch = pytest.importorskip("torch")
    gradients = [np.random.default_rng(i).standard_normal(size) for i, size in enumerate([(3, 4), (4,), ()])]
    ours, theirs = with_gradients(*gradients), [
        torch.zeros(g.shape, dtype=torch.float64, requires_grad=True) for g in gradients
    ]
    for t, g in zip(theirs, gradients):
        t.grad = torch.tensor(g)
    assert np.isclose(clip_grad_norm(ours, 0.7), torch.nn.utils.clip_grad_norm_(theirs, 0.7).item(), rtol=1e-12)
    for o, t in zip(ours, theirs):
        assert np.allclose(o.grad.data, t.grad.numpy(), rtol=2e-6)   # torch adds 1e-6 to the norm


# ---- accumulation, averages

def test_accumulation_is_the_big_batch():
    ends = []
    for batch_size, accumulate in ((64, 1), (16, 4)):
        model, loader, criterion, optimizer = digits(
            batch_size=batch_size, dtype=np.float64, examples=250
        )  # the last batches are smaller
        history = fit(model, loader, criterion, optimizer, epochs=3, accumulate=accumulate)
        ends.append((weights(model), history.loss))
    assert np.allclose(ends[0][0], ends[1][0], rtol=1e-10, atol=1e-12) and np.allclose(
        ends[0][1], ends[1][1], rtol=1e-12
    )


@given(st.floats(0, 0.999), st.integers(1, 20))
def test_ema_of_a_constant_and_of_a_step(decay, steps):
    average = np.zeros(3)
    for _ in range(steps):
        average = ema(average, np.ones(3), decay)
    assert np.allclose(average, 1 - decay**steps)


def test_ema_follows_and_gives_back():
    model, loader, criterion, optimizer = digits()
    average = EMA(model, decay=0.9)
    start = weights(model)
    fit(model, loader, criterion, optimizer, epochs=1, average=average)
    trained = weights(model)
    with average.applied():
        assert not (weights(model) == trained).all() and model.parameters()[0].dtype == np.float32
    assert (weights(model) == trained).all() and not (trained == start).all()
    other = EMA(digits(seed=1)[0], decay=0.9)
    other.load_state_dict(average.state_dict())
    assert all((other.average[n] == a).all() for n, a in average.average.items())
    with pytest.raises(ValueError, match="decay = 0.9, this one has 0.5"):
        EMA(model, decay=0.5).load_state_dict(average.state_dict())
    for wrong in ({}, None, {"decay": 0.9}):
        with pytest.raises(ValueError, match="no state_dict of an average: it needs the keys decay and average"):
            average.load_state_dict(wrong)


# ---- stopping


@pytest.mark.parametrize(
    "losses, patience, expected",
    [
        ([], 1, False),
        ([3, 2, 1], 1, False),
        ([1, 2], 1, True),
        ([1, 2, 3], 3, False),
        ([1, 2, 3, 4], 3, True),
        ([2, 1, 1, 1], 2, True),
        ([np.nan, np.nan], 1, True),
        ([np.nan, 1, 2], 2, False),
        ([1, 2, 3], None, False),
    ],
)
def test_out_of_patience(losses, patience, expected):
    assert out_of_patience(losses, patience) is expected


def test_early_stopping_returns_the_best_weights():
    model, loader, criterion, optimizer = digits(examples=96, optimizer=lambda p: Adam(p, learning_rate=0.02))
    validation = DataLoader(split.test_inputs, split.test_targets, 360)
    history = fit(model, loader, criterion, optimizer, epochs=200, validation=validation, patience=5)
    assert history.epoch < 200 and history.epoch == history.validation_loss.argmin() + 6
    assert np.isclose(evaluate(model, validation, criterion).loss, history.validation_loss.min(), rtol=1e-6)


def test_after_step_can_stop():
    model, loader, criterion, optimizer = digits()
    assert fit(model, loader, criterion, optimizer, epochs=9, after_step=lambda history: history.step == 11).step == 11


@pytest.mark.parametrize(
    "options, error, text",
    [
        ({"epochs": 1.5}, ValueError, "epochs = 1.5"),
        ({"accumulate": 0}, ValueError, "accumulate = 0"),
        ({"clip": -1}, ValueError, "clip = -1"),
        ({"patience": 3}, ValueError, "patience needs `validation`"),
        ({"nonfinite": "ignore"}, ValueError, "give 'raise' or 'skip'"),
        ({"scheduler_per": "batch"}, ValueError, "give 'epoch' or 'step'"),
        ({"resume": True}, ValueError, "resume needs `checkpoint`"),
        ({"epochs": "many"}, TypeError, "epochs"),
        ({"epochs": None}, TypeError, "epochs = None"),
        ({"accumulate": None}, TypeError, "accumulate = None"),
        ({"average": 0.9}, TypeError, "average is a float: give EMA"),
        ({"after_step": "print"}, TypeError, "after_step is a str: give a function"),
        ({"scheduler": 3}, ValueError, "drives another optimizer"),
    ],
)
def test_arguments_are_checked(options, error, text):
    model, loader, criterion, optimizer = digits()
    with pytest.raises(error, match=text):
        fit(model, loader, criterion, optimizer, **options)
    with pytest.raises(TypeError, match="needs an Optimizer"):
        fit(model, loader, criterion, model)
    with pytest.raises(ValueError, match="another optimizer"):
        fit(model, loader, criterion, optimizer, StepLR(SGD(Dense(2, 2).parameters()), 1))
    with pytest.raises(ValueError, match="must return one number"):
        fit(model, loader, lambda predictions, targets: predictions, optimizer)


# ---- nan and inf

class Root(Module):
    "sqrt of a weight that may reach zero: its slope there is infinite."
    def __init__(self, start):
        self.weight = Variable(np.array([start, 1.0]), requires_grad=True)
    def forward(self, inputs):
        return self.weight.sqrt().sum()*inputs.sum()

def value(prediction, target):
    return prediction
one = [(np.ones(1), np.zeros(1))]


def test_an_infinite_gradient_is_named():
    model = Root(0.0)
    with pytest.raises(
        NonFiniteError,
        match="step 1, epoch 1: the gradient of weight is not finite .1 of 2 elements are inf.. "
        "Likely cause: a log, division, root",
    ) as caught:
        fit(model, one, value, SGD(model.parameters(), learning_rate=0.1))
    assert caught.value.step == 1 and caught.value.parameter == "weight" and "slope" in caught.value.cause
    assert np.array_equal(model.weight.data, [0, 1])


def test_a_rate_that_is_too_high_is_the_cause():
    x = Variable(np.array([1.0]), requires_grad=True, name="x")
    def model(inputs):
        return (x*x*x*x).sum()
    with pytest.raises(NonFiniteError, match="learning_rate = 10 is (probably )?too high") as caught:
        fit(model, one, value, SGD([x], learning_rate=10.0), epochs=50)
    assert caught.value.step > 1


def test_a_weight_that_became_nan_is_named():
    model, loader, criterion, optimizer = digits()
    model.layers[2].bias.data[3] = np.nan
    with pytest.raises(NonFiniteError, match=r"the weights of 2.bias are not finite \(1 of 10 elements are nan\)"):
        fit(model, loader, criterion, optimizer, nonfinite="skip")


def test_the_last_step_is_checked_too():
    x = Variable(np.array([1.0], np.float32), requires_grad=True, name="x")
    with pytest.raises(NonFiniteError, match="it left weights of x"):
        fit(lambda inputs: (x*1e30).sum(), one, value, SGD([x], learning_rate=1e30))


def test_bad_data_are_the_cause_and_can_be_skipped_and_counted():
    model, loader, criterion, optimizer = digits()
    batches = [(inputs.copy(), targets) for inputs, targets in loader]
    batches[3][0][5, 7] = np.nan
    with pytest.raises(
        NonFiniteError,
        match="step 4, epoch 1: the loss is nan, though all weights are finite. "
        "Likely cause: the batch itself holds nan or inf",
    ):
        fit(model, batches, criterion, optimizer)
    model, _, criterion, optimizer = digits()
    average = EMA(model, 0.9)
    history = fit(model, batches, criterion, optimizer, epochs=2, nonfinite="skip", average=average)
    assert (
        np.array_equal(np.flatnonzero(history.skipped), [3, 11])
        and np.isfinite(weights(model)).all()
        and np.isfinite(history.epoch_loss).all()
    )
    clean, _, criterion, optimizer = digits()
    undisturbed = EMA(clean, 0.9)
    fit(clean, batches[:3] + batches[4:], criterion, optimizer, epochs=2, average=undisturbed)
    assert (weights(model) == weights(clean)).all() and all(
        (average.average[n] == a).all() for n, a in undisturbed.average.items()
    )


def test_weights_that_were_not_finite_from_the_start_are_the_cause():
    model, loader, criterion, optimizer = digits()
    model.parameters()[2].data[0, 0] = np.nan
    with pytest.raises(
        NonFiniteError, match="step 1, .*weights of 2.weight are not finite.*before the first step: make the model anew"
    ):
        fit(model, loader, criterion, optimizer)


def test_float16_overflow_is_the_cause():
    x = Variable(np.array([300.0], np.float16), requires_grad=True, name="x")
    with pytest.raises(NonFiniteError, match="float16 ends at 65504"):
        fit(lambda inputs: (x*x).sum(), one, value, SGD([x], learning_rate=1e-4))


# ---- range test

class Bowl(Module):
    "½λx²"
    def __init__(self, curvature):
        self.x, self.curvature = Variable(np.array([1.0]), requires_grad=True), curvature
    def forward(self, inputs):
        return (self.x*self.x).sum()*(self.curvature/2)


@given(st.floats(0.2, 50))
def test_the_range_test_is_lowest_where_the_rate_passes_2_over_curvature(curvature):
    model = Bowl(curvature)
    optimizer = SGD(model.parameters(), learning_rate=0.3)
    result = find_learning_rate(
        model, one, value, optimizer, low=1e-3 / curvature, high=100 / curvature, steps=150, stop_at=np.inf
    )
    lowest = result.losses.argmin()
    assert result.rates[lowest - 1] < 2/curvature <= result.rates[lowest]*(1 + 1e-9)
    assert model.x.data[0] == 1.0 and optimizer.param_groups[0]["learning_rate"] == 0.3 and not optimizer.state


def test_the_range_test_puts_everything_back():
    model, loader, criterion, optimizer = digits()
    fit(model, loader, criterion, optimizer, epochs=1)
    before, drawn = weights(model), loader.generator.bit_generator.state
    momentum = {n: s["velocity"].copy() for n, s in optimizer.state_dict()["state"].items()}
    result = find_learning_rate(model, loader, criterion, optimizer)
    assert (
        (weights(model) == before).all()
        and loader.generator.bit_generator.state == drawn
        and optimizer.param_groups[0]["learning_rate"] == 0.05
    )
    assert all((optimizer.state_dict()["state"][n]["velocity"] == v).all() for n, v in momentum.items())
    assert 1e-5 < result.suggestion < 1 and len(result.rates) == len(result.losses)
    for ends in ({"low": 1, "high": 0.1}, {"high": np.inf}, {"low": np.nan}):
        with pytest.raises(ValueError, match="give 0 < low < high"):
            find_learning_rate(model, loader, criterion, optimizer, **ends)
    with pytest.raises(ValueError, match="the loss is nan before the first step"):
        find_learning_rate(model, [(np.full((2, 64), np.nan, np.float32), np.array([0, 1]))], criterion, optimizer)
    with pytest.raises(ValueError, match="no batch"):
        find_learning_rate(model, [], criterion, optimizer)


# ---- progress

class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_progress_is_silent_when_piped_and_live_in_a_terminal(capsys, monkeypatch):
    model, loader, criterion, optimizer = digits()
    fit(model, loader, criterion, optimizer, epochs=1)
    assert capsys.readouterr() == ("", "")
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    fit(model, loader, criterion, optimizer, epochs=1)
    assert (
        "8/8" in screen.getvalue()
        and "loss" in screen.getvalue()
        and "learning rate 0.05" in screen.getvalue()
        and "step/s" in screen.getvalue()
    )
    fit(model, loader, criterion, optimizer, epochs=1, progress=False)


# ---- memory of a step

def elementwise(kind):
    return kind.update is Optimizer.update and kind.step is Optimizer.step


@pytest.mark.parametrize(
    "kind", [kind for kind in Optimizer.registry.values() if elementwise(kind)], ids=lambda kind: kind.__name__
)
def test_a_step_at_ten_million_elements_needs_less_than_a_megabyte(kind):
    x = Variable(np.zeros(10_000_000, np.float32), requires_grad=True)
    x.grad = np.full(x.shape, 0.5, np.float32)
    optimizer = kind([x], **({"momentum": 0.9} if kind is SGD else {}))
    optimizer.step()
    tracemalloc.start()
    try:
        optimizer.step()   # whatever a first traced call sets up
        tracemalloc.reset_peak()
        kept = tracemalloc.get_traced_memory()[0]
        for _ in range(2):
            optimizer.step()
        after, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak - kept <= 2**20 and after - kept < 4096


# ---- norms of other kinds

@pytest.mark.parametrize("norm_type", [1.0, 1.5, 2.0, 3.0, np.inf])
def test_other_norms_as_torch_has_them(norm_type):
    torch = pytest.importorskip("torch", reason="torch is the oracle")
    gradients = [np.random.default_rng(i).standard_normal(size) for i, size in enumerate([(3, 4), (4,), ()])]
    ours = with_gradients(*gradients)
    theirs = [torch.zeros(g.shape, dtype=torch.float64, requires_grad=True) for g in gradients]
    for t, g in zip(theirs, gradients):
        t.grad = torch.tensor(g)
    expected = torch.nn.utils.clip_grad_norm_(theirs, 0.7, norm_type=norm_type).item()
    assert np.isclose(clip_grad_norm(ours, 0.7, norm_type), expected, rtol=1e-12)
    for o, t in zip(ours, theirs):
        assert np.allclose(o.grad.data, t.grad.numpy(), rtol=3e-6)


def test_a_norm_by_hand():
    a, b = with_gradients([3.0, 0.0], [-4.0])
    assert gradient_norm([a, b], 1) == 7 and gradient_norm([a, b], np.inf) == 4
    assert np.isclose(gradient_norm([a, b], 3), 91**(1/3))
    assert clip_grad_norm([a, b], 2.0, norm_type=np.inf) == 4
    assert np.allclose(a.grad.data, [1.5, 0]) and np.allclose(b.grad.data, [-2])
    for bad in (0, -1, np.nan):
        with pytest.raises(ValueError, match="norm_type"):
            clip_grad_norm([a], 1.0, norm_type=bad)


@pytest.mark.parametrize("norm_type", [0.5, 1, 2, 7, np.inf])
def test_a_norm_of_huge_gradients_is_finite(norm_type):
    a, = with_gradients([3e200, -3e200])
    assert np.isclose(gradient_norm([a], norm_type), 3e200*2**(1/norm_type), rtol=1e-12)
    a.grad = np.array([np.nan, 1.0])
    assert not np.isfinite(gradient_norm([a], norm_type))


# ---- the best weights

def losses_are(monkeypatch, losses):
    "A validation loss for every epoch, whatever the model does."
    given = iter(losses)
    monkeypatch.setattr(training, "evaluate", lambda *_: training.Evaluation(next(given), np.nan))


@pytest.mark.parametrize(
    "losses, patience, best",
    [
        ([2, 1, np.nan, 3, 4], 3, 2),
        ([np.nan, np.nan, 1, 2], 5, 3),
        ([np.nan, np.nan], 9, 1),
        ([np.nan, 2, np.nan, 1], 5, 4),
        ([np.inf, 2, 3], 5, 2),
        ([1, 1, 1], 5, 1),
        ([np.nan, np.inf, 3], 5, 3),
    ],
)
def test_a_loss_of_nan_is_never_the_best(monkeypatch, losses, patience, best):
    losses_are(monkeypatch, losses)
    model, loader, criterion, optimizer = digits()
    after_epoch = []
    def note(history):
        if history.batch == 8:
            after_epoch.append(weights(model))
    history = fit(
        model, loader, criterion, optimizer, epochs=len(losses), validation=loader, patience=patience, after_step=note
    )
    assert np.array_equal(history.validation_loss, losses, equal_nan=True)
    assert [bool((weights(model) == w).all()) for w in after_epoch].index(True) == best - 1


def test_patience_ends_after_nan_as_after_any_bad_epoch(monkeypatch):
    losses_are(monkeypatch, [2, 1, np.nan, 3, 4, 5])
    model, loader, criterion, optimizer = digits()
    assert fit(model, loader, criterion, optimizer, epochs=6, validation=loader, patience=3).epoch == 5


# ---- what fit notices

def test_memory_that_overflows_is_named():
    good, bad = [Variable(np.ones(2, np.float32), requires_grad=True, name=name) for name in ("good", "bad")]
    def model(inputs):
        return (good*inputs[0] + bad*inputs[1]).sum()
    batches = [(np.array([1, slope], np.float32), [0]) for slope in (1, 2, 3e19, 1)]
    with pytest.raises(
        NonFiniteError, match="step 3, epoch 1: v of bad, which Adam remembers.*2 of 2 elements are inf.*clip"
    ) as caught:
        fit(model, batches, value, Adam([good, bad]))
    assert (caught.value.step, caught.value.parameter) == (3, "bad") and caught.value.history.step == 2
    good.data, bad.data = np.ones(2, np.float32), np.ones(2, np.float32)
    fit(model, batches, value, Adam([good, bad]), clip=1.0)   # clipped, it does no harm
    x = Variable(np.ones(1), requires_grad=True)   # float64 has room for that square
    fit(lambda inputs: (x*inputs).sum(), [(np.array([3e19]), [0])], value, Adam([x]))


def test_a_forward_pass_that_breaks_names_the_operation():
    x = Variable(np.array([-1.0, 2.0]), requires_grad=True, name="x")
    with pytest.raises(
        NonFiniteError, match="loss is nan.*log gave the first nan of the forward pass, from numbers between -1 and 2"
    ):
        fit(lambda inputs: (x.log()*2 + 1).sum(), one, value, SGD([x]))


def test_parameters_that_would_not_move_are_noticed():
    model, loader, criterion, optimizer = digits()
    model.layers[0].weight.requires_grad = False
    with pytest.warns(UserWarning, match="0.weight has no requires_grad and will not move"):
        fit(model, loader, criterion, optimizer)
    x = Variable(1.0, name="x")
    with pytest.raises(ValueError, match="x has no requires_grad, so nothing would be trained"):
        fit(lambda inputs: x*inputs.sum(), one, value, SGD([x]))


def diverge(rate):
    "A run that another process makes, which ends with NonFiniteError."
    x = Variable(np.array([5.0]), requires_grad=True, name="x")
    return fit(lambda inputs: (x**4).sum(), one, value, SGD([x], learning_rate=rate), epochs=50)


def test_an_error_survives_the_way_from_another_process():
    error = NonFiniteError("step 3: it broke", 3, "w", "the rate")
    error.history = fit(*digits())
    for copied in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
        assert type(copied) is NonFiniteError and str(copied) == "step 3: it broke"
        assert (copied.step, copied.parameter, copied.cause) == (3, "w", "the rate") and copied.history.step == 8
    with multiprocessing.get_context("fork").Pool(2) as pool:
        with pytest.raises(NonFiniteError, match="too high"):
            pool.map(diverge, [10.0, 20.0])


def test_a_program_without_a_console_trains(monkeypatch):
    for screen in (None, Terminal()):
        if screen:
            screen.close()
        monkeypatch.setattr(sys, "stderr", screen)
        assert fit(*digits()).step == 8
    monkeypatch.setattr(sys, "stderr", None)
    assert fit(*digits(), progress=True).step == 8


# ---- the range test puts back more than weights

class Counting(Module):
    "A layer with a running mean and a generator, as batch normalisation and dropout have."
    def __init__(self):
        self.dense, self.mean, self.generator = Dense(64, 10, 0), np.zeros(64), np.random.default_rng(3)
    def forward(self, inputs):
        self.mean = 0.9*self.mean + 0.1*inputs.data.mean(axis=0)
        return self.dense(inputs + self.generator.standard_normal(inputs.shape).astype(np.float32))


def test_the_range_test_puts_back_what_a_model_remembers():
    _, loader, criterion, _ = digits()
    model = Counting()
    optimizer, drawn = SGD(model.parameters()), model.generator.bit_generator.state
    find_learning_rate(model, loader, criterion, optimizer, steps=5)
    assert not model.mean.any() and model.generator.bit_generator.state == drawn


@pytest.mark.parametrize("make, option, now", [
    (lambda p: SGD(p, 0.1), "momentum", 0.9), (Adam, "amsgrad", True), (Adam, "weight_decay", 0.1)])
def test_the_range_test_after_an_option_was_switched_on(make, option, now):
    model, loader, criterion, optimizer = digits(optimizer=make)
    fit(model, loader, criterion, optimizer)
    optimizer.param_groups[0][option] = now
    groups, kept = [{**g} for g in optimizer.param_groups], weights(model)
    slots = copy.deepcopy([*optimizer.state.values()])
    find_learning_rate(model, loader, criterion, optimizer, steps=20)
    assert optimizer.param_groups == groups and (weights(model) == kept).all()
    for before, after in zip(slots, optimizer.state.values(), strict=True):
        assert {*before} == {*after} and all(np.array_equal(before[name], after[name]) for name in before)
    fit(model, loader, criterion, optimizer)   # and it can be used


def test_the_range_test_puts_back_after_an_error():
    model, loader, criterion, optimizer = digits()
    kept, calls = weights(model), []
    def fails(predictions, targets):
        calls.append(1)
        if len(calls) == 5:
            raise RuntimeError("no")
        return criterion(predictions, targets)
    with pytest.raises(RuntimeError, match="no"):
        find_learning_rate(model, loader, fails, optimizer)
    assert (weights(model) == kept).all() and optimizer.param_groups[0]["learning_rate"] == 0.05


def test_whatever_ends_a_run_does_not_lose_its_history():
    model, loader, criterion, optimizer = digits()
    def interrupt(history):
        if history.step == 5:
            raise KeyboardInterrupt
    with pytest.raises(KeyboardInterrupt) as caught:
        fit(model, loader, criterion, optimizer, after_step=interrupt)
    assert caught.value.history.step == 5
    with pytest.raises(ValueError, match="nothing to evaluate") as caught:
        fit(model, loader, criterion, optimizer, validation=[])
    assert caught.value.history.step == 8


def test_a_model_that_cannot_be_kept_is_refused_before_the_first_step():
    x, steps = Variable(1.0, requires_grad=True, name="x"), []
    for options in ({"patience": 2, "validation": one}, {"checkpoint": "never_written"}):
        with pytest.raises(TypeError, match="a model is a Module or a dict"):
            fit(lambda inputs: x*inputs.sum(), one, value, SGD([x]), after_step=steps.append, **options)
    assert not steps and not os.path.exists("never_written")


def test_what_is_taken_for_a_criterion_an_average_or_a_loader():
    model, loader, criterion, optimizer = digits()
    arrays, before = (np.zeros((5, 64)), np.zeros(5, int)), weights(model).copy()
    for asked, options, text in (
        ((loader, CrossEntropyLoss), {}, r"the class CrossEntropyLoss: give an object of it, CrossEntropyLoss\(\)"),
        ((loader, criterion), {"average": 0.99}, r"average is a float: give EMA\(model\), or leave it out"),
        ((arrays, criterion), {}, r"loader is arrays, not batches of them: give DataLoader\("),
        ((arrays[0], criterion), {}, "loader is arrays"),
        ((loader, criterion), {"validation": arrays}, "validation is arrays"),
    ):
        with pytest.raises(TypeError, match=text):
            fit(model, *asked, optimizer, **options)
    with pytest.raises(TypeError, match="loader is arrays"):
        evaluate(model, arrays, criterion)
    assert (weights(model) == before).all()
    fit(model, [arrays], criterion, optimizer)   # a list of one batch is a loader


class Modal(Module):
    "A layer that does something else in evaluation, and holds a part that stays as it is set."
    training = True
    def __init__(self):
        self.parts, self.dense = {"inner": [ReLU()]}, Dense(64, 10, 0)
        self.parts["inner"][0].training = False
        self.modes = []
    def eval(self):
        self.training = self.parts["inner"][0].training = False
    def forward(self, inputs):
        self.modes.append((self.training, self.parts["inner"][0].training))
        return self.dense(inputs)


def test_evaluation_leaves_every_part_in_the_mode_it_had():
    model, (_, loader, criterion, _) = Modal(), digits()
    evaluate(model, loader, criterion)
    assert {*model.modes} == {(False, False)}
    assert model.training and not model.parts["inner"][0].training
    with pytest.raises(ZeroDivisionError):
        evaluate(model, loader, lambda predictions, targets: 1/0)
    assert model.training and not model.parts["inner"][0].training
