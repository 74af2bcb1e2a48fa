"One rule, several engines: what the tracer keeps and refuses, the same bits everywhere, compiled once, and JavaScript."
import inspect
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import warnings
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinytorch import engines, kernels, tracing
from tinytorch.autograd import Variable
from tinytorch.engines import RuleError, Untraceable, advance, explain, set_engine, to_javascript, trace
from tinytorch.optimizers import SGD, Adam, Optimizer, adam, adam_amsgrad, sgd, sgd_dampened, sgd_momentum

elementwise = [kind for kind in Optimizer.registry.values()
               if kind.update is Optimizer.update and kind.step is Optimizer.step]
adam_options = dict(step=3, learning_rate=0.1, beta1=0.9, beta2=0.999, epsilon=1e-8)
fast = [pytest.param("numpy"), pytest.param("numba", marks=pytest.mark.skipif(
    not engines.has_numba(), reason="the compiled engine needs Numba: pip install numba"))]
on_engines = pytest.mark.parametrize("engine", fast)
needs_numba = fast[1].marks[0]
root = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def engine_is_put_back():
    before = engines.EngineChoice.name
    yield
    engines.EngineChoice.name = before


def random_job(slots, size=1000, dtype=np.float32, seed=0):
    "A parameter, a gradient and positive state, random."
    generator, wide = np.random.default_rng(seed), np.promote_types(dtype, np.float32)
    start, gradient = generator.standard_normal((2, size)).astype(dtype)
    state = {slot: generator.random(size).astype(wide) for slot in slots}
    return {"parameter": start, "gradient": gradient, **state}


def moved(engine, rule, job, options, before=None, steps=1):
    "A job after some steps under an engine."
    job = {name: value.copy() if isinstance(value, np.ndarray) else value for name, value in job.items()}
    with set_engine(engine):
        for step in range(steps):
            job |= advance(rule, [job], options | {"step": options.get("step", 1) + step}, before)
    return job


def assert_same(got, expected):
    "Two jobs agree to the last bit; nan is nan."
    assert got.keys() == expected.keys()
    for name, value in expected.items():
        assert np.array_equal(got[name], value, equal_nan=True), name
        assert np.asarray(got[name]).dtype == np.asarray(value).dtype


# ---- the tracer

def test_a_rule_becomes_a_program():
    def rule(parameter, gradient, m, learning_rate, beta):
        m = beta*m + (1 - beta)*gradient
        return parameter - learning_rate*m/(np.sqrt(m*m) + 1e-8), m
    assert str(trace(rule)) == """rule, float32
once a step
    c1 = 1 - beta
for each element
    t1 = beta * m
    t2 = c1 * gradient
    new_m = t1 + t2
    t3 = learning_rate * new_m
    t4 = new_m * new_m
    t5 = sqrt(t4)
    t6 = t5 + 1e-08
    t7 = t3 / t6
    new_parameter = parameter - t7
9 operations and 4 numbers; 12 bytes read and 8 written per parameter"""


def test_explain_shows_formula_program_and_bytes():
    text = explain(adam)
    assert text.startswith("A step of about α") and "c3 = 1 - (beta1**step)" in text
    assert text.endswith("14 operations and 8 numbers; 16 bytes read and 12 written per parameter")


def test_what_is_written_twice_is_computed_once():
    def rule(parameter, gradient, learning_rate):
        return parameter - learning_rate*gradient**2/(1 + gradient**2)*(1 - 0.9**2)
    operations = [element.operation for element in trace(rule).steps]
    assert sorted(operations) == ["add", "divide", "multiply", "multiply", "square", "subtract"]


def test_conditions_on_numbers_are_decided_and_guarded():
    def rule(parameter, gradient, step, learning_rate):
        if step > 2:
            return parameter - learning_rate*gradient
        return parameter - 2*learning_rate*gradient
    short = [len(trace(rule, step=step, learning_rate=0.1).steps) for step in (2, 3)]
    assert short == [2, 2] and "(step > 2) is True" not in explain(rule, step=2)
    job = random_job((), 5)
    for engine in ("plain", "numpy"):
        after = moved(engine, rule, job, {"learning_rate": 0.5}, steps=4)
        assert np.allclose(after["parameter"], job["parameter"] - 3*job["gradient"], rtol=1e-6)
    assert len(engines.traced.found[rule, None, np.dtype(np.float32)]) == 2


def test_every_way_a_condition_can_come_out_is_explained():
    def rule(parameter, gradient, learning_rate, nesterov, maximize):
        gradient = -gradient if maximize else gradient
        return parameter - learning_rate*(2*gradient if nesterov else gradient)
    assert len(tracing.paths(rule)) == 4 and explain(rule).count("nesterov is True") == 2
    with pytest.raises(TypeError, match="maximize is not decided: give a value for maximize"):
        trace(rule)


def test_a_constant_from_a_closure_and_options_that_are_no_numbers():
    def rule(parameter, gradient, learning_rate, mode):
        return parameter - learning_rate*np.float32(0.5)*(np.sign(gradient) if mode == "sign" else gradient)
    job = random_job((), 7)
    for mode in ("sign", "raw", "sign"):
        options = {"learning_rate": 0.1, "mode": mode}
        assert_same(moved("numpy", rule, job, options), moved("plain", rule, job, options))


@pytest.mark.parametrize("body, reason", [
    (lambda p, g: p - g/np.linalg.norm(g), "np.linalg.norm|array.ravel|np.norm|np.add.reduce|array.dot"),
    (lambda p, g: p - g*g.sum(), "array.sum"), (lambda p, g: p - g*np.sum(g), "np.sum"),
    (lambda p, g: p - g*np.add.reduce(g), "np.add.reduce"), (lambda p, g: p - g @ g, "np.matmul"),
    (lambda p, g: p - g[0], "indexing an array"), (lambda p, g: p - g.T, "array.T"),
    (lambda p, g: p - np.cbrt(g), "np.cbrt"), (lambda p, g: p - max(g, -g), "a condition on an array (write np.where)"),
    (lambda p, g: p - sum(x for x in g), "a loop over elements"), (lambda p, g: p - len(g), r"len\(\) of an array"),
    (lambda p, g: p - g*np.arange(g.size), "array.size"),
    (lambda p, g: p - np.array(g), "a function that needs the array"),
    (lambda p, g: p - np.ones(3)*g, "an ndarray among the operands"),
], ids=lambda value: value if isinstance(value, str) else "")
def test_what_cannot_be_traced_is_named(body, reason):
    def rule(parameter, gradient):
        return body(parameter, gradient)
    with pytest.raises(Untraceable, match=reason if "|" in reason or "\\" in reason else re.escape(reason)):
        trace(rule)


def test_a_number_given_to_math_is_named():
    import math
    def rule(parameter, gradient, step):
        return parameter - gradient/math.sqrt(step)
    with pytest.raises(Untraceable, match=re.escape("float(), or a function of math, of a number (a root is x**0.5)")):
        trace(rule)


@on_engines
def test_an_untraceable_rule_runs_whole_and_says_so_once(engine, monkeypatch):
    monkeypatch.setattr(kernels, "block_bytes", 400)
    def normalized(parameter, gradient, learning_rate):
        return parameter - learning_rate*gradient/np.sqrt(np.sum(gradient**2))
    job = random_job((), 1000)
    expected = normalized(job["parameter"], job["gradient"], 0.5)
    said = "normalized runs as it stands, on whole arrays, because it cannot be traced: np.sum"
    with pytest.warns(UserWarning, match=said):
        first = moved(engine, normalized, job, {"learning_rate": 0.5})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        second = moved(engine, normalized, job, {"learning_rate": 0.5})
    assert (first["parameter"] == expected).all() and (second["parameter"] == expected).all()


# ---- rules that are wrong

def changes_in_place(parameter, gradient, m, learning_rate):
    m *= 0.9
    return parameter - learning_rate*gradient, m


def changes_elements(parameter, gradient, m, learning_rate):
    gradient[gradient < 0] = 0
    return parameter - learning_rate*gradient, m


def changes_by_out(parameter, gradient, m, learning_rate):
    np.add(m, gradient, out=m)
    return parameter - learning_rate*m, m


def changes_untraceably(parameter, gradient, m, learning_rate):
    m += gradient.sum()
    return parameter - learning_rate*m, m


@pytest.mark.parametrize("engine", ["plain", *fast])
@pytest.mark.parametrize("rule", [changes_in_place, changes_elements, changes_by_out, changes_untraceably],
                         ids=lambda rule: rule.__name__)
@pytest.mark.filterwarnings("ignore:.*cannot be traced")
def test_a_rule_that_changes_its_arguments_is_refused_and_changes_nothing(rule, engine):
    job = random_job(["m"], 5)
    kept = {name: value.copy() for name, value in job.items()}
    said = f"{rule.__name__} changes (its|an) argument.* a rule is pure"
    with set_engine(engine), pytest.raises(RuleError, match=said):
        advance(rule, [job], {"learning_rate": 0.1})
    assert_same(job, kept)


@pytest.mark.parametrize("engine", ["plain", *fast])
@pytest.mark.parametrize("returned, text", [
    (lambda p, g, m: p, "returned 1 value, expected 2: the new parameter, m"),
    (lambda p, g, m: (p, m, g), "returned 3 values, expected 2"),
    (lambda p, g, m: (p, None), "returned a NoneType for m"), (lambda p, g, m: None, "returned 1 value, expected 2")])
def test_a_rule_that_returns_the_wrong_things_is_refused(engine, returned, text):
    def rule(parameter, gradient, m):
        return returned(parameter, gradient, m)
    job = random_job(["m"], 5)
    with set_engine(engine), pytest.raises(RuleError, match=text):
        advance(rule, [job], {})


@pytest.mark.filterwarnings("ignore:.*cannot be traced")
def test_a_result_of_another_shape_is_refused():
    def rule(parameter, gradient, m):
        return parameter, m[:2]
    job = random_job(["m"], 5)
    with pytest.raises(RuleError, match=re.escape("returned m of shape (2,), expected (5,)")):
        advance(rule, [job], {})


class Hungry(Optimizer):
    "Asks for what its groups do not have."
    rule = staticmethod(lambda parameter, gradient, learning_rat: parameter - learning_rat*gradient)
    def __init__(self, parameters, learning_rate=0.1):
        super().__init__(parameters, learning_rate=learning_rate)
del Optimizer.registry["Hungry"]


def test_a_rule_with_an_unknown_argument_says_which_was_meant():
    x = Variable(np.ones(3), requires_grad=True)
    x.grad = np.ones(3)
    with pytest.raises(TypeError, match="of Hungry asks for `learning_rat`.*did you mean `learning_rate`"):
        Hungry([x]).step()
    assert (x.data == 1).all()


# ---- choosing an engine

def test_an_engine_is_chosen_for_a_while_or_for_good():
    with set_engine("plain"):
        assert engines.get_engine() == "plain"
        set_engine("numpy")
        assert engines.get_engine() == "numpy"
    assert engines.get_engine() != "plain"


def test_a_misspelt_engine_and_one_that_is_not_installed(monkeypatch):
    with pytest.raises(ValueError, match="there is no engine 'nunpy': did you mean 'numpy'?"):
        set_engine("nunpy")
    with pytest.raises(ValueError, match="there are numpy, numba, plain, auto"):
        set_engine("fortran")
    monkeypatch.setattr(engines, "has_numba", lambda: False)
    with pytest.raises(ImportError, match="pip install numba"):
        set_engine("numba")


def run_python(code, **environment):
    "What a fresh interpreter prints, and what it says besides."
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, timeout=300,
                          env=os.environ | {"PYTHONPATH": str(root)} | environment)
    return done.stdout.strip(), done.stderr


def test_the_environment_chooses_and_may_be_wrong():
    code = "from tinytorch.engines import get_engine; print(get_engine())"
    assert run_python(code, TINYTORCH_ENGINE="plain")[0] == "plain"
    assert run_python(code, TINYTORCH_ENGINE="")[0] == "auto"
    assert "did you mean 'numba'?" in run_python(code, TINYTORCH_ENGINE="numbar")[1]


def test_nothing_heavy_is_imported_until_it_is_asked_for():
    heavy = {"numba", "llvmlite", "matplotlib", "torch"}
    code = f"import sys, tinytorch.optimizers; print({heavy} & {{*sys.modules}})"
    assert run_python(code)[0] == "set()"


# ---- the same bits

special = [0.0, -0.0, 1.0, -1.5, 2.5, np.inf, -np.inf, np.nan, 1e-38, 1e-45, 3e38, 0.1]
pairs = np.array(list(itertools.product(special, special)), dtype=np.float32).T.copy()
checked = {
    "add": lambda a, b: a + b, "subtract": lambda a, b: a - b, "multiply": lambda a, b: a*b, "divide": lambda a, b: a/b,
    "negative": lambda a, b: -a, "positive": lambda a, b: +b, "square": lambda a, b: a**2,
    "root": lambda a, b: abs(a)**0.5, "reciprocal": lambda a, b: a**-1, "first power": lambda a, b: a**1,
    "sqrt": lambda a, b: np.sqrt(a), "abs": lambda a, b: np.abs(a),
    "sign": lambda a, b: np.sign(a), "maximum": lambda a, b: np.maximum(a, b), "minimum": lambda a, b: np.minimum(a, b),
    "clip": lambda a, b: np.clip(a, -1, 2) + b.clip(0.5, None), "where": lambda a, b: np.where(a > b, a, 0.5*b),
    "where of two numbers": lambda a, b: a*np.where(a > b, 1.2, 0.5), "comparison": lambda a, b: (a <= b)*a + (a == b),
    "and": lambda a, b: np.where((a > 0) & (b > 0), a, b), "or": lambda a, b: np.where((a > 0) | ~(b != 0), a, b),
    "logical": lambda a, b: np.where(np.logical_and(a, np.logical_not(b > 1)), a, b),
    "isnan": lambda a, b: np.where(np.isnan(a), 0, a), "isfinite": lambda a, b: np.where(np.isfinite(a), a, b),
    "float64 within": lambda a, b: a + np.float64(0.1)*b, "half within": lambda a, b: a.astype(np.float64)*b,
    "number of numpy": lambda a, b: np.sqrt(2)*a,
    "zeros and ones": lambda a, b: np.maximum(a, np.zeros_like(b)) + np.ones_like(a),
    "full": lambda a, b: np.full_like(a, 0.3)*b, "count": lambda a, b: a*((a > 0)*2 - 1)}


@on_engines
@pytest.mark.parametrize("name", checked)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_every_operation_gives_the_same_bits(engine, name, dtype):
    def rule(parameter, gradient, last):
        return checked[name](parameter, gradient), gradient
    if dtype == np.float64 and name == "half within":
        pytest.skip("the same type already")
    a, b = pairs.astype(dtype)
    job = {"parameter": a, "gradient": b, "last": np.zeros_like(a)}
    expected = moved("plain", rule, job, {})
    assert_same(moved(engine, rule, job, {}), expected)


@on_engines
@pytest.mark.parametrize("name, body", [
    ("exp", lambda a: np.exp(-abs(a))), ("log", lambda a: np.log1p(abs(a)) + np.log(1 + a*a)), ("tanh", np.tanh),
    ("power", lambda a: abs(a)**0.75), ("expm1", np.expm1), ("hypot", lambda a: np.hypot(a, 1 - a))])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_what_is_not_exact_is_listed_and_close(engine, name, body, dtype):
    def rule(parameter, gradient):
        return body(gradient)
    assert trace(rule).inexact and "not the same to the last bit in every engine" in explain(rule)
    job = random_job((), 1000, dtype)
    got, expected = (moved(e, rule, job, {})["parameter"] for e in (engine, "plain"))
    np.testing.assert_array_max_ulp(got, expected, maxulp=8)


def swapped(parameter, gradient, a, b):
    return parameter - gradient*(a > b), b, a


def counted(parameter, gradient, count, last, learning_rate):
    return parameter - learning_rate*gradient/(count + 1), count + 1, gradient


def filled(parameter, gradient, a):
    return parameter - a*gradient, 0.25


@on_engines
@pytest.mark.parametrize("size", [1, 5, 50_001])
def test_results_may_change_places_be_numbers_or_constant(engine, size):
    job = random_job("ab", size)
    assert_same(moved(engine, swapped, job, {}, steps=3), moved("plain", swapped, job, {}, steps=3))
    job = random_job(["a"], size)
    assert_same(moved(engine, filled, job, {}, steps=2), moved("plain", filled, job, {}, steps=2))
    job = random_job(["last"], size)
    job = {"parameter": job["parameter"], "gradient": job["gradient"], "count": 0, "last": job["last"]}
    after = moved(engine, counted, job, {"learning_rate": 1.0}, steps=3)
    assert_same(after, moved("plain", counted, job, {"learning_rate": 1.0}, steps=3))
    assert after["count"] == 3 and (after["last"] == job["gradient"]).all()


def test_half_precision_is_rounded_once():
    job = random_job("mv", 50_000, np.float16)
    exact = adam(*(job[name].astype(np.float32) for name in job), **adam_options)[0]
    for engine in ("plain", "numpy"):
        after = moved(engine, adam, job, adam_options)
        assert after["parameter"].dtype == np.float16 and (after["parameter"] == exact.astype(np.float16)).all()


def defaults_of(kind):
    "Hyperparameters that a kind of optimizer takes, with their defaults."
    taken = inspect.signature(kind).parameters
    return {name: value for name, value in kind([Variable(1.0, requires_grad=True)]).defaults.items() if name in taken}


def choices(kind):
    "Strategy of hyperparameters that a kind of optimizer takes."
    drawn = {}
    for name, default in defaults_of(kind).items():
        if isinstance(default, bool):
            drawn[name] = st.booleans()
        elif kind.ranges.get(name) == "[0, 1)" or kind.ranges.get(name) == "[0, 1]":
            drawn[name] = st.sampled_from([default, 0.0, 0.5, 0.9])
        elif isinstance(default, float):
            drawn[name] = st.sampled_from([default, 0.0, 0.1, 1e-3])
    return st.fixed_dictionaries({}, optional=drawn)


shapes = st.sampled_from([(), (0,), (1,), (7,), (3, 5), (64, 64), (2, 1, 9), (40, 700)])


@st.composite
def problems(draw):
    "(kind, groups of (shape, dtype, layout), options of each, which gradients are there in each step)."
    kind = draw(st.sampled_from(elementwise))
    parameters = st.tuples(shapes, st.sampled_from([np.float16, np.float32, np.float64]), st.sampled_from("CFSG"))
    groups = draw(st.lists(st.lists(parameters, min_size=1, max_size=3), min_size=1, max_size=2))
    options = [draw(choices(kind)) for _ in groups]
    present = draw(st.lists(st.lists(st.booleans(), min_size=6, max_size=6), min_size=1, max_size=5))
    return kind, groups, options, present


def arranged(array, layout):
    "An array in rows, in columns, as a slice with gaps, or with a gradient of another type."
    if layout == "F" and array.ndim:
        return np.asfortranarray(array)
    if layout == "S" and array.ndim:
        wide = np.zeros((2*array.shape[0], *array.shape[1:]), array.dtype)
        wide[::2] = array
        return wide[::2]
    return array.copy()


def run_problem(problem, engine, cut=None, second=None):
    "Parameters and state after a problem's steps; from step `cut` on under a second engine, through a saved state."
    kind, groups, options, present = problem
    generator = np.random.default_rng(0)
    variables = [[Variable(generator.standard_normal(shape), requires_grad=True, dtype=dtype)
                  for shape, dtype, _ in group] for group in groups]
    flat = [variable for group in variables for variable in group]
    layouts = [layout for group in groups for _, _, layout in group]
    for variable, layout in zip(flat, layouts):
        variable.data = arranged(variable.data, layout)
    optimizer = kind([{"parameters": group, **chosen} for group, chosen in zip(variables, options)])
    for step, here in enumerate(present):
        if step == cut:
            engine, saved = second, optimizer.state_dict()
            optimizer = kind([{"parameters": group, **chosen} for group, chosen in zip(variables, options)])
            optimizer.load_state_dict(saved)
        for variable, layout, given_one in zip(flat, layouts, here):
            gradient = arranged(generator.standard_normal(variable.shape).astype(variable.dtype), layout)
            variable.grad = gradient.astype(np.float64 if layout == "G" else variable.dtype) if given_one else None
        with set_engine(engine), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            optimizer.step()
    state = [value for variable in flat for value in optimizer.state.get(variable, {}).values()]
    return [variable.data for variable in flat] + state


def valid(problem):
    "Whether the options go together."
    kind, groups, options, _ = problem
    try:
        for chosen in options:
            kind([Variable(1.0, requires_grad=True)], **chosen)
    except ValueError:
        return False
    return True


def assert_all_equal(got, expected):
    assert len(got) == len(expected)
    for one_value, other in zip(got, expected):
        assert np.asarray(one_value).dtype == np.asarray(other).dtype
        assert np.array_equal(one_value, other, equal_nan=True)


@on_engines
@settings(max_examples=60, deadline=None)
@given(problem=problems().filter(valid), block=st.sampled_from([64, 4096, kernels.block_bytes]),
       threads=st.integers(1, 3))
def test_engines_agree_to_the_last_bit(engine, problem, block, threads):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kernels, "block_bytes", block)
        patch.setattr(kernels, "thread_count", lambda: threads)
        patch.setattr(kernels, "parallel_from", 100)
        patch.setattr(engines.traced, "found", {})   # which know how many threads there were
        assert_all_equal(run_problem(problem, engine), run_problem(problem, "plain"))


@settings(max_examples=20, deadline=None)
@given(problem=problems().filter(valid),
       names=st.permutations(["plain", "numpy", "numba" if engines.has_numba() else "numpy"]))
def test_a_state_saved_under_one_engine_goes_on_under_another(problem, names):
    cut = len(problem[3])//2
    assert_all_equal(run_problem(problem, names[0], cut, names[1]), run_problem(problem, names[2]))


def test_rules_that_are_not_exact_are_known_by_name():
    known = set()
    inexact = {rule.__name__ for rule, slots, _ in all_rules() if tracing.paths(rule, slots=slots)[0].inexact}
    assert inexact == known


# ---- the compiled engine

@needs_numba
@pytest.mark.parametrize("faster", [1, 3])
def test_the_number_of_threads_that_was_faster_stays(faster, monkeypatch):
    used, clock = [], iter(np.arange(1000.0))
    monkeypatch.setattr(kernels, "thread_count", lambda: 3)
    monkeypatch.setattr(kernels, "perf_counter", lambda: next(clock))

    def run_in_shares(function, arguments, total, threads):
        used.append(threads)
        if threads != faster:
            next(clock)

    monkeypatch.setattr(kernels, "run_in_shares", run_in_shares)
    optimizer = Adam([Variable(np.ones(kernels.parallel_from*2), requires_grad=True)])
    optimizer.param_groups[0]["parameters"][0].grad = np.ones(kernels.parallel_from*2)
    monkeypatch.setattr(engines.traced, "found", {})
    with set_engine("numba"):
        for _ in range(2*kernels.ThreadChoice.tries + 5):
            optimizer.step()
    tries = kernels.ThreadChoice.tries
    assert used == [1]*tries + [3]*tries + [faster]*5


@needs_numba
def test_a_thousand_parameters_are_one_call(monkeypatch):
    calls = []
    run = kernels.NumbaKernel.run
    monkeypatch.setattr(kernels.NumbaKernel, "run", lambda *arguments: calls.append(1) or run(*arguments))
    variables = [Variable(np.ones(3), requires_grad=True) for _ in range(1000)]
    optimizer = Adam(variables)
    for variable in variables:
        variable.grad = np.ones(3)
    with set_engine("numba"):
        optimizer.step()
    assert len(calls) == 1 and len({variable.data[0] for variable in variables}) == 1


@needs_numba
def test_arrays_of_unequal_sizes_never_reach_the_loop():
    job = random_job("mv", 5)
    job["m"] = np.zeros(4, np.float32)
    with set_engine("numba"), pytest.raises(ValueError, match="5 elements.*4"):
        advance(adam, [job], adam_options)


@needs_numba
def test_a_loop_of_another_version_or_processor_is_not_taken(monkeypatch):
    from llvmlite import binding
    paths = [kernels.cache_path("adam", "source"), kernels.cache_path("adam", "other source")]
    monkeypatch.setattr("importlib.metadata.version", lambda name: "0.0")
    paths.append(kernels.cache_path("adam", "source"))
    monkeypatch.setattr(binding, "get_host_cpu_name", lambda: "another")
    paths.append(kernels.cache_path("adam", "source"))
    assert len({*paths}) == 4


@needs_numba
def test_a_gradient_that_may_not_be_written_is_read_where_it_is():
    jobs = [random_job("mv", 5), None]
    jobs[1] = {name: value.copy() for name, value in jobs[0].items()}
    jobs[0]["gradient"].flags.writeable = False
    with set_engine("numba"):
        for job in jobs:
            advance(adam, [job], adam_options)
    assert all(np.array_equal(jobs[0][name], jobs[1][name]) for name in jobs[0])


moved_sum = "998.9998168945312"   # of a thousand float32 weights, each moved from 1 by 0.001
step_in_a_process = """
import sys
import numpy as np
from tinytorch import engines
from tinytorch.autograd import Variable
from tinytorch.optimizers import Adam
w = Variable(np.ones(1000, np.float32), requires_grad=True)
w.grad = np.full(1000, 0.5, np.float32)
optimizer = Adam([w])
optimizer.step()
kernels = [k for entries in engines.traced.found.values() for e in entries for k in e.kernels.values()]
print([k.compiled.found for k in kernels], float(w.data.sum()))
"""
without_numba = step_in_a_process + "assert 'numba' not in sys.modules"


@needs_numba
def test_a_second_process_compiles_nothing(tmp_path):
    environment = {"TINYTORCH_CACHE": str(tmp_path), "TINYTORCH_ENGINE": "numba"}
    first, second = (run_python(code, **environment) for code in (step_in_a_process, without_numba))
    kept, = tmp_path.iterdir()
    assert kept.name.startswith("adam_") and kept.suffix == ".ll"
    assert first == (f"[False] {moved_sum}", "") and second == (f"[True] {moved_sum}", ""), (first, second)


@needs_numba
def test_a_damaged_cache_is_compiled_anew(tmp_path):
    environment = {"TINYTORCH_CACHE": str(tmp_path), "TINYTORCH_ENGINE": "numba"}
    run_python(step_in_a_process, **environment)
    path, = tmp_path.iterdir()
    whole = path.read_bytes()
    for damaged in (whole[:200], whole[:-5], b"", b"\xff\xfe", b"; foreign\ndefine nonsense"):
        path.write_bytes(damaged)
        assert run_python(step_in_a_process, **environment) == (f"[False] {moved_sum}", "")
    assert path.read_bytes() == whole


@needs_numba
def test_a_cache_that_cannot_be_written_is_said_once(tmp_path):
    (tmp_path/"file").write_text("not a folder")
    answer, said = run_python(step_in_a_process, TINYTORCH_CACHE=str(tmp_path/"file"), TINYTORCH_ENGINE="numba")
    assert answer == f"[False] {moved_sum}" and said.count("set TINYTORCH_CACHE to a folder of yours") == 1


@needs_numba
def spans(total, threads, before=lambda first: None):
    "What run_in_shares calls a function with, sorted."
    found = []

    def share(first, end):
        before(first)
        found.append((first, end))
    kernels.run_in_shares(share, (), total, threads)
    return sorted(found)


def covers(found, total):
    "Whether spans follow each other from 0 to the total."
    return [0, *(end for _, end in found)] == [*(first for first, _ in found), total]


@given(total=st.integers(1000, 10**6), threads=st.integers(1, 4))
@settings(deadline=None, max_examples=30)
def test_shares_cover_every_element_once(total, threads):
    found = spans(total, threads)
    assert covers(found, total) and len(found) == threads


@pytest.mark.parametrize("raised", [ValueError("no room"), KeyboardInterrupt()])
@pytest.mark.parametrize("of_the_caller", [True, False])
def test_what_goes_wrong_in_a_share_reaches_the_caller_and_the_next_step_is_whole(raised, of_the_caller):
    def fail(first):
        if (first == 0) is of_the_caller:
            raise raised

    with pytest.raises(type(raised)):
        spans(10_000, 3, fail)
    assert covers(spans(10_000, 3), 10_000)


def test_a_second_caller_does_its_step_alone():
    found = []

    def begin(first):
        if first == 0:
            second = threading.Thread(target=lambda: found.extend(spans(5000, 3)))
            second.start()
            second.join(20)

    assert covers(spans(10_000, 2, begin), 10_000)
    assert found == [(0, 5000)]


@pytest.mark.parametrize("looks", [0, kernels.Channel.looks])
@pytest.mark.parametrize("naps", [0, kernels.Channel.naps])
def test_a_channel_keeps_the_order_awake_or_asleep(looks, naps, monkeypatch):
    monkeypatch.setattr(kernels.Channel, "looks", looks)
    monkeypatch.setattr(kernels.Channel, "naps", naps)
    channel, received = kernels.Channel(), []
    receiver = threading.Thread(target=lambda: received.extend(channel.receive() for _ in range(3000)))
    receiver.start()
    for number in range(3000):
        channel.send(number)
    receiver.join(20)
    assert received == list(range(3000))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_a_forked_child_steps_too():
    code = step_in_a_process.replace("1000", "300_000").replace("optimizer.step()", f"""
import os
for _ in range({kernels.ThreadChoice.tries} + 1):   # the last one is shared, and the next one will be
    optimizer.step()
child = os.fork()
optimizer.step()
if child: os.waitpid(child, 0)
else: os._exit(0)
""")
    assert run_python(code, TINYTORCH_ENGINE="numba", OMP_NUM_THREADS="2")[1] == ""


def test_auto_takes_the_compiled_loop_where_it_pays(monkeypatch):
    used, idle = [], lambda jobs, numbers: None
    monkeypatch.setattr(engines.Traced, "make_kernel", lambda self, name: used.append(name) or idle)
    monkeypatch.setattr(engines, "traced", engines.TracedRules())
    for present, size in ((True, 10), (True, 100_000), (False, 100_000)):
        monkeypatch.setattr(engines, "has_numba", lambda: present)
        monkeypatch.setattr(engines, "traced", engines.TracedRules())
        moved("auto", adam, random_job("mv", size), adam_options)
    assert used == ["numpy", "numba", "numpy"]


# ---- JavaScript

def all_rules():
    "(rule, slots, options) of every elementwise optimizer, for each of its switches."
    found = {}
    for kind in elementwise:
        base = kind([Variable(1.0, requires_grad=True)])
        taken = defaults_of(kind)
        switches = {name: [False, True] for name, value in taken.items() if isinstance(value, bool)}
        switches |= {name: [0.0, 0.5] for name in ("momentum", "dampening", "weight_decay") if name in taken}
        for values in itertools.product(*switches.values()):
            try:
                group = kind([Variable(1.0, requires_grad=True)], **dict(zip(switches, values))).param_groups[0]
            except ValueError:
                continue
            rule, slots = kind.choose(base, group)
            start_values = [base.initial(slot, base.param_groups[0]["parameters"][0], group) for slot in slots]
            group = {**group, "start": [float(np.sum(value)) for value in start_values]}
            kinds = {slot: np.dtype(float) if isinstance(value, np.ndarray | np.generic) else float
                     for slot, value in zip(slots, start_values)}
            found.setdefault(rule.__name__, (rule, kinds, group))
    return list(found.values())


javascript_run = """
const gradients = {gradients}, options = {options};
let values = [1.5, ...options.start], path = [];
gradients.forEach((gradient, i) => {{
  options.step = i + 1;
  values = {name}(values[0], gradient, ...values.slice(1), {arguments});
  path.push(values[0]);
}});
console.log(JSON.stringify(path));
"""


@pytest.mark.skipif(not shutil.which("node"), reason="node is not installed: apt-get install nodejs")
@pytest.mark.parametrize("rule, slots, group", all_rules(), ids=lambda value: getattr(value, "__name__", ""))
def test_javascript_follows_the_float64_path(rule, slots, group):
    options = {name: value for name, value in group.items() if name != "parameters"}
    gradients = np.random.default_rng(0).standard_normal(1000).round(3)
    path, state, rest = [np.array([1.5])], [], options.copy()
    for kind, value in zip(slots.values(), options["start"]):
        state.append(value if kind is float else np.array([value]))
    for step, gradient in enumerate(gradients, 1):
        rest["step"] = step
        names = tracing.argument_names(rule)[2 + len(slots):]
        returned = rule(path[-1], np.array([gradient]), *state, **{name: rest[name] for name in names})
        new, *state = returned if isinstance(returned, tuple) else (returned,)
        path.append(new)
    code = to_javascript(rule, slots=slots) + javascript_run.format(
        gradients=json.dumps(gradients.tolist()), options=json.dumps(options), name=rule.__name__,
        arguments=", ".join(f"options.{name}" for name in names))
    done = subprocess.run(["node", "-e", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    np.testing.assert_allclose(json.loads(done.stdout), np.concatenate(path[1:]), rtol=1e-12, atol=1e-300)


def test_javascript_decides_conditions_itself():
    source = to_javascript(sgd_dampened)
    arguments = "parameter, gradient, velocity, step, learning_rate, momentum, dampening"
    assert source.startswith(f"function sgd_dampened({arguments}) {{")
    assert to_javascript(sgd, "descend").startswith("function descend(")
    assert "Math.pow(beta1, step)" in to_javascript(adam)
    assert "x0 = " in to_javascript(adam_amsgrad) and "return [" in to_javascript(sgd_momentum)


def test_sgd_goes_through_the_engine_it_is_told():
    x = Variable(np.ones(3, np.float32), requires_grad=True)
    x.grad = np.ones(3, np.float32)
    for engine in ("plain", "numpy", "auto"):
        with set_engine(engine):
            SGD([x], learning_rate=0.25).step()
    assert (x.data == 0.25).all()


def test_what_cannot_be_javascript_says_why():
    optimizer = Adam([Variable(np.ones(2), requires_grad=True)])
    for wrong in (Adam, optimizer):
        with pytest.raises(TypeError, match="this is an optimizer: give the rule that it drives"):
            to_javascript(wrong)
    def running(parameter, gradient, learning_rate=0.1):
        return parameter - learning_rate*np.cumsum(gradient)
    with pytest.raises(Untraceable, match="running cannot be written in JavaScript.*elementwise NumPy: np.cumsum"):
        to_javascript(running)
