"The checks know every mistake of the catalogue by name, and accept right solutions however they are written."
import contextlib
import importlib.util
import inspect
import io
import math
import pickle
import re
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from tinytorch import autograd, checks as lab, data, layers, optimizers, schedulers, tensor, training
from tinytorch.checks import Mistake, check, checks, headline, mistakes
from tinytorch.optimizers import adaptive, core, matrix, modern, second_order

def said(name, *objects):
    "What a check prints, and the Mistake it raises (None where it is content)."
    with contextlib.redirect_stdout(io.StringIO()) as out:
        try:
            check(name, *objects)
        except Mistake as mistake:
            return out.getvalue(), mistake
    return out.getvalue(), None


def verdict(name, *objects):
    "The name of the mistake that a check finds; None where it finds nothing wrong, '?' where it knows no name."
    mistake = said(name, *objects)[1]
    return mistake and (mistake.name or "?")


def amsgrad(parameter, gradient, v, v_max, step, learning_rate, beta2, epsilon):
    "The library's rule, without momentum."
    new, _, v, v_max = core.adam_amsgrad(parameter, gradient, 0.0, v, v_max, step, learning_rate, 0.0, beta2, epsilon)
    return new, v, v_max


library = {
    "unbroadcast": (tensor.unbroadcast,), "sigmoid": (tensor.sigmoid,),
    "divide_vjp": autograd.adjoints[np.divide], "max_vjp": (autograd.max_vjp,), "getitem_vjp": (autograd.getitem_vjp,),
    "matmul_vjp": (autograd.matmul_left, autograd.matmul_right), "accumulate": (autograd.accumulate,),
    "dense": (layers.Dense,), "cross_entropy": (layers.cross_entropy, layers.cross_entropy_vjp),
    "batches": (data.DataLoader,), "gradient_descent_step": (core.gradient_descent_step,),
    "momentum": (core.sgd_momentum,), "nesterov": (core.sgd_nesterov,), "moments": (core.moments,),
    "bias_correction": (core.bias_correction,), "adam": (core.adam,), "decay_weights": (core.decay_weights,),
    "optimizer": (core.Optimizer,), "step_lr": (core.step_decay,), "SGD": (core.SGD,), "Adam": (core.Adam,),
    "AdamW": (core.AdamW,), "StepLR": (core.StepLR,), "stability": (2/50,),
    "first_adam_step": (0.1*1e-6/(1e-6 + 1e-8),), "orthogonalize": (matrix.orthogonalize,),
    "two_loops": (second_order.two_loops,), "adagrad": (adaptive.adagrad,), "rmsprop": (adaptive.rmsprop,),
    "amsgrad": (amsgrad,), "lion": (modern.lion,), "lookahead": (modern.slow_weights,),
    "schedule_free": (modern.schedule_free,)}


@pytest.mark.parametrize("name", checks)
def test_library_passes(name):
    objects = library.get(name, checks[name].truth)
    if name not in library:   # a later chapter: its own functions
        found = importlib.import_module(f"tinytorch.{checks[name].module}")
        objects = (getattr(found, {"warmup": "linear_warmup"}.get(name, name)),)
    text, mistake = said(name, *objects)
    assert mistake is None, str(mistake)
    assert text.startswith("🔬 Unit Test: ") and text.count("✅") == len(checks[name].stages) and re.search(
        r"📈 Progress: .* ✓\n$", text)


def test_headlines():
    titles = {"clipping by norm": "Clipping by Norm", "the derivative of a division": "The Derivative of a Division",
        "zero_grad and step": "zero_grad and Step", "Adam's first step": "Adam's First Step"}
    assert {title: headline(title) for title in titles} == titles


def test_the_base_class_leaves_no_trace():
    before = dict(core.Optimizer.registry)
    check("optimizer", core.Optimizer)
    check("optimizer", core.SGD)
    assert core.Optimizer.registry == before


@pytest.mark.parametrize("known", mistakes, ids=lambda known: f"{known.exercise}-{known.name}".replace(" ", "-"))
def test_mistake_is_named(known):
    "Rejected, with its own diagnosis: the name, the sentence and where to look."
    _, mistake = said(known.exercise, *known.wrong)
    assert mistake is not None, "called correct"
    text = str(mistake)
    assert mistake.name == known.name and mistake.exercise == known.exercise, text
    assert text.startswith("❌ ") and f"\n💡 This is what you get when {known.sentence}\n🔧 Look at {known.look}" in text


def test_no_two_share_a_diagnosis():
    assert len({(k.exercise, k.name) for k in mistakes}) == len({(k.exercise, k.sentence) for k in mistakes}) == len(
        mistakes) >= 60


def test_table():
    "N mistakes, N rejected, N named right."
    table = lab.summary()
    print("\n" + table)
    assert f"{len(mistakes)} mistakes, {len(mistakes)} rejected, {len(mistakes)} named right" in table


# --- right solutions, written differently


def in_place_momentum(p, g, v, a, b):
    v *= b
    v += g
    p -= a*v
    return p, v


def looped_momentum(p, g, v, a, b):
    p, v = np.array(p), np.array(v)
    for index in np.ndindex(p.shape):
        v[index] = b*v[index] + g[index]
        p[index] -= a*v[index]
    return p, v


def horner_adam(p, g, m, v, t, a, b1, b2, e):
    "m + (1 - b1)(g - m), and the corrections folded into step size and epsilon, as in the paper's section 2."
    m, v = m + (1 - b1)*(g - m), v + (1 - b2)*(g*g - v)
    root = math.sqrt(1 - b2**t)
    return p - a*root/(1 - b1**t)*m/(v**0.5 + e*root), m, v


def in_place_adam(p, g, m, v, t, a, b1, b2, e):
    m *= b1
    m += (1 - b1)*g
    v *= b2
    v += (1 - b2)*np.square(g)
    p -= a*(m/(1 - b1**t))/(np.sqrt(v/(1 - b2**t)) + e)
    return [p, m, v]


def double_inside_adam(p, g, m, v, t, a, b1, b2, e):
    "Computes in 64 bits and returns what it was given."
    wide = core.adam(*(x.astype(np.float64) for x in (p, g, m, v)), t, a, b1, b2, e)
    return tuple(x.astype(p.dtype) for x in wide)


def single_inside_adam(p, g, m, v, t, a, b1, b2, e):
    "Computes in 32 bits."
    narrow = core.adam(*(x.astype(np.float32) for x in (p, g, m, v)), t, a, b1, b2, e)
    return tuple(x.astype(p.dtype) for x in narrow)


def descend_in_place(parameter, learning_rate):
    parameter.data -= learning_rate*parameter.grad.data


def descend_by_element(parameter, learning_rate):
    for index in np.ndindex(parameter.data.shape):
        parameter.data[index] += -learning_rate*parameter.grad.data[index]


def recursive_step_decay(step, learning_rate, step_size, gamma):
    return learning_rate if step < step_size else gamma*recursive_step_decay(step - step_size, learning_rate, step_size,
        gamma)


def counting_step_decay(step, learning_rate, step_size, gamma):
    for now in range(1, step + 1):
        if now % step_size == 0:
            learning_rate *= gamma
    return learning_rate


def unbroadcast_in_a_loop(gradient, shape):
    if np.broadcast_shapes(gradient.shape, shape) != gradient.shape:
        raise ValueError("they do not go together")
    while gradient.ndim > len(shape):
        gradient = gradient.sum(axis=0)
    for axis, size in enumerate(shape):
        if size == 1:
            gradient = gradient.sum(axis=axis, keepdims=True)
    return gradient


def unbroadcast_by_einsum(gradient, shape):
    if np.broadcast_shapes(gradient.shape, shape) != gradient.shape:
        raise ValueError(shape)
    letters = "abcdefg"[:gradient.ndim]
    kept = [letter for letter, size in zip(letters[gradient.ndim - len(shape):], shape) if size != 1]
    return np.einsum(f"{letters}->{''.join(kept)}", gradient).reshape(shape)


def sigmoid_by_mask(x):
    y, positive = np.empty_like(x), x >= 0
    y[positive] = 1/(1 + np.exp(-x[positive]))
    grown = np.exp(x[~positive])
    y[~positive] = grown/(1 + grown)
    return y


def getitem_by_loop(g, y, a, index):
    full, places = np.zeros(a.size, g.dtype), np.arange(a.size).reshape(a.shape)[index].ravel()
    for place, part in zip(places, g.ravel()):
        full[place] += part
    return full.reshape(a.shape)


def getitem_by_bincount(g, y, a, index):
    places = np.arange(a.size).reshape(a.shape)[index].ravel()
    return np.bincount(places, g.ravel(), minlength=a.size).reshape(a.shape).astype(g.dtype)


def matmul_left_einsum(g, y, a, b):
    if a.ndim == b.ndim == 1:
        return g*b
    if b.ndim == 1:
        return np.einsum("...i,j->...ij", g, b)
    return np.einsum("...j,...ij->...i", g, b) if a.ndim == 1 else np.einsum("...ij,...kj->...ik", g, b)


def matmul_right_einsum(g, y, a, b):
    if a.ndim == b.ndim == 1:
        return g*a
    if a.ndim == 1:
        return np.einsum("i,...j->...ij", a, g)
    return np.einsum("...ij,...i->...j", a, g) if b.ndim == 1 else np.einsum("...ik,...ij->...kj", a, g)


def accumulate_shorter(leaf, gradient, arrived):
    leaf.grad = np.array(gradient) if leaf.grad is None else np.add(leaf.grad.data, gradient)


def accumulate_in_place(leaf, gradient, arrived):
    if leaf.grad is None:
        leaf.grad = gradient + 0
    else:
        leaf.grad.data += gradient


def loss_by_loop(logits, targets):
    total = 0.0
    for row, target in zip(logits, targets):
        top = max(row)
        total += math.log(sum(math.exp(x - top) for x in row)) + top - row[target]
    return total/len(targets)


def loss_slope(g, y, logits, targets):
    weights = np.exp(logits - logits.max(axis=1, keepdims=True))
    weights /= weights.sum(axis=1, keepdims=True)
    for row, target in zip(weights, targets):
        row[target] -= 1
    return g*weights/len(targets)


def orthogonalize_lying_as_it_is(matrix, steps, coefficients, epsilon):
    a, b, c = coefficients
    x = matrix/np.maximum(np.sqrt((matrix**2).sum()), epsilon).astype(matrix.dtype)
    for _ in range(steps):
        inner = x.T @ x
        x = a*x + b*(x @ inner) + c*(x @ inner @ inner)
    return x


def orthogonalize_by_values(matrix, steps, coefficients, epsilon):
    u, values, vt = np.linalg.svd(matrix, full_matrices=False)
    values = values/max(np.sqrt((values**2).sum()), epsilon)
    for _ in range(steps):
        values = sum(coefficient*values**power for coefficient, power in zip(coefficients, (1, 3, 5)))
    return (u*values.astype(matrix.dtype)) @ vt


def orthogonalize_in_its_own_memory(matrix, steps, coefficients, epsilon):
    x = np.array(matrix.T if len(matrix) > len(matrix.T) else matrix)
    x /= np.linalg.norm(x) + epsilon
    while steps:
        gram = np.einsum("ik,jk->ij", x, x)
        polynomial = coefficients[0]*np.eye(len(x), dtype=x.dtype) + coefficients[1]*gram
        x = (polynomial + coefficients[2]*np.linalg.matrix_power(gram, 2)) @ x
        steps -= 1
    return x if x.shape == matrix.shape else x.T


def loops_as_a_matrix(vector, steps, changes, scale):
    inverse = scale*np.eye(len(vector), dtype=vector.dtype)
    for s, y in zip(steps, changes):
        rho, one = 1/np.dot(s, y), np.eye(len(s), dtype=s.dtype)
        inverse = (one - rho*np.outer(s, y)) @ inverse @ (one - rho*np.outer(y, s)) + rho*np.outer(s, s)
    return inverse @ vector


def loops_by_recursion(vector, steps, changes, scale):
    if not steps:
        return scale*vector
    s, y = steps[-1], changes[-1]
    part = s.dot(vector)/y.dot(s)
    inner = loops_by_recursion(vector - part*y, steps[:-1], changes[:-1], scale)
    return inner + (part - y.dot(inner)/y.dot(s))*s


def loops_by_index(vector, steps, changes, scale):
    q, parts = vector.copy(), np.zeros(len(steps), vector.dtype)
    for i in range(len(steps) - 1, -1, -1):
        parts[i] = np.sum(steps[i]*q)/np.sum(changes[i]*steps[i])
        q -= parts[i]*changes[i]
    q *= scale
    for i in range(len(steps)):
        q += steps[i]*(parts[i] - np.sum(changes[i]*q)/np.sum(changes[i]*steps[i]))
    return q


right = [
    ("orthogonalize", orthogonalize_lying_as_it_is), ("orthogonalize", orthogonalize_by_values),
    ("orthogonalize", orthogonalize_in_its_own_memory), ("two_loops", loops_as_a_matrix),
    ("two_loops", loops_by_recursion), ("two_loops", loops_by_index),
    ("momentum", looped_momentum),
        ("momentum", lambda p, g, v, a, b: [p - a*(g + b*v), g + b*v]),
    ("momentum", lambda p, g, v, a, b: (p - a*b*v - a*g, v*b + g)),
        ("momentum", lambda p, g, v, a, b: (np.subtract(p, np.multiply(a, b*v + g, dtype=p.dtype)), b*v + g)),
    ("nesterov", lambda p, g, v, a, b: (p - a*(1 + b)*g - a*b*b*v, b*v + g)),
        ("nesterov", lambda p, g, v, a, b: (p - a*g - a*b*(b*v + g), b*v + g)),
    ("moments", lambda g, m, v, b1, b2: (m - (1 - b1)*(m - g), v + (1 - b2)*(g*g - v))),
        ("moments", lambda g, m, v, b1, b2: (np.average([m, g], axis=0, weights=[b1, 1 - b1]).astype(g.dtype),
        b2*v + (1 - b2)*np.abs(g)**2)),
    ("bias_correction", lambda m, b, t: m*(1/(1 - b**t))),
        ("bias_correction", lambda m, b, t: m/-math.expm1(t*math.log(b)) if b else m.copy()),
        ("bias_correction", lambda m, b, t: m/(1 - math.prod([b]*t))),
    ("adam", horner_adam), ("adam", double_inside_adam), ("adam", single_inside_adam),
    ("decay_weights", lambda p, a, w: p - a*w*p), ("decay_weights", lambda p, a, w: p*1 - a*(w*p)),
    ("step_lr", recursive_step_decay), ("step_lr", counting_step_decay), ("step_lr", lambda k, a, n, c: a*c**int(k/n)),
        ("step_lr", lambda k, a, n, c: a*math.pow(c, math.floor(k/n))),
    ("gradient_descent_step", lambda x, a: setattr(x, "data", x.data + -a*x.grad.data)),
    ("unbroadcast", unbroadcast_in_a_loop), ("unbroadcast", unbroadcast_by_einsum), ("sigmoid", sigmoid_by_mask),
        ("sigmoid", lambda x: 0.5*(1 + np.tanh(x/2)) if np.abs(x).max() < 20 else sigmoid_by_mask(x)),
    ("getitem_vjp", getitem_by_loop), ("getitem_vjp", getitem_by_bincount), ("accumulate", accumulate_shorter),
    ("max_vjp", lambda g, y, a, axis, keepdims: (a == a.max(axis, keepdims=True))*np.reshape(g,
        a.max(axis, keepdims=True).shape)/(a == a.max(axis, keepdims=True)).sum(axis, keepdims=True).astype(a.dtype)),
    ("batches", type("Loader", (data.DataLoader,),
        {"__iter__": lambda self: (data.Batch(self.inputs[part], self.targets[part])
        for part in np.array_split((self.generator.permutation(len(self.inputs)) if self.shuffle
        else np.arange(len(self.inputs)))[:self.used], range(self.batch_size, self.used, self.batch_size)))})),
    ("sigmoid", lambda x: np.exp(np.minimum(x, 0))/(1 + np.exp(-np.abs(x)))),
        ("sigmoid", lambda x: np.exp(-np.logaddexp(0, -x))),
    ("cosine_annealing", lambda k, a, T, e=0.0: a - (a - e)*math.sin(math.pi*k/T/2)**2),
        ("polynomial_decay", lambda k, a, n, power=1.0, e=0.0: e + (a - e)*max(0.0, 1 - k/n)**power),
    ("warmup", lambda k, a, n, s=0.0: a*(1 - (1 - s)*max(0, n - k)/max(n, 1))),
        ("accumulate", lambda leaf, g, arrived: setattr(leaf, "grad", (0*g if leaf.grad is None else leaf.grad.data)
        + g)),
    ("ema", lambda a, x, d: a + (1 - d)*(x - a)), ("ema", lambda a, x, d: x + d*(a - x)),
    ("exponential_decay", lambda k, a, c: a*math.prod([c]*k)),
        ("exponential_decay", lambda k, a, c: a*math.exp(k*math.log(c)) if c else a*(k == 0)),
    ("warmup", lambda k, a, n, s=0.0: a if k >= n else a*s + (a - a*s)*k/n),
        ("cosine_annealing", lambda k, a, T, e=0.0: e + 0.5*(a - e)*(1 + math.cos(math.pi*k/T))),
    ("polynomial_decay", lambda k, a, n, power=1.0, e=0.0: e if k >= n else e + (a - e)*((n - k)/n)**power),
]


@pytest.mark.parametrize("name, solution", right, ids=[f"{name}-{k}" for k, (name, _) in enumerate(right)])
def test_right_solution_passes(name, solution):
    assert verdict(name, solution) is None, str(said(name, solution)[1])


def test_pairs_pass():
    assert verdict("matmul_vjp", matmul_left_einsum, matmul_right_einsum) is None
    assert verdict("divide_vjp", lambda g, y, a, b: g*(1/b), lambda g, y, a, b: -g*a/(b*b)) is None
    assert verdict("cross_entropy", loss_by_loop, loss_slope) is None


def dense(forward):
    "A layer with another forward, and without the option of having no bias."
    def begin(self, in_features, out_features, generator=None, dtype=np.float32):
        layers.Dense.__init__(self, in_features, out_features, generator, dtype)
    return type("Dense", (layers.Dense,), {"forward": forward, "__init__": begin})


@pytest.mark.parametrize("forward", [
    lambda self, x: x @ self.weight + self.bias,
    lambda self, x: x @ self.weight + self.bias if self.bias else x @ self.weight,
])
def test_a_layer_may_do_without_a_bias(forward):
    assert verdict("dense", type("Dense", (layers.Dense,), {"forward": forward})) in ("bias needed", "bias asked")


def fits_by_unpacking(self, inputs):
    *_, width = inputs.shape
    rows, columns = self.weight.shape
    if width != rows:
        raise ValueError(f"cannot put inputs of shape {list(inputs.shape)} through a weight of {rows} x {columns}")
    return self.bias + inputs @ self.weight


def translates_the_error(self, inputs):
    try:
        return inputs @ self.weight + self.bias
    except ValueError as error:
        raise ValueError(f"{inputs.shape} does not go into {self.weight.shape}") from error


@pytest.mark.parametrize("forward", [fits_by_unpacking, translates_the_error])
def test_dense_may_refuse_in_its_own_words(forward):
    assert verdict("dense", dense(forward)) is None, str(said("dense", dense(forward))[1])


def test_what_is_refused_comes_last():
    "A forgotten bias is named before a missing refusal, which is asked for when the numbers are right."
    def accepts_all(product):
        return lambda self, x: product(self, x) if x.shape[-1] == self.weight.shape[0] else None
    assert verdict("dense", dense(accepts_all(lambda self, x: x @ self.weight))) == "no bias"
    assert verdict("dense", dense(accepts_all(lambda self, x: x @ self.weight + self.bias))) == "only printed"
    # the product of Variables names both shapes itself
    assert verdict("dense", dense(lambda self, x: x @ self.weight + self.bias)) is None


def test_own_exception_is_no_exception_of_numpy():
    "A layer that refuses what fits is not told that its product fails."
    def wrong_way_round(self, inputs):
        if inputs.shape[-1] == self.weight.shape[0]:
            raise ValueError("wrong")
        return inputs @ self.weight + self.bias
    assert verdict("dense", dense(wrong_way_round)) == "comparison inverted"
    assert verdict("dense", dense(lambda self, x: self.weight @ x + self.bias)) == "wrong order"


def test_of_a_pair_the_failing_one_is_named():
    def wide(g, y, a, b):
        return autograd.matmul_right(g, y, a, b)*(2 if a.ndim == 3 else 1)
    text = str(said("matmul_vjp", autograd.matmul_left, wide)[1])
    assert "(matmul_right(g=" in text and text.endswith("in matmul_right")


# --- classes from scratch, deriving from nothing


class FromScratch:
    "Groups in lists, state in a dictionary by id."
    def __init__(self, parameters, learning_rate=0.01, **options):
        groups = parameters if isinstance(parameters[0], dict) else [{"parameters": parameters}]
        self.param_groups = [{"learning_rate": learning_rate, **options, **group} for group in groups]
        self.memory = {}

    def zero_grad(self):
        for group in self.param_groups:
            for p in group["parameters"]:
                p.grad = None


class ScratchSGD(FromScratch):
    def __init__(self, parameters, learning_rate=0.01, momentum=0.0, weight_decay=0.0):
        super().__init__(parameters, learning_rate, momentum=momentum, weight_decay=weight_decay)

    def step(self):
        for group in self.param_groups:
            for p in group["parameters"]:
                if p.grad is None:
                    continue
                g = p.grad.data + group["weight_decay"]*p.data
                self.memory[id(p)] = v = group["momentum"]*self.memory.get(id(p), 0) + g
                p.data -= group["learning_rate"]*v


class RateInVelocity(ScratchSGD):
    "The learning rate inside the velocity: the same path as long as the rate is constant."
    def step(self):
        for group in self.param_groups:
            for p in group["parameters"]:
                if p.grad is None:
                    continue
                g = p.grad.data + group["weight_decay"]*p.data
                self.memory[id(p)] = v = group["momentum"]*self.memory.get(id(p), 0) - group["learning_rate"]*g
                p.data = p.data + v


class ListAdam:
    "State in lists, one entry per parameter; only what an Adam needs, as one long loop."
    decoupled = False

    def __init__(self, parameters, learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8, weight_decay=0.0):
        groups = [dict(g) for g in parameters] if isinstance(parameters[0], dict) else [{"parameters": parameters}]
        self.entries = [(p, group) for group in groups for p in group["parameters"]]
        for group in groups:
            for name, value in dict(learning_rate=learning_rate, beta1=beta1, beta2=beta2, epsilon=epsilon,
                    weight_decay=weight_decay).items():
                group.setdefault(name, value)
        self.m, self.v = ([np.zeros_like(p.data) for p, _ in self.entries] for _ in range(2))
        self.t = [0]*len(self.entries)

    def zero_grad(self):
        for p, _ in self.entries:
            p.grad = None

    def step(self):
        for i, (p, o) in enumerate(self.entries):
            if p.grad is None:
                continue
            self.t[i] += 1
            g = p.grad.data if self.decoupled else p.grad.data + o["weight_decay"]*p.data
            self.m[i] += (1 - o["beta1"])*(g - self.m[i])
            self.v[i] += (1 - o["beta2"])*(g*g - self.v[i])
            m, v = self.m[i]/(1 - o["beta1"]**self.t[i]), self.v[i]/(1 - o["beta2"]**self.t[i])
            step = m/(np.sqrt(v) + o["epsilon"])
            if self.decoupled:
                step = step + o["weight_decay"]*p.data   # the weights before the step: the same numbers
            p.data[...] = p.data - o["learning_rate"]*step


class ListAdamW(ListAdam):
    decoupled = True

    def __init__(self, parameters, learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8, weight_decay=0.01):
        super().__init__(parameters, learning_rate, beta1, beta2, epsilon, weight_decay)


class ScratchStepLR:
    "The recursive form: multiply whenever a multiple of step_size is reached."
    def __init__(self, optimizer, step_size, gamma=0.1):
        self.optimizer, self.step_size, self.gamma, self.count = optimizer, step_size, gamma, 0

    def step(self):
        self.count += 1
        if self.count % self.step_size == 0:
            for group in self.optimizer.param_groups:
                group["learning_rate"] *= self.gamma

    def get_last_lr(self):
        return [group["learning_rate"] for group in self.optimizer.param_groups]


class Toy:
    "A Variable of the learner's own: data, grad and nothing else."
    def __init__(self, data, requires_grad=False):
        self.data, self.grad = np.asarray(data), None


@pytest.mark.parametrize("name, cls", [("SGD", ScratchSGD), ("SGD", RateInVelocity), ("optimizer", ScratchSGD),
    ("Adam", ListAdam), ("AdamW", ListAdamW), ("StepLR", ScratchStepLR)], ids=lambda x: getattr(x, "__name__", x))
def test_class_from_scratch_passes(name, cls):
    assert verdict(name, cls) is None, str(said(name, cls)[1])


def test_learners_own_variable():
    "A module with a Variable of its own is driven with that one."
    scope = {"np": np, "Variable": Toy}
    exec("def gradient_descent_step(parameter, learning_rate):\n    assert type(parameter) is Variable\n    "
        "parameter.data = parameter.data - learning_rate*parameter.grad.data", scope)
    assert verdict("gradient_descent_step", scope["gradient_descent_step"]) is None


# --- what is said of what the catalogue does not know


def test_messages_have_the_design_form():
    text = str(said("momentum", lambda p, g, v, a, b: (p - a*g, g))[1])
    assert re.match(r"❌ Second step moved the parameter by -0\.0200, expected -0\.0380\n.*\n💡 This is what you get "
        r"when the velocity is replaced instead of accumulated: "
                    r"v = gradient, not v = momentum\*v \+ gradient\n🔧 Look at the line that updates the velocity",
                        text), text


def test_stages_are_earned_before_the_failure():
    out, mistake = said("bias_correction", lambda m, b, t: m/(1 - b))
    assert mistake.name == "frozen" and out.count("✅") == 1 and "📈" not in out


def test_unknown_mistake_names_the_first_departure():
    text = str(said("adam", lambda p, g, m, v, t, *o: (lambda q, m, v: (q + 0.01*(t == 3), m, v))(*core.adam(p, g, m, v,
        t, *o)))[1])
    assert "❌ Third step moved the parameter by -0.0900, expected -0.1000" in text and "None of the" in text
    assert "Still right at that step: m, v" in text


def test_unknown_mistake_of_a_class_finds_what_is_right_inside():
    class Late(core.Adam):
        def step(self, closure=None):
            super().step(closure)
            if self.steps == 2:
                for group in self.param_groups:
                    for p in group["parameters"]:
                        p.data = p.data + 0.5
    text = str(said("Adam", Late)[1])
    assert "❌ Second step moved element 0" in text and "Still right at that step: m, v" in text


def test_two_mistakes_at_once():
    "The first one is named, and that there is another one is said."
    text = str(said("adam", lambda p, g, m, v, t, a, b1, b2, e: (p - a*m*0 - a*((0.9*m + 0.1*g if t < 3 else m))/(
        np.sqrt(b2*v + (1 - b2)*g*g) + e), b1*m + (1 - b1)*g, b2*v + (1 - b2)*g*g))[1])
    assert "no moment is corrected" in text and "second mistake" in text


def test_what_is_right_is_not_blamed():
    "A known mistake is offered for a beginning only where the whole step agrees with it, memory included."
    text = str(said("moments", lambda g, m, v, b1, b2: (b1*m + (1 - b2)*g + 1e-3*(v > 0), b2*v + (1 - b2)*g*g))[1])
    assert "Still right at that step: v" in text and "exchanged" not in text, text


@pytest.mark.parametrize("name, slip", {
    # right for as long as scripts used to last
    "adam": lambda p, g, m, v, t, *o: core.adam(p, g, m, v, min(t, 10), *o),
    "bias_correction": lambda m, b, t: m/(1 - b**t + 1e-8),
    "AdamW": type("AdamW", (core.AdamW,), {"choose": lambda self, group: (core.adam, ("m", "v"))}),
}.items())
def test_slips_that_were_once_accepted(name, slip):
    assert verdict(name, slip) is not None

core.Optimizer.registry["AdamW"] = core.AdamW   # the slip took its place by being defined


def test_maximize_leaves_the_decay_of_adamw_alone():
    class Grows(ListAdamW):
        def __init__(self, parameters, learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8, weight_decay=1e-2,
                maximize=False):
            super().__init__(parameters, learning_rate, beta1, beta2, epsilon, -weight_decay if maximize
                else weight_decay)
            self.up = maximize

        def step(self):
            for p in [p for group in self.param_groups for p in group["parameters"]]:
                if self.up and p.grad is not None:
                    p.grad = type(p)(-p.grad.data)
            super().step()
    assert verdict("AdamW", Grows) is not None


def test_numpy_function_of_plain_numbers_is_explained():
    "The root of a Python number is an np.float64, and takes float32 along: the message says so."
    def folded(p, g, m, v, t, a, b1, b2, e):
        m, v = core.moments(g, m, v, b1, b2)
        return p - a*np.sqrt(1 - b2**t)/(1 - b1**t)*m/(np.sqrt(v) + e*np.sqrt(1 - b2**t)), m, v
    assert "np.sqrt(1 - beta)" in str(said("adam", folded)[1])
    assert verdict("adam", lambda *a: tuple(np.asarray(part, a[0].dtype) for part in folded(*a))) is None


faulty = {
    "a name misspelt": ("momentum", lambda p, g, v, a, b: momentun*v, "Look at its spelling"),  # noqa: F821
    "raises": ("momentum", lambda p, g, v, a, b: p[7], "IndexError"),
    "nothing": ("moments", lambda *a: None, "returned nothing, expected"),
    "two of three": ("adam", lambda p, g, m, v, *a: (p, m), "2 values instead of 3"),
    "one array": ("momentum", lambda p, g, v, a, b: p - a*g, "one ndarray instead of 2"),
    "a string": ("bias_correction", lambda m, b, t: "m", "a str where an array or number belongs"),
    "a Variable": ("bias_correction", lambda m, b, t: autograd.Variable(m/(1 - b**t)), "a Variable where an array or "
        "number belongs"),
    "shape": ("bias_correction", lambda m, b, t: (m/(1 - b**t))[:, None], "has shape (3, 1), expected (3,)"),
    "dtype": ("momentum", lambda p, g, v, a, b: core.sgd_momentum(p, g, v, np.float64(a), b),
        "is float64, expected float32"),
    "nan": ("adam", lambda p, g, m, v, t, *o: (core.adam(p, g, m, v, t, *o)[0]*(np.nan if t == 2 else 1),
        *core.adam(p, g, m, v, t, *o)[1:]), "nan"),
    "infinite": ("bias_correction", lambda m, b, t: m*np.inf, "inf"),
    "gradient in place": ("momentum", lambda p, g, v, a, b: (core.sgd_momentum(p, g.copy(), v, a, b), g.__imul__(2))[0],
        "changed the gradient it was given"),
    "no step": ("SGD", type("SGD", (), {"__init__": lambda self, parameters, learning_rate=0.1, momentum=0.0: None,
        "zero_grad": lambda self: None}), "has no attribute 'step'"),
    "learning rate called lr": ("SGD", type("SGD", (), {"__init__": lambda self, parameters, lr=0.1: None}),
        "learning_rate"),
    "function for a class": ("momentum", 3.0, "not callable"),
}


@pytest.mark.parametrize("case", faulty)
def test_fault_is_explained(case):
    name, thing, words = faulty[case]
    mistake = said(name, thing)[1]
    assert mistake is not None and words in str(mistake) and "💡" in str(mistake) and "🔧" in str(mistake), str(mistake)


def test_exception_names_the_learners_line():
    def careless(parameter, gradient, velocity, learning_rate, momentum):
        return parameter - learning_rate*velocit  # noqa: F821
    text = str(said("momentum", careless)[1])
    assert "NameError" in text and "return parameter - learning_rate*velocit" in text
    assert f"line {careless.__code__.co_firstlineno + 1}" in text


def test_a_schedule_that_counts_its_calls_is_found_out():
    rates = {}
    def compounding(step, learning_rate, gamma):
        rates[learning_rate, gamma] = rates.get((learning_rate, gamma), learning_rate/gamma if gamma
            else learning_rate)*gamma
        return rates[learning_rate, gamma]
    assert verdict("exponential_decay", compounding) is not None


def test_nothing_is_passed_for_what_it_lacks():
    "Options that an optimizer may lack are skipped; momentum, betas and AdamW's decay are asked for."
    class NoMomentum(ScratchSGD):
        def __init__(self, parameters, learning_rate=0.1):
            super().__init__(parameters, learning_rate)
    class NoDecay(ListAdam):
        def __init__(self, parameters, learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8):
            super().__init__(parameters, learning_rate, beta1, beta2, epsilon)
    assert "unexpected keyword argument 'momentum'" in str(said("SGD", NoMomentum)[1])
    assert verdict("Adam", NoDecay) is None and "unexpected keyword argument 'weight_decay'" in str(said("AdamW",
        NoDecay)[1])


def test_stub_passes_through():
    def stub(*arguments, **keywords):
        raise NotImplementedError("exercise momentum: tito hint --module optimizers")
    for name, thing in (("momentum", stub), ("SGD", type("SGD", (), {"__init__": stub}))):
        with pytest.raises(NotImplementedError, match="tito hint"):
            said(name, thing)
    with pytest.raises(NotImplementedError, match="exercise stability"):
        said("stability", ...)


def test_wrong_use_is_an_error():
    with pytest.raises(KeyError, match="known are"):
        check("momentun", core.sgd_momentum)
    with pytest.raises(TypeError, match="takes 2 objects, got 1"):
        check("matmul_vjp", autograd.matmul_left)


def test_prediction_is_graded_without_giving_it_away():
    assert verdict("stability", 0.04 + 1e-10) is None and verdict("first_adam_step", np.float64(0.0990099)) is None
    for name, answer in (("stability", "0.04"), ("first_adam_step", "0.0990")):
        assert answer not in str(said(name, 0.123)[1])


def test_mistake_shows_without_a_traceback():
    mistake = said("momentum", lambda p, g, v, a, b: (p - v, v))[1]
    assert mistake._render_traceback_() == str(mistake).split("\n") and isinstance(mistake, AssertionError)


def test_chapter_needs_nothing_later():
    "Checking an early chapter imports no later one."
    code = ("import sys, numpy as np; from tinytorch import tensor; from tinytorch.checks import check; "
        "check('unbroadcast', tensor.unbroadcast); check('sigmoid', tensor.sigmoid)\n"
            "assert 'tinytorch.autograd' not in sys.modules\n"
            "from tinytorch import autograd as a; check('max_vjp', a.max_vjp); check('accumulate', a.accumulate); "
                "check('divide_vjp', *a.adjoints[np.divide])\n"
            "assert not {'tinytorch.layers', 'tinytorch.data', 'tinytorch.optimizers', 'matplotlib'} & "
                "set(sys.modules)")
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)


# --- kinds of mistakes that once slipped through


def in_place(position):
    "A right momentum that changes one of its arguments."
    def rule(*arguments):
        answer = core.sgd_momentum(*arguments)
        arguments[position][...] = arguments[position] + 1
        return answer
    return rule


@pytest.mark.parametrize("name, wrong, said_of_it", [
    ("momentum", in_place_momentum, "changed the velocity it was given"),
    ("momentum", in_place(0), "changed the parameter it was given"),
    ("momentum", in_place(1), "changed the gradient it was given"),
    ("adam", in_place_adam, "changed the m it was given"),
    ("ema", lambda average, value, decay: average.__imul__(decay) + (1 - decay)*value, "the average it was given"),
    ("decay_weights", lambda p, a, w: p.__imul__(1 - a*w), "the parameter it was given"),
    ("accumulate", accumulate_in_place, "changes an array that somebody may have kept"),
], ids=lambda x: getattr(x, "__name__", str(x)))
def test_no_argument_is_changed(name, wrong, said_of_it):
    assert said_of_it in str(said(name, wrong)[1]), str(said(name, wrong)[1])


class OnTheClass(ScratchSGD):
    "Velocities in a dict that all optimizers of the class share."
    shared = {}

    def step(self):
        for number, (group, p) in enumerate((g, p) for g in self.param_groups for p in g["parameters"]):
            if p.grad is None:
                continue
            g = p.grad.data + group["weight_decay"]*p.data
            self.shared[number] = group["momentum"]*self.shared.get(number, 0) + g
            p.data = p.data - group["learning_rate"]*self.shared[number]


class InADefault(ScratchSGD):
    "The same in the default of an argument."
    def __init__(self, parameters, learning_rate=0.01, momentum=0.0, weight_decay=0.0, memory={}):  # noqa: B006
        super().__init__(parameters, learning_rate, momentum, weight_decay)
        self.memory = memory


@pytest.mark.parametrize("cls", [OnTheClass, InADefault])
def test_state_belongs_to_the_object(cls):
    text = str(said("SGD", cls)[1])
    assert "what the class remembers" in text and "a second one begins with the memory of the first" in text


class KeepsGenerator(ScratchSGD):
    def __init__(self, parameters, learning_rate=0.01, momentum=0.0, weight_decay=0.0):
        groups = parameters if isinstance(parameters, list) else [{"parameters": parameters}]
        super().__init__(groups, learning_rate, momentum, weight_decay)


def test_parameters_may_come_once():
    "A generator is kept as a list, or refused; kept as it is, it is used up."
    assert verdict("SGD", KeepsGenerator) == "generator kept"
    assert verdict("SGD", ScratchSGD) is None   # raises a TypeError for it
    def twice(parameters, max_norm):
        norm = sum((p.grad.data**2).sum() for p in parameters if p.grad is not None)**0.5
        for p in parameters:
            if p.grad is not None and max_norm < norm < np.inf:
                p.grad = p.grad.data*float(max_norm/norm)
        return float(norm)
    assert verdict("clip_grad_norm", twice) == "gone through twice"


def test_twins_are_told_apart_by_their_text():
    "Nesterov's step with the old velocity is classical momentum: the learner's line decides which it is."
    def before(parameter, gradient, velocity, learning_rate, momentum):
        new = gradient + momentum*velocity
        return parameter - learning_rate*(momentum*velocity + gradient), new
    def classical(parameter, gradient, velocity, learning_rate, momentum):
        velocity = momentum*velocity + gradient
        return parameter - learning_rate*velocity, velocity
    assert (verdict("nesterov", before), verdict("nesterov", classical)) == ("old velocity in step", "classical")


def test_no_line_is_called_missing_that_is_there():
    def late(parameter, gradient, velocity, learning_rate, momentum):
        velocity = gradient
        step = parameter - learning_rate*velocity, velocity
        velocity = momentum*velocity + gradient
        return step
    mistake = said("momentum", late)[1]
    assert mistake.name == "velocity replaced" and "But that line stands in your code" in str(mistake)


def test_words():
    def uneven(p, g, v, a, b):
        return p - a*(b*v + g)*(1 + 3e-5), b*v + g
    text = str(said("momentum", uneven)[1])
    moved, expected = re.search(r"by (\S+), expected (\S+)\n", text).groups()
    assert moved != expected
    def takes_gradient(parameter, learning_rate):
        parameter.data = parameter.data - learning_rate*parameter.grad.data*1.0
        parameter.grad = None
        return 3
    text = str(said("gradient_descent_step", takes_gradient)[1])
    assert "shape ()" not in text and "None" in text
    class Late(ListAdam):
        def step(self):
            super().step()
            for p, _ in self.entries:
                p.data = p.data + 0.5
    still = re.search(r"Still right at that step: (.*)\.", str(said("Adam", Late)[1]))[1].split(", ")
    assert len(still) == len({*still})
    assert "`**`" in str(said("ema", lambda average, value, decay: decay^2)[1])   # noqa: E225


def test_what_the_check_cannot_use_is_not_called_the_learners_exception():
    triples = type("Loader", (data.DataLoader,), {"__iter__": lambda self: iter([(1, 2, 3)])})
    text = str(said("batches", triples)[1])
    assert "raised" not in text.split("\n")[0], text
    text = str(said("momentum", lambda p, g, v: (p, v))[1])
    assert "could not be used: TypeError" in text


def test_pages_are_loaded_when_asked_for():
    code = ("import sys; from tinytorch import tensor; from tinytorch.checks import check\n"
            "check('sigmoid', tensor.sigmoid)\n"
            "assert not {'tinytorch.checks.optimizer_rules', 'tinytorch.checks.schedulers'} & set(sys.modules)")
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)


def benchmark(name):
    spec = importlib.util.spec_from_file_location(name, Path(__file__).parent.parent/"benchmarks"/f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("number", ["", "_2", "_3", "_4", "_5", "_6", "_7", "_8", "_family"])
def test_beginners_mistakes_are_known(number):
    "benchmarks/blind.py: 97 % of its wrong solutions rejected, 85 % rightly named, no right one refused."
    blind = benchmark("blind")
    assert blind.main(path=blind.solutions.with_name(f"blind_solutions{number}.py")) == 0


@pytest.mark.parametrize("step", [descend_in_place, descend_by_element])
def test_old_numbers_are_not_written_over(step):
    assert verdict("gradient_descent_step", step) == "written over"


def test_arguments_that_are_passed_by_name_are_the_lessons():
    functions = vars(tensor) | vars(autograd) | vars(schedulers) | vars(core)
    for name, wanted in lab.by_name.items():
        assert {*wanted.split()} <= {*inspect.signature(functions[name]).parameters}, name


def test_arguments_with_names_of_their_own():
    def sgd_momentum(w, dw, v, lr, beta):
        v = beta*v + dw
        return w - lr*v, v

    text = str(said("momentum", sgd_momentum)[1])
    assert "sgd_momentum has no argument called velocity, learning_rate, momentum" in text
    assert "(its arguments are w, dw, v, lr, beta)" in text
    assert verdict("sigmoid", lambda z: tensor.sigmoid(z)) is None, "nobody passes that by name"


@pytest.mark.parametrize("wrong, words", [
    (lambda average, value, decay: 3*np.multiply(average, decay) + 3*(1 - decay)*value, None),
    (lambda average, value, decay: -np.add(decay*average, (1 - decay)*value), "its sign turned round"),
    (lambda average, value, decay: 2*np.add(decay*average, (1 - decay)*value), "twice the right answer"),
    (lambda average, value, decay: decay*average + (1 - decay)*value + value, "plus value"),
    (lambda average, value, decay: decay*average + (1 - decay)*average**2, None),
])
def test_relations_between_answers(wrong, words):
    "What no entry knows is said where it is plain, and not made up where it is not."
    mistake = said("ema", wrong)[1]
    assert mistake.name is None
    assert words in str(mistake) if words else "In every case" not in str(mistake), str(mistake)


@pytest.mark.parametrize("name, wrong, words", [
    ("nesterov", lambda p, g, v, a, b: (core.sgd_nesterov(p, g, v, a, b)[0], np.array(v)),
     "velocity does not change"),
    ("momentum", lambda p, g, v, a, b: (p - a*np.clip(b*v + g, -1, 1), np.clip(b*v + g, -1, 1)),
     "velocity is the right one cut off at 1 and -1"),
    ("decay_weights", lambda p, a, w: p - a*w*w*p, "the parameter changes by the right amount times weight_decay"),
    ("decay_weights", lambda p, a, w: np.maximum(p*(1 - a*w), 0), "where that is positive, and zero elsewhere"),
    ("bias_correction", lambda m, b, t: abs(m)/(1 - b**t), "the right answer without its sign"),
    ("exponential_decay", lambda step, learning_rate, gamma: round(learning_rate*gamma**step, 4),
     "the right answer rounded to 4 decimals"),
])
def test_relations_of_quantities_that_change(name, wrong, words):
    "Of a step every quantity that departs is looked at, as a change or as a whole."
    assert words in str(said(name, wrong)[1]), str(said(name, wrong)[1])


def test_one_wrong_number_is_no_relation():
    "Where a single number of all departs, much fits by chance: gradient and learning rate are not exchanged here."
    def forgets(p, g, v, a, b):
        v = b*v + g
        return p - a*(g if np.array_equal(g, [1.0, 0.0]) else v), v

    assert "In every case" not in str(said("momentum", forgets)[1])


@pytest.mark.parametrize("name, make", {
    "momentum": lambda kept: lambda p, g, v, a, b: kept.append(b*kept[-1] + g) or (p - a*kept[-1], kept[-1]),
    "step_lr": lambda kept: lambda step, learning_rate, step_size, gamma: kept.append(
        kept[-1]*gamma if step % step_size == 0 else kept[-1]) or kept[-1],
}.items())
def test_answers_that_change_from_call_to_call(name, make):
    "What is kept outside of the function is noticed, whatever numbers it leads to."
    assert "answers differently" in str(said(name, make([0.5]))[1])


@pytest.mark.parametrize("name, rule, count", [("momentum", core.sgd_momentum, 2), ("moments", core.moments, 2),
                                               ("adam", core.adam, 3)])
def test_results_that_lie_in_one_array_for_all_calls(name, rule, count):
    "A buffer outside of the function is overwritten by the next call, and with it what the caller has kept."
    buffers = {}

    def buffered(*arguments):
        results = rule(*arguments)
        places = buffers.setdefault(np.shape(results[0]), np.zeros((count, *np.shape(results[0]))))
        for place, result in zip(places, results):
            place[...] = result
        return tuple(places)

    assert verdict(name, rule) is None
    assert "every answer is an array of its own" in str(said(name, buffered)[1])


def test_a_number_never_agrees_with_an_infinite_one():
    assert not lab.core.close([1.0, 1.0], [np.inf, -np.inf]).any()
    assert lab.core.close([np.inf, np.nan, 1.0], [np.inf, np.nan, 1.0]).all()
    assert not lab.core.close(np.inf, 1.0) and not lab.core.close(np.inf, -np.inf)


def test_nan_and_inf_are_told_apart():
    text = str(said("bias_correction", lambda m, b, t: m/(b**t*0))[1])
    assert "inf is a number divided by zero" in text and "nan" not in text, text


@pytest.mark.parametrize("name, wrong, words", [
    ("exponential_decay", lambda step, learning_rate, gamma: [learning_rate, learning_rate*gamma][step],
     "A list is asked for an entry that it does not have"),
    ("two_loops", lambda vector, steps, changes, scale: [*reversed(zip(steps, changes))],
     "reversed(...) needs a list"),
])
def test_lists_have_faults_of_their_own(name, wrong, words):
    assert words in str(said(name, wrong)[1]), str(said(name, wrong)[1])


def test_what_calls_itself_for_every_step_before():
    def endless(step, learning_rate, step_size, gamma=0.1):
        return learning_rate if step == 0 else endless(step - 1, learning_rate, step_size, gamma)*(
            gamma if step % step_size == 0 else 1)

    assert "A function that calls itself for the step before" in str(said("step_lr", endless)[1])


@pytest.mark.parametrize("places", [(0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)])
def test_results_in_any_other_order(places):
    def turned(*arguments):
        results = core.adam(*arguments)
        return tuple(results[i] for i in places)

    assert "in the wrong order" in str(said("adam", turned)[1])


def test_a_stack_of_both_results_is_not_called_the_first_of_them():
    text = str(said("moments", lambda g, m, v, b1, b2: np.stack(core.moments(g, m, v, b1, b2)))[1])
    assert "only the first" not in text and "of shape (2, 1)" in text, text


def test_overflows_cannot_be_silenced_but_the_learners_errstate_comes_back():
    before = np.errstate, np.seterr

    def silent(x):
        with np.errstate(all="ignore"):
            return 1/(1 + np.exp(-x))
    assert verdict("sigmoid", silent) == "silenced formula"
    assert (np.errstate, np.seterr) == before


def test_mutants_are_killed():
    "A sample of benchmarks/mutants.py: wrong versions of the library's own solutions, rejected by the checks."
    mutants = benchmark("mutants")
    table = mutants.survey(every=23)
    survivors = [(name, change) for name, (_, found) in table.items() for change in found
                 if mutants.excuse(name, change) is None]
    assert sum(count for count, _ in table.values()) > 70 and not survivors, survivors
    of_mutants = [kind for registry in (optimizers.Optimizer.registry, optimizers.Scheduler.registry)
                  for kind in registry.values() if kind.__module__ == "mutant"]
    assert of_mutants == [], "a mutant stands in the registry in the place of the library's own class"


def test_a_mistake_survives_the_way_from_another_process():
    _, mistake = said("momentum", lambda parameter, gradient, velocity, learning_rate, momentum: (parameter, gradient))
    copied = pickle.loads(pickle.dumps(mistake))
    assert type(copied) is Mistake and str(copied) == str(mistake)
    assert (copied.exercise, copied.name) == (mistake.exercise, mistake.name)


def test_fast_enough():
    "Seconds of this process's own computing, which a busy machine does not lengthen; a check takes well under one."
    began = time.process_time()
    for name in library:
        if checks[name].module == "optimizers":
            said(name, *library[name])
    assert time.process_time() - began < 5


def test_nothing_finite_agrees_with_infinity():
    found = lab.core.close([1.0, np.inf, -np.inf, np.nan, 1.0], [np.inf, np.inf, np.inf, np.nan, np.nan])
    assert found.tolist() == [False, True, False, True, False]


def test_two_slips_in_two_functions_are_both_named():
    def loss(logits, targets):
        return -layers.log_softmax(logits)[np.arange(len(targets)), targets].sum()

    def slope(g, y, logits, targets):
        return layers.cross_entropy_vjp(g, y, logits, targets)*len(targets)
    assert verdict("cross_entropy", loss, slope) == "summed, batch forgotten"
    assert verdict("cross_entropy", loss, layers.cross_entropy_vjp) == "summed"
    assert verdict("cross_entropy", layers.cross_entropy, slope) == "batch forgotten"


def test_what_is_kept_between_calls_is_found():
    calls, buffers = [], {}

    def counting(average, value, decay):
        calls.append(1)
        return decay*average + (1 - decay)*value if len(calls) % 2 else value

    def buffered(average, value, decay):
        kept = buffers.setdefault(average.shape, np.zeros_like(average))
        kept[...] = decay*average + (1 - decay)*value
        return kept
    assert "Called twice with the same inputs it answers differently" in str(said("ema", counting)[1])
    assert "Two calls gave the same array" in str(said("ema", buffered)[1])


def test_a_learners_own_refusal_is_told_from_a_crash():
    def refuses(average, value, decay):
        if decay == 0:
            raise ValueError("decay must be above 0")
        return decay*average + (1 - decay)*value
    assert "A raise or an assert of yours" in str(said("ema", refuses)[1])


def test_numbers_may_stand_where_arrays_do():
    def above(g, y, a, b):
        return np.ones(a.shape)*g/b
    text = str(said("divide_vjp", above, autograd.divide_denominator)[1])
    assert "'float' object has no attribute 'shape'" in text and "A plain number has no shape" in text


def test_inputs_that_were_changed_are_told_though_the_numbers_differ():
    class Scaling(layers.Dense):
        def forward(self, inputs):
            inputs.data /= 7
            return super().forward(inputs)
    assert "it changed the inputs it was given in place" in str(said("dense", Scaling)[1])


def test_a_layer_keeps_no_variable_of_a_call():
    class Keeping(layers.Dense):
        def forward(self, inputs):
            self.last = [inputs]
            return super().forward(inputs)
    assert verdict("dense", Keeping) == "keeps inputs"


def test_clipping_takes_an_optimizer_and_a_model():
    assert verdict("clip_grad_norm", training.clip_grad_norm) is None

    def lists_only(parameters, max_norm, norm_type=2.0):
        return training.clip_grad_norm(list(parameters), max_norm, norm_type)

    def groups_only(parameters, max_norm, norm_type=2.0):
        return training.clip_grad_norm(parameters if hasattr(parameters, "param_groups") else list(parameters),
                                       max_norm, norm_type)
    assert verdict("clip_grad_norm", lists_only) == "only iterables"
    assert verdict("clip_grad_norm", groups_only) == "only groups"


def test_numbers_beside_arrays_do_not_stop_a_diagnosis():
    "What may join wrong and right answers is looked for among what every call has: a number has no length."
    _, mistake = said("divide_vjp", lambda g, y, a, b: g - b, autograd.divide_denominator)
    assert "None of the" in str(mistake)


def test_an_exception_in_other_words_is_told_apart():
    "Two IndexErrors at one place need not be one mistake."
    def counts(logits, targets):
        return -layers.log_softmax(logits)[np.arange(logits.shape[1]), targets].mean()

    def flat(logits, targets):
        return -layers.log_softmax(logits).ravel()[np.arange(len(targets)), targets].mean()
    told, other = (str(said("cross_entropy", f, layers.cross_entropy_vjp)[1]) for f in (counts, flat))
    assert "This is what you get when the rows are counted up to the number of classes" in told
    assert "IndexError" in other and "But it has other words" in other
