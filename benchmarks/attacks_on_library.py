"""Faults 1 to 10, 13 to 19 and 25 to 36 as attacks on the package, written from the list of faults, not from the tests.
A function `fault_N_...` is one attack, or one for each of its inputs; its docstring is its row. It returns what is
wrong, or nothing."""

import ast
import collections
import gzip
import json
import multiprocessing
import os
import pickle
import re
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
import warnings
from pathlib import Path

import numpy as np
from attack_tools import each, environment, first_wrong, not_refused, root, short, unequal

from tinytorch import checkpoint as checkpoints
from tinytorch import data, fitting, training
from tinytorch.autograd import Variable, gradcheck, no_grad
from tinytorch.bookkeeping import check_number
from tinytorch.checkpoint import CheckpointError, load_checkpoint, save_checkpoint
from tinytorch.data import DataLoader, load_digits
from tinytorch.layers import BatchNorm, CrossEntropyLoss, Dense, Module, MSELoss, ReLU, Sequential
from tinytorch.optimizers import (SGD, Adam, ChainedScheduler, LinearLR, MultiplicativeLR, Optimizer, ReduceLROnPlateau,
                                  SequentialLR, StepLR, gradient_descent_step)
from tinytorch.training import evaluate, find_learning_rate, fit


def leaf(value, dtype=None, **options):
    return Variable(np.array(value, dtype), requires_grad=True, **options)


def network(seed, hidden=64):
    generator = np.random.default_rng(seed)
    return Sequential([Dense(64, hidden, generator), ReLU(), Dense(hidden, 10, generator)])


def freeze(layer):
    for parameter in layer.parameters():
        parameter.requires_grad = False


def digits_loader(examples=None, batch_size=32, seed=0):
    digits = load_digits()
    return DataLoader(digits.train_inputs[:examples], digits.train_targets[:examples], batch_size, shuffle=True,
                      generator=np.random.default_rng(seed))


def accuracy(model):
    digits = load_digits()
    return evaluate(model, [(digits.test_inputs, digits.test_targets)], CrossEntropyLoss()).accuracy


def all_weights(model):
    return np.concatenate([p.data.ravel() for layer in model.layers if hasattr(layer, "weight")
                           for p in (layer.weight, layer.bias)])


# ---- 1

def fault_1_digits():
    "64-64-10 on the digits, first layer frozen on the way, saved and loaded frozen: the accuracy stays"
    model = network(0)
    fit(model, digits_loader(), CrossEntropyLoss(), Adam(model.parameters(), 0.003), epochs=6)
    freeze(model.layers[0])
    fit(model, digits_loader(), CrossEntropyLoss(), Adam(model.layers[2].parameters(), 0.003), epochs=1)
    save_checkpoint("run", model)
    fresh = network(1)
    freeze(fresh.layers[0])
    load_checkpoint("run", fresh)
    if accuracy(model) < 0.93:
        return f"trained to {accuracy(model):.3f} only"
    return unequal(accuracy(fresh), accuracy(model))


def fault_1_running_means():
    "the running mean and variance of a BatchNorm are in the file"
    def make(seed):
        return Sequential([Dense(3, 4, seed), BatchNorm(4), Dense(4, 1, seed)])
    model = make(0)
    for seed in range(5):
        model(np.random.default_rng(seed).normal(5, 3, (8, 3)).astype(np.float32))
    save_checkpoint("run", model)
    other = make(1)
    load_checkpoint("run", other)
    inputs = np.ones((2, 3), np.float32)
    return unequal(other.eval()(inputs).data, model.eval()(inputs).data)


class Running(Module):
    "A mean that is a Variable and is not trained, an array, and a part with a state of its own."
    def __init__(self, seed):
        self.dense, self.mean = Dense(2, 1, seed), Variable(np.full(2, float(seed)))
        self.count, self.tally = np.zeros(1), Tally()

    def forward(self, inputs):
        self.mean = Variable(0.9*self.mean.data + 0.1*np.asarray(inputs).mean(axis=0))
        self.count = self.count + 1
        self.tally.number += 1
        return self.dense(inputs - self.mean)


class Tally:
    number = 0

    def state_dict(self):
        return {"number": self.number}

    def load_state_dict(self, state):
        self.number = state["number"]


@each(mean=lambda m: m.mean.data, count=lambda m: m.count, tally=lambda m: m.tally.number)
def fault_1_untrained(read):
    "a Variable that is not trained, an array, a part with its own state_dict come back"
    model, other = Running(1), Running(2)
    for _ in range(3):
        model(np.ones((4, 2)))
    save_checkpoint("run", model)
    load_checkpoint("run", other)
    return unequal(read(other), read(model))


def fault_1_fit_and_resume():
    "fit(checkpoint, resume) with a layer frozen before the cut ends where the uncut run ends, bit for bit"
    def run(path, seed, stop):
        model = network(seed, 8)
        freeze(model.layers[0])
        optimizer = Adam(model.layers[2].parameters(), 0.01)
        fit(model, digits_loader(96), CrossEntropyLoss(), optimizer, epochs=3, checkpoint=path, resume=True,
            after_step=lambda history: history.step == stop)
        return all_weights(model)
    whole = run("whole", 0, None)
    run("cut", 0, 5)
    return unequal(run("cut", 1, None), whole, 0)


def fault_1_frozen_on_the_way():
    "a layer frozen after the file was written still comes back from it"
    model = network(0, 8)
    save_checkpoint("run", model, Adam(model.parameters()))
    other = network(1, 8)
    adam = Adam(other.parameters())
    freeze(other.layers[0])
    load_checkpoint("run", other, adam)
    return unequal(all_weights(other), all_weights(model), 0)


# ---- 2, 3

def right_or_refused(function, expected):
    "A gradient that is right, or an error with words that names what happened."
    try:
        return unequal(function(), expected)
    except (RuntimeError, ValueError) as error:
        return None if len(str(error)) > 30 else f"refused without a reason: {error}"


def every_optimizer(parameters):
    "One of each optimizer that takes a vector and needs no closure."
    for name, kind in Optimizer.registry.items():
        if getattr(kind, "needs_closure", False):
            continue
        try:
            yield name, kind(parameters)
        except (ValueError, TypeError):   # for matrices only, or around another optimizer
            continue


def fault_2_step_between():
    "w = 3, a = 2w, b = w², a.backward(), SGD step, zero_grad, b.backward(): 6, or a refusal"
    w = leaf(3.0)
    first, second, sgd = w*2, w*w, SGD([w], 0.1)
    first.backward(), sgd.step(), sgd.zero_grad()
    return right_or_refused(lambda: (second.backward(), w.grad.data)[1], 6.0)


def fault_2_every_optimizer():
    "the same with a step of every optimizer"
    wrong = []
    for name in [name for name, _ in every_optimizer([leaf([3.0, 3.0])])]:
        w = leaf([3.0, 3.0])
        optimizer = Optimizer.registry[name]([w])
        first, second = (w*2).sum(), (w*w).sum()
        first.backward(), optimizer.step(), optimizer.zero_grad()
        found = right_or_refused(lambda: (second.backward(), w.grad.data)[1], [6.0, 6.0])
        wrong += [f"{name}: {found}"] if found else []
    return "; ".join(wrong)


@each(assigned=lambda w: w.data.__setitem__(slice(None), 7.0), multiplied=lambda w: np.multiply(w.data, 2, out=w.data),
      through_a_view=lambda w: w.data[:1].fill(7.0), filled=lambda w: w.data.fill(7.0),
      element=lambda w: w.data.__setitem__(0, 7.0))
def fault_2_written_into(write):
    "an array that the tape holds is written into before backward"
    w = leaf([3.0, 3.0])
    loss = (w*w).sum()
    write(w)
    return right_or_refused(lambda: (loss.backward(), w.grad.data)[1], [6.0, 6.0])


def fault_2_input_buffer():
    "a buffer for inputs that is used again between two forward passes"
    w, buffer = leaf([1.0, 1.0]), np.ones(2)
    first = (w*buffer).sum()
    buffer[:] = 5.0
    second = (w*buffer).sum()
    return right_or_refused(lambda: (first.backward(), second.backward(), w.grad.data)[2], [6.0, 6.0])


def fault_2_average_between():
    "weights put in by an average's `applied` between forward and backward"
    model = Dense(1, 1, 0)
    average = training.EMA(model, 0.5)
    model.weight.data = model.weight.data + 1
    expected = 2*(np.ones((1, 1)) @ model.weight.data + model.bias.data)
    loss = (model(np.ones((1, 1), np.float32))**2).sum()
    with average.applied():
        pass
    return right_or_refused(lambda: (loss.backward(), model.weight.grad.data)[1], expected)


def path_of(step, keep=lambda x: x.data):
    x, path = leaf(10.0), []
    sgd = SGD([x], 0.1)
    for _ in range(4):
        path.append(keep(x))
        x.grad = None
        (x**2).backward()
        step(x, sgd)
    return np.array([float(np.asarray(value).ravel()[0]) for value in path])


@each(sgd=lambda x, sgd: sgd.step(), lesson=lambda x, sgd: gradient_descent_step(x, 0.1))
def fault_3_kept(step):
    "path.append(x.data) before each step: 10, 8, 6.4, 5.12"
    return unequal(path_of(step), [10, 8, 6.4, 5.12])


@each(view=lambda x: x.data.reshape(1), memory=lambda x: memoryview(x.data), transposed=lambda x: x.data.T,
      variable=lambda x: x.detach(), array=lambda x: np.asarray(x.data), tuple=lambda x: (x.data,)[0])
def fault_3_views(keep):
    "the same with a view, a memoryview or a detached Variable of x"
    return unequal(path_of(lambda x, sgd: sgd.step(), keep), [10, 8, 6.4, 5.12])


def fault_3_every_optimizer():
    "an array kept before a step of any optimizer stays what it was; so do kept gradients"
    wrong = []
    for name in [name for name, _ in every_optimizer([leaf([1.0, 2.0])])]:
        x = leaf([1.0, 2.0])
        optimizer = Optimizer.registry[name]([x])
        for _ in range(2):
            optimizer.zero_grad()
            (x**2).sum().backward()
            kept, gradient = x.data, x.grad.data
            before, slope = kept.copy(), gradient.copy()
            optimizer.step()
            if (kept != before).any() or (gradient != slope).any():
                wrong.append(name)
    return f"changed by {', '.join(wrong)}" if wrong else None


def fault_3_state():
    "what an optimizer's state was, read and kept before a step, stays"
    x = leaf([1.0, 2.0])
    adam = Adam([x])
    (x**2).sum().backward()
    adam.step()
    kept = adam.state[x]["m"]
    before = kept.copy()
    adam.step()
    return unequal(kept, before, 0)


# ---- 4

Pair = collections.namedtuple("Pair", "first second")


class Box:
    "No Module, and has layers."
    def __init__(self, *layers):
        self.layer, self.other = layers


def two_dense():
    return Dense(2, 4, 0), Dense(4, 1, 1)


class Blocks(Module):
    def __init__(self, blocks):
        self.blocks = blocks


containers = dict(
    dictionary=lambda: dict(zip(("in", "out"), two_dense())),
    list=lambda: [*two_dense()],
    tuple=two_dense,
    set=lambda: {*two_dense()},
    frozenset=lambda: frozenset(two_dense()),
    deque=lambda: collections.deque(two_dense()),
    named_tuple=lambda: Pair(*two_dense()),
    object=lambda: Box(*two_dense()),
    nested=lambda: {"a": [{"b": two_dense()}]},
    ordered=lambda: collections.OrderedDict(zip("ab", two_dense())),
    default=lambda: collections.defaultdict(list, zip("ab", two_dense())),
    numbers=lambda: dict(enumerate(two_dense())),
    values=lambda: dict(zip("ab", two_dense())).values(),
    array=lambda: np.array([*two_dense()], dtype=object),
)


@each(**containers)
def fault_4(make):
    "layers in a container are found and saved, or refused by name"
    model = Blocks(make())
    try:
        count = len([*model.parameters()])
        save_checkpoint("run", model)
        names = len(model.state_dict())
    except (TypeError, ValueError) as error:
        return None if "blocks" in str(error) else f"refused without its name: {error}"
    return unequal([count, names], [4, 4])


def fault_4_parent():
    "an attribute that leads back to the parent ends, with every parameter once"
    model = Sequential([Dense(2, 4, 0), ReLU(), Dense(4, 1, 1)])
    model.layers[1].parent = model
    model.me = {"self": [model]}
    save_checkpoint("run", model)
    return unequal(len([*model.parameters()]), 4)


def fault_4_trains():
    "a step moves layers that are in a dictionary"
    model = Blocks(dict(zip(("in", "out"), two_dense())))
    before = model.blocks["in"].weight.data.copy()
    (model.blocks["out"](model.blocks["in"](np.ones((1, 2), np.float32)))**2).sum().backward()
    SGD(model.parameters(), 0.1).step()
    return "it did not move" if (model.blocks["in"].weight.data == before).all() else None


# ---- 5

def fault_5_report():
    "(a*np.dot(b, x)).sum().backward(): b has its gradient"
    a, b, x = leaf(2.0), leaf([1.0, 2.0]), np.array([3.0, 4.0])
    (a*np.dot(b, x)).sum().backward()
    return unequal(b.grad.data, 2*x)


def vectors(*shapes):
    return [np.random.default_rng(i).normal(size=shape) for i, shape in enumerate(shapes)]


@each(dot=(np.dot, [(2, 3), (3, 4)]), inner=(np.inner, [(3,), (3,)]), outer=(np.outer, [(2,), (3,)]),
      einsum=(lambda a, b: np.einsum("ij,kj->ik", a, b), [(2, 3), (4, 3)]),
      where=(lambda a, b: np.where([True, False], a, b), [(2,), (2,)]),
      concatenate=(lambda a, b: np.concatenate([a, b]), [(2, 3), (1, 3)]),
      stack=(lambda a, b: np.stack([a, b]), [(2,), (2,)]), clip=(lambda a: np.clip(a, -0.5, 0.5), [(5,)]),
      mean=(lambda a, b: np.mean(np.stack([a, b])), [(), ()]), method_clip=(lambda a: a.clip(-0.5, 0.5), [(5,)]),
      ufuncs=(lambda a, b: np.exp(np.multiply(a, b)) + np.maximum(a, b), [(3,), (3,)]),
      matmul=(np.matmul, [(2, 3), (3, 2)]))
def fault_5_works(attack):
    "what is common in networks has its gradient"
    expression, shapes = attack
    return None if gradcheck(expression, *vectors(*shapes)) else "a wrong gradient"


def through(expression, *arrays):
    "What is wrong where an expression gives neither the gradients of all its Variables nor an error that helps."
    variables = [leaf(array) for array in arrays]
    try:
        result = expression(*variables)
    except TypeError as error:
        text = str(error)
        helps = len(text) > 30 and any(word in text for word in ("Variable", "np."))
        return None if helps else f"an error that helps nobody: {text}"
    if not isinstance(result, Variable):
        return f"the gradient is cut: {type(result).__name__}"
    try:
        result.sum().backward()
    except LookupError as error:   # says which adjoint is missing, as lesson 02 teaches it
        return None if "adjoint(" in str(error) else str(error)
    lost = [i for i, variable in enumerate(variables) if variable.grad is None]
    return f"operands {lost} have no gradient" if lost else None


one_vector = dict(
    norm=np.linalg.norm,
    tile=lambda a: np.tile(a, 2),
    roll=lambda a: np.roll(a, 1),
    cumsum=np.cumsum,
    prod=np.prod,
    sort=np.sort,
    flip=np.flip,
    pad=lambda a: np.pad(a, 1),
    split=lambda a: np.split(a, 2),
    asarray=np.asarray,
    array=lambda a: np.array(a),
    repeat=lambda a: np.repeat(a, 2),
    diff=np.diff,
    median=np.median,
    trace=np.diag,
    average=np.average,
    sin=np.sin,
    arctan=np.arctan,
    rounding=np.round,
    add_reduce=np.add.reduce,
    out=lambda a: np.exp(a, out=np.empty(4)),
    float=lambda a: float(a[0]),
    nan_sum=np.nansum,
    copy=np.copy,
    ones_like=None,
    expand=lambda a: np.expand_dims(a, 0),
    mean_of_list=lambda a: np.mean([a[0], a[1]]),
    sum_of_list=lambda a: sum([a[0], a[1]]),
    variable_of_list=lambda a: Variable([a[0] * 2, a[1]]),
    array_of_list=lambda a: np.array([a[0] * 2, a[1]]),
    left_array=lambda a: np.ones(4) * a,
    float64=lambda a: np.float64(2) * a,
    list=lambda a: [1.0, 2.0, 3.0, 4.0] * a,
    vstack=lambda a: np.vstack([a, a]),
    hstack=lambda a: np.hstack([a, a]),
    tensordot=lambda a: np.tensordot(a, a, 1),
    vdot=lambda a: np.vdot(a, a),
    matmul_out=lambda a: np.ones((1, 4)) @ a,
)
del one_vector["ones_like"], one_vector["float"]   # what asks for a number alone gets one


@each(**one_vector)
def fault_5_or_refused(expression):
    "any other function of NumPy: the gradient, or an error that says what to use"
    return through(expression, [1.0, 2.0, 3.0, 4.0])


# ---- 6, 7, 8

def run_with_losses(losses, patience=None, epochs=None, path=None, resume=False):
    "`fit` with validation losses that are given; the bias counts the epochs, as each has one step of 1."
    given = iter(losses)
    training.evaluate = lambda *_: training.Evaluation(next(given), 0.5)
    model = Dense(1, 1, 0)
    model.weight.data, model.bias.data = np.zeros((1, 1), np.float32), np.zeros(1, np.float32)
    batch = [(np.ones((1, 1), np.float32), np.zeros((1, 1), np.float32))]
    history = fit(model, batch, lambda p, t: -p.sum(), SGD(model.parameters(), 1.0), epochs=epochs or len(losses),
                  validation=batch, patience=patience, checkpoint=path, resume=resume)
    return float(model.bias.data[0]), history.epoch


@each(report=([2, 1, np.nan, 3, 4], 3, 2), first=([np.nan, 2, 3, 4, 5], 3, 2), inf=([np.inf, 2, 3, 4], 3, 2),
      all=([np.nan, np.nan], 3, 1), last=([3, 2, 1, np.nan], 3, 3))
def fault_6_nan(attack):
    "a validation loss of nan is never the best"
    losses, patience, best = attack
    return unequal(run_with_losses(losses, patience)[0], best)


def fault_6_resume():
    "3 epochs with patience, then to 20 without: the weights of epoch 20"
    run_with_losses([3, 1, 2], 5, 3, "run")
    return unequal(run_with_losses([5]*17, None, 20, "run", True), [20, 20])


@each(negative=("min", -1.0), positive=("min", 1.0), negative_max=("max", -1.0), positive_max=("max", 1.0))
def fault_7_rates(attack):
    "eight equal metrics with patience 2: 1, 1, 1, .1, .1, .1, .01, .01"
    mode, metric = attack
    sgd = SGD([leaf(1.0)], 1.0)
    scheduler, rates = ReduceLROnPlateau(sgd, mode=mode, patience=2), []
    for _ in range(8):
        sgd.step(), scheduler.step(metric)
        rates.append(scheduler.get_last_lr()[0])
    return unequal(rates, [1, 1, 1, 0.1, 0.1, 0.1, 0.01, 0.01])


def fault_7_late_group():
    "a group that joins after a reduction keeps its rate until the next"
    sgd = SGD([leaf(1.0)], 1.0)
    scheduler = ReduceLROnPlateau(sgd, patience=0)
    for metric in (1.0, 1.0):
        sgd.step(), scheduler.step(metric)
    sgd.add_param_group({"parameters": [leaf(2.0)], "learning_rate": 0.5})
    rates = []
    for metric in (0.5, 0.5):
        sgd.step(), scheduler.step(metric)
        rates.append(scheduler.get_last_lr())
    return unequal(rates, [[0.1, 0.5], [0.01, 0.05]])


@each(twice=16, half=4, odd=24)
def fault_8(batch_size):
    "a run cut in mid-epoch and resumed with another batch size is refused with both numbers"
    def run(size, stop=None):
        model = Dense(2, 1, 0)
        loader = DataLoader(np.ones((64, 2), np.float32), np.zeros((64, 1), np.float32), size, True, 0)
        return fit(model, loader, MSELoss(), SGD(model.parameters(), 0.1), checkpoint="run", checkpoint_every=1,
                   resume=True, after_step=lambda history: history.step == stop)
    run(8, 3)
    return not_refused(lambda: run(batch_size), "8", str(batch_size))


# ---- 9, 10

def bare_layers():
    "Adam over two bare Dense(2, 2), each way round, after a step."
    a, b = Dense(2, 2, 0), Dense(2, 2, 1)
    forth, back = ([*first.parameters(), *second.parameters()] for first, second in ((a, b), (b, a)))
    adam = Adam(forth)
    (a(b(np.ones((1, 2), np.float32)))**2).sum().backward()
    adam.step()
    return adam, Adam(back), {"a.w": a.weight, "a.b": a.bias, "b.w": b.weight, "b.b": b.bias}


def told(function):
    "The texts of the warnings and of the exception of a call."
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            function()
        except (ValueError, CheckpointError) as error:
            return [str(warning.message) for warning in caught] + [str(error)]
    return [str(warning.message) for warning in caught]


def fault_9_checkpoint():
    "a checkpoint of two bare layers, loaded with the layers exchanged, is refused"
    adam, other, model = bare_layers()
    save_checkpoint("run", model, adam)
    return not_refused(lambda: load_checkpoint("run", model, other), "a.w", "b.w", kind=CheckpointError)


def fault_9_bare_state():
    "state_dict of two bare layers, without a file: it is said that positions do not identify"
    adam, other, _ = bare_layers()
    words = " ".join(told(lambda: other.load_state_dict(adam.state_dict())))
    return None if "position" in words else f"nothing is said: {short(words)}"


def fault_9_nameless():
    "the same for Variables without names"
    made = [leaf([1.0, 2.0]) for _ in range(2)]
    adam = Adam(made)
    (made[0]*made[1]).sum().backward()
    adam.step()
    other = Adam(made[::-1])
    words = " ".join(told(lambda: other.load_state_dict(adam.state_dict())))
    return None if "position" in words else f"nothing is said: {short(words)}"


def fault_10_fit():
    "a gradient of 3e19 in float32: fit names the parameter whose state overflowed, and the step"
    w = leaf([1.0, 1.0], np.float32, name="w")
    slopes = [(np.array([slope], np.float32), [0]) for slope in (1, 1, 3e19, 1)]
    return not_refused(lambda: fit(lambda x: w*x, slopes, lambda p, t: p.sum(), Adam([w])), "step 3", "w", "v",
                       kind=fitting.NonFiniteError)


def fault_10_every_optimizer():
    "whatever optimizer's memory a gradient of 3e30 in float32 makes infinite, fit says so"
    silent = []
    for name in [name for name, _ in every_optimizer([leaf([1.0, 1.0], np.float32)])]:
        w = leaf([1.0, 1.0], np.float32, name="w")
        optimizer = Optimizer.registry[name]([w])
        batches = [(np.array([slope], np.float32), [0]) for slope in (1, 3e30, 1)]
        try:
            fit(lambda x: w*x, batches, lambda p, t: p.sum(), optimizer)
        except FloatingPointError:
            continue
        arrays = [
            value for state in optimizer.state.values() for value in state.values() if isinstance(value, np.ndarray)
        ]
        if not all(np.isfinite(array).all() for array in [*arrays, w.data]):
            silent.append(name)
    return f"not said for {', '.join(silent)}" if silent else None


# ---- 13, 14

def save_often(path, seed, seconds, answers):
    model, saved, failures, end = Dense(8, 8, seed), 0, [], time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            save_checkpoint(path, model)
            saved += 1
        except Exception as error:
            failures.append(short(error))
    answers.put((saved, failures))


def fault_13_writers():
    "six processes save to one path for two seconds: no failure is reported, nothing is damaged or left"
    context = multiprocessing.get_context("fork")
    answers, path = context.Queue(), Path("shared/run")
    path.parent.mkdir()
    jobs = [context.Process(target=save_often, args=(path, seed, 2, answers)) for seed in range(6)]
    for job in jobs:
        job.start()
    found = [answers.get() for _ in jobs]
    failures = [text for _, texts in found for text in texts]
    load_checkpoint(path, Dense(8, 8))
    left = [p.name for p in path.parent.iterdir() if p.name != "run"]
    return f"{len(failures)} failures: {failures[:1]}" if failures else f"left: {left}" if left else None


def fault_13_full_disk():
    "a full disk that holds a dead writer's leftover: the save after it recovers, the old file stands until then"
    model, path = Dense(40, 40, 0), Path("run")
    save_checkpoint(path, model)
    before = path.read_bytes()
    def full(handle):
        raise OSError(28, "No space left on device")
    fsync, os.fsync = os.fsync, full
    complaint = not_refused(lambda: save_checkpoint(path, Dense(40, 40, 1)), "space", kind=CheckpointError)
    os.fsync = fsync
    left = [name for name in os.listdir() if name != "run"]
    if complaint or left or path.read_bytes() != before:
        return complaint or f"left {left}, old file {'there' if path.read_bytes() == before else 'gone'}"
    save_checkpoint(path, Dense(40, 40, 1))


@each(brackets="a[1]", star="*", stars="**", question="a?b", negated="[!x]", dash="-rf", blank=" ")
def fault_13_names(name):
    "a name with signs of a pattern sweeps its own leftovers and nothing else"
    others = [".other.1-ab.part", f".{name}x.1-ab.part", "a1", ".a1.1-ab.part", "b"]
    for other in [*others, f".{name}.7-cd.part"]:
        Path(other).write_text("")
        os.utime(other, (0, 0))
    save_checkpoint(name, Dense(2, 2, 0))
    load_checkpoint(name, Dense(2, 2))
    left, gone = Path(f".{name}.7-cd.part").exists(), [other for other in others if not Path(other).exists()]
    return f"swept {gone}" if gone else "its own leftover stays" if left else None


def make_socket(name):
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(name)


@each(fifo=os.mkfifo, socket=make_socket, device=lambda name: os.symlink("/dev/null", name), folder=os.mkdir,
      link_to_folder=lambda name: (os.mkdir("there"), os.symlink("there", name)))
def fault_14_kinds(make):
    "save_checkpoint onto what is no regular file is refused, and it stays"
    make("odd")
    kind = stat.S_IFMT(os.stat("odd").st_mode)
    complaint = not_refused(lambda: save_checkpoint("odd", Dense(2, 2)), "odd", kind=CheckpointError)
    return complaint or (None if stat.S_IFMT(os.stat("odd").st_mode) == kind else "replaced")


@each(private=0o600, group=0o640, everybody=0o666)
def fault_14_rights(mode):
    "rights of a file that is replaced are kept"
    save_checkpoint("run", Dense(2, 2))
    os.chmod("run", mode)
    save_checkpoint("run", Dense(2, 2))
    found = os.stat("run").st_mode & 0o777
    return None if found == mode else f"{mode:o} became {found:o}"


def fault_14_owner():
    "so is its owner, where this process may give files away"
    save_checkpoint("run", Dense(2, 2))
    if os.geteuid():
        return None
    os.chown("run", 1234, 4321)
    save_checkpoint("run", Dense(2, 2))
    return unequal([os.stat("run").st_uid, os.stat("run").st_gid], [1234, 4321])


def fault_14_read_only():
    "a file of 0444 is refused and stays"
    save_checkpoint("run", Dense(2, 2))
    os.chmod("run", 0o444)
    before = Path("run").read_bytes()
    complaint = not_refused(lambda: save_checkpoint("run", Dense(2, 2)), "read-only", kind=CheckpointError)
    return complaint or (None if Path("run").read_bytes() == before else "overwritten")


def fault_14_umask():
    "a new checkpoint and a learner's new file follow the umask"
    from tinytorch.course import files
    os.umask(0o027)
    save_checkpoint("run", Dense(2, 2))
    files.create(Path("mine"), "text")
    modes = [f"{os.stat(name).st_mode & 0o777:o}" for name in ("run", "mine")]
    return None if modes == ["640", "640"] else f"umask 027 gives {modes}, right is 640"


# ---- 15, 16

def fault_15_thread():
    "`no_grad` in a thread leaves training in another alone"
    inside, leave = threading.Event(), threading.Event()
    def hold():
        with no_grad():
            inside.set()
            leave.wait()
    thread = threading.Thread(target=hold)
    thread.start()
    inside.wait()
    w = leaf(3.0)
    loss = w*w
    leave.set(), thread.join()
    loss.backward()
    return unequal(w.grad.data, 6.0)


def fault_15_interleaved():
    "two blocks left in the order they were entered: recording is on again"
    first, second = no_grad(), no_grad()
    first.__enter__(), second.__enter__(), first.__exit__(None, None, None), second.__exit__(None, None, None)
    w = leaf(3.0)
    (w*w).backward()
    return unequal(w.grad.data, 6.0)


def fault_15_generator():
    "a decorated generator records nothing inside, and its caller goes on recording"
    @no_grad()
    def draw(w):
        for _ in range(2):
            yield w*w
    w = leaf(3.0)
    outside, results = [], []
    for result in draw(w):
        results.append(result)
        outside.append(w*w)
    if any(result.requires_grad for result in results):
        return "it records"
    return None if all(result.requires_grad for result in outside) else "its caller does not record any more"


def fault_15_suspended_generator():
    "a generator with a `with no_grad()` inside, left in the middle, leaves recording on"
    def draw():
        with no_grad():
            yield 1
            yield 2
    drawing = draw()
    next(drawing)
    w = leaf(3.0)
    drawing.close()
    after = w*w
    return None if after.requires_grad else "recording is off for good"


def fault_15_tasks():
    "an asyncio task inside `no_grad` leaves another one alone"
    import asyncio
    async def quiet():
        with no_grad():
            await asyncio.sleep(0.05)
    async def train():
        await asyncio.sleep(0.01)
        return (leaf(3.0)*2).requires_grad
    async def both():
        return (await asyncio.gather(quiet(), train()))[1]
    return None if asyncio.run(both()) else "it does not record"


def diverge(_):
    w = leaf(1.0, name="w")
    batches = [(np.ones(1), [0])]*200
    fit(lambda x: w*x, batches, lambda p, t: (p**4).sum(), SGD([w], 10.0))


def fault_16_pool():
    "a run that diverges in a pool of processes: its error arrives"
    with multiprocessing.get_context("fork").Pool(1) as pool:
        waiting = pool.map_async(diverge, [0])
        return not_refused(lambda: waiting.get(20), "step", kind=fitting.NonFiniteError)


def fault_16_pickles():
    "NonFiniteError, Mistake and CheckpointError come back from pickle as they were"
    from tinytorch.checks import Mistake, check
    from tinytorch.optimizers import sgd_momentum
    errors = []
    for attack in (lambda: diverge(0), lambda: load_checkpoint("none", Dense(2, 2)),
                   lambda: check("momentum", lambda *a, **k: [2*part for part in sgd_momentum(*a, **k)])):
        try:
            attack()
        except (fitting.NonFiniteError, Mistake, CheckpointError) as error:
            errors.append(error)
    copies = [pickle.loads(pickle.dumps(error)) for error in errors]
    same = [str(a) == str(b) and type(a) is type(b) for a, b in zip(errors, copies)]
    return None if same == [True]*3 else f"the same: {same}"


# ---- 17

def craft(path, change):
    "Change what a checkpoint holds and seal it anew, as an attacker would."
    raw = Path(path).read_bytes()
    size = int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8:8 + size])
    found = json.loads(header["__metadata__"]["checkpoint"])
    change(found["content"])
    header["__metadata__"]["checkpoint"] = json.dumps(found | {"sha256": "0"*64})
    text = json.dumps(header, separators=(",", ":")).encode()
    raw = len(text).to_bytes(8, "little") + text + raw[8 + size:]
    at = raw.index(checkpoints.seal_mark) + len(checkpoints.seal_mark)
    Path(path).write_bytes(raw[:at] + checkpoints.digest(raw, at) + raw[at + 64:])


def schedules(kind):
    sgd = SGD([leaf(1.0)], 0.1)
    alone = MultiplicativeLR(sgd, lambda step: 0.99)
    if kind == "sequential":
        return SequentialLR(sgd, [alone, StepLR(sgd, 10**9)], [10**9 + 5])
    return ChainedScheduler([alone]) if kind == "chained" else alone


@each(**{f"{kind}_{name}": (kind, step) for kind in ("alone", "sequential", "chained") for name, step in dict(
    billion=10**9, huge=10**400, float=2.5, text="3", negative=-1, nan=float("nan"), inf=float("inf")).items()})
def fault_17_last_step(attack):
    "a crafted last_step in a schedule's state is refused, in bounded time and words"
    kind, step = attack
    scheduler = schedules(kind)
    before = scheduler.state_dict()
    def load():
        scheduler.load_state_dict(before | {"last_step": step})
        return scheduler.get_last_lr()
    if step == 10**9:   # a valid number: what matters is that it does not hang
        try:
            load()
        except ValueError:
            pass
        return None
    complaint = not_refused(load, "last_step", kind=ValueError)
    return complaint or (None if str(scheduler.state_dict()) == str(before) else "half loaded")


@each(best=dict(best={"w": 3}), best_list=dict(best=[1]), order=dict(order=5), order_empty=dict(order={}),
      order_kind=dict(order={"bit_generator": "MT19937", "state": {}}), batch=dict(batch=10**9),
      negative=dict(batch=-1),
      batch_text=dict(batch="3"), half=dict(batch=2.5), epoch=dict(epoch=10**400), first=dict(first_step=2**70),
      series=dict(series=[1]), best_since=dict(best_since=99), loader=dict(loader="x"))
def fault_17_history(change):
    "a crafted history is refused as a CheckpointError, and nothing changes"
    def run(seed, stop):
        model = network(seed, 4)
        arrays = model, all_weights(model).copy()
        try:
            fit(model, digits_loader(160), CrossEntropyLoss(), Adam(model.parameters()), epochs=3, checkpoint="run",
                resume=True, validation=digits_loader(32), patience=5, after_step=lambda h: h.step == stop)
        finally:
            changed[:] = [not (all_weights(arrays[0]) == arrays[1]).all()]
    changed = []
    run(0, 7)
    craft("run", lambda content: content["parts"]["history"].update(change))
    return not_refused(lambda: run(1, None), kind=CheckpointError) or ("half loaded" if changed[0] else None)


def fault_17_interrupt():
    "Ctrl-C at any line of load_checkpoint leaves all or nothing"
    def make(seed):
        model = network(seed, 4)
        adam = Adam(model.parameters(), 0.1 + seed)
        for p in model.parameters():
            p.grad = np.full_like(p.data, seed + 1)
        adam.step()
        return model, adam
    def picture(model, adam):
        moments = [state["m"].ravel() for state in adam.state.values()]
        return np.concatenate([all_weights(model), *moments, [adam.param_groups[0]["learning_rate"]]])
    saved = make(0)
    save_checkpoint("run", *saved)
    after, torn = picture(*saved), []
    for line in range(0, 3000, 37):
        objects, left = make(1), [line]
        before = picture(*objects)
        def trace(frame, event, argument):
            left[0] -= event == "line"
            if left[0] == 0:
                sys.settrace(None)
                signal.raise_signal(signal.SIGINT)
            return trace
        sys.settrace(trace)
        try:
            load_checkpoint("run", *objects)
        except (KeyboardInterrupt, CheckpointError):
            pass
        sys.settrace(None)
        now = picture(*objects)
        if not ((now == before).all() or (now == after).all()):
            torn.append(line)
    return f"torn at lines {torn}" if torn else None


@each(check=lambda: check_number("epsilon", 10**400, "[0, inf)"), whole=lambda: check_number(
        "step_size", 10**400, "integer [1, inf)"), optimizer=lambda: SGD([leaf(1.0)], 10**400), negative=lambda: SGD(
        [leaf(1.0)], -10**400), schedule=lambda: StepLR(SGD([leaf(1.0)], 0.1), 10**400), group=lambda: SGD(
        [leaf(1.0)], 0.1).param_groups[0].update(learning_rate=10**400))
def fault_17_number(attack):
    "a number of 400 digits is a ValueError with words"
    return not_refused(attack, "give a", kind=ValueError, most=300)


# ---- 18, 19

def short_fit(path=None, **options):
    model = Dense(2, 1, 0)
    loader = DataLoader(np.ones((8, 2), np.float32), np.zeros((8, 1), np.float32), 4)
    return fit(model, loader, MSELoss(), SGD(model.parameters(), 0.1), checkpoint=path, **options)


@each(no_folder="nowhere/run", folder=".", below_a_file="file/run", read_only="read-only")
def fault_18_path(path):
    "an unwritable checkpoint path is noticed before the first step"
    Path("file").write_text("x")
    Path("read-only").write_text("x")
    os.chmod("read-only", 0o444)
    steps = []
    complaint = not_refused(lambda: short_fit(path, after_step=lambda h: steps.append(1)), kind=CheckpointError)
    return complaint or (f"after {len(steps)} steps" if steps else None)


@each(guessed=None, wanted=True)
def fault_18_no_console(progress):
    "fit where sys.stderr is None"
    kept, sys.stderr = sys.stderr, None
    try:
        short_fit(progress=progress)
    finally:
        sys.stderr = kept


@each(sgd=SGD, adam=Adam)
def fault_18_read_only_parameter(kind):
    "a read-only second parameter: both move, or neither"
    first, second = leaf([1.0, 1.0]), leaf([1.0, 1.0])
    second.data.setflags(write=False)
    (first*second).sum().backward()
    try:
        kind([first, second], 0.1).step()
    except (ValueError, TypeError):
        return unequal(first.data, [1, 1])
    return None if (second.data != 1).all() else "the second stayed"


def fault_18_wrong_second_gradient():
    "a second gradient of another shape: nothing has moved"
    first, second = leaf([1.0, 1.0]), leaf([1.0, 1.0])
    sgd = SGD([first, second], 0.1)
    (first*second).sum().backward()
    second.grad.data = np.ones(3)
    return not_refused(sgd.step, "shape", kind=ValueError) or unequal(first.data, [1, 1])


def fault_19():
    "a gzip bomb of 300 MB in place of MNIST's labels takes less than 100 MB and is refused"
    import resource
    header = b"\0\0\x08\x01" + (100).to_bytes(4, "big")
    with gzip.open("t10k-labels-idx1-ubyte.gz", "wb", 1) as file:
        file.write(header)
        for _ in range(300):
            file.write(bytes(2**20))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    complaint = not_refused(lambda: data.read_idx(Path("t10k-labels-idx1-ubyte.gz")), "100", kind=ValueError)
    taken = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)/1024
    return complaint or (f"{taken:.0f} MB were taken" if taken > 100 else None)


def fault_19_header():
    "a header that promises 2**96 bytes"
    Path("images").write_bytes(b"\0\0\x08\x03" + b"\xff"*12 + bytes(100))
    return not_refused(lambda: data.read_idx(Path("images")), kind=ValueError)


# ---- 21: text of a crafted file

def fault_21_crafted_file():
    "escape sequences and endless names in a crafted checkpoint do not come out in its error"
    model = Dense(2, 2, 0)
    save_checkpoint("run", model, SGD(model.parameters()))
    name = "\x1b[2J\x1b]0;owned\x07" + "x"*10**6
    craft("run", lambda content: content["parts"]["optimizer"]["param_groups"][0].update({name: 1}))
    try:
        load_checkpoint("run", model, SGD(model.parameters()))
    except CheckpointError as error:
        text = str(error)
        return "raw escape sequences" if "\x1b" in text else f"{len(text)} letters" if len(text) > 5000 else None
    return "not refused"


# ---- 25 to 29

def fault_25_warmup_then_plateau():
    "three steps of warmup, then ReduceLROnPlateau, as SequentialLR"
    sgd = SGD([leaf(1.0)], 1.0)
    scheduler = SequentialLR(
        sgd, [LinearLR(sgd, start_factor=0.25, total_iters=3), ReduceLROnPlateau(sgd, patience=0)], [3]
    )
    rates = [scheduler.get_last_lr()[0]]
    for _ in range(6):
        sgd.step(), scheduler.step(1.0)
        rates.append(scheduler.get_last_lr()[0])
    return unequal(rates[:4], [0.25, 0.5, 0.75, 1.0]) or (None if rates[-1] < 1 else f"never reduced: {rates}")


def fault_25_chained():
    "the same, at once, as ChainedScheduler; and its state goes on where it was cut"
    def make():
        sgd = SGD([leaf(1.0)], 1.0)
        return sgd, ChainedScheduler(
            [ReduceLROnPlateau(sgd, patience=1), LinearLR(sgd, start_factor=0.25, total_iters=3)]
        )
    def run(pair, steps):
        for _ in range(steps):
            pair[0].step(), pair[1].step(1.0)
        return pair[1].get_last_lr()
    whole, cut, other = make(), make(), make()
    expected = run(whole, 7)
    run(cut, 3)
    other[0].load_state_dict(cut[0].state_dict()), other[1].load_state_dict(cut[1].state_dict())
    return unequal(run(other, 4), expected)


@each(bare=False, file=True)
def fault_26(in_file):
    "a state saved before an option existed is filled with its default, and that is said"
    def make():
        model = Dense(2, 2, 0)
        adam = Adam(model.parameters(), 0.1)
        (model(np.ones((1, 2), np.float32))**2).sum().backward()
        adam.step()
        return model, adam
    def old(state):
        for group in state["param_groups"]:
            del group["amsgrad"]
    model, adam = make()
    state = adam.state_dict()
    old(state)
    if in_file:
        save_checkpoint("run", model, adam)
        craft("run", lambda content: old(content["parts"]["optimizer"]))
        words = " ".join(told(lambda: load_checkpoint("run", *make())))
    else:
        words = " ".join(told(lambda: make()[1].load_state_dict(state)))
    return (
        None
        if "amsgrad" in words and ("is taken" in words or "default" in words)
        else f"said: {short(words) or 'nothing'}"
    )


def fault_26_schedule():
    "the same for a schedule's state"
    def make():
        return StepLR(SGD([leaf(1.0)], 0.1), 5)
    state = make().state_dict()
    del state["options"]["gamma"]
    words = " ".join(told(lambda: make().load_state_dict(state)))
    return (
        None
        if "gamma" in words and ("is taken" in words or "default" in words)
        else f"said: {short(words) or 'nothing'}"
    )


@each(minus=lambda w: w.__isub__(0.5), plus=lambda w: w.__iadd__(-0.5), times=lambda w: w.__imul__(0.5))
def fault_27_in_place(change):
    "w -= 0.5 under no_grad: w is still the parameter that its optimizer moves"
    w = leaf([1.0, 1.0])
    sgd = SGD([w], 0.1)
    with no_grad():
        v = change(w)
    (v**2).sum().backward()
    if v.grad is None or not v.requires_grad:
        return "it has forgotten that it is a parameter"
    sgd.step()
    return unequal(v.data, [0.4, 0.4])


@each(int=2, float=2.0, list=[2.0, 3.0], array=np.array([2.0, 3.0]), numpy=np.float32(2))
def fault_27_data(value):
    "w.data = 2: an array that can be trained, or a refusal with words"
    w = leaf([1.0, 1.0])
    try:
        w.data = value
    except (TypeError, ValueError) as error:
        return None if len(str(error)) > 20 else f"refused without a reason: {error}"
    (w**2).sum().backward()
    SGD([w], 0.1).step()
    return unequal(w.data, np.asarray(value)*0.8)


def fault_28():
    "a second loss over one tape: backward(retain_graph=True), then backward()"
    w = leaf(3.0)
    hidden = w*w
    first, second = hidden*2, hidden*3
    first.backward(retain_graph=True)
    second.backward()
    return unequal(w.grad.data, 30.0)


def fault_28_twice():
    "the same loss twice; without retain_graph it is refused"
    w = leaf(3.0)
    loss = w*w
    loss.backward(retain_graph=True), loss.backward()
    return unequal(w.grad.data, 12.0) or not_refused(loss.backward, "retain_graph")


def fault_29():
    "the graph of one's own expression is drawn"
    import matplotlib
    matplotlib.use("Agg")
    from tinytorch.graphs import draw_graph
    w, x = leaf(3.0, name="w"), leaf(2.0, name="x")
    axes = draw_graph((w*x + 1)**2, gradients=True)
    words = " ".join(text.get_text() for text in axes.texts)
    return None if all(name in words for name in "wx") else f"drawn: {short(words)}"


# ---- 30 to 32

@each(momentum=(lambda w: SGD(w, 0.1), dict(momentum=0.9)), amsgrad=(lambda w: Adam(w, 0.1), dict(amsgrad=True)))
def fault_30(attack):
    "after an option that needs a slot is switched on, the optimizer loads its own state and goes on equally"
    make, option = attack
    def begin():
        w = leaf([1.0, 2.0])
        optimizer = make([w])
        w.grad = np.ones(2)
        optimizer.step()
        return w, optimizer
    w, optimizer = begin()
    optimizer.param_groups[0].update(option)
    optimizer.load_state_dict(optimizer.state_dict())
    other, its = begin()
    its.param_groups[0].update(option)
    for variable, stepping in ((w, optimizer), (other, its)):
        for _ in range(3):
            variable.grad = np.array([1.0, -1.0])
            stepping.step()
    return unequal(w.data, other.data, 0)


def switched_on():
    model = Dense(2, 1, 0)
    sgd = SGD(model.parameters(), 0.1)
    (model(np.ones((1, 2), np.float32))**2).sum().backward()
    sgd.step()
    sgd.param_groups[0]["momentum"] = 0.9
    return model, sgd


def fault_30_range_test():
    "find_learning_rate after that puts the rate back"
    model, sgd = switched_on()
    batches = [(np.ones((1, 2), np.float32), np.zeros((1, 1), np.float32))]
    find_learning_rate(model, batches, MSELoss(), sgd, steps=20)
    return unequal(sgd.param_groups[0]["learning_rate"], 0.1)


def fault_30_refused_load():
    "a load that is refused after that says why, and everything is as before"
    model, sgd = switched_on()
    save_checkpoint("run", Dense(2, 1, 1), SGD(Dense(2, 1, 1).parameters()))
    craft("run", lambda content: content["parts"]["optimizer"]["state"].update(weight={"step": "x"}))
    before = model.weight.data.copy()
    complaint = not_refused(lambda: load_checkpoint("run", model, sgd), "nothing was changed", kind=CheckpointError)
    return complaint or unequal(model.weight.data, before, 0)


@each(lr="lr", misspelt="learning_rat", foreign="beta1")
def fault_31(name):
    "param_groups[0][name] = 100 for an unknown name is refused"
    sgd = SGD([leaf(1.0)], 0.1)
    hint = "momentum" if name == "beta1" else "learning_rate"
    return first_wrong(not_refused(lambda: sgd.param_groups[0].__setitem__(name, 100.0), hint),
                       not_refused(lambda: sgd.param_groups[0].update({name: 100.0}), hint),
                       not_refused(lambda: sgd.param_groups[0].setdefault(name, 100.0), hint),
                       not_refused(lambda: sgd.param_groups[0].__setitem__("learning_rate", -1), "learning_rate"))


def fault_32():
    "momentum 0.5 switched on before step 2, dampening 0.9, gradient 1: 0.9, 0.8, 0.74"
    w = leaf(1.0)
    sgd, path = SGD([w], 0.1, dampening=0.9), []
    for step in range(3):
        if step == 1:
            sgd.param_groups[0]["momentum"] = 0.5
        w.grad = np.array(1.0)
        sgd.step()
        path.append(float(w.data))
    return unequal(path, [0.9, 0.8, 0.74])


# ---- 33 to 36

@each(variable=lambda: Variable([0, 0, 2]), integers=lambda: Variable(np.array([0, 0, 2])),
      array=lambda: np.array([0, 0, 2]),
      list=lambda: [0, 0, 2])
def fault_33(index):
    "y[Variable([0, 0, 2])] and its twins: gradient 2, 0, 1"
    y, where = leaf([1.0, 2.0, 3.0]), index()
    if isinstance(where, Variable) and where.data.dtype.kind == "f":
        where = Variable(where.data.astype(int))
    y[where].sum().backward()
    return unequal(y.grad.data, [2, 0, 1])


@each(mean=(lambda x: x.mean(axis=1), np.zeros((0, 3)), np.zeros((0, 3))), scalar=(lambda x: x.sum(axis=0), 5.0, 1.0),
      scalar_mean=(lambda x: x.mean(axis=0), 5.0, 1.0), scalar_max=(lambda x: x.max(axis=0), 5.0, 1.0),
      power=(lambda x: x**0, [np.inf, np.nan, 2.0], [0, 0, 0]), empty=(lambda x: x.sum(), np.zeros(0), np.zeros(0)))
def fault_34(attack):
    "reductions of nothing and of a number, x**0 at inf and nan: the gradient is right or the call refused"
    expression, array, expected = attack
    x = leaf(array, float)
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            result = expression(x)
        except (ValueError, IndexError):
            return None
        result.sum().backward()
    return unequal(x.grad.data, expected)


def fault_35_dtype():
    "a float32 leaf times a float64 array has a float32 gradient"
    w = leaf([1.0, 2.0], np.float32)
    (w*np.ones(2)).sum().backward()
    return None if w.grad.data.dtype == np.float32 else str(w.grad.data.dtype)


def fault_35_integers():
    "integer Variables averaged are float32, as Python floats are"
    found = Variable([1, 2]).mean().data.dtype
    return None if found == np.float32 else str(found)


@each(sum=np.sum, mean=np.mean, max=np.max, min=np.min, var=np.var, std=np.std)
def fault_35_functions(function):
    "np.sum(x) and its like, with and without axis and keepdims"
    array = np.arange(6.0).reshape(2, 3)
    for options in ({}, {"axis": 1}, {"axis": 0, "keepdims": True}):
        wrong = unequal(function(Variable(array), **options).data, function(array, **options))
        if wrong:
            return wrong


clock = re.compile(r"\b(perf_counter|monotonic|time\.time)\(\)")


def has_deadline(function):
    "Whether hypothesis would end a test after 200 ms."
    decorators = {ast.unparse(decorator).split("(")[0]: ast.unparse(decorator) for decorator in function.decorator_list}
    return "given" in decorators and "deadline=None" not in decorators.get("settings", "")


def fault_36_tests():
    "no test asserts an absolute time; hypothesis has no deadline"
    found, common = [], root/"tests"/"conftest.py"
    patient = common.exists() and all(word in common.read_text() for word in ("load_profile", "deadline=None"))
    for path in sorted((root/"tests").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Assert) and clock.search(ast.unparse(node)):
                found.append(f"{path.name}:{node.lineno} asserts a time")
            if isinstance(node, ast.FunctionDef) and has_deadline(node) and not patient:
                found.append(f"{path.name}:{node.lineno} has a deadline")
    return "; ".join(found)


used = dict(
    min=lambda x: x.min(),
    flatten=lambda x: x.flatten(),
    squeeze=lambda x: x.squeeze(),
    astype=lambda x: x.astype(float),
    clip=lambda x: x.clip(0.2, 0.8),
    std=lambda x: x.std(),
    var=lambda x: x.var(),
    plus=lambda x: +x,
    maximum=lambda x: np.maximum(x, 0.1),
)


@each(**used)
def fault_36_used(expression):
    "what peers' suites use is there, and its gradient right"
    return None if gradcheck(expression, np.random.default_rng(0).normal(size=(2, 3))) else "a wrong gradient"


def fault_36_modules():
    "Module.state_dict and load_state_dict, train and eval, repr; Sequential(a, b); Dense(bias=False)"
    model, other = Sequential(Dense(2, 3, 0), ReLU(), Dense(3, 1, 0, bias=False)), Sequential(
        Dense(2, 3, 1), ReLU(), Dense(3, 1, 1, bias=False))
    other.load_state_dict(model.state_dict())
    inputs = np.ones((2, 2), np.float32)
    if "Dense" not in repr(model) or len([*model.parameters()]) != 3:
        return repr(model)
    return unequal(other.train().eval()(inputs).data, model(inputs).data)
