"Checkpoints: exact resume at every cut, whole or not at all, and clear errors for every way a file can be bad."

import importlib.util
import json
import os
import pickle
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tinytorch import checkpoint, training
from tinytorch.autograd import Variable
from tinytorch.data import DataLoader, load_digits
from tinytorch.fitting import History
from tinytorch.layers import BatchNorm, CrossEntropyLoss, Dense, Dropout, Module, ReLU, Sequential
from tinytorch.optimizers import SGD, Adam, AdamW, StepLR
from tinytorch.training import EMA, CheckpointError, fit, load_checkpoint, save_checkpoint

settings.register_profile("calm", deadline=None, max_examples=30)
settings.load_profile("calm")
root, split = Path(__file__).resolve().parent.parent, load_digits()


def script(name):
    "A benchmark as a module."
    spec = importlib.util.spec_from_file_location(name, root/"benchmarks"/f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def make(seed=0, hidden=8, optimizer=Adam, steps=3, **options):
    "Model, optimizer, scheduler, generator, some random steps old."
    generator = np.random.default_rng(seed)
    model = Sequential([Dense(5, hidden, generator), ReLU(), Dense(hidden, 3, generator)])
    driver = optimizer(model.parameters(), learning_rate=0.01, **options)
    scheduler = StepLR(driver, step_size=2, gamma=0.5)
    move(model, driver, scheduler, generator, steps)
    return model, driver, scheduler, generator


def move(model, optimizer, scheduler, generator, steps):
    for _ in range(steps):
        for p in model.parameters():
            p.grad = generator.standard_normal(p.shape).astype(p.dtype)
        optimizer.step()
        scheduler.step()


def everything(model, optimizer, scheduler, generator):
    "All that a checkpoint is about, as bytes."
    return checkpoint.encode(
        {
            "model": {n: p.data for n, p in model.named_parameters()},
            "optimizer": optimizer.state_dict(),
            "scheduler": scheduler.state_dict(),
            "generator": generator.bit_generator.state,
        }
    )


@pytest.fixture
def saved(tmp_path):
    path, objects = tmp_path/"run.safetensors", make()
    save_checkpoint(path, *objects)
    return path, objects


def refused(path, objects, text, **parts):
    "The file gives CheckpointError with this text, and changes nothing."
    before = everything(*objects)
    with pytest.raises(CheckpointError, match=text) as caught:
        load_checkpoint(path, *objects, **parts)
    assert everything(*objects) == before and str(path) in str(caught.value)
    return str(caught.value)


def reseal(data):
    at = data.find(checkpoint.seal_mark, 8) + 0
    at += len(checkpoint.seal_mark)
    return data[:at] + checkpoint.digest(data, at) + data[at + 64:]


def rewrite(path, change):
    "Change what is in a checkpoint, and seal it again as an attacker would."
    data = path.read_bytes()
    size = int.from_bytes(data[:8], "little")
    header = json.loads(data[8:8 + size])
    found = json.loads(header["__metadata__"]["checkpoint"])
    found = change(found, header) or found
    header["__metadata__"]["checkpoint"] = json.dumps(found | {"sha256": "0"*64})
    text = json.dumps(header, separators=(",", ":")).encode()
    path.write_bytes(reseal(len(text).to_bytes(8, "little") + text + data[8 + size:]))


# ---- what goes in comes out

def test_save_load_and_go_on(saved):
    path, objects = saved
    others = make(seed=9, steps=1)
    load_checkpoint(path, *others)
    assert everything(*others) == everything(*objects)
    move(*objects, 20), move(*others, 20)
    assert everything(*others) == everything(*objects)


trees = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**130), 2**130)
    | st.floats(allow_nan=False)
    | st.text(max_size=5)
    | hnp.arrays(
        st.sampled_from([np.float64, np.float32, np.float16, np.int64, np.uint8, bool]),
        hnp.array_shapes(min_dims=0, min_side=0, max_side=3),
    ),
    lambda inner: st.lists(inner, max_size=3)
    | st.lists(inner, max_size=3).map(tuple)
    | st.dictionaries(st.text(max_size=4).filter(lambda k: k[:1] != "$"), inner, max_size=3),
    max_leaves=12,
)

def same(a, b):
    if isinstance(a, np.ndarray):
        return isinstance(b, np.ndarray) and a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()
    if isinstance(a, dict):
        return isinstance(b, dict) and [*a] == [*b] and all(same(a[k], b[k]) for k in a)
    return type(a) is type(b) and (
        len(a) == len(b) and all(map(same, a, b)) if isinstance(a, (list, tuple)) else a == b
    )

@given(trees)
def test_whatever_is_packed_comes_back_with_its_types(tree):
    assert same(checkpoint.decode(checkpoint.encode({"tree": tree}))["tree"], tree)


def test_numbers_of_numpy_tuples_and_names_keep_their_kind():
    tree = {
        "a": np.float32(1.5),
        "b": (np.int64(3), [1]),
        "θ/b": {"x": np.ones(2)},
        "θ": {"b/x": np.zeros(2)},
        "t": True,
        "inf": float("inf"),
        "fortran": np.asfortranarray(np.arange(6.0).reshape(2, 3))[:, ::-1],
    }
    back = checkpoint.decode(checkpoint.encode(tree))
    assert same(back, tree) and type(back["a"]) is np.float32 and type(back["b"][0]) is np.int64


def test_the_same_state_gives_the_same_bytes_and_other_readers_can_read_them(saved):
    safetensors = pytest.importorskip("safetensors.numpy")
    path, objects = saved
    again = path.with_name("again.safetensors")
    save_checkpoint(again, *objects)
    assert path.read_bytes() == again.read_bytes()
    tensors = safetensors.load_file(path)
    assert (tensors["model/0.weight"] == objects[0].layers[0].weight.data).all() and (
        tensors["parts/optimizer/state/2.bias/m"] == objects[1].state[objects[0].layers[2].bias]["m"]
    ).all()


@pytest.mark.parametrize(
    "kind", [np.random.PCG64, np.random.MT19937, np.random.Philox, np.random.SFC64, np.random.PCG64DXSM]
)
def test_every_generator_of_numpy(tmp_path, kind):
    path, model = tmp_path/"g.safetensors", Dense(2, 2)
    one, other = np.random.Generator(kind(1)), np.random.Generator(kind(2))
    one.standard_normal(7), one.integers(0, 5, 3, dtype=np.uint16)
    save_checkpoint(path, model, generator=one)
    load_checkpoint(path, model, generator=other)
    assert (one.standard_normal(700) == other.standard_normal(700)).all() and (
        one.integers(0, 9, 5, dtype=np.uint16) == other.integers(0, 9, 5, dtype=np.uint16)
    ).all()


def test_the_order_of_parameters_does_not_matter(saved):
    path, objects = saved
    model, _, _, generator = make(seed=4)
    optimizer = Adam(reversed(model.parameters()), learning_rate=0.01)
    scheduler = StepLR(optimizer, step_size=2, gamma=0.5)
    load_checkpoint(path, model, optimizer, scheduler, generator)
    move(*objects, 3), move(model, optimizer, scheduler, generator, 3)
    assert all((a.data == b.data).all() for a, b in zip(model.parameters(), objects[0].parameters()))


def test_parts_extra_and_plain_variables(tmp_path):
    path, w = tmp_path/"p.safetensors", {"w": Variable(np.arange(3.0), requires_grad=True, name="w")}
    optimizer, average = SGD(w.values(), learning_rate=0.1), EMA(w, 0.5)
    w["w"].grad = np.ones(3)
    optimizer.step()
    average.update()
    save_checkpoint(path, w, optimizer, extra={"note": "é", "pair": (1, np.ones(2))}, average=average)
    v = {"w": Variable(np.zeros(3), requires_grad=True, name="w")}
    other = EMA(v, 0.5)
    extra = load_checkpoint(path, v, SGD(v.values(), learning_rate=0.1), average=other)
    assert (
        (v["w"].data == w["w"].data).all()
        and (other.average["w"] == average.average["w"]).all()
        and extra["note"] == "é"
        and extra["pair"][0] == 1
    )
    load_checkpoint(path, v)   # the weights alone
    with pytest.raises(TypeError, match="a model is a Module"):
        save_checkpoint(path, [v["w"]])
    with pytest.raises(TypeError, match="extra/f is a function"):
        save_checkpoint(path, w, extra={"f": make})
    with pytest.raises(TypeError, match="extra/z is complex128"):
        save_checkpoint(path, w, extra={"z": np.ones(2, complex)})
    with pytest.raises(ValueError, match="keep long lists as arrays"):
        save_checkpoint(path, w, extra=[0]*10000)
    assert load_checkpoint(path, v)["note"] == "é"
    many = {
        f"w{i}": Variable(float(i), requires_grad=True, name=f"w{i}") for i in range(300)
    }  # a file that is nearly all JSON
    save_checkpoint(path, many, Adam(many.values()), extra=list(range(5000)))
    assert load_checkpoint(path, many)[-1] == 4999


# ---- resume

def digits_run(path, seed=0, stop=None, every=5, optimizer=AdamW, resume=True, average=True, epochs=3, **options):
    generator = np.random.default_rng(seed)
    model = Sequential([Dense(64, 8, generator), ReLU(), Dense(8, 10, generator)])
    driver = optimizer(model.parameters(), learning_rate=0.02)
    loader = DataLoader(split.train_inputs[:160], split.train_targets[:160], 32, shuffle=True, generator=generator)
    parts = {"average": EMA(model, 0.8)} if average else {}
    history = fit(
        model,
        loader,
        CrossEntropyLoss(),
        driver,
        StepLR(driver, 2),
        epochs,
        validation=DataLoader(split.test_inputs, split.test_targets, 360),
        clip=1.0,
        checkpoint=path,
        checkpoint_every=every,
        resume=resume,
        after_step=stop and (lambda h: h.step == stop),
        **parts,
        **options,
    )
    return model, history


@pytest.mark.parametrize("scheduler_per", ["epoch", "step"])
def test_resume_at_every_cut(tmp_path, scheduler_per):
    model, history = digits_run(tmp_path/"whole", scheduler_per=scheduler_per, every=None)
    for cut in range(1, 15):
        path = tmp_path/f"cut{cut}"
        digits_run(path, stop=cut, every=1, scheduler_per=scheduler_per)
        other, went_on = digits_run(
            path, seed=77, every=None, scheduler_per=scheduler_per
        )  # another seed: all that matters is in the file
        assert path.read_bytes() == (tmp_path/"whole").read_bytes(), cut
        assert all((a.data == b.data).all() for a, b in zip(model.parameters(), other.parameters()))
        for name in history.names:
            assert np.array_equal(history.series[name], went_on.series[name], equal_nan=True)


class Noisy(Dense):
    "A layer that draws from the generator that also orders the batches, as dropout would."
    def forward(self, inputs):
        return super().forward(inputs + self.generator.standard_normal(inputs.shape).astype(np.float32))

def test_a_model_that_draws_from_the_same_generator_resumes_exactly(tmp_path):
    def run(path, seed, stop=None):
        generator = np.random.default_rng(seed)
        model = Noisy(64, 10, generator)
        model.generator = generator
        loader = DataLoader(split.train_inputs[:160], split.train_targets[:160], 32, shuffle=True, generator=generator)
        fit(
            model,
            loader,
            CrossEntropyLoss(),
            SGD(model.parameters(), learning_rate=0.1),
            epochs=3,
            checkpoint=path,
            resume=True,
            after_step=stop and (lambda h: h.step == stop),
        )
    run(tmp_path/"whole", 0)
    for cut in range(1, 15):
        run(tmp_path/f"{cut}", 0, cut)
        run(tmp_path/f"{cut}", 9)
        assert (tmp_path/f"{cut}").read_bytes() == (tmp_path/"whole").read_bytes(), cut


kills = script("kill_resume")

pairs = list(kills.pairs(sorted(kills.Optimizer.registry), sorted(kills.Scheduler.registry)))

@pytest.mark.parametrize("optimizer, scheduler", pairs)
def test_every_optimizer_under_schedules_resumes_exactly(tmp_path, monkeypatch, optimizer, scheduler):
    monkeypatch.setattr(kills, "save_every", None)
    cut = 5 + (7*len(optimizer) + 5*len(scheduler)) % 25
    kills.train(optimizer, scheduler, tmp_path/"whole")
    kills.train(optimizer, scheduler, tmp_path/"cut", after_step=lambda history: history.step == cut)
    kills.train(optimizer, scheduler, tmp_path/"cut")
    assert (tmp_path/"cut").read_bytes() == (tmp_path/"whole").read_bytes()


def test_a_finished_run_is_not_run_again_and_more_epochs_go_on(tmp_path):
    path = tmp_path/"run"
    digits_run(path, epochs=2)
    before = path.read_bytes()
    assert digits_run(path, epochs=2)[1].step == 10 and path.read_bytes() == before
    digits_run(path, epochs=3), digits_run(tmp_path/"whole", epochs=3)
    assert path.read_bytes() == (tmp_path/"whole").read_bytes()
    assert digits_run(path, epochs=1, resume=False)[1].step == 5   # from the start, and the file is replaced


def test_only_a_file_that_fit_wrote_is_resumed(tmp_path):
    path = tmp_path/"run"
    model, history = digits_run(path)
    data = path.read_bytes()
    for change, text in (
        (lambda found, header: found["content"]["parts"].pop("history") and None, "no state of history"),
        (lambda found, header: found["content"]["parts"]["history"].update(epoch=-3), "epoch = -3 is not valid"),
        (
            lambda found, header: found["content"]["parts"]["history"]["series"].pop("loss") and None,
            "its inside is not what a checkpoint has",
        ),
    ):
        path.write_bytes(data)
        rewrite(path, change)
        with pytest.raises(CheckpointError, match=text):
            digits_run(path)
    path.write_bytes(data)
    assert digits_run(path)[1].step == history.step


def test_early_stopping_resumes_exactly(tmp_path):
    model, history = digits_run(tmp_path/"whole", patience=2, epochs=60, average=False)
    assert 8 < history.epoch < 60
    digits_run(tmp_path/"cut", patience=2, epochs=60, average=False, stop=31, every=1)
    other, went_on = digits_run(tmp_path/"cut", seed=3, patience=2, epochs=60, average=False)
    assert went_on.epoch == history.epoch and all(
        (a.data == b.data).all() for a, b in zip(model.parameters(), other.parameters())
    )


def test_weights_that_are_not_finite_never_replace_a_good_file(tmp_path):
    path, x = tmp_path/"run", {"x": Variable(np.array([1.0], np.float32), requires_grad=True, name="x")}
    class Model(Dense):
        def named_parameters(self, prefix=""):
            return [*x.items()]
        def forward(self, inputs):
            return (x["x"]*inputs).sum()
    batches = [
        (np.full(1, value, np.float32), np.zeros(1)) for value in (1e-3, 1e-3, 1e37)
    ]  # the last step is too long, though its loss and gradient are finite
    with pytest.raises(training.NonFiniteError, match="step 3, epoch 1: it left weights of x"):
        fit(
            Model(1, 1),
            batches,
            lambda p, t: p,
            SGD(x.values(), learning_rate=1000.0),
            checkpoint=path,
            checkpoint_every=1,
        )
    load_checkpoint(path, x)
    assert np.isfinite(x["x"].data).all()


def test_kills_in_small():
    "A few dozen of the kills that benchmarks/kill_resume.py does by the hundred."
    run = subprocess.run(
        [
            sys.executable,
            root / "benchmarks" / "kill_resume.py",
            "--kills",
            "18",
            "--optimizers",
            "SGD",
            "Adam",
            "AdamW",
            "--schedulers",
            "StepLR",
        ],
        capture_output=True,
        text=True,
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root)},
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "files damaged 0" in run.stdout and "runs that differ 0" in run.stdout


def test_the_kills_would_find_a_save_that_is_not_atomic(tmp_path):
    code = f"""
import sys
sys.path.insert(0, {str(root/'benchmarks')!r})
import kill_resume as k
def naive(path, data):
    with k.checkpoint.open(path, "wb") as file:
        file.write(data)
k.checkpoint.write_whole, k.checkpoint.open = naive, open
k.aims = ("middle of the bytes",)
try:
    k.main(["--kills", "2", "--optimizers", "SGD", "--schedulers", "StepLR"])
except BaseException as error:
    print(type(error).__name__)
"""
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root)},
    )
    assert "damaged" in run.stdout


# ---- files that may not be loaded

def test_missing_empty_foreign_and_truncated_files(saved):
    path, objects = saved
    data = path.read_bytes()
    refused(path.with_name("none"), objects, "no such file")
    refused(path.parent, objects, "no such file")
    for size in [0, 1, 7, 8, 9, 200, len(data)//2, len(data) - 1]:
        path.write_bytes(data[:size])
        refused(path, objects, "cut off|no checkpoint")
    path.write_bytes(b"\x80\x04\x95" + b"pickle"*50)
    refused(path, objects, "no safetensors file")
    from safetensors.numpy import save_file
    save_file({"0.weight": np.ones((5, 8), np.float32)}, path)
    refused(path, objects, "no checkpoint of this library")
    path.write_bytes(data + b"\0")
    refused(path, objects, "checksum is wrong")


def test_every_flipped_bit_is_noticed(saved):
    path, objects = saved
    data = path.read_bytes()
    for place in np.random.default_rng(0).permutation(len(data))[:400]:
        broken = bytearray(data)
        broken[place] ^= 1 << int(place % 8)
        with pytest.raises(ValueError):
            checkpoint.decode(bytes(broken))
    path.write_bytes(bytes(broken))
    refused(path, objects, "checksum is wrong|cut off|no checkpoint|in memory")


def test_hostile_files(saved):
    path, objects = saved
    data = path.read_bytes()
    for size in (2**40, 2**63, 2**64 - 1, len(data) - 7):
        path.write_bytes(size.to_bytes(8, "little") + data[8:])
        refused(path, objects, "cut off, or no safetensors")
    def hostile(change, text="its inside is not what a checkpoint has"):
        path.write_bytes(data)
        rewrite(path, change)
        return refused(path, objects, text)
    hostile(lambda found, header: header["model/0.weight"].update(shape=[2**62, 2**62]))
    hostile(lambda found, header: header["model/0.weight"].update(shape=[10**9]))
    hostile(lambda found, header: header["model/0.weight"].update(dtype="F64"))
    hostile(lambda found, header: header["model/0.weight"].update(dtype="BF16"))
    hostile(
        lambda found, header: header["model/0.weight"].update(dtype="I32"),
        "0.weight of the model is int32 of shape .5, 8., expected float32",
    )
    hostile(
        lambda found, header: header["model/0.weight"].update(shape=[8, 5]),
        r"shape \(8, 5\), expected float32 of shape \(5, 8\)",
    )
    hostile(lambda found, header: header["model/0.weight"].update(data_offsets=[0, 2**50]))
    hostile(lambda found, header: found["content"]["parts"].update(optimizer=5), "no state_dict of an optimizer")
    hostile(
        lambda found, header: found["content"]["parts"]["optimizer"]["state"]["0.bias"].update(
            m={"$array": "model/0.bias"}
        )
    )  # an array in two places
    hostile(
        lambda found, header: found["content"]["parts"]["optimizer"]["param_groups"][0].update(learning_rate=-1),
        "learning_rate = -1 is not valid",
    )
    for step in ("3", -1, 2.5, None, True):
        hostile(
            lambda found, header: found["content"]["parts"]["optimizer"]["state"]["2.bias"].update(step=step),
            "a step count is a whole number",
        )
    hostile(
        lambda found, header: found["content"].update(deep=json.loads("[" * 900 + "]" * 900)),
        "times its size in memory",
    )
    hostile(lambda found, header: found["content"].update(many=[[]]*10000), "times its size in memory")
    hostile(
        lambda found, header: found["content"]["generator"]["state"].update(state=2**200),
        "generator's state is not valid",
    )
    hostile(lambda found, header: found["content"].update(generator=None), "no state of a generator")
    hostile(lambda found, header: found["content"].update(model={}), "missing 0.bias, 0.weight, 2.bias, 2.weight")
    assert "update the library" in hostile(
        lambda found, header: found.update(version=2), "format version 2, this library reads up to 1"
    )


def test_a_generator_position_beyond_its_buffer(tmp_path):
    path, model, generator = tmp_path/"g", Dense(2, 2), np.random.Generator(np.random.MT19937(1))
    save_checkpoint(path, model, generator=generator)
    rewrite(path, lambda found, header: found["content"]["generator"]["state"].update(pos=10**6))
    before = generator.bit_generator.state
    with pytest.raises(CheckpointError, match="position 1000000"):
        load_checkpoint(path, model, generator=generator)
    assert (generator.bit_generator.state["state"]["key"] == before["state"]["key"]).all()


def test_other_models_optimizers_schedulers_and_generators(saved):
    path, objects = saved
    model, optimizer, scheduler, generator = objects
    refused(
        path, make(hidden=9), r"0.weight of the model is float32 of shape \(5, 8\), expected float32 of shape \(5, 9\)"
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")   # of options that another class has not
        refused(path, make(optimizer=AdamW), "a state of Adam cannot be loaded into AdamW")
        refused(path, make(optimizer=SGD), "a state of Adam cannot be loaded into SGD")
    refused(
        path, (model, optimizer, StepLR(optimizer, step_size=9), generator), "step_size"
    )  # the optimizer's state was fine: it is put back
    refused(
        path,
        (model, optimizer, scheduler, np.random.Generator(np.random.MT19937(0))),
        "its generator is a PCG64, yours a MT19937",
    )
    refused(path, objects, "holds no state of average", average=EMA(model))
    with pytest.raises(TypeError, match="give a numpy.random.Generator"):
        load_checkpoint(path, model, generator=3)
    with pytest.raises(TypeError, match="generator is a RandomState: give a numpy.random.Generator"):
        save_checkpoint(path, model, generator=np.random.RandomState(0))
    bare = path.with_name("bare.safetensors")
    save_checkpoint(bare, model)
    refused(bare, objects, "no state of a generator")
    with pytest.raises(CheckpointError, match="no state of optimizer, scheduler"):
        load_checkpoint(bare, model, optimizer, scheduler)


def test_a_hand_edited_rate_survives_a_load_that_fails(saved):
    path, objects = saved
    objects[1].param_groups[0]["learning_rate"] = 0.123
    refused(path, (objects[0], objects[1], objects[2], np.random.Generator(np.random.SFC64(0))), "SFC64")
    class Stubborn:
        def state_dict(self):
            return {}
        def load_state_dict(self, state):
            if state:
                raise ValueError("no")
    save_checkpoint(path, *make(seed=5), odd=type("Odd", (), {"state_dict": lambda self: {"a": 1}})())
    refused(path, objects, "no", odd=Stubborn())
    assert objects[1].param_groups[0]["learning_rate"] == 0.123


def test_fuzzing_in_small():
    run = subprocess.run(
        [sys.executable, root / "benchmarks" / "fuzz_checkpoint.py", "--files", "260"],
        capture_output=True,
        text=True,
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root)},
    )
    assert run.returncode == 0, run.stdout + run.stderr


# ---- disks that fill, folders that vanish

def cannot_save(path, objects, text):
    "The error is ours and names the reason; the file from before is whole, and no part is left beside it."
    before = path.read_bytes() if path.exists() else None
    with pytest.raises(CheckpointError, match=text) as caught:
        save_checkpoint(path, *objects)
    assert "what was there before is untouched" in str(caught.value) and str(path) in str(caught.value)
    if path.parent.exists():
        assert not list(path.parent.glob(".*.part"))
    if before is not None:
        assert path.read_bytes() == before and load_checkpoint(path, *make()) is None


def test_a_disk_that_fills():
    "On a tmpfs of 64 KB where we may mount one."
    folder = Path("/tmp")/f"full{os.getpid()}"
    folder.mkdir()
    if (
        os.name != "posix"
        or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "none", folder], capture_output=True).returncode
    ):
        folder.rmdir()
        pytest.skip("no right to mount")
    try:
        path = folder/"run.safetensors"
        save_checkpoint(path, *make())
        (folder/"ballast").write_bytes(bytes(60*1024))
        cannot_save(path, make(seed=1), "No space left on device.*Make room")
    finally:
        subprocess.run(["umount", folder], check=True)
        folder.rmdir()


def test_a_quota_that_is_reached(saved):
    path, objects = saved
    code = f"""
import resource
import sys
sys.path.insert(0, {str(root/'tests')!r})
from pathlib import Path
import test_checkpoint as t
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
t.cannot_save(Path({str(path)!r}), t.make(seed=1), "File too large")
print("as expected")
"""
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(root)}
    )
    assert run.stdout == "as expected\n", run.stderr


def test_a_folder_that_is_not_there_or_vanishes(saved, tmp_path):
    path, objects = saved
    cannot_save(tmp_path/"nowhere"/"run.safetensors", objects, "No such file or directory.*another folder")
    folder = tmp_path/"gone"
    folder.mkdir()
    with pytest.raises(CheckpointError, match="cannot write"):
        (
            digits_run(folder / "run", every=3, stop=None, average=False, progress=None)
            if shutil.rmtree(folder) is None
            else None
        )
    with pytest.raises(CheckpointError, match="Is a directory"):
        save_checkpoint(tmp_path, *objects)


def test_a_folder_that_may_not_be_written():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)/"run.safetensors"
        save_checkpoint(path, *make())
        code = f"""
import os
import sys
sys.path.insert(0, {str(root/'tests')!r})
from pathlib import Path
import test_checkpoint as t
t.load_checkpoint(Path({str(path)!r}), *t.make())   # imports what it needs
if os.geteuid() == 0:   # root may write everywhere: go on as somebody else
    os.setgid(65534)
    os.setuid(65534)
t.cannot_save(Path({str(path)!r}), t.make(seed=1), "Permission denied")
print("as expected")
"""
        Path(folder).chmod(0o555)
        try:
            run = subprocess.run(
                [sys.executable, "-c", code], capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(root)}
            )
        finally:
            Path(folder).chmod(0o755)
        assert run.stdout == "as expected\n", run.stderr


def test_a_link_is_followed_and_rights_are_the_usual(saved, tmp_path):
    path, objects = saved
    link = tmp_path/"latest"
    link.symlink_to(path)
    save_checkpoint(link, *make(seed=1))
    assert link.is_symlink() and everything(*make(seed=1)) == everything(
        *(lambda o: (load_checkpoint(path, *o), o)[1])(make(seed=2))
    )
    plain = tmp_path/"plain"
    plain.write_text("x")
    assert path.stat().st_mode == plain.stat().st_mode


def test_parts_of_killed_writers_are_swept_up(saved):
    path, objects = saved
    old, young = path.with_name(f".{path.name}.1-ab.part"), path.with_name(f".{path.name}.2-cd.part")
    old.write_bytes(b""), young.write_bytes(b"")
    os.utime(old, (0, 0))
    save_checkpoint(path, *objects)
    assert not old.exists() and young.exists()


# ---- all that a model remembers

class Remembering(Module):
    "A frozen layer, running means of several kinds in several containers, a generator, and what is no state."
    def __init__(self, seed):
        generator = np.random.default_rng(seed)
        self.frozen, self.dense = Dense(64, 12, generator), Dense(12, 10, generator)
        for p in self.frozen.parameters():
            p.requires_grad = False
        self.mean, self.statistics = Variable(np.zeros(12)), {"square": np.zeros(12)}
        self.pair = [np.zeros(1), (np.zeros(2), Variable(np.float32(seed)))]
        self.noise = np.random.default_rng(seed)
        self._last = np.full(3, seed)

    def forward(self, inputs):
        hidden = self.frozen(inputs).relu()
        self._last = hidden.data
        self.mean = Variable(0.9*self.mean.data + 0.1*hidden.data.mean(axis=0))
        self.statistics["square"] = 0.9*self.statistics["square"] + 0.1*(hidden.data**2).mean(axis=0)
        self.pair[0] += 1
        noise = self.noise.standard_normal(hidden.shape).astype(np.float32)
        return self.dense(hidden + 0.1*noise)

    def memory(self):
        "Every number of it."
        arrays = [
            *self.statistics.values(),
            self.mean.data,
            self.pair[0],
            *(np.asarray(getattr(x, "data", x)) for x in self.pair[1]),
        ]
        arrays += [p.data for layer in (self.frozen, self.dense) for p in (layer.weight, layer.bias)]
        return np.concatenate([np.asarray(a, float).ravel() for a in arrays])


def remembering_run(path, seed=0, stop=None, **options):
    model = Remembering(seed)
    loader = DataLoader(split.train_inputs[:160], split.train_targets[:160], 32, shuffle=True, generator=seed)
    optimizer = Adam(model.dense.parameters(), 0.01)
    average = EMA(model, 0.9)
    history = fit(model, loader, CrossEntropyLoss(), optimizer, epochs=3, checkpoint=path, resume=True, average=average,
                  after_step=stop and (lambda h: h.step == stop), **options)
    return model, history, average


def test_a_frozen_layer_is_in_the_file(tmp_path):
    path, (model, optimizer, *_) = tmp_path/"run", make()
    for p in model.layers[0].parameters():
        p.requires_grad = False
    save_checkpoint(path, model, optimizer)
    other, its_optimizer, *_ = make(seed=7)
    for p in other.layers[0].parameters():
        p.requires_grad = False
    load_checkpoint(path, other, its_optimizer)
    for mine, its in zip((model.layers[0], model.layers[2]), (other.layers[0], other.layers[2])):
        assert (mine.weight.data == its.weight.data).all() and (mine.bias.data == its.bias.data).all()
    load_checkpoint(path, make(seed=8)[0])   # frozen or not makes no difference


def test_a_network_that_was_frozen_on_the_way_knows_its_digits(tmp_path):
    def network(seed):
        generator = np.random.default_rng(seed)
        return Sequential([Dense(64, 64, generator), ReLU(), Dense(64, 10, generator)])
    model, criterion = network(0), CrossEntropyLoss()
    loader = DataLoader(split.train_inputs, split.train_targets, 32, shuffle=True, generator=0)
    fit(model, loader, criterion, Adam(model.parameters(), 0.003), epochs=6)
    for p in model.layers[0].parameters():
        p.requires_grad = False
    fit(model, loader, criterion, Adam(model.parameters(), 0.003), epochs=1)
    save_checkpoint(tmp_path/"run", model)
    test = [(split.test_inputs, split.test_targets)]
    before = training.evaluate(model, test, criterion).accuracy
    fresh = network(1)
    for p in fresh.layers[0].parameters():
        p.requires_grad = False
    load_checkpoint(tmp_path/"run", fresh)
    assert training.evaluate(fresh, test, criterion).accuracy == before > 0.93


def test_all_that_a_model_remembers_is_kept_and_resumed_exactly(tmp_path):
    whole, history, average = remembering_run(tmp_path/"whole")
    for cut in range(1, 15):
        remembering_run(tmp_path/f"{cut}", stop=cut)
        other, went_on, its_average = remembering_run(tmp_path/f"{cut}", seed=5)
        assert (other.memory() == whole.memory()).all() and (went_on.loss == history.loss).all(), cut
        assert all((its_average.average[n] == a).all() for n, a in average.average.items())
        assert (tmp_path/f"{cut}").read_bytes() == (tmp_path/"whole").read_bytes()


def test_the_best_weights_come_with_the_running_means_they_had(tmp_path, monkeypatch):
    losses = iter([2.0, 1.0, 3.0])
    monkeypatch.setattr(training, "evaluate", lambda *_: training.Evaluation(next(losses), 0.5))
    memories = []
    model = Remembering(0)
    loader = DataLoader(split.train_inputs[:160], split.train_targets[:160], 32, generator=0)
    def note(history):
        if history.batch == 5:
            memories.append(model.memory())
    fit(
        model,
        loader,
        CrossEntropyLoss(),
        Adam(model.dense.parameters()),
        epochs=3,
        validation=loader,
        patience=9,
        after_step=note,
    )
    assert (model.memory() == memories[1]).all() and not (memories[1] == memories[2]).all()


class Tally:
    "A thing in a model that says itself what its state is."
    def __init__(self):
        self.count = 0
    def state_dict(self):
        return {"count": self.count}
    def load_state_dict(self, state):
        if state["count"] < 0:
            raise ValueError("a count below zero")
        self.count = state["count"]


class Tallied(Dense):
    def __init__(self, *sizes):
        super().__init__(*sizes)
        self.optimizer = Tally()   # named like a part of a run


def test_what_has_a_state_of_its_own_is_asked_for_it(tmp_path):
    path, model, other = tmp_path/"run", Tallied(2, 2), Tallied(2, 2)
    model.optimizer.count = 7
    save_checkpoint(path, model, SGD(model.parameters()))
    load_checkpoint(path, other, SGD(other.parameters()))
    assert other.optimizer.count == 7
    rewrite(path, lambda found, header: found["content"]["objects"]["optimizer"].update(count=-1))
    before = other.weight.data
    with pytest.raises(CheckpointError, match="nothing was changed: a count below zero"):
        load_checkpoint(path, other, SGD(other.parameters()))
    assert other.optimizer.count == 7 and other.weight.data is before
    save_checkpoint(path, Dense(2, 2))
    with pytest.raises(CheckpointError, match="no state of the model's optimizer"):
        load_checkpoint(path, other)


def test_arrays_that_are_shared_stay_shared_and_nobody_elses_array_is_written(tmp_path):
    class Sharing(Dense):
        def __init__(self, value):
            super().__init__(2, 2)
            self.first = self.second = np.full(3, value)
    path, model, other = tmp_path/"run", Sharing(1.0), Sharing(2.0)
    save_checkpoint(path, model)
    kept = other.first
    load_checkpoint(path, other)
    assert other.first is other.second and (other.first == 1).all() and (kept == 2).all()


def test_what_was_made_on_the_way_and_never_trained_is_left_out_aloud(tmp_path):
    path, model = tmp_path/"run", Dense(2, 2)
    model.last = model(np.ones((1, 2)))
    save_checkpoint(path, model)
    with pytest.warns(UserWarning, match="also holds last, which was not trained"):
        load_checkpoint(path, Dense(2, 2))
    model.last.requires_grad, model.last.node = True, None   # a parameter
    save_checkpoint(path, model)
    with pytest.raises(CheckpointError, match="unknown last, which the file has and the model here has not"):
        load_checkpoint(path, Dense(2, 2))


def test_a_layer_frozen_under_an_average_resumes(tmp_path):
    path, (model, optimizer, *_) = tmp_path/"run", make()
    average = EMA(model, 0.5)
    for p in model.layers[0].parameters():
        p.requires_grad = False
    average.update()
    save_checkpoint(path, model, average=average)
    other = make(seed=3)[0]
    for p in other.layers[0].parameters():
        p.requires_grad = False
    its = EMA(other, 0.5)
    load_checkpoint(path, other, average=its)
    assert all((its.average[n] == a).all() for n, a in average.average.items())
    with its.applied():
        assert (other.layers[0].weight.data == average.average["0.weight"]).all()


# ---- names, positions, options

def two_layers(order):
    a, b = Dense(2, 2, 0), Dense(2, 2, 1)
    pair = (a, b) if order == "ab" else (b, a)
    optimizer = Adam([*pair[0].parameters(), *pair[1].parameters()])
    for i, p in enumerate([*a.parameters(), *b.parameters()]):
        p.grad = np.full(p.shape, i + 1, p.dtype)
    optimizer.step()
    return {
        f"{name}.{kind}": getattr(layer, kind) for name, layer in (("a", a), ("b", b)) for kind in ("weight", "bias")
    }, optimizer


def test_memory_does_not_change_places_between_bare_layers(tmp_path):
    path, (model, optimizer) = tmp_path/"run", two_layers("ab")
    save_checkpoint(path, model, optimizer)
    load_checkpoint(path, *two_layers("ab"))
    other, its = two_layers("ba")
    before = its.state_dict()["state"]["weight"]["m"]
    with pytest.raises(
        CheckpointError, match="weight of the optimizer is the model's a.weight in the file and its b.weight here"
    ):
        load_checkpoint(path, other, its)
    assert (its.state_dict()["state"]["weight"]["m"] == before).all()


def test_saving_says_that_positions_do_not_identify(tmp_path):
    model, optimizer = two_layers("ab")
    with pytest.warns(UserWarning, match="weight#1, bias#1 by their position only"):
        save_checkpoint(tmp_path/"run", {"a.weight": model["a.weight"]}, optimizer)
    nameless = [Variable(np.ones(2), requires_grad=True) for _ in range(2)]
    with pytest.warns(UserWarning, match="parameter0, parameter1 by their position"):
        save_checkpoint(tmp_path/"run", Dense(1, 1), SGD(nameless))


def test_a_file_from_before_an_option_existed(saved):
    path, objects = saved
    data = path.read_bytes()
    def without(option, found, header):
        for group in found["content"]["parts"]["optimizer"]["param_groups"]:
            del group[option]
    rewrite(path, lambda found, header: without("amsgrad", found, header))
    others = make(seed=4)
    with pytest.warns(UserWarning, match="Adam had no option amsgrad: amsgrad = False is taken"):
        load_checkpoint(path, *others)
    assert everything(*others) == everything(*objects)
    path.write_bytes(data)
    rewrite(path, lambda found, header: found["content"]["parts"]["scheduler"]["options"].pop("gamma") and None)
    model, optimizer, _, generator = make(seed=4)
    scheduler = StepLR(optimizer, step_size=2)   # gamma as by default, which is what it was then
    with pytest.warns(UserWarning, match="StepLR had no option gamma: gamma = 0.1 is taken"):
        load_checkpoint(path, model, optimizer, scheduler, generator)
    path.write_bytes(data)
    rewrite(path, lambda found, header: found["content"]["parts"]["optimizer"]["param_groups"][0].update(future=1))
    refused(path, objects, "future")


def test_a_file_as_the_first_version_wrote_it(tmp_path):
    "Before models kept more than what was trained, and histories knew their loader."
    path = tmp_path/"run"
    digits_run(path, stop=7, every=1)
    def early(found, header):
        for name in ("untrained", "generators", "objects", "identities", "library"):
            del found["content"][name]
        for name in ("loader", "best_since"):
            del found["content"]["parts"]["history"][name]
    rewrite(path, early)
    digits_run(tmp_path/"whole")
    digits_run(path, seed=3)
    assert path.read_bytes() == (tmp_path/"whole").read_bytes()


# ---- resuming with something else

def batches_run(path, batch_size, examples=64, stop=None, as_list=False, **options):
    model = Dense(2, 1, generator=0)
    inputs, targets = np.ones((examples, 2), np.float32), np.zeros((examples, 1), np.float32)
    loader = DataLoader(inputs, targets, batch_size, shuffle=not as_list, generator=0)
    optimizer = SGD(model.parameters(), 0.1)
    history = fit(
        model,
        list(loader) if as_list else loader,
        training_loss,
        optimizer,
        epochs=1,
        checkpoint=path,
        checkpoint_every=1,
        resume=True,
        after_step=stop and (lambda h: h.step == stop),
        **options,
    )
    return model, history


def training_loss(predictions, targets):
    return ((predictions - targets)**2).mean()


def test_another_batch_size_in_the_middle_of_an_epoch_is_refused(tmp_path):
    path = tmp_path/"run"
    batches_run(path, 8, stop=3)
    data = path.read_bytes()
    for options, text in (
        ((16,), "batch_size 8, now 16"),
        ((8, 128), "batches 8, now 16"),
        ((8, 63), "examples 64, now 63"),
    ):
        with pytest.raises(CheckpointError, match=f"nothing was changed.*{text}"):
            batches_run(path, *options)
    assert path.read_bytes() == data and batches_run(path, 8)[1].series["examples"] == [8]*8
    batches_run(tmp_path/"list", 8, stop=3, as_list=True)
    with pytest.raises(ValueError, match="cut after 3 batches with 24 examples.*hold 48|batches 8, now 4"):
        batches_run(tmp_path/"list", 16, as_list=True)


def test_another_batch_size_between_epochs_is_fine(tmp_path):
    batches_run(tmp_path/"run", 8)
    model = Dense(2, 1, generator=0)
    loader = DataLoader(np.ones((64, 2), np.float32), np.zeros((64, 1), np.float32), 16, True, 0)
    history = fit(
        model, loader, training_loss, SGD(model.parameters(), 0.1), epochs=2, checkpoint=tmp_path / "run", resume=True
    )
    assert history.step == 8 + 4


def losses_run(path, losses, epochs, monkeypatch, **options):
    "Epochs whose validation losses are given; the weight counts the steps."
    given = iter(losses)
    monkeypatch.setattr(training, "evaluate", lambda *_: training.Evaluation(next(given), 0.5))
    w = Variable(np.zeros(1), requires_grad=True, name="w")
    model = Dense(1, 1)
    model.weight.data, model.bias.data = np.zeros((1, 1), np.float32), np.zeros(1, np.float32)
    batches = [(np.ones((1, 1), np.float32), np.zeros((1, 1), np.float32))]
    fit(
        model,
        batches,
        lambda p, t: -p.sum(),
        SGD(model.parameters(), 1.0),
        epochs=epochs,
        validation=batches,
        checkpoint=path,
        resume=True,
        **options,
    )
    return float(model.bias.data[0])


def test_resuming_without_patience_returns_the_last_epochs_weights(tmp_path, monkeypatch):
    losses = [3, 1, 2, 5, 5, 5, 5, 5]
    assert losses_run(tmp_path/"a", losses[:3], 3, monkeypatch, patience=5) == 2   # the best of three
    assert losses_run(tmp_path/"a", losses[3:], 8, monkeypatch) == 8
    # patience afterwards counts from where the best weights are kept
    assert losses_run(tmp_path/"b", [3, 1, 2], 3, monkeypatch) == 3
    assert losses_run(tmp_path/"b", [5, 4, 5, 5, 5], 8, monkeypatch, patience=2) == 5


# ---- all or nothing

def test_a_mismatch_says_which_is_which(saved):
    path, objects = saved
    text = refused(
        path,
        make(hidden=9),
        "in the file 0.weight of the model is float32 of shape .5, 8., expected .* of shape .5, 9. as the model here",
    )
    assert "nothing was changed" in text
    other = Sequential([Dense(5, 8), ReLU(), Dense(8, 3), Dense(3, 3)])
    with pytest.raises(CheckpointError, match="missing 3.bias, 3.weight in the file, which the model here has"):
        load_checkpoint(path, other)
    with pytest.raises(
        CheckpointError, match="unknown 2.bias, 2.weight, which the file has and the model here has not"
    ):
        load_checkpoint(path, Sequential([Dense(5, 8)]))


def test_a_state_of_another_kind_is_refused_and_not_called_old(tmp_path, recwarn):
    model = {"weight": Variable(np.ones(2), requires_grad=True)}
    save_checkpoint(tmp_path/"a", model, Adam([*model.values()]))
    with pytest.raises(
        CheckpointError, match="a state of Adam cannot be loaded into SGD"
    ):
        load_checkpoint(tmp_path/"a", model, SGD([*model.values()], 0.1, momentum=0.9))
    assert not recwarn.list


class Interrupting:
    "A part whose loading is interrupted from the keyboard."
    def state_dict(self):
        return {}
    def load_state_dict(self, state):
        raise KeyboardInterrupt


def test_ctrl_c_between_two_parts_leaves_nothing(saved):
    path, objects = saved
    save_checkpoint(path, *objects, odd=Interrupting())
    others = make(seed=3)
    before, arrays = everything(*others), [p.data for p in others[0].parameters()]
    with pytest.raises(KeyboardInterrupt):
        load_checkpoint(path, *others, odd=Interrupting())
    assert everything(*others) == before and all(p.data is a for p, a in zip(others[0].parameters(), arrays))


@pytest.mark.parametrize("after", range(1, 240, 7))
def test_a_real_ctrl_c_at_any_line_leaves_all_or_nothing(saved, after):
    path, objects = saved
    others = make(seed=3)
    before, wanted, count = everything(*others), everything(*objects), [0]
    def trace(frame, event, argument):
        if "checkpoint.py" in frame.f_code.co_filename or "bookkeeping.py" in frame.f_code.co_filename:
            if event == "line" and "load" in caller_names(frame):
                count[0] += 1
                if count[0] == after:
                    signal.raise_signal(signal.SIGINT)
            return trace
    try:
        sys.settrace(trace)
        load_checkpoint(path, *others)
    except KeyboardInterrupt:
        pass
    finally:
        sys.settrace(None)
    assert everything(*others) in (before, wanted)
    load_checkpoint(path, *others)
    assert everything(*others) == wanted


def caller_names(frame):
    "Whether the objects are being changed: the functions that are running."
    names = set()
    while frame:
        names.add(frame.f_code.co_name)
        frame = frame.f_back
    return {"load"} if names & {"load_parts", "set_arrays", "undo", "uninterrupted", "__exit__"} else names


@pytest.mark.parametrize("make_optimizer, option, now", [
    (lambda p: SGD(p, 0.1), "momentum", 0.9), (Adam, "amsgrad", True)])
def test_a_refused_load_rolls_back_where_an_option_was_switched_on(tmp_path, make_optimizer, option, now):
    path, model = tmp_path/"run", Dense(2, 2, 0)
    optimizer = make_optimizer(model.parameters())
    save_checkpoint(path, model, optimizer, odd=Tally())
    for p in model.parameters():
        p.grad = np.ones_like(p.data)
    optimizer.step()
    optimizer.param_groups[0][option] = now
    rewrite(path, lambda found, header: found["content"]["parts"]["odd"].update(count=-1))
    before, state = [{**g} for g in optimizer.param_groups], {p: {**s} for p, s in optimizer.state.items()}
    with pytest.raises(CheckpointError, match="and nothing was changed: a count below zero"):
        load_checkpoint(path, model, optimizer, odd=Tally())
    assert optimizer.param_groups == before and {*optimizer.state} == {*state}
    for p, slots in state.items():
        assert {*slots} == {*optimizer.state[p]} and all(
            np.array_equal(v, optimizer.state[p][n]) for n, v in slots.items()
        )


crafted = {
    "best of another model": dict(best={"w": 3}),
    "best without arrays": dict(best=[1, 2]),
    "best a number": dict(best=5),
    "order a number": dict(order=5),
    "order of another kind": dict(order={"bit_generator": "MT19937", "state": {}}),
    "order empty": dict(order={}),
    "order lost": dict(order=None),
    "batch beyond": dict(batch=10**9),
    "batch negative": dict(batch=-1),
    "batch none": dict(batch=0),
    "batch text": dict(batch="3"),
    "batch true": dict(batch=True),
    "batch half": dict(batch=2.5),
    "epoch beyond": dict(epoch=10**9),
    "epoch huge": dict(epoch=10**400),
    "first step beyond": dict(first_step=10**6),
    "first step huge": dict(first_step=2**70),
    "best since beyond": dict(best_since=99),
    "series no dict": dict(series=[1]),
    "series empty": dict(series={}),
    "loader text": dict(loader="x"),
    "loader other": dict(loader={"batch_size": 5}),
}


@pytest.mark.parametrize("change", crafted.values(), ids=crafted)
def test_a_crafted_history_is_refused_whole(tmp_path, change):
    path = tmp_path/"run"
    digits_run(path, stop=7, every=1, patience=5, average=False)
    rewrite(path, lambda found, header: found["content"]["parts"]["history"].update(change))
    data = path.read_bytes()
    with pytest.raises(CheckpointError, match="nothing was changed"):
        digits_run(path, patience=5, average=False)
    assert path.read_bytes() == data


@pytest.mark.parametrize(
    "name, values",
    [
        ("loss", [1.0]),
        ("loss", np.ones((7, 1))),
        ("loss", np.ones(7, np.float32)),
        ("loss", ["a"] * 7),
        ("examples", np.full(7, -1.0)),
        ("examples", np.full(7, np.inf)),
        ("skipped", np.full(7, 2.0)),
        ("skipped", np.ones(6)),
        ("epoch_loss", np.ones(9)),
        ("validation_loss", np.ones(0)),
    ],
)
def test_crafted_series_are_refused(tmp_path, name, values):
    state = digits_run(tmp_path/"run", stop=7, every=1)[1].state_dict()
    state["series"][name] = values
    history = History()
    with pytest.raises((ValueError, TypeError, KeyError)):
        history.load_state_dict(state)
    assert history.step == 0 and history.epoch == 0


# ---- files that are no files, rights, many writers

@pytest.mark.skipif(os.name != "posix", reason="files of these kinds are Unix's")
def test_what_is_no_regular_file_is_refused(saved, tmp_path):
    path, objects = saved
    fifo, device = tmp_path/"fifo", tmp_path/"null"
    os.mkfifo(fifo)
    device.symlink_to("/dev/null")
    with socket.socket(socket.AF_UNIX) as server:
        here = os.getcwd()
        os.chdir(tmp_path)
        server.bind("socket")
        os.chdir(here)
        for odd in (fifo, device, tmp_path/"socket"):
            kind = os.stat(odd).st_mode
            with pytest.raises(CheckpointError, match="no regular file.*untouched"):
                save_checkpoint(odd, *objects)
            with pytest.raises(CheckpointError, match="no such file, only something that is no regular file"):
                load_checkpoint(odd, *objects)
            assert os.stat(odd).st_mode == kind
    assert not list(tmp_path.glob(".*part"))


@pytest.mark.skipif(os.name != "posix", reason="rights as Unix has them")
def test_rights_and_owner_are_kept_and_a_read_only_file_is_refused(saved):
    path, objects = saved
    for mode in (0o600, 0o640, 0o664):
        path.chmod(mode)
        save_checkpoint(path, *objects)
        assert path.stat().st_mode & 0o777 == mode
    if os.geteuid() == 0:
        os.chown(path, 1234, 4321)
        save_checkpoint(path, *objects)
        assert (path.stat().st_uid, path.stat().st_gid) == (1234, 4321)
    path.chmod(0o444)
    data = path.read_bytes()
    with pytest.raises(CheckpointError, match="read-only"):
        save_checkpoint(path, *make(seed=1))
    assert path.read_bytes() == data and path.stat().st_mode & 0o777 == 0o444


def test_an_unwritable_path_is_noticed_before_the_first_step(tmp_path):
    steps = []
    def run(path, **options):
        model = Dense(64, 10, 0)
        loader = DataLoader(split.train_inputs[:64], split.train_targets[:64], 32)
        fit(
            model,
            loader,
            CrossEntropyLoss(),
            SGD(model.parameters()),
            checkpoint=path,
            after_step=lambda h: steps.append(1) and None,
        )
    (tmp_path/"file").write_text("x")
    for path in (tmp_path/"nowhere"/"run", tmp_path, tmp_path/"file"/"run"):
        with pytest.raises(CheckpointError, match="cannot write"):
            run(path)
    (tmp_path/"file").chmod(0o444)
    with pytest.raises(CheckpointError, match="read-only"):
        run(tmp_path/"file")
    assert not steps
    run(tmp_path/"new")
    assert len(steps) == 2 and [p.name for p in tmp_path.iterdir()] and not list(tmp_path.glob(".*"))


def test_a_save_that_fails_in_training_keeps_the_history(tmp_path, monkeypatch):
    def full(path, data):
        raise OSError(28, "No space left on device")
    monkeypatch.setattr(checkpoint, "write_whole", full)
    with pytest.raises(CheckpointError, match="No space left") as caught:
        batches_run(tmp_path/"run", 8)
    assert caught.value.history.step == 1


def test_an_error_about_a_checkpoint_survives_the_way_from_another_process():
    error = CheckpointError("no such file")
    copied = pickle.loads(pickle.dumps(error))
    assert type(copied) is CheckpointError and str(copied) == "no such file"


def test_parts_of_the_living_are_left_alone(saved):
    fcntl = pytest.importorskip("fcntl", reason="locks as Unix has them")
    path, objects = saved
    live = path.with_name(f".{path.name}.1-ab.part")
    with open(live, "wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        os.utime(live, (0, 0))   # a writer may wait for its disk for long
        save_checkpoint(path, *objects)
        assert live.exists()
    save_checkpoint(path, *objects)
    assert not live.exists()


def test_a_writer_that_waits_long_for_its_disk_is_not_swept(saved, monkeypatch):
    pytest.importorskip("fcntl", reason="locks as Unix has them")
    path, _ = saved
    def slow(handle, fsync=os.fsync):
        for part in path.parent.glob(".*.part"):
            os.utime(part, (0, 0))
        checkpoint.sweep(path)   # as another process does meanwhile
        fsync(handle)
    monkeypatch.setattr(os, "fsync", slow)
    save_checkpoint(path, *make(seed=1))
    monkeypatch.undo()
    load_checkpoint(path, *make())


@pytest.mark.parametrize("name", ["a[1]", "*", "**", "a?b", "[!x]"])
def test_names_with_signs_are_swept_as_they_are(tmp_path, name):
    objects = make()
    others = [tmp_path / f".other.{i}-ab.part" for i in range(3)] + [
        tmp_path / f".{name}.x.part",
        tmp_path / f".{name}.1-ab.part.txt",
    ]
    left = tmp_path/f".{name}.7-cd.part"
    for file in (*others, left):
        file.write_text("")
        os.utime(file, (0, 0))
    save_checkpoint(tmp_path/name, *objects)
    assert not left.exists() and all(file.exists() for file in others)
    load_checkpoint(tmp_path/name, *objects)


def test_many_processes_save_to_one_path():
    found = kills.many_writers(processes=10, seconds=2.0)
    assert found["saves"] > 50 and found["loads"] > 20
    assert (found["failed"], found["damaged"], found["left behind"]) == (0, 0, 0), found


class Impatient(Tally):
    "Somebody presses Ctrl-C while it is put back."
    def load_state_dict(self, state):
        if state["count"] == 0:
            signal.raise_signal(signal.SIGINT)
        super().load_state_dict(state)


def test_ctrl_c_on_the_way_back_waits_until_all_is_back(saved):
    path, objects = saved
    save_checkpoint(path, *objects, impatient=Impatient(), tally=Tally())
    def change(found, header):
        found["content"]["parts"]["impatient"]["count"], found["content"]["parts"]["tally"]["count"] = 5, -1
    rewrite(path, change)
    others, impatient = make(seed=3), Impatient()
    before = everything(*others)
    with pytest.raises(KeyboardInterrupt):
        load_checkpoint(path, *others, impatient=impatient, tally=Tally())
    assert everything(*others) == before and impatient.count == 0


def normalized_run(path, seed=0, stop=None):
    "A network with running statistics and dropout, a layer of it frozen."
    generator = np.random.default_rng(seed)
    model = Sequential([Dense(64, 12, generator), BatchNorm(12), ReLU(), Dropout(0.2, seed), Dense(12, 10, generator)])
    for p in model.layers[0].parameters():
        p.requires_grad = False
    inputs, targets = split.train_inputs[:160], split.train_targets[:160]
    loader = DataLoader(inputs, targets, 32, shuffle=True, generator=generator)
    optimizer, validation = Adam(model.parameters(), 0.01), [(inputs, targets)]
    history = fit(model, loader, CrossEntropyLoss(), optimizer, epochs=3, checkpoint=path, resume=True,
                  validation=validation, patience=2, after_step=stop and (lambda h: h.step == stop))
    return history, {name: array for name, array in checkpoint.weights_of(model).items()}


def test_normalized_networks_resume_exactly(tmp_path):
    history, arrays = normalized_run(tmp_path/"whole")
    assert any("mean" in name for name in arrays)
    for cut in (1, 4, 5, 6, 13):
        normalized_run(tmp_path/f"{cut}", stop=cut)
        went_on, others = normalized_run(tmp_path/f"{cut}", seed=7)
        assert (went_on.loss == history.loss).all() and (went_on.validation_loss == history.validation_loss).all()
        assert all((others[name] == array).all() for name, array in arrays.items())
        assert (tmp_path/f"{cut}").read_bytes() == (tmp_path/"whole").read_bytes()


def test_a_crafted_name_of_a_million_letters_is_cut_and_steers_no_terminal(saved):
    path, objects = saved
    name = "\x1b[2J" + "x"*10**6
    rewrite(path, lambda found, header: found["content"]["parts"]["optimizer"]["param_groups"][0].update({name: 1}))
    with pytest.raises(CheckpointError, match="letters more") as caught:
        load_checkpoint(path, *objects)
    assert len(str(caught.value)) < 3000 and "\x1b" not in str(caught.value)


def resumed_texts(path, epochs, rate=0.01, scheduled=False, weight_decay=0.01):
    "What is warned of when a run goes on."
    model = Sequential([Dense(64, 10, np.random.default_rng(0))])
    loader = DataLoader(split.train_inputs[:64], split.train_targets[:64], 32, generator=0)
    optimizer = AdamW(dict(model.named_parameters()).items(), rate, weight_decay=weight_decay)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        fit(model, loader, CrossEntropyLoss(), optimizer, StepLR(optimizer, 1, 0.5) if scheduled else None,
            epochs=epochs, checkpoint=path, resume=True, progress=False)
    return [str(warning.message) for warning in caught]


@pytest.mark.parametrize("scheduled", [False, True])
def test_a_resumed_run_says_where_the_file_and_the_program_differ(tmp_path, scheduled):
    path = tmp_path/"run"
    assert resumed_texts(path, 2, scheduled=scheduled) == []
    assert resumed_texts(path, 3, scheduled=scheduled) == []
    rate, decay = resumed_texts(path, 4, 0.05, scheduled, 0.1)
    assert rate.startswith(f"{path} was saved with learning_rate = 0.01, the optimizer here has 0.05: training goes on")
    assert "weight_decay = 0.01, the optimizer here has 0.1" in decay and "delete the file to begin anew" in decay


def test_a_resumed_run_says_that_nothing_is_left(tmp_path):
    path = tmp_path/"run"
    assert resumed_texts(path, 2) == []
    assert resumed_texts(path, 2) == [f"nothing is left to train: {path} has 2 of 2 epochs; delete it to begin anew"]
