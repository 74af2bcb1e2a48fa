"A class takes its options from its rule: signature, help, ranges and box say the same."
import inspect
import pickle
import pydoc

import numpy as np
import pytest

from tinytorch.autograd import Variable
from tinytorch.bookkeeping import common_options
from tinytorch.family import (
    blind_to,
    directions,
    measured_bytes,
    new_value,
    optimizer_box,
    other_ways,
    papers,
    rates,
    rules_of,
)
from tinytorch.helptexts import comments_of_class
from tinytorch.optimizers import (
    SGD,
    Adafactor,
    Adagrad,
    Adam,
    Lion,
    Muon,
    Newton,
    Optimizer,
    RAdam,
    Rprop,
    Sophia,
    core,
)

kinds = [kind for kind in Optimizer.registry.values() if hasattr(kind.__init__, "__wrapped__")]
every = pytest.mark.parametrize("kind", kinds, ids=lambda kind: kind.__name__)
anyone = pytest.mark.parametrize("kind", Optimizer.registry.values(), ids=lambda kind: kind.__name__)


def parameter():
    return Variable(np.ones((2, 2)), requires_grad=True)


@every
def test_the_options_are_those_of_the_rule(kind):
    own = {name: option.default for name, option in inspect.signature(kind.rule).parameters.items()
           if option.default is not option.empty}
    shown = {name: option.default for name, option in inspect.signature(kind).parameters.items()
             if name != "parameters"}
    assert next(iter(shown)) == "learning_rate" and shown == {**kind.besides, **own}
    optimizer = kind([parameter()])
    assert optimizer.defaults == shown | kind.fixed
    given = {name: value for name, value in shown.items() if isinstance(value, float)}
    assert kind([parameter()], *given.values()).defaults if list(given) == list(shown) else True


@every
def test_help_shows_names_defaults_and_ranges(kind):
    text = pydoc.render_doc(kind, renderer=pydoc.plaintext)
    for name, option in inspect.signature(kind).parameters.items():
        assert name in text
        if name in kind.ranges and isinstance(kind.ranges[name], str):
            assert f"{name} {kind.ranges[name]}" in kind.__init__.__doc__
    assert f"learning_rate={inspect.signature(kind).parameters['learning_rate'].default}" in text


@every
def test_what_is_missing_or_foreign_is_said_with_the_name_of_the_class(kind):
    with pytest.raises(TypeError, match=f"{kind.__name__}: missing a required argument: 'parameters'"):
        kind()
    with pytest.raises(TypeError, match=f"{kind.__name__} has no argument `lr`; did you mean `learning_rate`"):
        kind([parameter()], lr=0.1)
    with pytest.raises(TypeError, match="too many positional arguments"):
        kind([parameter()], *range(99))


def test_a_rule_of_your_own_is_enough():
    def halfway(parameter, gradient, m, step, learning_rate=0.5, share=0.25):
        return parameter - learning_rate*share*gradient, m

    class Halfway(Optimizer):
        "No paper."
        rule, slots, ranges = halfway, ("m",), {"share": "[0, 1]"}
        besides = {**common_options, "decoupled_weight_decay": True}

    try:
        x = Variable(np.array([1.0]), requires_grad=True)
        optimizer = Halfway([x], 1.0)
        x.grad = np.array([1.0])
        optimizer.step()
        assert x.item() == 0.75 and "share=0.25" in repr(optimizer)
        with pytest.raises(ValueError, match="share = 2 is not valid"):
            Halfway([x], share=2)
        assert Halfway.ranges["learning_rate"] == "[0, inf)" and "share" not in Optimizer.ranges
    finally:
        del Optimizer.registry["Halfway"]


def test_a_class_with_an_init_of_its_own_keeps_it():
    assert not hasattr(Adam.__init__, "__wrapped__") and "amsgrad" in inspect.signature(Adam).parameters


@every
def test_a_pickle_goes_on(kind):
    optimizer = kind([parameter()], learning_rate=0.03)
    assert pickle.loads(pickle.dumps(optimizer)).param_groups[0]["learning_rate"] == 0.03


# ---- the map and the box

@anyone
def test_everybody_has_a_place_and_an_occasion(kind):
    assert kind.direction in directions and kind.rate in rates and len(kind.pick) > 10


@anyone
def test_the_box_explains_every_hyperparameter(kind):
    box, meanings = optimizer_box(kind), comments_of_class(kind)
    for name in inspect.signature(kind).parameters:
        if name != "parameters":
            assert f"| `{name}` |" in box and meanings.get(name), f"{kind.__name__}: {name} has no meaning"
    assert f"{measured_bytes(kind):.3g} bytes per parameter" in box
    if kind.fixed.get("decoupled_weight_decay"):
        assert "shrink" in meanings["weight_decay"]


def test_what_is_measured():
    assert [measured_bytes(kind) for kind in (SGD, Lion, Adam, Adagrad)] == [0, 4, 8, 4]
    assert measured_bytes(Adafactor) == 4*65/1000
    assert blind_to(SGD) == ["turned coordinates"] and blind_to(RAdam) == []
    assert blind_to(Rprop) == blind_to(Lion) == ["the unit of the loss", "a factor for each coordinate's gradient"]
    assert blind_to(Adam) == blind_to(Lion) and blind_to(Muon) == ["the unit of the loss", "turned coordinates"]
    assert measured_bytes(Newton) == 0 and measured_bytes(Sophia) == 8, "made with a Hessian, stepped with a closure"
    assert blind_to(Newton) == [*other_ways], "Newton's step sees none of them"


def test_rules_and_papers_of_what_chooses_between_rules():
    assert rules_of(SGD) == [core.sgd, core.sgd_momentum, core.sgd_nesterov, core.sgd_dampened]
    assert rules_of(Adam) == [core.adam, core.adam_amsgrad] and rules_of(Lion) == [Lion.rule] and rules_of(Newton) == []
    assert [paper.split("](")[0] for paper in papers(SGD)] == [
        "[Robbins & Monro 1951", "[Polyak 1964", "[Bengio et al. 2012"]
    assert papers(SGD)[1].endswith("(https://doi.org/10.1016/0041-5553(64)90137-5)")
    assert len(papers(Rprop)) == 1, "the class and its rule cite one paper"


def test_new_values_are_read_off_the_source():
    assert new_value(Lion.rule) == "parameter - learning_rate*direction"
    assert new_value(Rprop.rule) == "parameter - np.sign(gradient)*length"
