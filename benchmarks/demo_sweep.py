"The sweep behind `tito demo`: each method, seven rates, three seeds; writes tinytorch/demo_sweep.json."
import json
from functools import partial
from pathlib import Path

from tinytorch.comparison import at_an_edge, best_rate, sweep
from tinytorch.demo import rates, sweep_seeds, train_digits


def last_loss(name, rate, seed):
    "The score of one run."
    return train_digits(name, rate, seed)["losses"][-1]


def main():
    "Run the sweep, print it, store it."
    found = {}
    for name, tried in rates.items():
        scores = sweep(partial(last_loss, name), tried, sweep_seeds)
        found[name] = [[float(f"{score:.3g}") for score in row] for row in scores]
        edge = ", at the edge: widen the list" if at_an_edge(tried, scores) else ""
        print(f"{name}: best at {best_rate(tried, scores)[1]:g}{edge}", *zip(tried, found[name]), sep="\n  ")
    path = Path(__file__).resolve().parent.parent/"tinytorch"/"demo_sweep.json"
    path.write_text(json.dumps(found, indent=1).replace("\n   ", " ").replace("\n  ]", "]") + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
