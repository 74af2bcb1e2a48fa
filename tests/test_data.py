"Batches, the digits and MNIST from small IDX files: once each, repeatable, and every error by its text."
import gzip
import re
import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinytorch.data import Batch, DataLoader, load_digits, load_mnist, mnist_files, mnist_source, read_idx


@settings(max_examples=60, deadline=None)
@given(count=st.integers(1, 50), size=st.integers(1, 60), shuffle=st.booleans(), seed=st.integers(0, 100))
def test_every_example_once_per_epoch(count, size, shuffle, seed):
    loader = DataLoader(10*np.arange(count), np.arange(count), size, shuffle, np.random.default_rng(seed))
    for _ in range(2):
        batches = list(loader)
        assert len(batches) == len(loader) and all(len(batch.targets) == size for batch in batches[:-1])
        assert all((batch.inputs == 10*batch.targets).all() for batch in batches)
        seen = np.concatenate([batch.targets for batch in batches])
        assert (np.sort(seen) == np.arange(count)).all() and (shuffle or (seen == np.arange(count)).all())


def epochs(count=2, **options):
    loader = DataLoader(np.arange(50), np.arange(50), 8, **options)
    return [[batch.targets.tolist() for batch in loader] for _ in range(count)]


def test_the_same_seed_gives_the_same_batches_and_each_epoch_another_order():
    first = epochs(shuffle=True, generator=np.random.default_rng(3))
    assert first == epochs(shuffle=True, generator=3) != epochs(shuffle=True, generator=4) and first[0] != first[1]
    assert epochs(shuffle=True) != epochs(shuffle=True)


def test_an_epoch_can_be_resumed_from_the_generators_state():
    generator = np.random.default_rng(0)
    loader = DataLoader(np.arange(20), np.arange(20), 6, True, generator)
    list(loader)
    state = generator.bit_generator.state
    next_epoch = [batch.targets.tolist() for batch in loader]
    generator.bit_generator.state = state
    assert [batch.targets.tolist() for batch in loader] == next_epoch


def test_batches_are_copies_keep_dtype_and_can_be_named():
    inputs = np.arange(12, dtype=np.float16).reshape(6, 2)
    batch = next(iter(DataLoader(inputs, [0, 1, 2, 3, 4, 5], 4)))
    assert isinstance(batch, Batch) and batch.inputs.dtype == np.float16 and batch[0] is batch.inputs
    assert batch[1] is batch.targets
    batch.inputs[:] = 99
    assert inputs.max() == 11
    images, labels = next(iter(DataLoader(np.zeros((5, 3, 8, 8)), np.zeros((5, 2)), 2)))
    assert images.shape == (2, 3, 8, 8) and labels.shape == (2, 2)


@pytest.mark.parametrize(
    "arguments, text",
    [
        ((np.ones((10, 4)), np.zeros(9)), "10 inputs and targets of shape (9,): give one target per input"),
        ((np.ones(3), 1.0), "3 inputs and targets of shape (): give one target per input"),
        ((np.zeros((0, 4)), np.zeros(0)), "inputs of shape (0, 4) hold no examples: give at least one"),
        ((1.0, 1.0), "inputs of shape () hold no examples"),
        (
            (np.array([[1.0], [np.nan], [np.inf]]), np.zeros(3)),
            "inputs hold nan or inf, first in example 1: clean the data before training",
        ),
        ((np.ones((3, 2, 2)), np.array([0, 1, -np.inf])), "targets hold nan or inf, first in example 2"),
        ((np.ones(3), np.ones(3), 0), "batch_size = 0 is not valid: give a whole number >= 1"),
        ((np.ones(3), np.ones(3), 2.0), "batch_size = 2.0 is not valid"),
    ],
)
def test_loader_errors(arguments, text):
    with pytest.raises(ValueError, match=re.escape(text)):
        DataLoader(*arguments)


def test_the_noise_of_a_minibatch():
    values, generator = np.random.default_rng(0).standard_normal(30), np.random.default_rng(1)
    for B in (1, 7, 29):
        errors = np.array(
            [
                (next(iter(DataLoader(values, values, B, True, generator))).inputs.mean() - values.mean()) ** 2
                for _ in range(3000)
            ]
        )
        expected = values.var()/B*(30 - B)/29
        assert abs(errors.mean() - expected) < 4*errors.std()/np.sqrt(3000)


# ---- digits ----

def test_digits_are_what_scikit_learn_ships():
    datasets = pytest.importorskip("sklearn.datasets")
    theirs, ours = datasets.load_digits(), load_digits(test_size=1)
    order = np.random.default_rng(0).permutation(1797)
    assert (np.concatenate([ours.train_inputs, ours.test_inputs])*16 == theirs.data[order]).all()
    assert (np.concatenate([ours.train_targets, ours.test_targets]) == theirs.target[order]).all()


def test_the_split_is_fixed_complete_and_even():
    split, again = load_digits(), load_digits()
    assert split.train_inputs.shape == (1437, 64) and split.test_inputs.shape == (360, 64)
    assert split.train_inputs.dtype == np.float32 and split.train_targets.dtype == np.int64
    assert split.train_inputs.min() == 0 and split.train_inputs.max() == 1
    assert all((a == b).all() for a, b in zip(split, again))
    assert (load_digits(seed=1).train_inputs != split.train_inputs).any()
    assert np.bincount(np.concatenate([split.train_targets, split.test_targets])).tolist() == [
        178,
        182,
        177,
        183,
        181,
        182,
        181,
        179,
        174,
        180,
    ]


@pytest.mark.parametrize("size", [0, 1797, -3, 2.5])
def test_digits_errors(size):
    with pytest.raises(
        ValueError, match=re.escape(f"test_size = {size!r} is not valid: give a whole number from 1 to")
    ):
        load_digits(test_size=size)


# ---- MNIST ----

def idx(array):
    return (
        b"\0\0\x08"
        + bytes([array.ndim])
        + struct.pack(f">{array.ndim}I", *array.shape)
        + array.astype(np.uint8).tobytes()
    )


generator = np.random.default_rng(0)
arrays = {
    "train_inputs": generator.integers(0, 256, (7, 28, 28)),
    "train_targets": generator.integers(0, 10, 7),
    "test_inputs": generator.integers(0, 256, (3, 28, 28)),
    "test_targets": generator.integers(0, 10, 3),
}


@pytest.fixture
def mnist(tmp_path):
    for key, name in mnist_files.items():
        (tmp_path/name).write_bytes(idx(arrays[key]))
    return tmp_path


@pytest.mark.parametrize("zipped", [(), ("train_inputs",), tuple(mnist_files)])
def test_mnist_plain_and_gzipped(mnist, zipped):
    for key in zipped:
        path = mnist/mnist_files[key]
        (mnist/f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes()))
        path.unlink()
    for folder in (mnist, str(mnist)):
        split = load_mnist(folder)
        assert split.train_inputs.shape == (7, 784) and split.train_inputs.dtype == np.float32
        assert split.test_targets.dtype == np.int64
        for key in ("train_inputs", "test_inputs"):
            assert np.allclose(getattr(split, key)*255, arrays[key].reshape(-1, 784), atol=1e-4)
            assert getattr(split, key).max() <= 1
        for key in ("train_targets", "test_targets"):
            assert (getattr(split, key) == arrays[key]).all()


def test_mnist_says_which_files_it_wants_and_where_they_are_published(tmp_path, mnist):
    names = ", ".join(mnist_files.values())
    text = f"{tmp_path/'nothing'} lacks {names} (plain or .gz): fetch them from {mnist_source}"
    with pytest.raises(FileNotFoundError, match=re.escape(text)):
        load_mnist(tmp_path/"nothing")
    (mnist/mnist_files["test_targets"]).unlink()
    with pytest.raises(FileNotFoundError, match="lacks t10k-labels-idx1-ubyte [(]plain or .gz[)]: fetch them"):
        load_mnist(mnist)


whole = idx(arrays["train_inputs"])
@pytest.mark.parametrize(
    "key, data, text",
    [
        (
            "train_inputs",
            b"",
            "train-images-idx3-ubyte starts with nothing, not with the magic number 000008.. of an IDX file",
        ),
        ("train_inputs", b"<html>not found</html>", "starts with 3c68746d, not with the magic number"),
        ("train_inputs", b"\0\0\x0d\x03" + whole[4:], "starts with 00000d03, not with the magic number"),  # floats
        ("train_inputs", whole[:10], "ends inside its header, after 10 bytes: fetch it again"),
        (
            "train_inputs",
            whole[:-1],
            "holds only 5487, its header (7, 28, 28) promises 5488 bytes: fetch it again",
        ),
        ("train_inputs", whole + b"\0", "holds more, its header (7, 28, 28) promises 5488 bytes"),
        (
            "train_inputs",
            b"\0\0\x08\x03" + b"\xff" * 12,
            "promises 79228162458924105385300197375 bytes in its header (4294967295, 4294967295, 4294967295)",
        ),
        ("train_inputs", gzip.compress(whole)[:200], "is a damaged gzip file"),
        ("train_inputs", b"\x1f\x8b" + b"\0" * 50, "is a damaged gzip file"),
        ("train_inputs", gzip.compress(whole)[:10] + b"\xff" * 400, "is a damaged gzip file"),
        ("train_inputs", idx(arrays["train_targets"]), "has shape (7,) and"),
        ("train_inputs", idx(np.zeros((0, 28, 28))), "has shape (0, 28, 28) and"),
        ("train_targets", idx(arrays["test_targets"]), "(3,): expected (n, 28, 28) and (n,), fetch both again"),
        (
            "test_targets",
            idx(np.array([1, 2, 10])),
            "t10k-labels-idx1-ubyte holds the label 10: expected digits from 0 to 9, fetch it again",
        ),
    ],
)
def test_mnist_errors(mnist, key, data, text):
    (mnist/mnist_files[key]).write_bytes(data)
    with pytest.raises(ValueError, match=re.escape(text)):
        load_mnist(mnist)


@settings(max_examples=40, deadline=None)
@given(shape=st.lists(st.integers(0, 4), min_size=0, max_size=4), seed=st.integers(0, 100))
def test_idx_of_any_shape(tmp_path_factory, shape, seed):
    array, path = np.random.default_rng(seed).integers(0, 256, shape), tmp_path_factory.mktemp("idx")/"file"
    path.write_bytes(idx(np.asarray(array)))
    assert read_idx(path).shape == tuple(shape) and (read_idx(path) == array).all()


def test_a_gzip_bomb_is_not_unpacked(tmp_path, monkeypatch):
    read = []
    unpacking = gzip.GzipFile.read
    def counted(self, size=-1):
        data = unpacking(self, size)
        read.append(len(data))
        return data
    monkeypatch.setattr(gzip.GzipFile, "read", counted)
    small, path = idx(np.zeros((3, 4), int)), tmp_path/"bomb.gz"
    path.write_bytes(gzip.compress(small + bytes(10**7)))
    with pytest.raises(ValueError, match=re.escape("bomb.gz holds more, its header (3, 4) promises 12 bytes")):
        read_idx(path)
    assert sum(read) < 100
    read.clear()
    path.write_bytes(gzip.compress(b"\0\0\x08\x03" + struct.pack(">3I", 60_000, 28, 2**20) + bytes(10**7)))
    with pytest.raises(ValueError, match="promises 1761607680000 bytes in its header .*, more than 1000000000"):
        read_idx(path)
    assert sum(read) < 100
    path.write_bytes(gzip.compress(small))
    assert read_idx(path).shape == (3, 4)
    with pytest.raises(ValueError, match="more than 11: fetch it again, or raise `most`"):
        read_idx(path, most=11)


@settings(max_examples=30, deadline=None)
@given(count=st.integers(1, 40), size=st.integers(1, 45), shuffle=st.booleans())
def test_drop_last(count, size, shuffle):
    if count < size:
        with pytest.raises(
            ValueError, match=f"drop_last with {count} examples and batch_size = {size} leaves no batch"
        ):
            DataLoader(np.arange(count), np.arange(count), size, drop_last=True)
        return
    loader = DataLoader(np.arange(count), np.arange(count), size, shuffle, 0, drop_last=True)
    batches = list(loader)
    assert len(batches) == len(loader) == count//size and all(len(batch.targets) == size for batch in batches)
    seen = np.concatenate([batch.targets for batch in batches])
    assert len(np.unique(seen)) == len(seen) == count//size*size
