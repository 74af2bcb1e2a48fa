"Checkpoints: exact resume at every cut, whole or not at all, and clear errors for every way in which a file can be bad."
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tinytorch import training
from tinytorch.autograd import Variable
from tinytorch.data import DataLoader, load_digits
from tinytorch.layers import CrossEntropyLoss, Dense, ReLU, Sequential
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
        for p in model.parameters(): p.grad = generator.standard_normal(p.shape).astype(p.dtype)
        optimizer.step(); scheduler.step()


def everything(model, optimizer, scheduler, generator):
    "All that a checkpoint is about, as bytes."
    return training.encode({"model": {n: p.data for n, p in model.named_parameters()}, "optimizer": optimizer.state_dict(), "scheduler": scheduler.state_dict(), "generator": generator.bit_generator.state})


@pytest.fixture
def saved(tmp_path):
    path, objects = tmp_path/"run.safetensors", make()
    save_checkpoint(path, *objects)
    return path, objects


def refused(path, objects, text, **parts):
    "The file gives CheckpointError with this text, and changes nothing."
    before = everything(*objects)
    with pytest.raises(CheckpointError, match=text) as caught: load_checkpoint(path, *objects, **parts)
    assert everything(*objects) == before and str(path) in str(caught.value)
    return str(caught.value)


def reseal(data):
    at = data.find(training.seal_mark, 8) + 0
    at += len(training.seal_mark)
    return data[:at] + training.digest(data, at) + data[at + 64:]


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


trees = st.recursive(st.none() | st.booleans() | st.integers(-2**130, 2**130) | st.floats(allow_nan=False) | st.text(max_size=5) | hnp.arrays(st.sampled_from([np.float64, np.float32, np.float16, np.int64, np.uint8, bool]), hnp.array_shapes(min_dims=0, min_side=0, max_side=3)),
                     lambda inner: st.lists(inner, max_size=3) | st.lists(inner, max_size=3).map(tuple) | st.dictionaries(st.text(max_size=4).filter(lambda k: k[:1] != "$"), inner, max_size=3), max_leaves=12)

def same(a, b):
    if isinstance(a, np.ndarray): return isinstance(b, np.ndarray) and a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()
    if isinstance(a, dict): return isinstance(b, dict) and [*a] == [*b] and all(same(a[k], b[k]) for k in a)
    return type(a) is type(b) and (len(a) == len(b) and all(map(same, a, b)) if isinstance(a, (list, tuple)) else a == b)

@given(trees)
def test_whatever_is_packed_comes_back_with_its_types(tree): assert same(training.decode(training.encode({"tree": tree}))["tree"], tree)


def test_numbers_of_numpy_tuples_and_names_keep_their_kind():
    tree = {"a": np.float32(1.5), "b": (np.int64(3), [1]), "θ/b": {"x": np.ones(2)}, "θ": {"b/x": np.zeros(2)}, "t": True, "inf": float("inf"), "fortran": np.asfortranarray(np.arange(6.).reshape(2, 3))[:, ::-1]}
    back = training.decode(training.encode(tree))
    assert same(back, tree) and type(back["a"]) is np.float32 and type(back["b"][0]) is np.int64


def test_the_same_state_gives_the_same_bytes_and_other_readers_can_read_them(saved):
    safetensors = pytest.importorskip("safetensors.numpy")
    path, objects = saved
    again = path.with_name("again.safetensors")
    save_checkpoint(again, *objects)
    assert path.read_bytes() == again.read_bytes()
    tensors = safetensors.load_file(path)
    assert (tensors["model/0.weight"] == objects[0].layers[0].weight.data).all() and (tensors["parts/optimizer/state/2.bias/m"] == objects[1].state[objects[0].layers[2].bias]["m"]).all()


@pytest.mark.parametrize("kind", [np.random.PCG64, np.random.MT19937, np.random.Philox, np.random.SFC64, np.random.PCG64DXSM])
def test_every_generator_of_numpy(tmp_path, kind):
    path, model = tmp_path/"g.safetensors", Dense(2, 2)
    one, other = np.random.Generator(kind(1)), np.random.Generator(kind(2))
    one.standard_normal(7), one.integers(0, 5, 3, dtype=np.uint16)
    save_checkpoint(path, model, generator=one)
    load_checkpoint(path, model, generator=other)
    assert (one.standard_normal(700) == other.standard_normal(700)).all() and (one.integers(0, 9, 5, dtype=np.uint16) == other.integers(0, 9, 5, dtype=np.uint16)).all()


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
    w["w"].grad = np.ones(3); optimizer.step(); average.update()
    save_checkpoint(path, w, optimizer, extra={"note": "é", "pair": (1, np.ones(2))}, average=average)
    v = {"w": Variable(np.zeros(3), requires_grad=True, name="w")}
    other = EMA(v, 0.5)
    extra = load_checkpoint(path, v, SGD(v.values(), learning_rate=0.1), average=other)
    assert (v["w"].data == w["w"].data).all() and (other.average["w"] == average.average["w"]).all() and extra["note"] == "é" and extra["pair"][0] == 1
    load_checkpoint(path, v)   # the weights alone
    with pytest.raises(TypeError, match="a model is a Module"): save_checkpoint(path, [v["w"]])
    with pytest.raises(TypeError, match="extra/f is a function"): save_checkpoint(path, w, extra={"f": make})
    with pytest.raises(TypeError, match="extra/z is complex128"): save_checkpoint(path, w, extra={"z": np.ones(2, complex)})
    with pytest.raises(ValueError, match="keep long lists as arrays"): save_checkpoint(path, w, extra=[0]*10000)
    assert load_checkpoint(path, v)["note"] == "é"
    many = {f"w{i}": Variable(float(i), requires_grad=True, name=f"w{i}") for i in range(300)}   # a file that is nearly all JSON
    save_checkpoint(path, many, Adam(many.values()), extra=list(range(5000)))
    assert load_checkpoint(path, many)[-1] == 4999


# ---- resume

def digits_run(path, seed=0, stop=None, every=5, optimizer=AdamW, resume=True, average=True, epochs=3, **options):
    generator = np.random.default_rng(seed)
    model = Sequential([Dense(64, 8, generator), ReLU(), Dense(8, 10, generator)])
    driver = optimizer(model.parameters(), learning_rate=0.02)
    loader = DataLoader(split.train_inputs[:160], split.train_targets[:160], 32, shuffle=True, generator=generator)
    parts = {"average": EMA(model, 0.8)} if average else {}
    history = fit(model, loader, CrossEntropyLoss(), driver, StepLR(driver, 2), epochs, validation=DataLoader(split.test_inputs, split.test_targets, 360), clip=1.0,
                  checkpoint=path, checkpoint_every=every, resume=resume, after_step=stop and (lambda h: h.step == stop), **parts, **options)
    return model, history


@pytest.mark.parametrize("scheduler_per", ["epoch", "step"])
def test_resume_at_every_cut(tmp_path, scheduler_per):
    model, history = digits_run(tmp_path/"whole", scheduler_per=scheduler_per, every=None)
    for cut in range(1, 15):
        path = tmp_path/f"cut{cut}"
        digits_run(path, stop=cut, every=1, scheduler_per=scheduler_per)
        other, went_on = digits_run(path, seed=77, every=None, scheduler_per=scheduler_per)   # another seed: all that matters is in the file
        assert path.read_bytes() == (tmp_path/"whole").read_bytes(), cut
        assert all((a.data == b.data).all() for a, b in zip(model.parameters(), other.parameters()))
        for name in history.names: assert np.array_equal(history.series[name], went_on.series[name], equal_nan=True)


class Noisy(Dense):
    "A layer that draws from the generator that also orders the batches, as dropout would."
    def forward(self, inputs): return super().forward(inputs + self.generator.standard_normal(inputs.shape).astype(np.float32))

def test_a_model_that_draws_from_the_same_generator_resumes_exactly(tmp_path):
    def run(path, seed, stop=None):
        generator = np.random.default_rng(seed)
        model = Noisy(64, 10, generator)
        model.generator = generator
        loader = DataLoader(split.train_inputs[:160], split.train_targets[:160], 32, shuffle=True, generator=generator)
        fit(model, loader, CrossEntropyLoss(), SGD(model.parameters(), learning_rate=0.1), epochs=3, checkpoint=path, resume=True, after_step=stop and (lambda h: h.step == stop))
    run(tmp_path/"whole", 0)
    for cut in range(1, 15):
        run(tmp_path/f"{cut}", 0, cut), run(tmp_path/f"{cut}", 9)
        assert (tmp_path/f"{cut}").read_bytes() == (tmp_path/"whole").read_bytes(), cut


kills = script("kill_resume")

def pairs():
    "SGD and Adam under every schedule, every other optimizer under three, every schedule in its turn."
    schedulers = sorted(kills.Scheduler.registry)
    for i, optimizer in enumerate(sorted(kills.Optimizer.registry)):
        for scheduler in schedulers if optimizer in ("SGD", "Adam") else [schedulers[(3*i + j) % len(schedulers)] for j in range(3)]: yield optimizer, scheduler


@pytest.mark.parametrize("optimizer, scheduler", list(pairs()))
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
    for change, text in ((lambda found, header: found["content"]["parts"].pop("history") and None, "no state of history"), (lambda found, header: found["content"]["parts"]["history"].update(epoch=-3), "epoch = -3 is not valid"),
                         (lambda found, header: found["content"]["parts"]["history"]["series"].pop("loss") and None, "its inside is not what a checkpoint has")):
        path.write_bytes(data)
        rewrite(path, change)
        with pytest.raises(CheckpointError, match=text): digits_run(path)
    path.write_bytes(data)
    assert digits_run(path)[1].step == history.step


def test_early_stopping_resumes_exactly(tmp_path):
    model, history = digits_run(tmp_path/"whole", patience=2, epochs=60, average=False)
    assert 8 < history.epoch < 60
    digits_run(tmp_path/"cut", patience=2, epochs=60, average=False, stop=31, every=1)
    other, went_on = digits_run(tmp_path/"cut", seed=3, patience=2, epochs=60, average=False)
    assert went_on.epoch == history.epoch and all((a.data == b.data).all() for a, b in zip(model.parameters(), other.parameters()))


def test_weights_that_are_not_finite_never_replace_a_good_file(tmp_path):
    path, x = tmp_path/"run", {"x": Variable(np.array([1.0], np.float32), requires_grad=True, name="x")}
    class Model(Dense):
        def named_parameters(self, prefix=""): return [*x.items()]
        def forward(self, inputs): return (x["x"]*inputs).sum()
    batches = [(np.full(1, value, np.float32), np.zeros(1)) for value in (1e-3, 1e-3, 1e37)]   # the last step is too long, though its loss and gradient are finite
    with pytest.raises(training.NonFiniteError, match="step 3, epoch 1: it left weights of x"):
        fit(Model(1, 1), batches, lambda p, t: p, SGD(x.values(), learning_rate=1000.0), checkpoint=path, checkpoint_every=1)
    load_checkpoint(path, x)
    assert np.isfinite(x["x"].data).all()


def test_kills_in_small():
    "A few dozen of the kills that benchmarks/kill_resume.py does by the hundred."
    run = subprocess.run([sys.executable, root/"benchmarks"/"kill_resume.py", "--kills", "18", "--optimizers", "SGD", "Adam", "AdamW", "--schedulers", "StepLR"], capture_output=True, text=True, cwd=root, env=os.environ | {"PYTHONPATH": str(root)})
    assert run.returncode == 0, run.stdout + run.stderr
    assert "files damaged 0" in run.stdout and "runs that differ 0" in run.stdout


def test_the_kills_would_find_a_save_that_is_not_atomic(tmp_path):
    code = f"""
import sys; sys.path.insert(0, {str(root/'benchmarks')!r})
import kill_resume as k
def naive(path, data):
    with k.training.open(path, "wb") as file: file.write(data)
k.training.write_whole, k.training.open = naive, open
k.aims = ("middle of the bytes",)
try: k.main(["--kills", "2", "--optimizers", "SGD", "--schedulers", "StepLR"])
except BaseException as error: print(type(error).__name__)
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, env=os.environ | {"PYTHONPATH": str(root)})
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
        with pytest.raises(ValueError): training.decode(bytes(broken))
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
    hostile(lambda found, header: header["model/0.weight"].update(dtype="I32"), "0.weight of the model is int32 of shape .5, 8., expected float32")
    hostile(lambda found, header: header["model/0.weight"].update(shape=[8, 5]), r"shape \(8, 5\), expected float32 of shape \(5, 8\)")
    hostile(lambda found, header: header["model/0.weight"].update(data_offsets=[0, 2**50]))
    hostile(lambda found, header: found["content"]["parts"].update(optimizer=5), "no state_dict of an optimizer")
    hostile(lambda found, header: found["content"]["parts"]["optimizer"]["state"]["0.bias"].update(m={"$array": "model/0.bias"}))   # an array in two places
    hostile(lambda found, header: found["content"]["parts"]["optimizer"]["param_groups"][0].update(learning_rate=-1), "learning_rate = -1 is not valid")
    for step in ("3", -1, 2.5, None, True): hostile(lambda found, header: found["content"]["parts"]["optimizer"]["state"]["2.bias"].update(step=step), "a step count is a whole number")
    hostile(lambda found, header: found["content"].update(deep=json.loads("["*900 + "]"*900)), "times its size in memory")
    hostile(lambda found, header: found["content"].update(many=[[]]*10000), "times its size in memory")
    hostile(lambda found, header: found["content"]["generator"]["state"].update(state=2**200), "generator's state is not valid")
    hostile(lambda found, header: found["content"].update(generator=None), "no state of a generator")
    hostile(lambda found, header: found["content"].update(model={}), "missing 0.bias, 0.weight, 2.bias, 2.weight")
    assert "update the library" in hostile(lambda found, header: found.update(version=2), "format version 2, this library reads up to 1")


def test_a_generator_position_beyond_its_buffer(tmp_path):
    path, model, generator = tmp_path/"g", Dense(2, 2), np.random.Generator(np.random.MT19937(1))
    save_checkpoint(path, model, generator=generator)
    rewrite(path, lambda found, header: found["content"]["generator"]["state"].update(pos=10**6))
    before = generator.bit_generator.state
    with pytest.raises(CheckpointError, match="position 1000000"): load_checkpoint(path, model, generator=generator)
    assert (generator.bit_generator.state["state"]["key"] == before["state"]["key"]).all()


def test_other_models_optimizers_schedulers_and_generators(saved):
    path, objects = saved
    model, optimizer, scheduler, generator = objects
    refused(path, make(hidden=9), r"0.weight of the model is float32 of shape \(5, 8\), expected float32 of shape \(5, 9\)")
    refused(path, make(optimizer=AdamW), "a state of Adam cannot be loaded into AdamW")
    refused(path, (model, optimizer, StepLR(optimizer, step_size=9), generator), "step_size")   # the optimizer's state was fine: it is put back
    refused(path, (model, optimizer, scheduler, np.random.Generator(np.random.MT19937(0))), "its generator is a PCG64, yours a MT19937")
    refused(path, objects, "holds no state of average", average=EMA(model))
    with pytest.raises(TypeError, match="give a numpy.random.Generator"): load_checkpoint(path, model, generator=3)
    with pytest.raises(TypeError, match="generator is a RandomState: give a numpy.random.Generator"): save_checkpoint(path, model, generator=np.random.RandomState(0))
    bare = path.with_name("bare.safetensors")
    save_checkpoint(bare, model)
    refused(bare, objects, "no state of a generator")
    with pytest.raises(CheckpointError, match="no state of optimizer, scheduler"): load_checkpoint(bare, model, optimizer, scheduler)


def test_a_hand_edited_rate_survives_a_load_that_fails(saved):
    path, objects = saved
    objects[1].param_groups[0]["learning_rate"] = 0.123
    refused(path, (objects[0], objects[1], objects[2], np.random.Generator(np.random.SFC64(0))), "SFC64")
    class Stubborn:
        def state_dict(self): return {}
        def load_state_dict(self, state):
            if state: raise ValueError("no")
    save_checkpoint(path, *make(seed=5), odd=type("Odd", (), {"state_dict": lambda self: {"a": 1}})())
    refused(path, objects, "no", odd=Stubborn())
    assert objects[1].param_groups[0]["learning_rate"] == 0.123


def test_fuzzing_in_small():
    run = subprocess.run([sys.executable, root/"benchmarks"/"fuzz_checkpoint.py", "--files", "260"], capture_output=True, text=True, cwd=root, env=os.environ | {"PYTHONPATH": str(root)})
    assert run.returncode == 0, run.stdout + run.stderr


# ---- disks that fill, folders that vanish

def cannot_save(path, objects, text):
    "The error is ours and names the reason; the file from before is whole, and no part is left beside it."
    before = path.read_bytes() if path.exists() else None
    with pytest.raises(CheckpointError, match=text) as caught: save_checkpoint(path, *objects)
    assert "what was there before is untouched" in str(caught.value) and str(path) in str(caught.value)
    if path.parent.exists(): assert not list(path.parent.glob(".*.part"))
    if before is not None: assert path.read_bytes() == before and load_checkpoint(path, *make()) is None


def test_a_disk_that_fills():
    "On a tmpfs of 64 KB where we may mount one."
    folder = Path("/tmp")/f"full{os.getpid()}"
    folder.mkdir()
    if os.name != "posix" or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "none", folder], capture_output=True).returncode:
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
import resource, sys; sys.path.insert(0, {str(root/'tests')!r})
from pathlib import Path
import test_checkpoint as t
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
t.cannot_save(Path({str(path)!r}), t.make(seed=1), "File too large")
print("as expected")
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(root)})
    assert run.stdout == "as expected\n", run.stderr


def test_a_folder_that_is_not_there_or_vanishes(saved, tmp_path):
    path, objects = saved
    cannot_save(tmp_path/"nowhere"/"run.safetensors", objects, "No such file or directory.*another folder")
    folder = tmp_path/"gone"
    folder.mkdir()
    with pytest.raises(CheckpointError, match="cannot write"):
        digits_run(folder/"run", every=3, stop=None, average=False, progress=None) if shutil.rmtree(folder) is None else None
    with pytest.raises(CheckpointError, match="Is a directory"): save_checkpoint(tmp_path, *objects)


def test_a_folder_that_may_not_be_written():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)/"run.safetensors"
        save_checkpoint(path, *make())
        code = f"""
import os, sys; sys.path.insert(0, {str(root/'tests')!r})
from pathlib import Path
import test_checkpoint as t
t.load_checkpoint(Path({str(path)!r}), *t.make())   # imports what it needs
if os.geteuid() == 0: os.setgid(65534); os.setuid(65534)   # root may write everywhere: go on as somebody else
t.cannot_save(Path({str(path)!r}), t.make(seed=1), "Permission denied")
print("as expected")
"""
        Path(folder).chmod(0o555)
        try: run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(root)})
        finally: Path(folder).chmod(0o755)
        assert run.stdout == "as expected\n", run.stderr


def test_a_link_is_followed_and_rights_are_the_usual(saved, tmp_path):
    path, objects = saved
    link = tmp_path/"latest"
    link.symlink_to(path)
    save_checkpoint(link, *make(seed=1))
    assert link.is_symlink() and everything(*make(seed=1)) == everything(*(lambda o: (load_checkpoint(path, *o), o)[1])(make(seed=2)))
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
