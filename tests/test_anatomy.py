"The figure of Adam's anatomy: its script, run under Node with a stand-in for the page, gives Python's numbers."
import json
import shutil
import subprocess

import matplotlib
import numpy as np
import pytest

matplotlib.use("agg")
from tinytorch.anatomy import anatomy, interactive_anatomy, streams

node = shutil.which("node")
page = """
const made = [];
class Element {
  constructor(tag) {
    Object.assign(this, {tag, attributes: {}, children: [], style: {}, heard: {}, dataset: {}, parts: {}, all: {}});
  }
  setAttribute(name, value) { this.attributes[name] = value; }
  appendChild(child) { made.push(child); this.children.push(child); return child; }
  replaceChildren() { this.children = []; }
  addEventListener(name, listener) { this.heard[name] = listener; }
  setPointerCapture() {}
  getBoundingClientRect() { return {left: 0, top: 0, width: 640, height: 330}; }
  querySelector(name) { return this.parts[name]; }
  querySelectorAll(name) { return this.all[name] ?? []; }
}
const slider = (name, value) => {
  const input = Object.assign(new Element("input"), {name, type: "range", value, dataset: {logarithmic: "0"}});
  input.parentElement = new Element("label");
  input.parentElement.parts = {output: new Element("output")};
  return input;
};
const root = new Element("figure"), status = new Element("div");
root.parts = {svg: new Element("svg"), "[role=status]": status, ".still": {}, ".live": {}};
const buttons = ["drawn", "constant", "noise", "spike"].map(name => Object.assign(new Element("button"), {name}));
root.all = {input: [slider("beta1", 0.9), slider("beta2", 0.999)], button: buttons};
const document = {createElementNS: (_, tag) => new Element(tag), getElementById: () => root,
  documentElement: new Element("html"), body: new Element("body"), head: new Element("head")};
class MutationObserver { observe() {} }
const addEventListener = () => {};
const matchMedia = () => ({matches: true, addEventListener() {}});
const getComputedStyle = () => ({color: "rgb(0, 0, 0)"}), cancelAnimationFrame = () => {};
"""
turns = """
const said = {drawn: root.figure.path};
for (const button of buttons.slice(1)) { button.heard.click(); said[button.name] = root.figure.path; }
const hand = made.find(element => element.tag === "rect");
hand.heard.keydown({key: "ArrowRight", preventDefault() {}});
hand.heard.pointerdown({pointerId: 1, clientX: 300, clientY: 54});
hand.heard.pointerup();
root.all.input[0].value = 0;
root.all.input[0].heard.input({target: root.all.input[0]});
said.turned = root.figure.path;
said.status = status.textContent;
console.log(JSON.stringify(said));
"""


@pytest.mark.skipif(node is None, reason="no Node here: it runs the figure's script")
def test_every_number_is_pythons():
    script = page + interactive_anatomy().script + turns
    said = json.loads(subprocess.run([node, "-e", script], capture_output=True, text=True, check=True).stdout)
    for name, stream in streams().items():
        for part, expected in anatomy(stream).items():
            np.testing.assert_allclose([point[part] for point in said[name]], expected, rtol=1e-12, atol=1e-15)
    spike = streams()["spike"]
    index = next(i for i, point in enumerate(said["turned"]) if point["m"] != spike[i])   # beta1 = 0: m is the gradient
    spike[index] = said["turned"][index]["m"]
    np.testing.assert_allclose([point["step"] for point in said["turned"]], anatomy(spike, beta1=0.0)["step"])
    assert said["status"].startswith(f"step {index + 1}: gradient {spike[index]:.2f}")


def test_a_constant_gradient_and_noise():
    assert np.allclose(anatomy(np.ones(60))["step"], 1)
    noise = np.random.default_rng(0).standard_normal(4000)
    assert 0.15 < np.sqrt(np.mean(anatomy(noise)["step"][100:]**2)) < 0.35
    assert all(len(stream) == 60 and max(map(abs, stream)) <= 2 for stream in streams().values())


def test_small_and_readable_without_scripts():
    html = interactive_anatomy().html()
    assert len(html.encode()) < 60_000 and 'alt="A stream of gradients' in html
    assert html == interactive_anatomy().html()
