"""Kill training with SIGKILL, go on from its last checkpoint in a new process, and compare with the run that was never stopped.

Every optimizer of the registry under every scheduler trains on the digits. Kills fall on random steps and on the writing of the
checkpoint itself: in the middle of the bytes, before fsync, before and after the file takes its name, and at a random moment after
the write began. The end is compared byte for byte: the final file holds weights, optimizer, schedule, generator and history.

    python benchmarks/kill_resume.py [--kills 240] [--seed 0] [--optimizers SGD Adam ...] [--schedulers StepLR ...]
"""
import argparse
import os
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from tinytorch import training
from tinytorch.data import DataLoader, load_digits
from tinytorch.layers import CrossEntropyLoss, Dense, ReLU, Sequential
from tinytorch.optimizers import Optimizer, muon_groups
from tinytorch.optimizers.core import Scheduler
try: import tinytorch.schedulers  # noqa: F401  its classes enter the registry by being defined
except ImportError: pass

epochs, steps_per_epoch, save_every = 3, 12, 2
total = epochs*steps_per_epoch
aims = "step", "middle of the bytes", "before fsync", "before the name", "after the name", "moment after the write began"
split = load_digits()

arguments = {   # what each scheduler needs beside its optimizer, for schedules that move on at every step
    "StepLR": dict(step_size=5, gamma=0.7), "MultiStepLR": dict(milestones=[7, 19], gamma=0.5), "ExponentialLR": dict(gamma=0.97), "ConstantLR": dict(factor=0.5, total_iters=9),
    "LinearLR": dict(start_factor=0.3, total_iters=9), "PolynomialLR": dict(total_iters=total, power=2.0), "CosineAnnealingLR": dict(T_max=total), "CosineAnnealingWarmRestarts": dict(T_0=7),
    "OneCycleLR": dict(max_lr=0.02, total_steps=total + 1), "CyclicLR": dict(base_lr=0.001, max_lr=0.01, step_size_up=5), "LambdaLR": dict(lr_lambda=lambda step: 0.98**step),
    "MultiplicativeLR": dict(lr_lambda=lambda step: 0.98), "ReduceLROnPlateau": dict(patience=2, cooldown=1, threshold=0.1), "SWALR": dict(swa_lr=0.002, anneal_epochs=9),
    "WarmupCosine": dict(warmup_steps=6, total_steps=total), "WarmupStableDecay": dict(warmup_steps=6, stable_steps=20, decay_steps=10), "InverseSquareRoot": dict(warmup_steps=6), "Noam": dict(d_model=64, warmup_steps=6)}


options = {   # what an optimizer needs beside its parameters and rate
    "SGD": dict(momentum=0.9), "LBFGS": dict(max_iter=3), "Sophia": dict(hessian_diagonal=lambda p: np.ones(p.shape)),
    "Newton": dict(hessian=lambda parameters: 10*np.eye(sum(p.size for p in parameters), dtype=np.float32))}   # by differences it would take 1,820 gradients


def make_scheduler(name, optimizer):
    "A scheduler of this name; ValueError for one that this script has no arguments for."
    kinds = Scheduler.registry
    if name in ("SequentialLR", "ChainedScheduler"):
        two = [kinds["LinearLR"](optimizer, **arguments["LinearLR"]), kinds["ExponentialLR"](optimizer, **arguments["ExponentialLR"])]
        return kinds[name](optimizer, two, milestones=[9]) if name == "SequentialLR" else kinds[name](two)
    given = arguments.get(name, {})
    try: return kinds[name](optimizer, **given)
    except (TypeError, ValueError) as error:
        if "cycle_momentum" not in str(error): raise ValueError(f"kill_resume has no valid arguments for {name} with {type(optimizer).__name__}: {error}") from error
        return kinds[name](optimizer, **given, cycle_momentum=False)


def train(optimizer, scheduler, path, after_step=None):
    "Train a small network on the digits, or what is left of it, with a checkpoint every few steps."
    warnings.simplefilter("ignore")
    generator = np.random.default_rng(0)
    model = Sequential([Dense(64, 12, generator), ReLU(), Dense(12, 10, generator)])
    loader = DataLoader(split.train_inputs[:steps_per_epoch*32], split.train_targets[:steps_per_epoch*32], 32, shuffle=True, generator=generator)
    parameters = {"Muon": [p for p in model.parameters() if p.ndim == 2], "MuonAdamW": muon_groups(model)}.get(optimizer, model.parameters())
    driver = Optimizer.registry[optimizer](parameters, learning_rate=0.01, **options.get(optimizer, {}))
    schedule = make_scheduler(scheduler, driver) if scheduler else None
    training.fit(model, loader, CrossEntropyLoss(), driver, schedule, epochs, scheduler_per="step", checkpoint=path, checkpoint_every=save_every, resume=True, after_step=after_step, progress=False)


def die(): os.kill(os.getpid(), signal.SIGKILL)


def arm(aim, countdown, tell):
    "Make the checkpoint's write number `countdown` in this process deadly at the aimed place; returns what fit calls after a step."
    writes, fsync, replace, plain = [0], os.fsync, os.replace, open
    def counted_open(*given):
        writes[0] += 1
        file = plain(*given)
        if writes[0] == countdown and aim == "moment after the write began": tell(b"w")
        if writes[0] == countdown and aim == "middle of the bytes":
            whole = file.write
            class Torn:
                def __enter__(self): return self
                def __exit__(self, *_): file.close()
                def write(self, data): whole(data[:len(data)//2]); file.flush(); die()
            return Torn()
        return file
    def counted_fsync(handle): die() if writes[0] == countdown and aim == "before fsync" else fsync(handle)
    def counted_replace(*names):
        if writes[0] == countdown and aim == "before the name": die()
        replace(*names)
        if writes[0] == countdown and aim == "after the name": die()
    training.open, os.fsync, os.replace = counted_open, counted_fsync, counted_replace
    return lambda history: tell(b"s") and None


def start(pair, path, aim, countdown, delay):
    "One process that trains, killed as aimed unless aim is None; True if it was killed, False if it finished."
    reading, writing = os.pipe()
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(reading)
            train(*pair, path, arm(aim, countdown, lambda mark: os.write(writing, mark)) if aim else None)
            os._exit(0)
        except BaseException: traceback.print_exc(); os._exit(1)
    os.close(writing)
    if aim in ("step", "moment after the write began"):
        seen, wanted = 0, (countdown if aim == "step" else 1)
        while seen < wanted and (mark := os.read(reading, 1)): seen += mark == (b"s" if aim == "step" else b"w")
        began = time.perf_counter()
        while time.perf_counter() - began < delay: pass
        os.kill(pid, signal.SIGKILL)
    status = os.waitpid(pid, 0)[1]
    os.close(reading)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status): raise SystemExit(f"training {pair} failed by itself, see above")
    return os.WIFSIGNALED(status)


def damaged(path):
    "Whether a file is there and cannot be read whole."
    try: training.decode(training.read_file(path))
    except ValueError as error: print(f"damaged: {path}: {error}"); return True
    return False


def trial(pair, folder, generator, kills, aimed):
    "Kill one pair's training a few times, finish it, compare; counts."
    counts, path, whole = Counter(), folder/"killed.safetensors", folder/"whole.safetensors"
    start(pair, whole, None, 0, 0)
    for _ in range(kills):
        aim, done = next(aimed), 0
        if path.exists(): done = training.decode(training.read_file(path))["parts"]["history"]["series"]["loss"].size
        left = (total - done) if aim == "step" else (total - done)//save_every
        if left < 2: break
        killed = start(pair, path, aim, int(generator.integers(1, max(2, min(left, total//3)))), generator.uniform(0, 2e-3 if aim == "step" else 4e-4))
        counts["kills"] += killed
        counts[aim] += killed
        counts["half-written files left beside"] += killed and len(list(folder.glob(".*.part"))) > 0
        for part in folder.glob(".*.part"): part.unlink()
        counts["kills before the first checkpoint"] += not path.exists()
        counts["damaged"] += path.exists() and damaged(path)
        counts["resumes"] += killed
    start(pair, path, None, 0, 0)
    counts["differ"] += path.read_bytes() != whole.read_bytes()
    counts["runs"] += 1
    for file in (path, whole): file.unlink()
    return counts


def forever(items):
    while True: yield from items


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=240, help="how many at least")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--optimizers", nargs="*", default=sorted(Optimizer.registry))
    parser.add_argument("--schedulers", nargs="*", default=sorted(Scheduler.registry))
    chosen = parser.parse_args(arguments)
    pairs = [(o, s) for o in chosen.optimizers for s in chosen.schedulers]
    generator, counts, aimed, began, rounds = np.random.default_rng(chosen.seed), Counter(), forever(aims), time.perf_counter(), 0
    each = max(2, min(6, -(-chosen.kills//len(pairs))))
    with tempfile.TemporaryDirectory() as folder:
        while rounds == 0 or counts["kills"] < chosen.kills:
            for pair in pairs:
                if rounds and counts["kills"] >= chosen.kills: break
                counts += trial(pair, Path(folder), generator, each, aimed)
            rounds += 1
    print(f"{len(chosen.optimizers)} optimizers x {len(chosen.schedulers)} schedulers on the digits, {counts['runs']} runs, {time.perf_counter() - began:.0f} s")
    print(f"kills {counts['kills']}: " + ", ".join(f"{counts[aim]} {'at a random ' if aim in ('step',) else ''}{aim}" for aim in aims))
    print(f"resumes {counts['resumes']}, {counts['kills before the first checkpoint']} of them from the start; half-written files left beside {counts['half-written files left beside']}")
    print(f"files damaged {counts['damaged']}\nruns that differ {counts['differ']}")
    return int(counts["damaged"] + counts["differ"] > 0)


if __name__ == "__main__": sys.exit(main())
