"""How long a step takes here and elsewhere: python benchmarks/optimizers.py [--quick] [--threads 2] [--tasks adam ...]

Every peer lives in a process of its own, because the thread pools of OpenBLAS, torch and jax slow each other down
inside one. The processes take turns: in each round every peer makes two steps unmeasured, to be warm, and some measured
ones while the others wait. A ratio is the median of the rounds' ratios, so that a machine which slows down for a while
slows both sides; its interval holds the true median in 95 of 100 runs. The result is a JSON file that names the
machine, and a plot in the temporary folder. --quick runs everything once on small arrays and writes nothing: whether it
works, never how fast.
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

import numpy as np

sizes = 100, 1_280, 10_000, 101_770, 1_000_000, 10_000_000
default_out = Path(__file__).parent.parent/"tinytorch"/"measured.json"   # 16_engines draws it


# ---- peers: each makes functions that take one step

class TinyTorch:
    "This library under one of its engines."
    module, engine = "numpy", "numpy"

    def prepare(self):
        from tinytorch.engines import set_engine
        set_engine(self.engine)

    def step(self, name, gradients):
        "One step of an optimizer over parameters with these gradients."
        from tinytorch.autograd import Variable
        from tinytorch.optimizers import SGD, Adam, AdamW
        parameters = [Variable(np.zeros_like(gradient), requires_grad=True) for gradient in gradients]
        for parameter, gradient in zip(parameters, gradients):
            parameter.grad = gradient
        return {"adam": lambda: Adam(parameters), "adamw": lambda: AdamW(parameters, weight_decay=0.01),
                "momentum": lambda: SGD(parameters, 0.01, momentum=0.9)}[name]().step

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


class Naive(TinyTorch):
    "NumPy as one writes it: the rule on whole arrays, without groups or state."
    def step(self, name, gradients):
        from tinytorch.optimizers import adam, sgd_momentum
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
    training = None


class Torch(TinyTorch):
    "torch, by one of its implementations."
    module, options = "torch", {}
    def prepare(self):
        import torch
        torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))

    def step(self, name, gradients):
        import torch
        parameters = [torch.zeros(gradient.shape, requires_grad=True) for gradient in gradients]
        for parameter, gradient in zip(parameters, gradients):
            parameter.grad = torch.tensor(gradient)
        return {"adam": lambda: torch.optim.Adam(parameters, **self.options),
                "adamw": lambda: torch.optim.AdamW(parameters, **self.options),
                "momentum": lambda: torch.optim.SGD(parameters, 0.01, momentum=0.9, **self.options)}[name]().step

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
    training = None


class TorchFused(Torch):
    options = {"fused": True}


class Optax(TinyTorch):
    "jax.jit over optax, its arguments donated."
    module = "optax"
    def prepare(self):
        pass

    def step(self, name, gradients):
        import jax
        import optax
        rule = {"adam": lambda: optax.adam(1e-3), "adamw": lambda: optax.adamw(1e-3, weight_decay=0.01),
                "momentum": lambda: optax.sgd(0.01, momentum=0.9)}[name]()
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
    training = None


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


peers = {"NumPy engine": TinyTorch(), "compiled": Compiled(), "naive NumPy": Naive(), "torch default": Torch(),
         "torch foreach": TorchForeach(), "torch fused": TorchFused(), "optax jit": Optax(),
         "4 reads, 3 writes": Memory(), "copy": Copy()}


# ---- tasks: what is measured

def tasks(quick):
    "dict name -> (kind, arguments): what every peer is asked for."
    largest = 10_000 if quick else sizes[-1]
    found = {f"adam {size}": ("adam", [size]) for size in sizes if size <= largest}
    found |= {f"{name} {largest}": (name, [largest]) for name in ("momentum", "adamw")}
    found["adam 200 of 4096"] = "adam", [4096]*(5 if quick else 200)
    found |= {f"training {batch}": ("training", [batch]) for batch in (32, 128)}
    return found


def make(peer, kind, arguments):
    "The function that a task asks of a peer; None where it has none."
    generator = np.random.default_rng(0)
    if kind == "training":
        inputs = generator.standard_normal((arguments[0], 784)).astype(np.float32)
        return peer.training and peer.training(inputs, generator.integers(0, 10, arguments[0]))
    return peer.step(kind, [generator.standard_normal(size).astype(np.float32) for size in arguments])


def serve(pipe, name):
    "Run by a peer's process: make what is asked for, then take measured turns until the next is asked for."
    peer = peers[name]
    peer.prepare()
    for kind, arguments in iter(pipe.recv, None):
        step = make(peer, kind, arguments)
        pipe.send(step is not None)
        for repeats in iter(pipe.recv, None):
            pipe.send([seconds(step) for _ in range(2 + repeats)][2:])
        del step


def seconds(call):
    "How long a call takes."
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def measure(pipes, kind, arguments, rounds, repeats):
    "dict peer -> medians of its rounds, of those peers that can do the task."
    able = []
    for name, pipe in pipes.items():
        pipe.send((kind, arguments))
        if pipe.recv():
            able.append(name)
    times = {name: [] for name in able}
    for _ in range(rounds):
        for name in able:
            pipes[name].send(repeats)
            times[name].append(float(np.median(pipes[name].recv())))
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
                     for other in times if other != ours} for ours in ("NumPy engine", "compiled") if ours in times}
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


def start_up():
    "Seconds: imports, and the first step of each engine with what it compiled found on disk."
    clock = "import time; start = time.perf_counter(); "
    prepared = ("from tinytorch.optimizers import Adam; from tinytorch.autograd import Variable; "
                "w = Variable([1.0], requires_grad=True); w.grad = w.data; ")
    codes = {name: f"{clock}import {name}; " for name in ("tinytorch.optimizers", "numpy")}
    codes |= {f"first step, {engine}": f"{prepared}{clock}Adam([w]).step(); "
              for engine in ("numpy", "numba") if importlib.util.find_spec(engine)}
    found = {}
    for name, code in codes.items():
        environment = os.environ | {"TINYTORCH_ENGINE": name.split()[-1] if "," in name else "numpy"}
        runs = [subprocess.run([sys.executable, "-c", code + "print(time.perf_counter() - start)"], env=environment,
                               check=True, capture_output=True, text=True).stdout for _ in range(12)]
        found[name] = interval([float(text) for text in runs[1:]])
    return found


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
        if names and not any(title.startswith(name) for name in names):
            continue
        times = measure(pipes, kind, arguments, *((2, 1) if quick else (21 if sum(arguments) > 5e6 else 41, 5)))
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
    parser.add_argument("--tasks", nargs="*", default=[], help="beginnings of the tasks' names")
    parser.add_argument(
        "--out", type=Path, default=None, help=f"JSON file (default: {default_out.name} in the package)"
    )
    chosen = parser.parse_args()
    results = run(chosen.tasks, chosen.threads, chosen.quick)
    if not chosen.tasks:
        results["start-up seconds"] = start_up()
    out = chosen.out or (None if chosen.quick else default_out)
    if out:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        picture = Path(tempfile.gettempdir())/f"{out.stem}.png"
        plot(results, picture)
        print(f"wrote {out} and {picture}")


if __name__ == "__main__":
    main()
