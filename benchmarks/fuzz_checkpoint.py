"""Feed `load_checkpoint` and `fit` damaged, hostile and crafted files.

Nothing but CheckpointError may come out, nothing may be loaded then, memory stays in bounds, and what is loaded can be
trained on. Half of the files get a correct checksum after the mutation, as an attacker would give them, so that all
behind the checksum is tried too. A file whose mutation left all that matters as it was may load; it must then load the
original's numbers. Crafted files change the history of a run that was cut in the middle of an epoch, and are given to
`fit`, which has to refuse them or to go on.

    python benchmarks/fuzz_checkpoint.py [--files 20000] [--seed 0]
"""
import argparse
import json
import os
import resource
import sys
import tempfile
import time
import tracemalloc
import warnings
from collections import Counter
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from tinytorch import checkpoint
from tinytorch.data import DataLoader
from tinytorch.layers import Dense, MSELoss, ReLU, Sequential
from tinytorch.optimizers import Adam, StepLR
from tinytorch.training import EMA, NonFiniteError, fit

nasty = [0, 1, -1, 2, 255, 2**31, 2**63, 2**64, 2**200, -2**63, 1e308, -0.0, float("nan"), float("inf"), True, None, "",
         "\0", "F32", "F64", "BF16", "F8_E4M3", "U8", "é"*50, "../../etc/passwd", "__class__", [], {}, [[]], [0, 0],
         [2**62, 2**62], [-1], {"$array": "x"}, {"$array": {}}, {"$tuple": 5}, {"$number": "model/0.weight"}, [1]*1000,
         {"a": {"b": {}}}]


def objects(seed=0, steps=3):
    "A small network with Adam, StepLR and a generator, some steps old."
    generator = np.random.default_rng(seed)
    model = Sequential([Dense(32, 24, generator), ReLU(), Dense(24, 10, generator)])
    optimizer = Adam(model.parameters(), learning_rate=0.01)
    scheduler = StepLR(optimizer, step_size=2)
    for _ in range(steps):
        for p in model.parameters():
            p.grad = generator.standard_normal(p.shape).astype(p.dtype)
        optimizer.step()
        scheduler.step()
    return model, optimizer, scheduler, generator


def fingerprint(model, optimizer, scheduler, generator, **more):
    "All that a load could change, as bytes."
    tree = {"weights": {n: p.data for n, p in model.named_parameters()}, "optimizer": optimizer.state_dict(),
            "scheduler": scheduler.state_dict(), "generator": generator.bit_generator.state}
    return checkpoint.encode(tree | more)


def nodes(tree, path=()):
    "Every place in a JSON tree."
    yield path
    if isinstance(tree, (dict, list)):
        for key, value in (tree.items() if isinstance(tree, dict) else enumerate(tree)):
            yield from nodes(value, (*path, key))


def mutate_tree(tree, generator):
    "Replace, delete, copy or rename one place of a JSON tree."
    tree = json.loads(json.dumps(tree))
    paths = list(nodes(tree))
    if len(paths) == 1:
        return tree
    *above, last = paths[generator.integers(1, len(paths))]
    parent = tree
    for key in above:
        parent = parent[key]
    action = generator.integers(4)
    if action == 0:
        del parent[last]
    elif action == 1 and isinstance(parent, dict):
        parent[str(nasty[generator.integers(len(nasty))])] = parent.pop(last)
    elif action == 2:
        parent[last] = [parent[last]]*int(generator.integers(1, 50))
    else:
        parent[last] = nasty[generator.integers(len(nasty))]
    return tree


def split_file(data):
    "Header as JSON and the tensors' bytes."
    size = int.from_bytes(data[:8], "little")
    return json.loads(data[8:8 + size]), data[8 + size:]


def join_file(header, body):
    "The bytes of a file with this header."
    text = json.dumps(header).encode(errors="surrogatepass")
    return len(text).to_bytes(8, "little") + text + body


def seal(data):
    "Give a mutated file the checksum it needs, where its place can still be found."
    at = data.find(checkpoint.seal_mark, 8) + len(checkpoint.seal_mark)
    if at < len(checkpoint.seal_mark) or at + 64 > len(data):
        return data
    return data[:at] + checkpoint.digest(data, at) + data[at + 64:]


# ---- ways to change a file

def flip_bits(data, generator):
    data = bytearray(data)
    for _ in range(generator.integers(1, 6)):
        data[generator.integers(len(data))] ^= 1 << generator.integers(8)
    return bytes(data)


def flip_header(data, generator):
    size, data = int.from_bytes(data[:8], "little"), bytearray(data)
    for _ in range(generator.integers(1, 4)):
        data[generator.integers(size + 8)] = generator.integers(256)
    return bytes(data)


def truncate(data, generator):
    return data[:generator.integers(len(data))]


def extend(data, generator):
    return data + generator.bytes(generator.integers(1, 3000))


def cut_out(data, generator):
    a, b = sorted(generator.integers(0, len(data), 2))
    return data[:a] + data[b:]


def repeat(data, generator):
    a, b = sorted(generator.integers(0, len(data), 2))
    return data[:b] + data[a:b] + data[b:]


def header_size(data, generator):
    sizes = [0, 1, 7, 2**31, 2**40, 2**63, 2**64 - 1, len(data), len(data) - 8, len(data) - 7]
    sizes.append(generator.integers(2**63))
    return int(sizes[generator.integers(len(sizes))]).to_bytes(8, "little") + data[8:]


def header_tree(data, generator):
    header, body = split_file(data)
    return join_file(mutate_tree(header, generator), body)


def shapes(data, generator):
    header, body = split_file(data)
    name = [n for n in header if n != "__metadata__"][generator.integers(len(header) - 1)]
    lengths = generator.choice([0, 1, 3, 24, 32, 2**16, 2**31, 2**62], generator.integers(0, 5))
    header[name]["shape"] = [int(n) for n in lengths]
    return join_file(header, body)


def content_tree(data, generator):
    header, body = split_file(data)
    found = mutate_tree(json.loads(header["__metadata__"]["checkpoint"]), generator)
    if isinstance(found, dict):
        found = {"sha256": "0"*64} | {k: v for k, v in found.items() if k != "sha256"}
    header["__metadata__"]["checkpoint"] = json.dumps(found)
    return join_file(header, body)


def with_entry(data, entry):
    "The file with one more entry in its JSON."
    header, body = split_file(data)
    header["__metadata__"]["checkpoint"] = header["__metadata__"]["checkpoint"][:-1] + ", " + entry + "}"
    return header, body


def deep(data, generator):
    depth = int(generator.integers(10, 20000))
    return join_file(*with_entry(data, '"deep": ' + "["*depth + "]"*depth))


def many(data, generator):
    kinds = ["[]", "{}", '""', "1", "[[]]", "1.5", '{"$array":"model/0.weight"}', '{"a":{}}']
    kind = kinds[generator.integers(len(kinds))]
    return join_file(*with_entry(data, '"many": [' + ",".join([kind]*int(generator.integers(100, 20000))) + "]"))


def wide(data, generator):
    header, body = with_entry(data, '"wide": "' + "🙂"*int(generator.integers(1, 20000)) + '"')
    text = json.dumps(header, ensure_ascii=False).encode()
    return len(text).to_bytes(8, "little") + text + body


def crafted_history(data, generator):
    "One to three places of the history changed, arrays among them, everything else as it was."
    header, body = split_file(data)
    found = json.loads(header["__metadata__"]["checkpoint"])
    for _ in range(generator.integers(1, 4)):
        parts = found["content"]["parts"]
        if generator.random() < 0.3 and isinstance(parts["history"], dict):   # where training stands
            names = ["epoch", "batch", "first_step", "order", "best", "best_since", "loader"]
            parts["history"][names[generator.integers(len(names))]] = nasty[generator.integers(len(nasty))]
        else:
            found["content"]["parts"] = parts | {"history": mutate_tree(parts["history"], generator)}
    header["__metadata__"]["checkpoint"] = json.dumps(found)
    names = [name for name in header if name.startswith("parts/history/")]
    if generator.random() < 0.5:   # the numbers of a series
        start, end = header[names[generator.integers(len(names))]]["data_offsets"]
        numbers = np.frombuffer(body[start:end], np.uint8).copy()
        if numbers.size:
            numbers[generator.integers(numbers.size)] = generator.integers(256)
        body = body[:start] + numbers.tobytes() + body[end:]
    return join_file(header, body)


mutators = (flip_bits, flip_header, truncate, extend, cut_out, repeat, header_size, header_tree, shapes, content_tree,
            deep, many, wide, *[crafted_history]*4)
always_sealed = deep, many, wide, shapes, content_tree, crafted_history


# ---- what is tried

class Loading:
    "Objects that load a file by `load_checkpoint`."
    def __init__(self, path):
        self.path, saved = path, objects()
        checkpoint.save_checkpoint(path, *saved, extra={"note": "é", "pair": (1, 2.5)})
        self.original, self.wanted = path.read_bytes(), fingerprint(*saved)
        self.renew()

    def renew(self):
        self.mine = objects(seed=1, steps=1)

    def fingerprint(self):
        return fingerprint(*self.mine)

    def attempt(self):
        checkpoint.load_checkpoint(self.path, *self.mine)
        return self.fingerprint() != self.wanted


class Resuming:
    "A run of `fit` that was cut in the middle of an epoch, and the same with fresh objects that go on."
    def __init__(self, path):
        self.path = path
        self.renew(seed=0)
        self.go(stop=5)
        self.original = path.read_bytes()
        self.renew()

    def renew(self, seed=1):
        self.model, self.optimizer, self.scheduler, self.generator = objects(seed, steps=0)
        self.average = EMA(self.model, 0.9)

    def fingerprint(self):
        mine = self.model, self.optimizer, self.scheduler, self.generator
        return fingerprint(*mine, average=self.average.state_dict())

    def go(self, stop):
        examples = np.random.default_rng(2).standard_normal((24, 42)).astype(np.float32)
        loader = DataLoader(examples[:, :32], examples[:, 32:], 8, shuffle=True, generator=self.generator)
        fit(self.model, loader, MSELoss(), self.optimizer, self.scheduler, epochs=10**6, validation=loader,
            patience=10**6, average=self.average, checkpoint=self.path, resume=True,
            after_step=lambda history: history.step >= stop)

    def attempt(self):
        try:
            self.go(stop=6)
        except NonFiniteError:   # crafted numbers that are not finite are noticed when they are used
            pass
        return False


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=20000)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args(arguments)
    warnings.simplefilter("ignore")
    generator, counts, began = np.random.default_rng(chosen.seed), Counter(), time.perf_counter()
    worst, worst_name = 0.0, ""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)/"fuzzed.safetensors"
        loading, resuming = Loading(path), Resuming(Path(folder)/"run.safetensors")
        resuming.path = path
        resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        tracemalloc.start()
        for number in range(chosen.files):
            mutator = mutators[number % len(mutators)]
            user = resuming if mutator is crafted_history else loading
            data = mutator(user.original, generator)
            sealed = generator.random() < 0.5 or mutator in always_sealed
            data = seal(data) if sealed else data
            path.write_bytes(data)
            before = user.fingerprint()
            tracemalloc.reset_peak()
            base = tracemalloc.get_traced_memory()[0]
            other = False
            try:
                other = user.attempt()
                outcome = "loaded"
            except checkpoint.CheckpointError:
                outcome = "refused"
            except BaseException as error:
                outcome = f"CRASHED {type(error).__name__}: {error} ({mutator.__name__})"[:160]
            ratio = (tracemalloc.get_traced_memory()[1] - base)/max(len(data), 1)
            if user is loading and len(data) >= 1000:
                worst, worst_name = max((worst, worst_name), (ratio, mutator.__name__))
                counts["beyond size x 10"] += ratio > 10
            counts.update(["files", outcome, f"{mutator.__name__} {outcome.split()[0]}"])
            counts["sealed"] += sealed
            counts["other numbers"] += other
            counts["other numbers, checksum not renewed"] += other and not sealed
            if outcome == "loaded":
                user.renew()
            else:
                counts["changed though refused"] += user.fingerprint() != before
                if outcome != "refused":
                    user.renew()
        tracemalloc.stop()
    crashes = {name: count for name, count in counts.items() if name.startswith("CRASHED")}
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - resident)/1024
    print(f"{counts['files']} files from {len({*mutators})} mutators ({counts['sealed']} with a valid checksum), "
          f"original {len(loading.original):,} bytes, {time.perf_counter() - began:.0f} s")
    print(f"refused {counts['refused']}, loaded with nothing lost {counts['loaded'] - counts['other numbers']}, loaded "
          f"with other valid numbers {counts['other numbers']}, of them without a new checksum "
          f"{counts['other numbers, checksum not renewed']}")
    print(f"crafted histories refused {counts['crafted_history refused']}, gone on with "
          f"{counts['crafted_history loaded']}")
    print(f"other exceptions {sum(crashes.values())}", *crashes.items(), sep="\n  " if crashes else "")
    print(f"changed though refused {counts['changed though refused']}")
    print(f"largest allocation {worst:.1f} x the file's size ({worst_name}), beyond x 10: "
          f"{counts['beyond size x 10']}; resident memory grew by {grown:.0f} MiB")
    harm = counts["changed though refused"] + counts["beyond size x 10"] + counts["other numbers, checksum not renewed"]
    return int(bool(crashes) or harm > 0)


if __name__ == "__main__":
    sys.exit(main())
