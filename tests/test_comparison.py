"Fair comparisons: sweeps that survive a run that diverges, and intervals of paired differences."
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinytorch.comparison import at_an_edge, best_rate, paired_difference, student_quantile, sweep


def test_every_rate_meets_every_seed():
    scores = sweep(lambda rate, seed: 10*rate + seed, [1.0, 2.0], [3, 5, 7])
    assert scores.tolist() == [[13, 15, 17], [23, 25, 27]]


def overflows(rate, seed):
    raise FloatingPointError("the loss is not finite")


@pytest.mark.parametrize("run", [lambda rate, seed: np.nan, lambda rate, seed: -np.inf, overflows])
def test_a_run_that_diverges_ends_no_sweep_and_wins_none(run):
    scores = sweep(run, [0.1], [0])
    assert scores.tolist() == [[np.inf]]
    with pytest.raises(ValueError, match="no rate of .* gave a finite mean score"):
        best_rate([0.1], scores)


def test_other_errors_are_not_hidden():
    with pytest.raises(ZeroDivisionError):
        sweep(lambda rate, seed: 1//0, [0.1], [0])


def test_the_best_rate_has_the_lowest_mean():
    scores = np.array([[3.0, 3.0], [1.0, 4.0], [0.0, np.inf]])
    assert best_rate([1, 2, 3], scores) == (1, 2)
    assert not at_an_edge([1, 2, 3], scores) and at_an_edge([1, 2], scores[:2])


@pytest.mark.parametrize("freedom, value", [(1, 12.7062), (2, 4.30265), (9, 2.26216), (29, 2.04523), (1000, 1.96234)])
def test_quantiles_of_student(freedom, value):
    assert student_quantile(0.975, freedom) == pytest.approx(value, abs=1e-5)
    assert student_quantile(0.5, freedom) == pytest.approx(0, abs=1e-12)


scores = st.lists(st.floats(-100, 100), min_size=2, max_size=8)


@given(scores)
def test_a_shared_part_of_the_luck_cancels(first):
    mean, low, high = paired_difference(np.add(first, 1.0), first)
    assert mean == pytest.approx(1) and low == pytest.approx(1, abs=1e-9) and high == pytest.approx(1, abs=1e-9)


@given(scores)
def test_the_other_way_round_is_the_negative(first):
    second = first[::-1]
    mean, low, high = paired_difference(first, second)
    assert paired_difference(second, first) == pytest.approx((-mean, -high, -low), abs=1e-12)
    assert low <= mean <= high


def test_intervals_widen_with_confidence():
    widths = [np.ptp(paired_difference([1, 2, 4], [0, 0, 0], confidence)[1:]) for confidence in (0.5, 0.9, 0.99)]
    assert widths == sorted(widths) and widths[0] > 0


@pytest.mark.parametrize("first, second", [([1.0], [2.0]), ([1.0, 2.0], [1.0]), (3.0, 4.0)])
def test_what_is_no_pairs_is_refused(first, second):
    with pytest.raises(ValueError, match="are no pairs"):
        paired_difference(first, second)
