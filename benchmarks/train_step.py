"One training step and one Adam step against torch, interleaved in one process: medians and ratios. python benchmarks/train_step.py"
import os
os.environ.setdefault("OPENBLAS_NUM_THREADS", str(os.cpu_count()))

import subprocess
import sys
import time

import numpy as np

from tinytorch.autograd import Variable
from tinytorch.layers import CrossEntropyLoss, Dense, ReLU, Sequential
from tinytorch.optimizers import Adam

try: import torch
except ImportError: sys.exit("this benchmark compares with torch, which is not installed: pip install -e '.[oracle]'")


def medians(peers, repeats):
    "Median seconds of each peer, called in turn."
    times = {name: [] for name in peers}
    for _ in range(repeats + 5):
        for name, call in peers.items():
            start = time.perf_counter(); call(); times[name].append(time.perf_counter() - start)
    return {name: np.median(values[5:]) for name, values in times.items()}


def our_step(inputs, targets):
    model, criterion = Sequential([Dense(784, 128), ReLU(), Dense(128, 10)]), CrossEntropyLoss()
    optimizer = Adam(model.parameters())
    def step(): optimizer.zero_grad(); criterion(model(inputs), targets).backward(); optimizer.step()
    return step


def torch_step(inputs, targets, **options):
    model = torch.nn.Sequential(torch.nn.Linear(784, 128), torch.nn.ReLU(), torch.nn.Linear(128, 10))
    optimizer, criterion = torch.optim.Adam(model.parameters(), **options), torch.nn.CrossEntropyLoss()
    inputs, targets = torch.tensor(inputs), torch.tensor(targets)
    def step(): optimizer.zero_grad(); criterion(model(inputs), targets).backward(); optimizer.step()
    return step


def adam_steps(size):
    gradient = np.random.default_rng(0).standard_normal(size).astype(np.float32)
    ours = Variable(np.zeros(size, np.float32), requires_grad=True); ours.grad = gradient
    peers = {"tinytorch": Adam([ours]).step}
    for name, options in (("torch default", {}), ("torch fused", {"fused": True})):
        theirs = torch.zeros(size, requires_grad=True); theirs.grad = torch.tensor(gradient)
        peers[name] = torch.optim.Adam([theirs], **options).step
    return peers


def report(title, result):
    first = next(iter(result))
    print(f"{title:34}" + "".join(f"  {name} {1e6*t:10.1f} µs" for name, t in result.items())
          + "".join(f"  | ÷ {name}: {result[first]/t:.2f}" for name, t in result.items() if name != first), flush=True)


print(f"{os.cpu_count()} cores, torch {torch.__version__} with {torch.get_num_threads()} threads, NumPy {np.__version__}, OPENBLAS_NUM_THREADS={os.environ['OPENBLAS_NUM_THREADS']}")
generator = np.random.default_rng(0)
for batch in (32, 128):
    data = generator.standard_normal((batch, 784)).astype(np.float32), generator.integers(0, 10, batch)
    report(f"training step, batch {batch}", medians({"tinytorch": our_step(*data), "torch default": torch_step(*data), "torch fused": torch_step(*data, fused=True)}, 300))
for size, repeats in ((1_280, 300), (101_770, 300), (1_000_000, 200), (10_000_000, 200)): report(f"Adam step, {size:,} elements", medians(adam_steps(size), repeats))
imports = {name: (lambda name=name: subprocess.run([sys.executable, "-c", f"import {name}"], check=True)) for name in ("tinytorch.optimizers", "numpy")}
report("import", medians(imports, 20))
