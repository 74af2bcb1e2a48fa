"""Kill training with SIGKILL, go on from its last checkpoint in a new process, and compare with the run never stopped.

Every optimizer of the registry trains on the digits under schedulers, and every scheduler drives several of them; the
models hold a frozen layer, a running mean or neither, in turn. Kills fall on random steps and on the writing of the
checkpoint itself: in the middle of the bytes, before fsync, before and after the file takes its name, and at a random
moment after the write began. The end is compared byte for byte: the final file holds the model, optimizer, schedule,
generator and history.

With --writers, processes that know nothing of each other save to one path for a while, and two others load from it.

    python benchmarks/kill_resume.py [--kills 240] [--seed 0] [--optimizers SGD Adam ...] [--schedulers StepLR ...]
    python benchmarks/kill_resume.py --writers 10 [--seconds 60]     only the many writers
"""
import argparse
import multiprocessing
import os
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from itertools import cycle
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from tinytorch import checkpoint, training
from tinytorch.autograd import Variable
from tinytorch.data import DataLoader, load_digits
from tinytorch.layers import CrossEntropyLoss, Dense, Module, ReLU, Sequential
from tinytorch.optimizers import Optimizer, muon_groups
from tinytorch.optimizers.core import Scheduler
try:
    import tinytorch.schedulers  # noqa: F401  its classes enter the registry by being defined
except ImportError:
    pass

epochs, steps_per_epoch, save_every = 3, 12, 2
total = epochs*steps_per_epoch
aims = ("step", "middle of the bytes", "before fsync", "before the name", "after the name",
        "moment after the write began")
models = "plain layers", "a frozen layer", "a running mean"
split = load_digits()

arguments = {   # what each scheduler needs beside its optimizer, for schedules that move on at every step
    "StepLR": dict(step_size=5, gamma=0.7), "MultiStepLR": dict(milestones=[7, 19], gamma=0.5),
    "ExponentialLR": dict(gamma=0.97), "ConstantLR": dict(factor=0.5, total_iters=9),
    "LinearLR": dict(start_factor=0.3, total_iters=9), "PolynomialLR": dict(total_iters=total, power=2.0),
    "CosineAnnealingLR": dict(T_max=total), "CosineAnnealingWarmRestarts": dict(T_0=7),
    "OneCycleLR": dict(max_lr=0.02, total_steps=total + 1),
    "CyclicLR": dict(base_lr=0.001, max_lr=0.01, step_size_up=5),
    "LambdaLR": dict(lr_lambda=lambda step: 0.98**step), "MultiplicativeLR": dict(lr_lambda=lambda step: 0.98),
    "ReduceLROnPlateau": dict(patience=2, cooldown=1, threshold=0.1), "SWALR": dict(swa_lr=0.002, anneal_epochs=9),
    "WarmupCosine": dict(warmup_steps=6, total_steps=total),
    "WarmupStableDecay": dict(warmup_steps=6, stable_steps=20, decay_steps=10),
    "InverseSquareRoot": dict(warmup_steps=6), "Noam": dict(d_model=64, warmup_steps=6)}


class Centered(Module):
    "Takes a running mean off what comes in; the mean is never trained."
    def __init__(self, width):
        self.mean, self.batches = Variable(np.zeros(width, np.float32)), np.zeros(1)

    def forward(self, inputs):
        mean = inputs.data.mean(axis=0)
        self.mean = Variable(np.float32(0.9)*self.mean.data + np.float32(0.1)*mean)
        self.batches = self.batches + 1
        return inputs - self.mean


def make_model(kind, generator):
    "A small network of this kind, and the parameters that are trained."
    first, last = Dense(64, 12, generator), Dense(12, 10, generator)
    between = [Centered(12)] if kind == "a running mean" else []
    if kind == "a frozen layer":
        for p in first.parameters():
            p.requires_grad = False
    model = Sequential([first, ReLU(), *between, last])
    return model, model.parameters()


options = {   # what an optimizer needs beside its parameters and rate
    "SGD": dict(momentum=0.9), "LBFGS": dict(max_iter=3), "Sophia": dict(hessian_diagonal=lambda p: np.ones(p.shape)),
    "Newton": dict(   # by differences it would take 1,820 gradients
        hessian=lambda parameters: 10*np.eye(sum(p.size for p in parameters), dtype=np.float32))}


def make_scheduler(name, optimizer):
    "A scheduler of this name; ValueError for one that this script has no arguments for."
    kinds = Scheduler.registry
    if name in ("SequentialLR", "ChainedScheduler"):
        two = [kinds[inner](optimizer, **arguments[inner]) for inner in ("LinearLR", "ExponentialLR")]
        return kinds[name](optimizer, two, milestones=[9]) if name == "SequentialLR" else kinds[name](two)
    given = arguments.get(name, {})
    try:
        return kinds[name](optimizer, **given)
    except (TypeError, ValueError) as error:
        if "cycle_momentum" not in str(error):
            owner = type(optimizer).__name__
            raise ValueError(f"kill_resume has no valid arguments for {name} with {owner}: {error}") from error
        return kinds[name](optimizer, **given, cycle_momentum=False)


def train(optimizer, scheduler, path, after_step=None, kind="plain layers"):
    "Train a small network on the digits, or what is left of it, with a checkpoint every few steps."
    warnings.simplefilter("ignore")
    generator = np.random.default_rng(0)
    model, parameters = make_model(kind, generator)
    inputs, targets = split.train_inputs[:steps_per_epoch*32], split.train_targets[:steps_per_epoch*32]
    loader = DataLoader(inputs, targets, 32, shuffle=True, generator=generator)
    if optimizer == "Muon":
        parameters = [p for p in parameters if p.ndim == 2]
    if optimizer == "MuonAdamW":
        parameters = muon_groups(model)
    driver = Optimizer.registry[optimizer](parameters, learning_rate=0.01, **options.get(optimizer, {}))
    schedule = make_scheduler(scheduler, driver) if scheduler else None
    training.fit(model, loader, CrossEntropyLoss(), driver, schedule, epochs, scheduler_per="step", checkpoint=path,
                 checkpoint_every=save_every, resume=True, after_step=after_step, progress=False)


def die():
    os.kill(os.getpid(), signal.SIGKILL)


class Torn:
    "A file whose first write is cut in half by death."
    def __init__(self, file):
        self.file = file

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.file.close()

    def fileno(self):
        return self.file.fileno()

    def write(self, data):
        self.file.write(data[:len(data)//2])
        self.file.flush()
        die()


def arm(aim, countdown, tell):
    "Make this process's checkpoint number `countdown` deadly at the aimed moment; returns what fit calls after a step."
    writes, fsync, replace, usual_open = [0], os.fsync, os.replace, open

    def counted_open(*given, **options):
        writes[0] += 1
        file = usual_open(*given, **options)
        if writes[0] == countdown and aim == "moment after the write began":
            tell(b"w")
        return Torn(file) if writes[0] == countdown and aim == "middle of the bytes" else file

    def counted_fsync(handle):
        if writes[0] == countdown and aim == "before fsync":
            die()
        fsync(handle)

    def counted_replace(*names):
        if writes[0] == countdown and aim == "before the name":
            die()
        replace(*names)
        if writes[0] == countdown and aim == "after the name":
            die()

    checkpoint.open, os.fsync, os.replace = counted_open, counted_fsync, counted_replace
    return lambda history: tell(b"s") and None


def start(task, path, aim, countdown, delay):
    "One process that trains, killed as aimed unless aim is None; True if it was killed, False if it finished."
    reading, writing = os.pipe()
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(reading)
            after_step = arm(aim, countdown, lambda mark: os.write(writing, mark)) if aim else None
            optimizer, scheduler, kind = task
            train(optimizer, scheduler, path, after_step, kind)
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
    os.close(writing)
    if aim in ("step", "moment after the write began"):
        seen, wanted, mark_of_aim = 0, (countdown if aim == "step" else 1), (b"s" if aim == "step" else b"w")
        while seen < wanted and (mark := os.read(reading, 1)):
            seen += mark == mark_of_aim
        began = time.perf_counter()
        while time.perf_counter() - began < delay:
            pass
        os.kill(pid, signal.SIGKILL)
    status = os.waitpid(pid, 0)[1]
    os.close(reading)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise SystemExit(f"training {task} failed by itself, see above")
    return os.WIFSIGNALED(status)


def damaged(path):
    "Whether a file is there and cannot be read whole."
    try:
        checkpoint.decode(checkpoint.read_file(path))
    except ValueError as error:
        print(f"damaged: {path}: {error}")
        return True
    return False


def steps_done(path):
    "How many steps a checkpoint holds."
    if not path.exists():
        return 0
    return checkpoint.decode(checkpoint.read_file(path))["parts"]["history"]["series"]["loss"].size


def trial(task, folder, generator, kills, aimed):
    "Kill one task's training a few times, finish it, compare; counts."
    counts, path, whole = Counter(), folder/"killed.safetensors", folder/"whole.safetensors"
    start(task, whole, None, 0, 0)
    for _ in range(kills):
        aim, done = next(aimed), steps_done(path)
        left = (total - done) if aim == "step" else (total - done)//save_every
        if left < 2:
            break
        countdown = int(generator.integers(1, max(2, min(left, total//3))))
        killed = start(task, path, aim, countdown, generator.uniform(0, 2e-3 if aim == "step" else 4e-4))
        counts["kills"] += killed
        counts[aim] += killed
        counts[task[2]] += killed
        counts["half-written files left beside"] += killed and len(list(folder.glob(".*.part"))) > 0
        for part in folder.glob(".*.part"):
            part.unlink()
        counts["kills before the first checkpoint"] += not path.exists()
        counts["damaged"] += path.exists() and damaged(path)
        counts["resumes"] += killed
    start(task, path, None, 0, 0)
    counts["differ"] += path.read_bytes() != whole.read_bytes()
    counts["runs"] += 1
    for file in (path, whole):
        file.unlink()
    return counts


def pairs(optimizers, schedulers):
    "SGD and Adam under every schedule, every other optimizer under three, every schedule in its turn."
    for i, optimizer in enumerate(optimizers):
        count = len(schedulers) if optimizer in ("SGD", "Adam") else min(3, len(schedulers))
        for j in range(count):
            yield optimizer, schedulers[(3*i + j) % len(schedulers)]


# ---- many processes, one path

def save_for(seconds, path, seed, counts):
    "Save again and again; a save that is reported to have failed is counted."
    model = Dense(64, 32, seed)
    optimizer = Optimizer.registry["Adam"](model.parameters())
    end, saves, failed = time.monotonic() + seconds, 0, 0
    while time.monotonic() < end:
        saves += 1
        try:
            checkpoint.save_checkpoint(path, model, optimizer, extra={"seed": seed, "sum": model.weight.data.copy()})
        except checkpoint.CheckpointError as error:
            failed += 1
            print(error)
    counts.put(Counter(saves=saves, failed=failed))


def load_for(seconds, path, counts):
    "Load again and again; a file whose parts are not of one save is damaged."
    model = Dense(64, 32, 0)
    end, loads, harm = time.monotonic() + seconds, 0, 0
    while time.monotonic() < end:
        try:
            extra = checkpoint.load_checkpoint(path, model)
            harm += not (extra["sum"] == model.weight.data).all()
            loads += 1
        except checkpoint.CheckpointError as error:
            if path.exists():
                harm += 1
                print(error)
    counts.put(Counter(loads=loads, damaged=harm))


def many_writers(processes, seconds):
    "Counts of saves, loads, failures reported, damaged files and files left behind, over processes that share a path."
    context = multiprocessing.get_context("fork")
    with tempfile.TemporaryDirectory() as folder:
        path, counts = Path(folder)/"shared.safetensors", context.Queue()
        jobs = [context.Process(target=save_for, args=(seconds, path, seed, counts)) for seed in range(processes)]
        jobs += [context.Process(target=load_for, args=(seconds, path, counts)) for _ in range(2)]
        for job in jobs:
            job.start()
        found = sum((counts.get() for _ in jobs), Counter())
        for job in jobs:
            job.join()
        found["left behind"] = len(list(Path(folder).iterdir())) - 1
    return found


def report_writers(processes, seconds):
    "Run the writers and print what came of it; 1 where anything failed."
    found = many_writers(processes, seconds)
    print(f"{processes} processes saving to one path for {seconds:g} s: {found['saves']} saves, {found['loads']} "
          f"loads, failures reported {found['failed']}, files damaged {found['damaged']}, "
          f"left behind {found['left behind']}")
    return int(found["failed"] + found["damaged"] + found["left behind"] > 0)


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=240, help="how many at least")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--optimizers", nargs="*", default=sorted(Optimizer.registry))
    parser.add_argument("--schedulers", nargs="*", default=sorted(Scheduler.registry))
    parser.add_argument("--writers", type=int, default=0, help="instead of kills: so many processes save to one path")
    parser.add_argument("--seconds", type=float, default=60)
    chosen = parser.parse_args(arguments)
    if chosen.writers:
        return report_writers(chosen.writers, chosen.seconds)
    tried = list(pairs(chosen.optimizers, chosen.schedulers))
    generator, counts, aimed = np.random.default_rng(chosen.seed), Counter(), cycle(aims)
    began, rounds, kinds = time.perf_counter(), 0, cycle(models)
    each = max(2, min(6, -(-chosen.kills//len(tried))))
    with tempfile.TemporaryDirectory() as folder:
        while rounds == 0 or counts["kills"] < chosen.kills:
            for pair in tried:
                if rounds and counts["kills"] >= chosen.kills:
                    break
                counts += trial((*pair, next(kinds)), Path(folder), generator, each, aimed)
            rounds += 1
    print(f"{len(chosen.optimizers)} optimizers and {len(chosen.schedulers)} schedulers on the digits, "
          f"{counts['runs']} runs, {time.perf_counter() - began:.0f} s")
    print(f"kills {counts['kills']}: " + ", ".join(f"{counts[aim]} at a random {aim}" if aim == "step"
                                                  else f"{counts[aim]} {aim}" for aim in aims))
    print("with " + ", ".join(f"{kind} {counts[kind]}" for kind in models))
    print(f"resumes {counts['resumes']}, {counts['kills before the first checkpoint']} of them from the start; "
          f"half-written files left beside {counts['half-written files left beside']}")
    print(f"files damaged {counts['damaged']}\nruns that differ {counts['differ']}")
    return int(counts["damaged"] + counts["differ"] > 0)


if __name__ == "__main__":
    sys.exit(main())
