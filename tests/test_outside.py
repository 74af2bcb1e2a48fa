"A check that passed is run again from outside: what can be sent arrives as it was, and right solutions pass."
import json
from importlib import import_module

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tinytorch.checks import find, load_all, mistakes
from tinytorch.checks.core import Crash, call_learner
from tinytorch.course import judging, outside
from tinytorch.course.lesson import chapters
from tinytorch.course.sandbox import Limits, run

load_all()
source_of = {name: cell.source for lesson in chapters() for name, cell in lesson.checks.items()}
lesson_of = {name: lesson for lesson in chapters() for name in lesson.checks}
asked = [name for name in source_of if outside.can_be_asked(name)]
arrays = hnp.arrays(st.sampled_from([np.float32, np.float64, np.int64, np.bool_, np.complex128]),
                    hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3))
leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just(...) | arrays
values = st.recursive(leaves, lambda part: st.lists(part) | st.tuples(part, part)
                      | st.dictionaries(st.text() | st.integers(), part), max_leaves=6)


def equal(first, second):
    "Whether two values are the same in kind, numbers, types and the order of their axes."
    if type(first) is not type(second):
        return False
    if isinstance(first, np.ndarray):
        return (first.dtype, first.shape) == (second.dtype, second.shape) and first.tobytes() == second.tobytes()
    if isinstance(first, (list, tuple)):
        return len(first) == len(second) and all(map(equal, first, second))
    if isinstance(first, dict):
        return first.keys() == second.keys() and all(equal(first[key], second[key]) for key in first)
    return first == second or first != first and second != second


def there_and_back(value):
    return outside.unpack(json.loads(json.dumps(outside.pack(value))))


@settings(max_examples=200, deadline=None)
@given(values)
def test_what_is_sent_arrives_as_it_was(value):
    assert equal(there_and_back(value), value)


@settings(max_examples=50, deadline=None)
@given(arrays)
def test_the_order_of_axes_and_numpys_numbers_arrive(array):
    turned = there_and_back(array.T)
    assert equal(turned, array.T) and turned.flags.f_contiguous == array.T.flags.f_contiguous
    turned[...] = 0   # it can be written to
    if array.size:
        assert equal(there_and_back(array.flat[0]), array.flat[0])
    assert there_and_back(slice(1, None, 2)) == slice(1, None, 2)


@pytest.mark.parametrize("value", [object(), lambda: 1, np.array([None]), [{"a": object()}], {1, 2}, np.array(["x"])])
def test_what_lives_in_its_own_process_is_not_sent(value):
    with pytest.raises(outside.Unsendable):
        outside.pack(value)


def test_an_answer_never_makes_objects():
    with pytest.raises((ValueError, TypeError)):
        outside.unpack({"array": "AAAAAAAAAAA=", "dtype": "|O", "shape": [1], "order": "C"})


def scope_of(name):
    "What a learner's chapter holds whose exercises are solved as the lesson solves them."
    lesson = lesson_of[name]
    scope = {**vars(import_module(lesson.module)), "__name__": "tinytorch.of_a_learner"}
    for exercise in judging.leans_on(lesson, name):
        exec(compile(lesson.exercises[exercise].source, "cell", "exec"), scope)
    return scope


@pytest.mark.parametrize("name", [name for name in asked if callable(find(name).truth[0])])
def test_a_right_solution_is_right_from_outside(name):
    scope = scope_of(name)
    assert outside.not_confirmed(name, source_of[name], lambda question: outside.answer(question, scope)) is None


def test_which_checks_are_asked():
    assert {"momentum", "adam", "stability", "sigmoid", "cosine_annealing", "two_loops", "lion"} <= {*asked}
    assert not {"SGD", "Adam", "optimizer", "gradient_descent_step"} & {*asked}


@pytest.mark.parametrize("known", [known for known in mistakes if known.exercise == "momentum"], ids=lambda k: k.name)
def test_a_wrong_rule_is_wrong_from_outside(known):
    scope = {"sgd_momentum": known.wrong[0]}
    def reply_to(question):
        return outside.answer(question, scope)
    said = outside.not_confirmed("momentum", source_of["momentum"], reply_to)
    assert said.startswith("🔬 Unit Test: SGD with momentum...\n❌ Asked from another process, sgd_momentum")


@pytest.mark.parametrize("reply", [
    {}, {"value": {"plain": None}, "after": {"list": []}}, {"value": 3}, {"value": {"array": "x"}}, {"raised": "x"},
    {"raised": "exec", "text": "", "refused": True}, {"raised": "ValueError", "text": "no", "refused": False},
    {"raised": "NotImplementedError", "text": "exercise momentum", "refused": True}])
def test_an_answer_that_is_none_is_no_pass(reply):
    assert "another process" in outside.not_confirmed("momentum", source_of["momentum"], lambda question: reply)


@pytest.mark.parametrize("body, kind, refused", [
    ("raise ValueError('no')", ValueError, True), ("assert False, 'no'", AssertionError, True),
    ("import numpy; numpy.ones(2) @ numpy.ones(3)", ValueError, False), ("return missing", NameError, False),
    ("raise type('Own', (Exception,), {})('no')", RuntimeError, True),
    ("raise UnicodeDecodeError('a', b'', 0, 1, '')", RuntimeError, True)])
def test_what_is_raised_there_is_raised_here(body, kind, refused):
    scope = {}
    exec(compile(f"def f():\n    {body}", "cell 3", "exec"), scope)
    with pytest.raises(Crash) as caught:
        call_learner(outside.function_elsewhere("f", lambda question: outside.answer(question, scope)))
    assert type(caught.value.error) is kind and caught.value.refused() == refused


def test_arguments_that_are_changed_there_are_changed_here():
    def f(array, numbers, nested):
        array *= 2
        numbers.append(3)
        nested[0][0] += 1
        nested[1] = 7
    array, numbers, nested = np.ones(2), [1], [np.zeros(2), 5]
    outside.function_elsewhere("f", lambda question: outside.answer(question, {"f": f}))(array, numbers, nested)
    assert array.tolist() == [2, 2] and numbers == [1, 3] and nested[0].tolist() == [1, 0] and nested[1] == 7


# ---- through a process

wrong_momentum = """
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    return parameter - learning_rate*gradient, gradient
"""
forge = {
    "code": "core.agreement.__code__ = (lambda first, second: None).__code__",
    "stages": "for known in core.checks.values(): known.stages = ()",
    "seal": """
import json, os
f = sys._getframe()
while 'plan' not in f.f_locals: f = f.f_back
ends = ['end', 'cell 1', 'ok', ''], ['end', 'check momentum', 'ok', '']
said = [[f.f_locals['plan']['seal'], *words] for words in ends]
os.write(f.f_locals['report'].fileno(), ('\\n' + '\\n'.join(map(json.dumps, said)) + '\\n').encode())""",
}


@pytest.mark.parametrize("name", forge)
def test_what_changes_the_check_from_inside_does_not_pass(name, tmp_path):
    cell = f"import sys\ncore = sys.modules['tinytorch.checks.core']\n{forge[name]}\n{wrong_momentum}"
    pieces = [{"key": "cell 1", "kind": "cell", "number": 1, "source": cell},
              {"key": "check momentum", "kind": "check", "name": "momentum", "source": source_of["momentum"]}]
    status, said = run(pieces, lesson_of["momentum"], tmp_path, Limits(seconds=10))["check momentum"]
    assert status == "wrong" and "Asked from another process" in said


def test_a_report_whose_turn_it_is_not_is_nobodys(tmp_path):
    early = forge["seal"].replace("['end', 'cell 1', 'ok', ''], ['end', 'check momentum', 'ok', '']",
                                  "[['end', 'check momentum', 'ok', '']]")
    pieces = [{"key": "cell 1", "kind": "cell", "number": 1, "source": f"import sys\n{early}\n{wrong_momentum}"},
              {"key": "check momentum", "kind": "check", "name": "momentum", "source": source_of["momentum"]}]
    results = run(pieces, lesson_of["momentum"], tmp_path, Limits(seconds=10))
    assert results["cell 1"][0] == "ok" and "velocity is replaced" in results["check momentum"][1]


def test_lines_without_end_do_not_keep_a_piece_alive(tmp_path):
    chatter = r"""
import os
while True:
    for number in range(3, 9):
        try:
            os.write(number, b"x\n")
        except OSError:
            pass
"""
    pieces = [{"key": "cell 1", "kind": "cell", "number": 1, "source": chatter}]
    assert run(pieces, lesson_of["momentum"], tmp_path, Limits(seconds=1))["cell 1"][0] == "late"


def test_a_function_that_stops_answering_is_no_pass(tmp_path):
    cell = """
import sys, time
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    time.sleep(60*(sys._getframe(1).f_code.co_name == "answer"))
    velocity = momentum*velocity + gradient
    return parameter - learning_rate*velocity, velocity
"""
    pieces = [{"key": "cell 1", "kind": "cell", "number": 1, "source": cell},
              {"key": "check momentum", "kind": "check", "name": "momentum", "source": source_of["momentum"]}]
    status, said = run(pieces, lesson_of["momentum"], tmp_path, Limits(seconds=1))["check momentum"]
    assert status == "wrong" and "Asked from another process" in said
