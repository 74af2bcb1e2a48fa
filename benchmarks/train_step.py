"""One training step and one Adam step against torch: medians of 200 and ratios. python benchmarks/train_step.py [THREADS...]

Every peer lives in a process of its own, because the thread pools of OpenBLAS and of torch slow each other down inside one. The processes take turns:
in each of 40 rounds every peer makes two steps unmeasured, to be warm, and five measured ones while the others wait. A ratio is the median of the rounds' ratios,
so that a machine which slows down for a while slows both sides. Everything is done with one thread for each peer and then with one per core, or with the THREADS given.
"""
import os
import subprocess
import sys
import time
from multiprocessing import get_context

import numpy as np

sizes = 1_280, 101_770, 1_000_000, 10_000_000
rounds, repeats, warm_up = 40, 5, 2


class TinyTorch:
    "What is measured of this library; every peer makes functions that take one step."
    def __init__(self, **options): self.options = options
    def training(self, inputs, targets):
        from tinytorch.layers import CrossEntropyLoss, Dense, ReLU, Sequential
        from tinytorch.optimizers import Adam
        model, criterion = Sequential([Dense(784, 128), ReLU(), Dense(128, 10)]), CrossEntropyLoss()
        return self.loop(Adam(model.parameters(), **self.options), criterion, model, inputs, targets)
    def adam(self, gradient):
        from tinytorch.autograd import Variable
        from tinytorch.optimizers import Adam
        parameter = Variable(np.zeros_like(gradient), requires_grad=True); parameter.grad = gradient
        return Adam([parameter], **self.options).step
    def loop(self, optimizer, criterion, model, inputs, targets):
        def step(): optimizer.zero_grad(); criterion(model(inputs), targets).backward(); optimizer.step()
        return step


class Torch(TinyTorch):
    "The same in torch."
    def training(self, inputs, targets):
        import torch
        model, criterion = torch.nn.Sequential(torch.nn.Linear(784, 128), torch.nn.ReLU(), torch.nn.Linear(128, 10)), torch.nn.CrossEntropyLoss()
        return self.loop(torch.optim.Adam(model.parameters(), **self.options), criterion, model, torch.tensor(inputs), torch.tensor(targets))
    def adam(self, gradient):
        import torch
        parameter = torch.zeros(gradient.size, requires_grad=True); parameter.grad = torch.tensor(gradient)
        return torch.optim.Adam([parameter], **self.options).step


peers = {"tinytorch": TinyTorch(), "torch default": Torch(), "torch fused": Torch(fused=True)}


def serve(pipe, peer):
    "Run by a peer's process: make the step that is asked for, then take measured turns until the next is asked for."
    for kind, size in iter(pipe.recv, None):
        generator = np.random.default_rng(0)
        if kind == "training": step = peer.training(generator.standard_normal((size, 784)).astype(np.float32), generator.integers(0, 10, size))
        else: step = peer.adam(generator.standard_normal(size).astype(np.float32))
        for _ in range(rounds): pipe.recv(); pipe.send([seconds(step) for _ in range(warm_up + repeats)][warm_up:])


def seconds(call):
    start = time.perf_counter(); call()
    return time.perf_counter() - start


def measure(pipes, kind, size):
    "Seconds of each peer, an array (peers, rounds, repeats)."
    for pipe in pipes: pipe.send((kind, size))
    times = [[] for _ in pipes]
    for _ in range(rounds):
        for pipe, mine in zip(pipes, times): pipe.send("turn"); mine.append(pipe.recv())
    return np.array(times)


def report(title, names, times):
    "One line: the median of each, and the first one's ratio to each other."
    ratios = np.median(np.median(times[0], axis=1)/np.median(times[1:], axis=2), axis=1)
    print(f"{title:31}" + "".join(f" | {name} {np.median(t)*1e6:9,.1f} µs" for name, t in zip(names, times))
          + "".join(f" | ÷ {name} {ratio:.2f}" for name, ratio in zip(names[1:], ratios)), flush=True)


def with_threads(threads):
    "Every task with that many threads for each peer."
    for library in ("OPENBLAS", "OMP", "MKL"): os.environ[f"{library}_NUM_THREADS"] = str(threads)   # read when a process starts
    print(f"\n{threads} thread{'s' if threads > 1 else ''} for each peer, each in its own process, in turns", flush=True)
    processes, pipes = [], []
    for peer in peers.values():
        ours, theirs = get_context("spawn").Pipe()
        processes.append(get_context("spawn").Process(target=serve, args=(theirs, peer), daemon=True)); processes[-1].start(); pipes.append(ours)
    for size in (32, 128): report(f"training step, batch {size}", [*peers], measure(pipes, "training", size))
    for size in sizes: report(f"Adam step, {size:,} elements", [*peers], measure(pipes, "adam", size))
    for pipe in pipes: pipe.send(None)
    for process in processes: process.join()


def importing(name):
    "Seconds that `import name` takes in a fresh interpreter that has started."
    code = f"import time; start = time.perf_counter(); import {name}; print(time.perf_counter() - start)"
    return float(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout)


if __name__ == "__main__":
    try: import torch
    except ImportError: sys.exit("this benchmark compares with torch, which is not installed: pip install -e '.[oracle]'")
    print(f"{os.cpu_count()} cores, torch {torch.__version__}, NumPy {np.__version__}; medians of {rounds*repeats}")
    for threads in [int(a) for a in sys.argv[1:]] or sorted({1, os.cpu_count()}): with_threads(threads)
    names = "tinytorch.optimizers", "numpy"
    print(); report("import, 20 fresh interpreters", names, np.array([[[importing(name)] for name in names] for _ in range(20)]).swapaxes(0, 1))
