"""Feed `load_checkpoint` damaged and hostile files: nothing but CheckpointError may come out, nothing may be loaded, memory stays in bounds.

Half of the files get a correct checksum after the mutation, as an attacker would give them, so that everything behind the checksum is
tried too. A file whose mutation left all that matters as it was may load; it must then load the original's numbers.

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
from collections import Counter
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from tinytorch import checkpoint
from tinytorch.layers import Dense, ReLU, Sequential
from tinytorch.optimizers import Adam, StepLR

nasty = [0, 1, -1, 2, 255, 2**31, 2**63, 2**64, 2**200, -2**63, 1e308, -0.0, float("nan"), float("inf"), True, None, "", "\0", "F32", "F64", "BF16", "F8_E4M3", "U8", "é"*50, "../../etc/passwd", "__class__",
         [], {}, [[]], [0, 0], [2**62, 2**62], [-1], {"$array": "x"}, {"$array": {}}, {"$tuple": 5}, {"$number": "model/0.weight"}, [1]*1000, {"a": {"b": {}}}]


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


def fingerprint(model, optimizer, scheduler, generator):
    "All that a load could change, as bytes."
    tree = {"weights": {n: p.data for n, p in model.named_parameters()}, "optimizer": optimizer.state_dict(), "scheduler": scheduler.state_dict(), "generator": generator.bit_generator.state}
    return checkpoint.encode(tree)


def nodes(tree, path=()):
    "Every place in a JSON tree."
    yield path
    if isinstance(tree, (dict, list)):
        for key, value in (tree.items() if isinstance(tree, dict) else enumerate(tree)):
            yield from nodes(value, (*path, key))


def mutate_tree(tree, generator):
    "Replace, delete, copy or rename one place of a JSON tree."
    tree = json.loads(json.dumps(tree))
    *above, last = list(places)[generator.integers(1, len(places))] if len(places := list(nodes(tree))) > 1 else [None]
    if last is None:
        return tree
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
    text = json.dumps(header).encode(errors="surrogatepass")
    return len(text).to_bytes(8, "little") + text + body


def seal(data):
    "Give a mutated file the checksum it needs, where its place can still be found."
    at = data.find(checkpoint.seal_mark, 8) + len(checkpoint.seal_mark)
    return data if at < len(checkpoint.seal_mark) or at + 64 > len(data) else data[:at] + checkpoint.digest(data, at) + data[at + 64:]


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
    return int([0, 1, 7, 2**31, 2**40, 2**63, 2**64 - 1, len(data), len(data) - 8, len(data) - 7, int(generator.integers(2**63))][generator.integers(11)]).to_bytes(8, "little") + data[8:]
def header_tree(data, generator):
    header, body = split_file(data)
    return join_file(mutate_tree(header, generator), body)
def shapes(data, generator):
    header, body = split_file(data)
    name = [n for n in header if n != "__metadata__"][generator.integers(len(header) - 1)]
    header[name]["shape"] = [int(n) for n in generator.choice([0, 1, 3, 24, 32, 2**16, 2**31, 2**62], generator.integers(0, 5))]
    return join_file(header, body)
def content_tree(data, generator):
    header, body = split_file(data)
    found = mutate_tree(json.loads(header["__metadata__"]["checkpoint"]), generator)
    if isinstance(found, dict):
        found = {"sha256": "0"*64} | {k: v for k, v in found.items() if k != "sha256"}
    header["__metadata__"]["checkpoint"] = json.dumps(found)
    return join_file(header, body)
def deep(data, generator):
    header, body = split_file(data)
    depth = int(generator.integers(10, 20000))
    header["__metadata__"]["checkpoint"] = header["__metadata__"]["checkpoint"][:-1] + ', "deep": ' + "["*depth + "]"*depth + "}"
    return join_file(header, body)
def many(data, generator):
    header, body = split_file(data)
    what = ["[]", "{}", '""', "1", "[[]]", "1.5", '{"$array":"model/0.weight"}', '{"a":{}}'][generator.integers(8)]
    header["__metadata__"]["checkpoint"] = header["__metadata__"]["checkpoint"][:-1] + ', "many": [' + ",".join([what]*int(generator.integers(100, 20000))) + "]}"
    return join_file(header, body)


def wide(data, generator):
    header, body = split_file(data)
    header["__metadata__"]["checkpoint"] = header["__metadata__"]["checkpoint"][:-1] + ', "wide": "' + "🙂"*int(generator.integers(1, 20000)) + '"}'
    text = json.dumps(header, ensure_ascii=False).encode()
    return len(text).to_bytes(8, "little") + text + body


mutators = flip_bits, flip_header, truncate, extend, cut_out, repeat, header_size, header_tree, shapes, content_tree, deep, many, wide


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=20000)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args(arguments)
    generator, counts, began, worst, worst_name = np.random.default_rng(chosen.seed), Counter(), time.perf_counter(), 0.0, ""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)/"fuzzed.safetensors"
        saved, mine = objects(), objects(seed=1, steps=1)
        checkpoint.save_checkpoint(path, *saved, extra={"note": "é", "pair": (1, 2.5)})
        original, wanted, before = path.read_bytes(), fingerprint(*saved), fingerprint(*mine)
        resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        tracemalloc.start()
        for number in range(chosen.files):
            mutator = mutators[number % len(mutators)]
            data = mutator(original, generator)
            sealed = generator.random() < 0.5 or mutator in (deep, many, wide, shapes, content_tree)
            if sealed:
                data = seal(data)
            path.write_bytes(data)
            tracemalloc.reset_peak()
            base = tracemalloc.get_traced_memory()[0]
            try:
                checkpoint.load_checkpoint(path, *mine)
                outcome = "loaded"
            except checkpoint.CheckpointError:
                outcome = "refused"
            except BaseException as error:
                outcome = f"CRASHED {type(error).__name__}: {error} ({mutator.__name__})"[:160]
            ratio = (tracemalloc.get_traced_memory()[1] - base)/max(len(data), 1)
            if len(data) >= 1000 and ratio > worst:
                worst, worst_name = ratio, mutator.__name__
            counts["beyond size x 10"] += len(data) >= 1000 and ratio > 10
            counts["files"] += 1
            counts["sealed"] += sealed
            counts[outcome] += 1
            after = fingerprint(*mine)
            if outcome == "loaded":
                counts["other numbers"] += after != wanted
                counts["other numbers, checksum not renewed"] += after != wanted and not sealed
                mine = objects(seed=1, steps=1)
            else:
                counts["changed though refused"] += after != before
        tracemalloc.stop()
    crashes = {name: count for name, count in counts.items() if name.startswith("CRASHED")}
    print(f"{counts['files']} files from {len(mutators)} mutators ({counts['sealed']} with a valid checksum), original {len(original):,} bytes, {time.perf_counter() - began:.0f} s")
    print(f"refused {counts['refused']}, loaded with nothing lost {counts['loaded'] - counts['other numbers']}, loaded with other valid numbers {counts['other numbers']}, of them without a new checksum {counts['other numbers, checksum not renewed']}")
    print(f"other exceptions {sum(crashes.values())}", *crashes.items(), sep="\n  " if crashes else "")
    print(f"changed though refused {counts['changed though refused']}")
    print(f"largest allocation {worst:.1f} x the file's size ({worst_name}), beyond x 10: {counts['beyond size x 10']}; resident memory grew by {(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - resident)/1024:.0f} MiB")
    return int(bool(crashes) or counts["changed though refused"] + counts["beyond size x 10"] + counts["other numbers, checksum not renewed"] > 0)


if __name__ == "__main__":
    sys.exit(main())
