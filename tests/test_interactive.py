"Figures that move: small, self-contained, readable without scripts, and in a browser they run the package's rules."
import json
import re
import shutil
import subprocess
from pathlib import Path

import matplotlib
import numpy as np
import pytest

matplotlib.use("agg")
import matplotlib.pyplot as plt

from tinytorch.interactive import (
    Choice,
    InteractiveFigure,
    Slider,
    control_html,
    interactive_ravine,
    interactive_rounds,
)
from tinytorch.landscapes import Quadratic, descend
from tinytorch.optimizers import SGD, Adam, adam, sgd, sgd_momentum, sgd_nesterov
from tinytorch.plots import colors, style

browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
in_a_browser = pytest.mark.skipif(browser is None, reason="no Chromium here: it shows what a reader sees")
rules = {"SGD": (sgd, 0), "Momentum": (sgd_momentum, 1), "Nesterov": (sgd_nesterov, 1), "Adam": (adam, 2)}
rates = {"SGD": 0.06, "Momentum": 0.03, "Nesterov": 0.03, "Adam": 0.3}
start, angle = (-4.2, -0.2), 0.3


@pytest.fixture(scope="module")
def ravine():
    with style():
        still, axes = plt.subplots(figsize=(6.4, 3.3))
        axes.plot(descend(Quadratic([1.0, 30.0], angle), start, lambda p: SGD(p, 0.06), 50))
        return interactive_ravine(rules, rates, colors, still, start, 30.0, 0.7, 50, angle,
                                  beta1=0.9, beta2=0.999, epsilon=1e-8)


def test_a_page_of_its_own_under_60_kilobytes(ravine):
    html = ravine.html()
    assert len(html.encode()) < 60_000
    assert not re.search(r"(?:src|href)=\"(?!data:)|@import|fetch\(|XMLHttpRequest|import\(", html)
    assert set(re.findall(r"https?://[^\"' ]+", html)) <= {"http://www.w3.org/2000/svg"}


def test_without_scripts_there_is_a_picture_with_a_text(ravine):
    html = ravine.html()
    assert re.search(r'<img class="still" alt="[^"]{30,}" src="data:image/png;base64,', html)
    assert '<div class="live" hidden>' in html
    assert set(ravine._repr_mimebundle_()) == {"text/html", "image/png", "text/plain"}


def test_the_same_figure_is_the_same_text(ravine):
    assert ravine.html() == ravine.html()


def test_the_keyboard_reaches_everything(ravine):
    html = ravine.html()
    assert 'tabindex: 0, role: "button"' in html and "ArrowLeft" in html
    assert [html.count(kind) for kind in ('type="radio"', 'type="range"', "<button")] == [4, 3, 2]


@pytest.mark.parametrize("slider", [
    Slider("x", "x", 1, 2, 3), Slider("x", "x", 0, 2, 1, logarithmic=True), Slider("x", "x", 2, 1, 1)])
def test_a_slider_that_cannot_be_is_refused(slider):
    with pytest.raises(ValueError, match="is not valid: give low <= value <= high"):
        control_html(slider)


def test_text_is_escaped():
    html = control_html(Choice("x", "<b>", ["a & b"]))
    assert "&lt;b&gt;" in html and "a &amp; b" in html


def test_a_rule_that_cannot_be_translated_is_named():
    with pytest.raises(Exception, match="norm"):
        InteractiveFigure("figure => () => 0", {"rule": (lambda parameter, gradient: np.linalg.norm(gradient), 0)},
                          [], plt.figure(), "nothing")


# ---- in a browser

turning = """
const turn = (selector, change) => {
  const input = document.querySelector(selector);
  change(input);
  input.dispatchEvent(new Event("input", {bubbles: true}));
  look();
};
"""   # one control after the other
turns = turning + """
const figure = document.querySelector(".moving").figure, said = [];
const look = () => said.push({path: figure.path, values: {...figure.values},
  drawn: document.querySelectorAll(".moving circle").length,
  status: document.querySelector("[role=status]").textContent});
look();
turn("[name=rate]", input => { input.value = Math.log(0.05); });
turn("[value=Momentum]", input => { input.checked = true; });
turn("[name=momentum]", input => { input.value = 0.9; });
turn("[value=Nesterov]", input => { input.checked = true; });
turn("[value=Adam]", input => { input.checked = true; });
turn("[name=condition]", input => { input.value = Math.log(80); });
const handle = document.querySelector(".moving [tabindex]");
handle.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowRight"}));
look();
const text = document.createElement("pre");
text.id = "said";
text.textContent = JSON.stringify(said);
document.body.append(text);
"""


def opened(html, folder, script="", *flags):
    "The page as it stands after its scripts have run."
    page = folder/"page.html"
    page.write_text(f"<!doctype html><meta charset=utf-8><body>{html}<script>{script}</script>", encoding="utf-8")
    words = [
        browser,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--user-data-dir={folder/'profile'}",
        *flags,
        "--dump-dom",
    ]
    return subprocess.run([*words, page.as_uri()], capture_output=True, text=True, check=True, timeout=120).stdout


@in_a_browser
def test_what_is_turned_moves_the_path_and_every_number_is_pythons(ravine, tmp_path):
    page = opened(ravine.html(), tmp_path, turns)
    said = json.loads(re.search(r'<pre id="said">(.*?)</pre>', page, re.DOTALL)[1])
    assert re.search(r'<img class="still"[^>]* hidden', page) and '<div class="live">' in page
    makers = {"SGD": lambda p, v: SGD(p, v["rate"]),
              "Momentum": lambda p, v: SGD(p, v["rate"], momentum=v["momentum"]),
              "Nesterov": lambda p, v: SGD(p, v["rate"], momentum=v["momentum"], nesterov=True),
              "Adam": lambda p, v: Adam(p, v["rate"])}
    for seen in said:
        values, path = seen["values"], np.array(seen["path"])
        landscape = Quadratic([1.0, values["condition"]], angle)
        expected = descend(landscape, path[0], lambda p: makers[values["method"]](p, values), 50)
        np.testing.assert_allclose(path, expected, rtol=1e-9, atol=1e-9)
        assert seen["drawn"] == 52 and seen["status"].startswith("step 50: loss ")
    assert [seen["values"]["method"] for seen in said] == ["SGD"] * 2 + ["Momentum"] * 2 + [
        "Nesterov",
        "Adam",
        "Adam",
        "Adam",
    ]
    assert [round(seen["values"]["rate"], 9) for seen in said] == [0.06, 0.05, 0.03, 0.03, 0.03, 0.3, 0.3, 0.3]
    assert said[-1]["path"][0] == pytest.approx([start[0] + 0.1, start[1]])
    assert len({json.dumps(seen["path"]) for seen in said}) == len(said)



def quintic(sigma, gradient, a, b, c):
    square = sigma * sigma
    return sigma * (a + square * (b + square * c))


more_rounds = turning + """
const figure = document.querySelector(".moving").figure, said = [];
const look = () => said.push({path: figure.path, values: {...figure.values}});
look();
turn("[value=cubic]", input => { input.checked = true; });
turn("[name=sigma]", input => { input.value = Math.log(0.5); });
turn("[name=a]", input => { input.value = 2; });
document.querySelector("[name=round]").click();
look();
const text = document.createElement("pre");
text.id = "said";
text.textContent = JSON.stringify(said);
document.body.append(text);
"""


@in_a_browser
def test_rounds_of_a_polynomial_are_pythons(tmp_path):
    choices = {"fast": (3.4445, -4.775, 2.0315), "cubic": (1.5, -0.5, 0.0)}
    figure = interactive_rounds(quintic, choices, plt.figure(), colors["Muon"])
    page = opened(figure.html(), tmp_path, more_rounds)
    said = json.loads(re.search(r'<pre id="said">(.*?)</pre>', page, re.DOTALL)[1])
    for seen in said:
        values = seen["values"]
        expected = [values["sigma"]]
        for _ in seen["path"][1:]:
            expected.append(quintic(expected[-1], None, values["a"], values["b"], values["c"]))
        np.testing.assert_allclose(seen["path"], expected, rtol=1e-12)
    assert [len(seen["path"]) for seen in said] == [6, 6, 6, 6, 7]
    assert [round(seen["path"][0], 9) for seen in said] == [0.01, 0.01, 0.5, 0.5, 0.5]
    assert [round(seen["values"]["a"], 9) for seen in said] == [3.4445, 1.5, 1.5, 2, 2]


# ---- in both themes, with and without motion

def luminance(color):
    "Of rgb numbers from 0 to 255, as the accessibility guidelines define it."
    parts = np.array(color)/255
    return np.where(parts <= 0.04045, parts/12.92, ((parts + 0.055)/1.055)**2.4) @ [0.2126, 0.7152, 0.0722]


def contrast(first, second):
    "Between 1 and 21."
    low, high = sorted([luminance(first), luminance(second)])
    return (high + 0.05)/(low + 0.05)


def rgb(text):
    "Numbers of #rrggbb or rgb(r, g, b)."
    if text.startswith("#"):
        return [int(text[at:at + 2], 16) for at in (1, 3, 5)]
    return [int(number) for number in re.findall(r"[0-9]+", text)[:3]]


def ground(theme):
    "The page's colour in one of the site's themes."
    text = (Path(__file__).parent.parent/"nbs"/theme).read_text(encoding="utf-8")
    return rgb(re.search(r"^\$body-bg: (#\w+);", text, re.MULTILINE)[1])


def heard(page):
    "What a script wrote at the end of the page."
    return json.loads(re.findall(r'<pre id="said">(.*?)</pre>', page, re.DOTALL)[-1])


switch = """
const figure = document.querySelector(".moving").figure, paths = [...document.querySelectorAll(".moving path")];
const strokes = () => paths.map(path => path.style.stroke).filter(Boolean);
const all = COLORS, said = {light: strokes(), allLight: all.map(figure.shade)};
document.body.className = "dark";
setTimeout(() => {
  Object.assign(said, {dark: strokes(), allDark: all.map(figure.shade)});
  document.body.insertAdjacentHTML("beforeend", `<pre id="said">${JSON.stringify(said)}</pre>`);
}, 1000);
"""


@in_a_browser
def test_every_line_can_be_seen_in_both_themes_and_changes_with_them(ravine, tmp_path):
    html = "<style>body {color: #1f2428} body.dark {color: #dde1e6}</style>" + ravine.html()
    script = switch.replace("COLORS", json.dumps([*colors.values()]))
    page = opened(html, tmp_path, script, "--virtual-time-budget=8000")
    said = heard(page)
    light, dark = ground("theme.scss"), ground("theme-dark.scss")
    assert said["allLight"] == [*colors.values()] and len(said["light"]) == len(said["dark"]) == 5
    assert min(contrast(rgb(color), light) for color in said["light"] + said["allLight"]) >= 3
    assert min(contrast(rgb(color), dark) for color in said["dark"] + said["allDark"]) >= 3
    assert contrast(rgb(colors["SGD"]), dark) < 3   # why lines are lightened


def test_controls_and_focus_take_the_accent_of_the_page(ravine):
    html = ravine.html()
    assert html.count("var(--hand)") == 2 and "--hand: var(--tt-accent," in html


asked = """
const figure = document.querySelector(".moving").figure, frames = [];
figure.play(frame => frames.push(frame), 40);
setTimeout(() => document.body.insertAdjacentHTML("beforeend", `<pre id="said">${JSON.stringify(frames)}</pre>`), 3000);
"""


@in_a_browser
def test_nothing_moves_where_less_motion_is_asked_for(ravine, tmp_path):
    flags = "--virtual-time-budget=8000", "--force-prefers-reduced-motion"
    still = opened(ravine.html(), tmp_path, asked, *flags)
    assert heard(still) == [40]
    moving = opened(ravine.html(), tmp_path, asked, flags[0])
    assert heard(moving)[:2] == [0, 1]


# ---- the figures of the pages

def moving_pages():
    "The HTML of every stored figure that moves, with the page that it is on."
    for path in sorted((Path(__file__).parent.parent/"nbs").glob("**/*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            for output in cell.get("outputs", []):
                html = "".join(output.get("data", {}).get("text/html", ""))
                if 'class="moving"' in html:
                    yield path.name, html


def test_stored_figures_that_move_are_small():
    sizes = {name: len(html.encode()) for name, html in moving_pages()}
    assert {"index.ipynb", "06_optimizers.ipynb"} <= {*sizes}
    assert {name: size for name, size in sizes.items() if size >= 60_000} == {}
