"""How long a step takes here and elsewhere: python benchmarks/optimizers.py [--quick] [--also FOLDER]

Every peer lives in a process of its own, because the thread pools of OpenBLAS, torch and jax slow each other down
inside one. The processes take turns: in each round every peer rests until the threads of the one before have gone to
sleep, makes some steps unmeasured, to be warm, and some measured ones while the others wait. A ratio is the median of
the rounds' ratios, so that a machine which slows down for a while slows both sides; its interval holds the true median
in 95 of 100 runs. No task goes on for longer than `seconds_of_a_task` or a few rounds, so all of it takes five to six
minutes on a quiet machine. The result is a JSON file that names the machine and from which 16_engines draws, a plot in
the temporary folder, and a table of what was aimed at. jax and optax may lie in an environment of their own, whose
site-packages --also names. --quick runs everything once on small arrays and writes nothing: whether it works, never
how fast.

--tasks family measures every class that torch.optim has too, on ten million elements (Muon on 1024×1024) and with the
hyperparameters that both libraries have by default: this library as it comes against torch as it comes, in at most four
minutes. It leaves in the file what other runs measured, as they leave its results.
"""

import argparse
import importlib.util
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from math import comb
from multiprocessing import get_context
from pathlib import Path
from unittest import mock

import numpy as np

seconds_of_a_task = 14
sizes = 100, 1_280, 10_000, 101_770, 1_000_000, 10_000_000
family = {"SGD": {}, "SGD momentum": {"momentum": 0.9}, "Adagrad": {}, "RMSprop": {}, "Adadelta": {}, "Rprop": {},
          "ASGD": {}, "Adam": {}, "AdamW": {}, "Adamax": {}, "NAdam": {}, "RAdam": {}, "Muon": {}, "Muon float32": {}}
default_out = Path(__file__).parent.parent/"tinytorch"/"measured.json"   # 16_engines draws it


# ---- peers: each makes functions that take one step

class TinyTorch:
    "This library under one of its engines."
    module, engine, family, part = "numpy", "numpy", None, None

    def prepare(self):
        from tinytorch.engines import set_engine
        set_engine(self.engine)

    def step(self, name, gradients):
        "One step of an optimizer over parameters with these gradients."
        from tinytorch.autograd import Variable
        from tinytorch.optimizers import SGD, Adam, AdamW, Lion, RMSprop
        parameters = [Variable(np.zeros_like(gradient), requires_grad=True) for gradient in gradients]
        for parameter, gradient in zip(parameters, gradients):
            parameter.grad = gradient
        return {"adam": lambda: Adam(parameters), "adamw": lambda: AdamW(parameters, weight_decay=0.01),
                "momentum": lambda: SGD(parameters, 0.01, momentum=0.9), "lion": lambda: Lion(parameters, 1e-4),
                "rmsprop": lambda: RMSprop(parameters, 0.001)}[name]().step

    def digits(self, accuracy):
        "Training a network 64-64-10 on the digits until so many of the held-out ones are right."
        from tinytorch.autograd import no_grad
        from tinytorch.layers import CrossEntropyLoss, Dense, ReLU, Sequential
        from tinytorch.optimizers import Adam
        inputs, targets, test_inputs, test_targets = digits_data()
        criterion = CrossEntropyLoss()
        def run():
            model = Sequential([Dense(64, 64), ReLU(), Dense(64, 10)])
            for parameter, array in zip(model.parameters(), digits_start()):
                parameter.data = array
            optimizer = Adam(model.parameters(), learning_rate=0.003)
            def update(rows):
                optimizer.zero_grad()
                criterion(model(inputs[rows]), targets[rows]).backward()
                optimizer.step()
            def right():
                with no_grad():
                    return (model(test_inputs).data.argmax(axis=1) == test_targets).mean()
            train_until(accuracy, update, right, len(inputs))
        return run

    def training(self, inputs, targets):
        "One training step of a network 784-128-10."
        from tinytorch.layers import CrossEntropyLoss, Dense, ReLU, Sequential
        from tinytorch.optimizers import Adam
        model = Sequential([Dense(784, 128), ReLU(), Dense(128, 10)])
        optimizer, criterion = Adam(model.parameters()), CrossEntropyLoss()
        def step():
            optimizer.zero_grad()
            criterion(model(inputs), targets).backward()
            optimizer.step()
        return step


class Compiled(TinyTorch):
    "The same, compiled."
    module, engine = "numba", "numba"

    def part(self, title):
        "What a whole step contains: each title does what those before it in its table do, and more."
        return (step_part if title in step_parts else training_part)(title)


step_parts = "the loop", "handing it the arrays", "finding the program", "checking and gathering", "counting steps"
training_parts = "matrix products", "other arithmetic", "tape", "optimizer"


def step_part(title):
    "A part of Adam's step over one parameter of 1,280 elements."
    from tinytorch.autograd import Variable
    from tinytorch.bookkeeping import apply_rules, shares
    from tinytorch.engines import advance_arrays, find_traced
    from tinytorch.optimizers import Adam
    parameter = Variable(np.zeros(1280, np.float32), requires_grad=True)
    parameter.grad = np.ones(1280, np.float32)
    optimizer = Adam([parameter])
    optimizer.step()
    found = optimizer.ready()
    if title == step_parts[-1]:
        return optimizer.step
    if title == "checking and gathering":
        return lambda: apply_rules(optimizer, found)
    rule, slots, jobs, numbers, options, _ = shares(optimizer, found)[0]
    if title == "finding the program":
        return lambda: advance_arrays(rule, slots, jobs, numbers, options, optimizer.prepare)
    kinds = [array.dtype for array in jobs[0]]
    program, values, _ = find_traced(rule, optimizer.prepare, slots, kinds, options, numbers)
    kernel = program.kernel("numba", jobs)
    if title == "handing it the arrays":
        return lambda: kernel(jobs, values)
    kernel(jobs, values)
    arguments = kernel.rooms[1][2]
    return lambda: (kernel.function(*arguments, 0, 1280), jobs)   # which must stay alive


def training_part(title):
    "A part of a training step of the network 784-128-10 at batch 32."
    generator = np.random.default_rng(0)
    inputs, targets = generator.standard_normal((32, 784)).astype(np.float32), generator.integers(0, 10, 32)
    w1, w2 = (generator.standard_normal(shape).astype(np.float32)/28 for shape in ((784, 128), (128, 10)))
    b1, b2 = np.zeros(128, np.float32), np.zeros(10, np.float32)
    def products():
        hidden = inputs @ w1
        logits = hidden @ w2
        return hidden.T @ logits, inputs.T @ (logits @ w2.T)
    def arithmetic():
        hidden = inputs @ w1
        hidden += b1
        np.maximum(hidden, 0, out=hidden)
        logits = hidden @ w2
        logits += b2
        logits -= logits.max(axis=1, keepdims=True)
        np.exp(logits, out=logits)
        logits /= logits.sum(axis=1, keepdims=True)
        logits[np.arange(32), targets] -= 1
        logits /= 32
        before = logits @ w2.T
        before *= hidden > 0
        return hidden.T @ logits, logits.sum(axis=0), inputs.T @ before, before.sum(axis=0)
    if title in ("matrix products", "other arithmetic"):
        return {"matrix products": products, "other arithmetic": arithmetic}[title]
    if title == training_parts[-1]:
        return Compiled().training(inputs, targets)
    from tinytorch.layers import CrossEntropyLoss, Dense, ReLU, Sequential
    model, criterion = Sequential([Dense(784, 128), ReLU(), Dense(128, 10)]), CrossEntropyLoss()
    parameters = model.parameters()
    def walk_back():
        for parameter in parameters:
            parameter.grad = None
        criterion(model(inputs), targets).backward()
    return walk_back


class Automatic(TinyTorch):
    "The same as it comes, for the family alone."
    engine = "auto"
    training = digits = None

    def step(self, name, gradients):
        return None

    def family(self, title, gradient):
        "One step of a class of the family over one parameter with this gradient."
        from tinytorch import optimizers
        from tinytorch.autograd import Variable
        parameter = Variable(np.zeros_like(gradient), requires_grad=True)
        parameter.grad = gradient
        return getattr(optimizers, title.split()[0])([parameter], **family[title]).step


class Naive(TinyTorch):
    "NumPy as one writes it: the rule on whole arrays, without groups or state."
    def step(self, name, gradients):
        from tinytorch.optimizers import adam, sgd_momentum
        if name not in ("adam", "adamw", "momentum"):
            return None
        state = [[np.zeros_like(gradient) for _ in range(3)] for gradient in gradients]
        options, count = dict(learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8), [0]
        def step():
            count[0] += 1
            for arrays, gradient in zip(state, gradients):
                if name == "momentum":
                    arrays[:2] = sgd_momentum(arrays[0], gradient, arrays[1], 0.01, 0.9)
                else:
                    start = arrays[0]*(1 - 1e-5) if name == "adamw" else arrays[0]
                    arrays[:] = adam(start, gradient, *arrays[1:], step=count[0], **options)
        return step
    training = digits = None


class Torch(TinyTorch):
    "torch, by one of its implementations."
    module, options = "torch", {}
    def prepare(self):
        import torch
        torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))

    def step(self, name, gradients):
        import torch
        if name == "lion" or name == "rmsprop" and self.options.get("fused"):
            return None   # torch has none
        parameters = [torch.zeros(gradient.shape, requires_grad=True) for gradient in gradients]
        for parameter, gradient in zip(parameters, gradients):
            parameter.grad = torch.tensor(gradient)
        return {"adam": lambda: torch.optim.Adam(parameters, **self.options),
                "adamw": lambda: torch.optim.AdamW(parameters, **self.options),
                "momentum": lambda: torch.optim.SGD(parameters, 0.01, momentum=0.9, **self.options),
                "rmsprop": lambda: torch.optim.RMSprop(parameters, 0.001, **self.options)}[name]().step

    def family(self, title, gradient):
        import torch
        parameter = torch.zeros(gradient.shape, requires_grad=True)
        parameter.grad = torch.tensor(gradient)
        optimizer = getattr(torch.optim, title.split()[0])([parameter], **family[title])
        if title != "Muon float32":
            return optimizer.step
        def step():   # torch's Muon iterates in bfloat16; this takes the cast out
            with mock.patch.object(torch.Tensor, "bfloat16", torch.Tensor.clone):
                optimizer.step()
        return step

    def digits(self, accuracy):
        import torch
        inputs, targets, test_inputs, test_targets = map(torch.tensor, digits_data())
        criterion = torch.nn.CrossEntropyLoss()
        def run():
            model = torch.nn.Sequential(torch.nn.Linear(64, 64), torch.nn.ReLU(), torch.nn.Linear(64, 10))
            with torch.no_grad():
                for parameter, array in zip(model.parameters(), digits_start()):
                    parameter.copy_(torch.tensor(array.T))
            optimizer = torch.optim.Adam(model.parameters(), lr=0.003, **self.options)
            def update(rows):
                rows = torch.from_numpy(rows)
                optimizer.zero_grad()
                criterion(model(inputs[rows]), targets[rows]).backward()
                optimizer.step()
            def right():
                with torch.no_grad():
                    return float((model(test_inputs).argmax(dim=1) == test_targets).float().mean())
            train_until(accuracy, update, right, len(inputs))
        return run

    def training(self, inputs, targets):
        import torch
        model = torch.nn.Sequential(torch.nn.Linear(784, 128), torch.nn.ReLU(), torch.nn.Linear(128, 10))
        optimizer, criterion = torch.optim.Adam(model.parameters(), **self.options), torch.nn.CrossEntropyLoss()
        inputs, targets = torch.tensor(inputs), torch.tensor(targets)
        def step():
            optimizer.zero_grad()
            criterion(model(inputs), targets).backward()
            optimizer.step()
        return step


class TorchForeach(Torch):
    options = {"foreach": True}
    training = digits = family = None


class TorchFused(Torch):
    options = {"fused": True}
    family = None


class Optax(TinyTorch):
    "jax.jit over optax, its arguments donated."
    module, digits = "optax", None
    def prepare(self):
        pass

    def step(self, name, gradients):
        import jax
        import optax
        rule = {"adam": lambda: optax.adam(1e-3), "adamw": lambda: optax.adamw(1e-3, weight_decay=0.01),
                "momentum": lambda: optax.sgd(0.01, momentum=0.9), "lion": lambda: optax.lion(1e-4, weight_decay=0.0),
                "rmsprop": lambda: optax.rmsprop(0.001, 0.99)}[name]()
        parameters, gradients = ([jax.numpy.asarray(array) for array in arrays]
                                 for arrays in ([np.zeros_like(g) for g in gradients], gradients))
        kept = [parameters, rule.init(parameters)]
        def update(parameters, state):
            updates, state = rule.update(gradients, state, parameters)
            return optax.apply_updates(parameters, updates), state
        jitted = jax.jit(update, donate_argnums=(0, 1))
        def step():
            kept[:] = jitted(*kept)
            jax.block_until_ready(kept)
        return step

    def training(self, inputs, targets):
        import jax
        import optax
        generator = np.random.default_rng(0)
        weights = [(jax.numpy.asarray(generator.standard_normal(shape).astype(np.float32)/shape[0]**0.5),
                    jax.numpy.zeros(shape[1], np.float32)) for shape in ((784, 128), (128, 10))]
        rule = optax.adam(1e-3)
        kept, inputs, targets = [weights, rule.init(weights)], jax.numpy.asarray(inputs), jax.numpy.asarray(targets)
        def loss(weights):
            (w1, b1), (w2, b2) = weights
            logits = jax.nn.relu(inputs @ w1 + b1) @ w2 + b2
            return optax.softmax_cross_entropy_with_integer_labels(logits, targets).mean()
        def update(weights, state):
            updates, state = rule.update(jax.grad(loss)(weights), state, weights)
            return optax.apply_updates(weights, updates), state
        jitted = jax.jit(update, donate_argnums=(0, 1))
        def step():
            kept[:] = jitted(*kept)
            jax.block_until_ready(kept)
        return step


class Memory(TinyTorch):
    "How fast memory is: a compiled loop that reads four arrays and writes three, with next to no arithmetic."
    module = "numba"
    def step(self, name, gradients):
        from tinytorch.engines import advance, set_engine
        set_engine("numba")
        if name != "adam":
            return None
        jobs = [{"parameter": np.zeros_like(gradient), "gradient": gradient, "m": np.zeros_like(gradient),
                 "v": np.zeros_like(gradient)} for gradient in gradients]
        return lambda: advance(touch, jobs, {})
    training = digits = None


def touch(parameter, gradient, m, v):
    "Reads and writes as Adam does."
    return parameter + gradient, m + gradient, v + gradient


class Copy(Memory):
    "np.copyto of one array."
    module = "numpy"
    def prepare(self):
        pass
    def step(self, name, gradients):
        if name != "adam":
            return None
        targets = [np.zeros_like(gradient) for gradient in gradients]
        return lambda: [np.copyto(target, gradient) for target, gradient in zip(targets, gradients)]


def digits_data():
    "(inputs, targets) of the training digits, then of those held out."
    from tinytorch.data import load_digits
    data = load_digits()
    return data.train_inputs, data.train_targets, data.test_inputs, data.test_targets


def digits_start():
    "Weights and biases of a network 64-64-10, the same for every library."
    generator = np.random.default_rng(0)
    return [array.astype(np.float32) for size in (64, 10)
            for array in (generator.standard_normal((64, size))/64**0.5, np.zeros(size))]


def train_until(accuracy, update, right, count):
    "Epochs over the same batches for every library, until the held-out digits are known."
    generator = np.random.default_rng(0)
    for _ in range(100):
        order = generator.permutation(count)
        for first in range(0, count, 32):
            update(order[first:first + 32])
        if right() >= accuracy:
            return
    raise RuntimeError(f"{accuracy:.0%} of the digits were not right after 100 epochs")


peers = {"NumPy engine": TinyTorch(), "compiled": Compiled(), "as it comes": Automatic(), "naive NumPy": Naive(),
         "torch default": Torch(), "torch foreach": TorchForeach(), "torch fused": TorchFused(), "optax jit": Optax(),
         "4 reads, 3 writes": Memory(), "copy": Copy()}


# ---- tasks: what is measured

def tasks(quick):
    "dict name -> (kind, arguments): what every peer is asked for."
    largest = 10_000 if quick else sizes[-1]
    found = {f"adam {size}": ("adam", [size]) for size in sizes if size <= largest}
    found |= {f"{name} {largest}": (name, [largest]) for name in ("momentum", "adamw", "rmsprop", "lion")}
    found["adam 200 of 4096"] = "adam", [4096]*(5 if quick else 200)
    found |= {f"training {batch}": ("training", [batch]) for batch in (32, 128)}
    found |= {f"part {title}": ("part", [title]) for title in (*step_parts, *training_parts)}
    found["digits"] = "digits", [0.5 if quick else 0.97]
    square = (64, 64) if quick else (1024, 1024)
    found |= {f"family {title}": ("family", [title, square if "Muon" in title else largest]) for title in family}
    return found


def is_chosen(title, names, quick):
    "Whether a task was asked for by the beginning of its name; without names all are but the family."
    if names:
        return any(title.startswith(name) for name in names)
    return quick or not title.startswith("family")


def make(peer, kind, arguments):
    "The function that a task asks of a peer; None where it has none."
    generator = np.random.default_rng(0)
    if kind == "digits":
        return peer.digits and peer.digits(*arguments)
    if kind == "training":
        inputs = generator.standard_normal((arguments[0], 784)).astype(np.float32)
        return peer.training and peer.training(inputs, generator.integers(0, 10, arguments[0]))
    if kind == "part":
        return peer.part and peer.part(*arguments)
    if kind == "family":
        title, shape = arguments
        return peer.family and peer.family(title, generator.standard_normal(shape).astype(np.float32))
    return peer.step(kind, [generator.standard_normal(size).astype(np.float32) for size in arguments])


rest = 0.015   # seconds between two turns: the threads of the last peer still wait awake for some milliseconds
first_steps = 32   # before anything is measured: compilers have compiled, and thread counts are chosen


def serve(pipe, name):
    "Run by a peer's process: make what is asked for, then take measured turns until the next is asked for."
    peer = peers[name]
    peer.prepare()
    for kind, arguments in iter(pipe.recv, None):
        step = make(peer, kind, arguments)
        pipe.send(step is not None)
        for warm, repeats in iter(pipe.recv, None):
            time.sleep(rest)
            warm_up(step, warm)
            pipe.send([seconds(step) for _ in range(repeats)])
        del step


def warm_up(step, least):
    "Unmeasured steps: at least so many, and for two milliseconds, since another process had the caches before."
    until = time.perf_counter() + 0.002
    while least > 0 or time.perf_counter() < until:
        step()
        least -= 1


def seconds(call):
    "How long a call takes."
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def measure(pipes, kind, arguments, quick):
    "dict peer -> medians of its rounds, of those peers that can do the task."
    large = kind in ("digits", "family") or kind != "part" and sum(arguments) > 5e6
    fewest, most, turn = (2, 2, (1, 1)) if quick else (7, 15, (1, 2)) if large else (11, 41, (2, 7))
    able = []
    for name, pipe in pipes.items():
        pipe.send((kind, arguments))
        if pipe.recv():
            able.append(name)
    for name in able:
        pipes[name].send((1 if quick else first_steps, 0))
        pipes[name].recv()
    times = {name: [] for name in able}
    began, done = time.perf_counter(), 0
    while done < fewest or done < most and time.perf_counter() - began < seconds_of_a_task:
        for name in able:
            pipes[name].send(turn)
            times[name].append(float(np.median(pipes[name].recv())))
        done += 1
    for pipe in pipes.values():
        pipe.send(None)
    return times


# ---- results

def interval(values):
    "(low, median, high): the interval holds the true median in at least 95 of 100 runs."
    ordered, count = sorted(values), len(values)
    tail, rank = 0.0, 0
    while rank < count//2 and tail + comb(count, rank)/2**count <= 0.025:
        tail += comb(count, rank)/2**count
        rank += 1
    rank = max(rank - 1, 0)
    return ordered[rank], float(np.median(ordered)), ordered[-1 - rank]


def summary(times):
    "What is kept of one task: microseconds of each peer, and ratios of ours to the others'."
    micro = {name: [round(value*1e6, 3) for value in interval(values)] for name, values in times.items()}
    ratios = {ours: {other: [round(value, 4) for value in interval(np.array(times[ours])/np.array(times[other]))]
                     for other in times if other != ours}
              for ours in ("NumPy engine", "compiled", "as it comes") if ours in times}
    return {"microseconds": micro, "ratios": ratios}


def machine(threads):
    "What was measured on, and with which versions."
    processor = platform.processor() or platform.machine()
    if Path("/proc/cpuinfo").exists():
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        processor = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), processor)
    names = [name for name in ("numpy", "numba", "torch", "jax", "optax") if importlib.util.find_spec(name)]
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    return {"processor": processor, "cores": os.cpu_count(), "threads": threads, "load before": load,
            "system": platform.system(), "python": platform.python_version(), **{name: version(name) for name in names}}


def start_up(quick):
    "Imports, and first steps with what they compile found on disk: seconds, and what each is to NumPy's."
    clock = "import time; start = time.perf_counter(); "
    prepared = ("from tinytorch.optimizers import Adam; from tinytorch.autograd import Variable; "
                "w = Variable([1.0], requires_grad=True); w.grad = w.data; ")
    codes = {f"import {name}": f"{clock}import {name}; " for name in ("tinytorch.optimizers", "numpy")}
    codes |= {f"first step, {engine}": f"{prepared}{clock}Adam([w]).step(); "
              for engine in ("numpy", "numba") if importlib.util.find_spec(engine)}
    times = {name: [] for name in codes}
    with tempfile.TemporaryDirectory() as folder:   # compiled modules and loops: the first round fills it
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment |= {"PYTHONPYCACHEPREFIX": folder, "TINYTORCH_CACHE": folder}
        for _ in range(3 if quick else 21):
            for name, code in codes.items():
                engine = {"TINYTORCH_ENGINE": name.split()[-1] if "," in name else "numpy"}
                run = subprocess.run([sys.executable, "-c", code + "print(time.perf_counter() - start)"],
                                     env=environment | engine, check=True, capture_output=True, text=True)
                times[name].append(float(run.stdout))
    times = {name: np.array(values[1:]) for name, values in times.items()}
    found = {name: interval(values) for name, values in times.items()}
    found["import, ratio"] = interval(times["import tinytorch.optimizers"]/times["import numpy"])
    if "first step, numba" in times:
        found["first step, difference"] = interval(times["first step, numba"] - times["first step, numpy"])
    return {name: [round(float(value), 5) for value in entry] for name, entry in found.items()}


# ---- what was aimed at: task, ours, peers (the fastest counts), ratio at most

def aims():
    "The targets, on two cores of a quiet machine."
    sizes = 1_280, 101_770, 1_000_000, 10_000_000
    def adam(ours, others, *ratios):
        return [(f"adam {size}", ours, others, ratio) for size, ratio in zip(sizes, ratios)]
    fused, default, better = ("torch fused",), ("torch default",), ("torch fused", "torch default", "torch foreach")
    return [
        *adam("compiled", fused, 0.2, 0.4, 0.65, 0.95), *adam("compiled", ("optax jit",), 0.5, 0.3, 0.6, 0.8),
        ("adam 10000000", "compiled", ("4 reads, 3 writes",), 1.1), *adam("NumPy engine", default, 0.25, 0.9, 1.0, 0.4),
        *[(f"{name} 10000000", "compiled", better, 1.0) for name in ("momentum", "adamw", "rmsprop")],
        ("lion 10000000", "compiled", ("optax jit",), 1.0),
        ("adam 200 of 4096", "compiled", ("torch foreach",), 0.5),
        ("adam 200 of 4096", "NumPy engine", ("torch foreach",), 1.5),
        ("training 32", "compiled", fused, 0.75), ("training 128", "compiled", fused, 0.85),
        ("training 32", "compiled", ("optax jit",), 1.0), ("training 128", "compiled", ("optax jit",), 1.0),
        ("training 32", "NumPy engine", default, 0.7), ("training 128", "NumPy engine", default, 0.8),
        ("digits", "compiled", ("torch fused", "torch default"), 0.6)]


def family_aims():
    "No class slower than torch's; Muon in torch's own bfloat16 is measured without an aim."
    most = dict.fromkeys(family, 1.0) | {"Muon": None, "Muon float32": 1.1}
    return [(f"family {title}", "as it comes", ("torch default",), most[title]) for title in family]


def compared(aims, tasks):
    "List of dicts: each aim with the ratio that was measured; None where a peer is not installed."
    found = []
    for task, ours, others, most in aims:
        entry = tasks.get(task, {"ratios": {}})["ratios"].get(ours, {})
        ratios = {other: entry[other] for other in others if other in entry}
        peer = max(ratios, key=lambda other: ratios[other][1], default=" or ".join(others))
        found.append({"task": task, "ours": ours, "peer": peer, "most": most, "ratio": ratios.get(peer)})
    return found


def reached(results):
    "The aims of the steps and of the start, with what was measured."
    found = compared(aims(), results["tasks"])
    start = results.get("start-up seconds", {})
    for task, ours, peer, most, name in (
            ("import tinytorch.optimizers", "ours", "import numpy", 1.3, "import, ratio"),
            ("first step, seconds more", "compiled", "NumPy engine", 0.3, "first step, difference")):
        found.append({"task": task, "ours": ours, "peer": peer, "most": most, "ratio": start.get(name)})
    return found


def table(aims):
    "Aims as text."
    lines = [f"{'':30}{'ours':14}{'peer':20}{'at most':>8}{'measured':>10}  95 % interval"]
    for aim in aims:
        ratio = aim["ratio"]
        said = "  not measured"
        if ratio:
            verdict = "" if aim["most"] is None else "reached" if ratio[1] <= aim["most"] else "NOT reached"
            said = f"{ratio[1]:10.3f}  {ratio[0]:.3f} to {ratio[2]:.3f}  {verdict}"
        most = "no aim" if aim["most"] is None else f"{aim['most']:.2f}"
        lines.append(f"{aim['task']:30}{aim['ours']:14}{aim['peer']:20}{most:>8}{said}")
    return "\n".join(lines)


def family_apart(results):
    "Results with the family's under a key of their own, with the machine; only those where nothing else ran."
    tasks = {title: entry for title, entry in results["tasks"].items() if title.startswith("family")}
    if not tasks:
        return results
    others = {title: entry for title, entry in results["tasks"].items() if title not in tasks}
    measured = {"machine": results["machine"], "tasks": tasks, "aims": compared(family_aims(), tasks)}
    return (results | {"tasks": others} if others else {}) | {"family": measured}


def with_earlier(results, path):
    "Results, and from the file what such a run does not measure: the family, or all but the family."
    earlier = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    is_family = "tasks" not in results
    return {name: entry for name, entry in earlier.items() if (name != "family") == is_family} | results


def plot(results, path):
    "Microseconds over size, a line for each peer."
    import matplotlib
    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    fig, ax = plt.subplots(figsize=(7, 4.5))
    measured = {int(name.split()[1]): entry["microseconds"] for name, entry in results["tasks"].items()
                if name.startswith("adam ") and name.count(" ") == 1}
    for name in dict.fromkeys(name for entry in measured.values() for name in entry):
        here = sorted(size for size, entry in measured.items() if name in entry)
        ax.loglog(here, [measured[size][name][1] for size in here], "o-", ms=3, label=name)
    about = results["machine"]
    ax.set(xlabel="elements", ylabel="microseconds per Adam step, float32",
           title=f"{about['processor']}, {about['threads']} threads")
    ax.legend(frameon=False)
    fig.savefig(path, dpi=120, bbox_inches="tight")


def run(names, threads, quick):
    "Everything, as a dict; peers that are not installed are left out."
    for library in ("OPENBLAS", "OMP", "MKL"):
        os.environ[f"{library}_NUM_THREADS"] = str(threads)   # read when a process starts
    pipes, processes, context = {}, [], get_context("spawn")
    for name, peer in peers.items():
        if importlib.util.find_spec(peer.module):
            pipes[name], theirs = context.Pipe()
            processes.append(context.Process(target=serve, args=(theirs, name), daemon=True))
            processes[-1].start()
    results = {"machine": machine(threads), "tasks": {}}
    for title, (kind, arguments) in tasks(quick).items():
        if not is_chosen(title, names, quick):
            continue
        times = measure(pipes, kind, arguments, quick)
        results["tasks"][title] = summary(times)
        medians = [f"{name} {np.median(values)*1e6:,.1f} µs" for name, values in times.items()]
        print(f"{title:20}", *medians, sep=" | ", flush=True)
    for pipe in pipes.values():
        pipe.send(None)
    for process in processes:
        process.join()
    return results


def main():
    "The command."
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="small arrays, once; written only where --out says")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--tasks", nargs="*", default=[], help="beginnings of the tasks' names, such as family")
    parser.add_argument(
        "--out", type=Path, default=None, help=f"JSON file (default: {default_out.name} in the package)"
    )
    parser.add_argument("--also", type=Path, help="site-packages of another environment, with jax and optax")
    chosen, began = parser.parse_args(), time.perf_counter()
    if chosen.also:
        sys.path.append(str(chosen.also))   # the peers' processes begin with the same path
    if not chosen.quick:
        print("five to six minutes on a quiet machine, the family four; do nothing else with it meanwhile", flush=True)
    results = family_apart(run(chosen.tasks, chosen.threads, chosen.quick))
    if not chosen.tasks:
        results["start-up seconds"] = start_up(chosen.quick)
    minutes = round((time.perf_counter() - began)/60, 2)
    if "tasks" in results:
        results |= {"aims": reached(results), "minutes": minutes}
    if chosen.quick:
        print("everything ran; none of these figures is to be believed")
    print(table([*results.get("aims", []), *results.get("family", {"aims": []})["aims"]]), f"\n{minutes:.1f} minutes")
    out = chosen.out or (None if chosen.quick else default_out)
    if out:
        write(with_earlier(results, out), out)


def write(results, out):
    "The JSON file, and the plot where Adam was measured."
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"wrote {out}")
    if "tasks" in results:
        picture = Path(tempfile.gettempdir())/f"{out.stem}.png"
        plot(results, picture)
        print(f"wrote {picture}")


if __name__ == "__main__":
    main()
