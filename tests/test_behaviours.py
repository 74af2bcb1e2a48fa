"""What SGD, Adam and AdamW do on a quadratic, by closed forms.

What holds for every optimizer stands in test_family.
Numbers in the names are those of the project's list of behaviours.
"""

import numpy as np

from tinytorch.autograd import Variable
from tinytorch.optimizers import SGD, Adam, AdamW

hessian = np.diag([1.0, 5.0, 20.0]) + 0.5


def parameter(values, **how):
    return Variable(np.array(values, dtype=np.float64), requires_grad=True, **how)


def run(make, start=(1.0, -2.0, 0.5), steps=20, sign=1.0, scale=1.0):
    "Iterates on sign·scale·½xᵀHx."
    x, path = parameter(start), []
    optimizer = make([x])
    for _ in range(steps):
        x.grad = sign * scale * (hessian @ x.data)
        optimizer.step()
        path.append(x.data.copy())
    return np.array(path)


def test_14_first_step_of_adam_is_the_learning_rate():
    g = np.array([1e-3, -1.0, 1e5])
    x = parameter([0.0, 0.0, 0.0])
    x.grad = g
    Adam([x], learning_rate=0.1).step()
    np.testing.assert_allclose(x.data, -0.1 * g / (np.abs(g) + 1e-8), rtol=1e-12)


def test_15_coupled_and_decoupled_decay_agree_for_sgd_and_not_for_adam():
    rate, decay = 0.02, 0.3
    by_hand, x = [], np.array([1.0, -2.0, 0.5])
    for _ in range(20):
        x = x * (1 - rate * decay) - rate * (hessian @ x)
        by_hand.append(x)
    np.testing.assert_allclose(run(lambda p: SGD(p, rate, weight_decay=decay)), by_hand, rtol=1e-12)
    assert not np.allclose(
        run(lambda p: Adam(p, rate, weight_decay=decay)), run(lambda p: AdamW(p, rate, weight_decay=decay)), atol=1e-3
    )


def test_17_adam_without_epsilon_does_not_see_the_scale_of_the_loss():
    paths = [run(lambda p: Adam(p, 0.1, epsilon=0.0), scale=scale) for scale in (1.0, 1000.0)]
    np.testing.assert_allclose(*paths, rtol=1e-10)
