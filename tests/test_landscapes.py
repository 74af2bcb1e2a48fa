"Test problems: minima, gradients and curvatures that are known; the noise; and the pictures that the style makes."
import io
import re

import matplotlib
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

matplotlib.use("agg")
import matplotlib.pyplot as plt
from PIL import Image

from tinytorch.autograd import Variable, gradcheck
from tinytorch.landscapes import (Beale, Himmelblau, LeastSquares, LogisticRegression, Noisy, Quadratic, Rosenbrock,
                                  descend, draw_contours, draw_path, gradient, heights, hessian)
from tinytorch.optimizers import SGD
from tinytorch.plots import colors, picture, style

generator = np.random.default_rng(0)
inputs = generator.standard_normal((40, 3))
scores = inputs @ [2.0, -1.0, 0.5] + 0.3*generator.standard_normal(40)
problems = {"quadratic": Quadratic([1.0, 4.0, 9.0], angle=0.4), "rosenbrock": Rosenbrock(), "beale": Beale(),
            "himmelblau": Himmelblau(), "least squares": LeastSquares(inputs, scores),
            "logistic": LogisticRegression(inputs, np.sign(scores), penalty=0.01)}
minima = [(name, minimum) for name, problem in problems.items()
          for minimum in getattr(problem, "minima", [problem.minimum])]
lowest_is_zero = ("rosenbrock", "beale", "himmelblau", "quadratic")


@pytest.mark.parametrize("name, minimum", minima)
def test_minima_are_minima(name, minimum):
    problem = problems[name]
    assert np.abs(gradient(problem, minimum)).max() < 1e-12
    assert np.linalg.eigvalsh(hessian(problem, minimum)).min() > 0
    if name in lowest_is_zero:
        assert abs(problem(Variable(minimum)).item()) < 1e-28
    nearby = minimum + 1e-3*np.random.default_rng(1).standard_normal((20, len(minimum)))
    assert (heights(problem, nearby) > problem(Variable(minimum)).item()).all()


@pytest.mark.parametrize("name", problems)
def test_gradients(name):
    for seed in range(3):
        point = np.random.default_rng(seed).standard_normal(len(problems[name].minimum))
        assert gradcheck(problems[name], point)


def test_known_curvatures():
    assert np.allclose(hessian(Rosenbrock(), [1.0, 1.0]), [[802, -400], [-400, 200]], rtol=1e-6)
    assert np.allclose(hessian(Rosenbrock(), [-1.2, 1.0]), [[1330, 480], [480, 200]], rtol=1e-6)
    assert np.allclose(hessian(Himmelblau(), [3.0, 2.0]), [[74, 20], [20, 34]], rtol=1e-6)
    assert np.allclose(hessian(problems["least squares"], np.ones(3)), inputs.T @ inputs/40, atol=1e-8)
    assert Rosenbrock()(Variable(np.array([-1.2, 1.0]))).item() == pytest.approx(24.2)
    assert Beale()(Variable(np.zeros(2))).item() == pytest.approx(14.203125)
    assert Himmelblau()(Variable(np.zeros(2))).item() == 170


@settings(max_examples=30, deadline=None)
@given(eigenvalues=st.lists(st.floats(0.1, 100), min_size=2, max_size=5), angle=st.floats(-3, 3))
def test_rotation_keeps_the_curvatures(eigenvalues, angle):
    problem = Quadratic(eigenvalues, angle)
    assert np.allclose(np.linalg.eigvalsh(problem.A), np.sort(eigenvalues)) and np.allclose(problem.A, problem.A.T)
    assert problem.condition_number == pytest.approx(max(eigenvalues)/min(eigenvalues))


def test_quadratic_by_hand():
    ravine = Quadratic([1.0, 50.0])
    assert ravine(Variable(np.ones(2))).item() == 25.5 and (gradient(ravine, [1.0, 1.0]) == [1, 50]).all()


def test_least_squares_and_logistic_minima_against_their_equations():
    x = problems["least squares"].minimum
    assert np.allclose(inputs.T @ (inputs @ x - scores), 0, atol=1e-12)
    problem = problems["logistic"]
    y = problem.labels
    pull = (inputs*y[:, None]/(1 + np.exp(y*(inputs @ problem.minimum)))[:, None]).mean(axis=0)
    assert np.allclose(pull, 0.01*problem.minimum, atol=1e-14)
    separable = LogisticRegression([[1.0], [2.0], [-3.0]], [1, 1, -1], penalty=1e-4)
    assert np.abs(gradient(separable, separable.minimum)).max() < 1e-14


def test_a_minibatch_is_the_same_problem_on_some_rows():
    point, rows = np.ones(3), np.random.default_rng(0).permutation(40).reshape(8, 5)
    for kind, targets in ((LeastSquares, scores), (LogisticRegression, np.sign(scores))):
        parts = [gradient(kind(inputs[r], targets[r]), point) for r in rows]
        assert np.allclose(np.mean(parts, axis=0), gradient(kind(inputs, targets), point), rtol=1e-12)


def test_noise_has_its_scale_no_mean_and_no_memory():
    noisy, point = Noisy(Quadratic([1.0, 2.0]), 3.0, np.random.default_rng(0)), np.array([1.0, -1.0])
    noise = np.array([gradient(noisy, point) for _ in range(4000)]) - [1, -2]
    assert (np.abs(noise.mean(axis=0)) < 4*3/np.sqrt(4000)).all()
    assert np.allclose(noise.std(axis=0), 3, rtol=4/np.sqrt(8000))
    assert abs(np.corrcoef(noise[1:, 0], noise[:-1, 0])[0, 1]) < 4/np.sqrt(4000)
    def slope(scale):
        return gradient(Noisy(Rosenbrock(), scale, np.random.default_rng(5)), point)
    assert (slope(0.0) == gradient(Rosenbrock(), point)).all()
    assert (slope(1.0) == slope(1.0)).all() and (slope(1.0) != slope(0.0)).all()
    x = Variable(np.ones(2, np.float32), requires_grad=True)
    Noisy(Rosenbrock(), 1.0, np.random.default_rng(0))(x).backward()
    assert x.grad.dtype == np.float32


def test_the_noise_ball():
    curvature = np.array([0.5, 2.0])
    noisy = Noisy(Quadratic(curvature), 1.0, np.random.default_rng(0))
    path = descend(noisy, [0.0, 0.0], lambda p: SGD(p, learning_rate=0.3), 6000)[200:]
    assert np.allclose(path.var(axis=0), 0.3/(curvature*(2 - 0.3*curvature)), rtol=0.2)


def test_descend_keeps_every_point_and_leaves_the_start_alone():
    start = np.array([1.0, 2.0])
    path = descend(Quadratic([1.0, 3.0]), start, lambda p: SGD(p, learning_rate=0.1), 5)
    factors = 1 - 0.1*np.array([1, 3])
    assert np.allclose(path, factors**np.arange(6)[:, None]*[1, 2], rtol=1e-14) and (start == [1, 2]).all()
    starts = np.array([[3.0, 0.0], [2.0, 0.0]])
    many = descend(lambda x: Himmelblau()(x).sum(), starts, lambda p: SGD(p, learning_rate=0.01), 3)
    assert many.shape == (4, 2, 2) and (many[:, :, 0] == [3, 2]).all()


def test_heights_have_the_shape_of_the_points():
    points = np.random.default_rng(0).standard_normal((3, 4, 2))
    values = heights(Rosenbrock(), points)
    assert values.shape == (3, 4) and values[1, 2] == Rosenbrock()(Variable(points[1, 2])).item()


@pytest.mark.parametrize("call, text", [
    (lambda: Quadratic([1.0, 0.0]), "eigenvalues = [1.0, 0.0] are not valid: give a list of finite numbers > 0"),
    (lambda: Quadratic([]), "eigenvalues = [] are not valid"),
    (lambda: Quadratic([1.0, float("nan")]), "give a list of finite numbers > 0"),
    (lambda: Quadratic([[1.0, 2.0]]), "eigenvalues = [[1.0, 2.0]] are not valid"),
    (lambda: Quadratic([2.0], angle=1.0),
     "angle = 1.0 rotates two axes and there is one: give two eigenvalues or leave out the angle"),
    (lambda: Noisy(Rosenbrock(), -1.0, generator), "scale = -1.0 is not valid: give a finite number >= 0"),
    (lambda: Noisy(Rosenbrock(), np.inf, generator), "scale = inf is not valid"),
    (lambda: LeastSquares(inputs, scores[:-1]),
     "inputs of shape (40, 3) and targets of shape (39,): give (N, dimensions) and (N,)"),
    (lambda: LeastSquares(scores, scores), "inputs of shape (40,)"),
    (lambda: LogisticRegression(inputs, scores > 0), "labels must be -1 or 1: give 2*labels - 1 for labels 0 and 1"),
    (lambda: LogisticRegression(inputs, np.sign(scores), penalty=0), "penalty = 0 is not valid: give a number > 0"),
])
def test_errors(call, text):
    with pytest.raises(ValueError, match=re.escape(text)):
        call()


def test_a_constant_rate_arrives_where_the_noise_dies_out():
    "Minibatches of a problem that one line fits exactly agree at the minimum; with noise in the targets they do not."
    def last_distance(targets):
        draws, x = np.random.default_rng(1), np.zeros(3)
        for _ in range(2000):
            rows = draws.integers(0, 40, 5)
            x = x - 0.1*gradient(LeastSquares(inputs[rows], targets[rows]), x)
        return np.linalg.norm(x - LeastSquares(inputs, targets).minimum)
    assert last_distance(inputs @ [2.0, -1.0, 0.5]) < 1e-12 < 1e-3 < last_distance(scores)


def test_answers_to_the_questions():
    "Beale's valley leads down to 0.45 and no farther; two of Himmelblau's minima cannot hold a run at 0.02."
    path = descend(Beale(), [-1.0, 1.5], lambda p: SGD(p, learning_rate=0.002), 5000)
    loss = heights(Beale(), path[[0, -1]])
    assert np.allclose(loss, [2.06, 0.87], atol=0.005) and path[-1, 0] < -3
    far = heights(Beale(), np.array([[-x, 1 + 0.991/x] for x in (1e3, 1e4, 1e5)]))
    assert (np.diff(far) < 0).all() and abs(far[-1] - 0.45) < 0.005
    largest = [np.linalg.eigvalsh(hessian(Himmelblau(), minimum)).max() for minimum in Himmelblau.minima]
    assert np.allclose(largest, [82, 81, 134, 105], atol=0.5)
    assert [2/L < 0.02 for L in largest] == [False, False, True, True]


def luminance(color):
    values = [int(color[i:i + 2], 16)/255 for i in (1, 3, 5)]
    light = [((value + 0.055)/1.055)**2.4 if value > 0.04045 else value/12.92 for value in values]
    return np.dot(light, [0.2126, 0.7152, 0.0722])


def test_a_path_stands_out_from_every_map():
    "A contrast of 3 between every optimizer's colour and what draw_contours really draws."
    with style():
        fig, ax = plt.subplots()
        draw_contours(ax, Quadratic([1.0, 12.0]), (-4, 2), (-2, 2))
    fig.canvas.draw()
    drawn = np.asarray(fig.canvas.buffer_rgba())[..., :3]
    inside = ax.get_window_extent()
    area = drawn[int(inside.y0) + 2:int(inside.y1) - 2, int(inside.x0) + 2:int(inside.x1) - 2].reshape(-1, 3)
    shades, counts = np.unique(area, axis=0, return_counts=True)
    grounds = ["#" + bytes(shade.tolist()).hex() for shade in shades[counts > 0.01*len(area)]]
    assert len(grounds) > 3
    for name, color in colors.items():
        for ground in grounds:
            if ground == "#b9c5d0":   # the lines between two heights, thin and light
                continue
            assert (luminance(ground) + 0.05)/(luminance(color) + 0.05) >= 3, (name, ground)
    plt.close(fig)


def test_figures_are_small_sharp_and_of_fixed_size():
    before = dict(plt.rcParams)
    with style():
        fig, ax = plt.subplots()
        draw_contours(ax, Quadratic([1.0, 12.0]), (-4, 2), (-2, 2))
        draw_path(ax, np.ones((3, 2)), color=colors["SGD"], marker="")
    assert dict(plt.rcParams) == before and plt.fignum_exists(fig.number)   # outside a notebook the figure stays open
    data = picture(fig)
    image = Image.open(io.BytesIO(data))
    assert image.size == (1200, 680) and len(data) < 40_000 and image.mode == "P"
    assert image.convert("RGB").getpixel((0, 0)) == (255, 255, 255)
    assert data == picture(fig)
    plt.close(fig)


def test_pictures_keep_the_colours_of_lines():
    with style():
        fig, ax = plt.subplots()
        for i, color in enumerate(colors.values()):
            ax.axhline(i, color=color, lw=6)
    shown = {color for _, color in Image.open(io.BytesIO(picture(fig))).convert("RGB").getcolors(1 << 24)}
    assert {tuple(int(color[i:i + 2], 16) for i in (1, 3, 5)) for color in colors.values()} <= shown
    plt.close(fig)


def test_a_failing_figure_gives_the_look_back():
    before = dict(plt.rcParams)
    with pytest.raises(RuntimeError, match="mine"):
        with style():
            raise RuntimeError("mine")
    assert dict(plt.rcParams) == before
    assert len(set(colors.values())) == len(colors) and {"SGD", "Momentum", "Nesterov", "Adam", "AdamW"} <= set(colors)
