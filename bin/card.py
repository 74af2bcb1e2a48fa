"""The picture that a link to the site shows elsewhere: python bin/card.py writes nbs/card.png, --check only compares.

Three rules of the package in one ravine, drawn by the figures' own code, 1200 by 630 pixels.
"""
import base64
import io
import sys
import textwrap

import matplotlib

matplotlib.use("agg")
import matplotlib.pyplot as plt
from PIL import Image

import project
from tinytorch.landscapes import Quadratic, descend, draw_contours, draw_path
from tinytorch.optimizers import SGD, Adam
from tinytorch.plots import colors, few_colors

path = project.nbs/"card.png"
size = 1200, 630
makers = {"SGD": lambda parameters: SGD(parameters, learning_rate=0.06),
          "Momentum": lambda parameters: SGD(parameters, learning_rate=0.03, momentum=0.7),
          "Adam": lambda parameters: Adam(parameters, learning_rate=0.3)}


def drawn():
    "bytes of the PNG."
    with plt.style.context("tinytorch.tinytorch"):
        figure = plt.figure(figsize=(12, 6.3), dpi=100, layout="none")
        ax = figure.add_axes((0, 0, 1, 1))
        ravine, start = Quadratic([1.0, 30.0], angle=0.3), [-4.2, -0.2]
        draw_contours(ax, ravine, (-4.9, 1.62), (-2.12, 1.6), levels=12)
        for name, make in makers.items():
            steps = descend(ravine, start, make, 50)
            draw_path(ax, steps, color=colors[name], label=name, linewidth=3, markersize=5)
        ax.plot(0, 0, "k*", markersize=26)
        ax.axis("off")
        ax.legend(loc="lower right", fontsize=22, borderaxespad=1.2)
        ax.text(0.045, 0.86, project.settings["title"], fontsize=46, weight="bold", transform=ax.transAxes)
        about = "\n".join(textwrap.wrap(project.settings["description"], 60, break_on_hyphens=False))
        ax.text(0.047, 0.80, about, fontsize=21, color="0.25", va="top", linespacing=1.4, transform=ax.transAxes)
        full, small = io.BytesIO(), io.BytesIO()
        figure.savefig(full, format="png", dpi=100)
        plt.close(figure)
    few_colors(Image.open(full).convert("RGB")).save(small, "png", optimize=True)
    return small.getvalue()


def is_fresh():
    "Whether the stored card is what would be drawn now, as figures of the pages are compared."
    from notebooks import same_picture
    stored, new = (base64.b64encode(data).decode() for data in (path.read_bytes(), drawn()))
    return same_picture(stored, new)


def main(*words):
    "Write the card, or with --check only say whether it is stale; exit code."
    if "--check" in words:
        fresh = path.is_file() and is_fresh()
        print("✅ nbs/card.png is what would be drawn" if fresh else "❌ nbs/card.png is stale: run python bin/card.py")
        return int(not fresh)
    path.write_bytes(drawn())
    print(f"wrote nbs/card.png, {path.stat().st_size/1000:.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
