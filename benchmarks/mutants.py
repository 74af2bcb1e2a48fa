"""Mutation testing of the exercises: how many wrong versions do the checks that learners see reject?

Every rule of tinytorch/optimizers/core.py and every solution of the other lessons is changed in its syntax tree, one
spot at a time: another operator, another comparison, another constant, another name of the same function, a term left
out. The changed module is handed to the checks as a learner's would be. `python benchmarks/mutants.py [--quick]` prints
a table and the survivors.
"""
import ast
import contextlib
import copy
import importlib
import io
import re
import sys
import types
import warnings
from pathlib import Path

from tinytorch import checks as lab
from tinytorch.optimizers import Optimizer, Scheduler

# module: function or method: the checks that reach it
judged = {
    "tensor": {"unbroadcast": ["unbroadcast"], "sigmoid": ["sigmoid"]},
    "autograd": {"divide_numerator": ["divide_vjp"], "divide_denominator": ["divide_vjp"], "max_vjp": ["max_vjp"],
                 "getitem_vjp": ["getitem_vjp"], "matmul_left": ["matmul_vjp"], "matmul_right": ["matmul_vjp"],
                 "accumulate": ["accumulate"]},
    "layers": {"Dense.forward": ["dense"], "cross_entropy": ["cross_entropy"], "cross_entropy_vjp": ["cross_entropy"]},
    "data": {"DataLoader.__iter__": ["batches"]},
    "optimizers.core": {
        "gradient_descent_step": ["gradient_descent_step"], "sgd": ["SGD"], "sgd_momentum": ["momentum", "SGD"],
        "sgd_nesterov": ["nesterov", "SGD"], "sgd_dampened": ["SGD"], "moments": ["moments", "adam", "Adam"],
        "bias_correction": ["bias_correction", "adam", "Adam"], "adam": ["adam", "Adam"], "adam_amsgrad": ["Adam"],
        "l2_gradient": ["SGD", "Adam"], "decay_weights": ["decay_weights", "AdamW"],
        "step_decay": ["step_lr", "StepLR"], "Optimizer.zero_grad": ["optimizer"], "Optimizer.step": ["optimizer"]},
    "schedulers": {"exponential_decay": ["exponential_decay"], "polynomial_decay": ["polynomial_decay"],
                   "cosine_annealing": ["cosine_annealing"], "one_cycle": ["one_cycle"],
                   "one_cycle_knots": ["one_cycle"], "linear_warmup": ["warmup"]},
    "training": {"clip_grad_norm": ["clip_grad_norm"], "ema": ["ema"]},
}
# check: what it is given, where the names differ
given = {"momentum": "sgd_momentum", "nesterov": "sgd_nesterov", "step_lr": "step_decay", "optimizer": "SGD",
         "divide_vjp": "divide_numerator divide_denominator", "matmul_vjp": "matmul_left matmul_right",
         "cross_entropy": "cross_entropy cross_entropy_vjp", "dense": "Dense", "batches": "DataLoader",
         "warmup": "linear_warmup"}
# function: (pattern of a change that computes the same, why). The operands of + and * are never exchanged: that would.
equivalent = {
    "unbroadcast": [(r"raise ValueError\(f(?s:.*)→(?s:.*)raise ValueError\(f'shape", "only the message is another"),
                    (r"(len\(shape\)|added < 0)(?s:.*)left out", "what is left raises a ValueError as well"),
                    (r"keepdims=2", "true"), (r"summed\.shape != shape", "shapes come as tuples"),
                    (r"^\s*if shape:", "a sum over no axis")],
    "clip_grad_norm": [(r"max_norm <= norm", "the factor is 1")],
    "max_vjp": [(r"spread\((y|g), \w+, axis", "of its second argument, `spread` only takes the number of axes"),
                (r"keepdims=2", "true"), (r"dtype=[gy]\.", "gradients have the dtype of what they are gradients of")],
    "getitem_vjp": [(r"dtype=[ya]\.", "gradients have the dtype of what they are gradients of")],
    "matmul_left": [(r"result\[\.\.\., -1, :\]", "the axis has length one")],
    "matmul_right": [(r"result\[\.\.\., -1\]", "the axis has length one")],
    "accumulate": [(r"may_share_memory\((arrived, arrived|gradient, gradient)\)", "copies more often than needed"),
                   (r"arrived\.copy\(\)", "the same memory where it is copied")],
    "cross_entropy": [(r"len\(logits\)", "as many rows as targets")],
    "cross_entropy_vjp": [(r"len\((logits|gradient)\)", "as many rows as targets")],
    "Dense.forward": [(r"(ndim == -1|left out)", "the product of Variables names both shapes itself"),
                      (r"bias is None|return self @|return self\.weight", "a layer without bias is not asked for"),
                      (r"must have length \{self\.weight\.shape\[-?1\]\}", "both shapes stand before it")],
}

operators = {ast.Add: [ast.Sub, ast.Mult], ast.Sub: [ast.Add, ast.Mult], ast.Mult: [ast.Div, ast.Add, ast.Sub],
    ast.Div: [ast.Mult, ast.Sub, ast.FloorDiv], ast.Pow: [ast.Mult, ast.Add], ast.FloorDiv: [ast.Div, ast.Mult,
    ast.Mod]}
calls = {"np.maximum": "np.minimum", "np.sqrt": "np.square"}
comparisons = {ast.Gt: [ast.GtE, ast.Lt, ast.Eq], ast.Lt: [ast.LtE, ast.Gt]}


def changes(node, names):
    "Every way to change one node: what stands there instead."
    if isinstance(node, ast.BinOp):
        for other in operators.get(type(node.op), []):
            yield ast.BinOp(node.left, other(), node.right)
        yield node.left
        yield node.right
        if not isinstance(node.op, (ast.Add, ast.Mult)):
            yield ast.BinOp(node.right, node.op, node.left)
    if isinstance(node, ast.Compare):
        for other in comparisons.get(type(node.ops[0]), []):
            yield ast.Compare(node.left, [other(), *node.ops[1:]], node.comparators)
    if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
        for value in (node.value + 1, node.value - 1):
            yield ast.Constant(value)
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in names:
        for other in names:
            yield ast.Name(other, ast.Load())
    if isinstance(node, ast.Call):
        yield from node.args
        if ast.unparse(node.func) in calls:
            yield ast.Call(ast.parse(calls[ast.unparse(node.func)], mode="eval").body, node.args, [])
    if isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Load):
        for i in range(len(node.elts) - 1):
            yield ast.Tuple([*node.elts[:i], node.elts[i + 1], node.elts[i], *node.elts[i + 2:]], ast.Load())
    if isinstance(node, ast.UnaryOp):
        yield node.operand


def mutants(function):
    "Every function that differs from this one (a syntax tree) in one place of its body: pairs of words and tree."
    names, original, seen = [a.arg for a in function.args.args], ast.unparse(function), set()
    names += [n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
        and n.id not in names]
    for place, statement in enumerate(function.body):
        for number, node in enumerate(ast.walk(statement)):
            for change in changes(node, names):
                changed = copy.deepcopy(function)
                target = list(ast.walk(changed.body[place]))[number]
                changed = ast.fix_missing_locations(Replace(target, copy.deepcopy(change)).visit(changed))
                text = ast.unparse(changed)
                if text != original and text not in seen:
                    seen.add(text)
                    yield f"{ast.unparse(statement)}  →  {ast.unparse(changed.body[place])}", changed
        if not isinstance(statement, (ast.Return, ast.Expr)):
            changed = copy.deepcopy(function)
            changed.body[place] = ast.copy_location(ast.Pass(), statement)
            yield f"{ast.unparse(statement)}  →  left out", changed


class Replace(ast.NodeTransformer):
    "Put one node in the place of another."
    def __init__(self, target, change):
        self.target, self.change = target, change

    def visit(self, node):
        return self.change if node is self.target else super().visit(node)


def find(tree, name):
    "A function, or a method by Class.method."
    for part in name.split("."):
        tree = next(node for node in tree.body if getattr(node, "name", "") == part)
    return tree


def module_with(module, tree, name, function):
    "A module with one function or method exchanged."
    changed = copy.deepcopy(tree)
    owner = find(changed, name.rpartition(".")[0]) if "." in name else changed
    owner.body = [function if getattr(node, "name", "") == function.name else node for node in owner.body]
    made = types.ModuleType("mutant")
    made.__package__ = module.__package__
    with registries_kept():
        exec(compile(ast.fix_missing_locations(changed), "<mutant>", "exec"), vars(made))
    return made


@contextlib.contextmanager
def registries_kept():
    "Classes that are defined in this block enter no registry in the place of the library's own."
    before = [(kind.registry, {**kind.registry}) for kind in (Optimizer, Scheduler)]
    try:
        yield
    finally:
        for registry, entries in before:
            registry.clear()
            registry.update(entries)


def killer(module, names):
    "The first check that rejects the module; None where all accept it."
    for name in names:
        try:
            with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                lab.check(name, *(getattr(module, part) for part in given.get(name, name).split()))
        except Exception:
            return name


def survey(every=1):
    "For every function: mutants, and the survivors in words."
    table = {}
    for file, functions in judged.items():
        module = importlib.import_module(f"tinytorch.{file}")
        tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
        for name, checks in functions.items():
            found = list(mutants(find(tree, name)))[::every]
            survivors = [change for change, changed in found
                         if killer(module_with(module, tree, name, changed), checks) is None]
            table[name] = len(found), survivors
    return table


def excuse(name, change):
    "Why a survivor computes the same; None where it does not."
    new = change.split("→")[-1] if "→" in change else change
    for pattern, why in equivalent.get(name, []):
        if re.search(pattern, change if "→" in pattern or "left out" in pattern else new):
            return why
    return None


def main(every=1):
    table = survey(every=every)
    print(f"{'function':22} {'mutants':>7} {'killed':>7} {'the same':>8}")
    alive = 0
    for name, (count, survivors) in table.items():
        same = sum(excuse(name, change) is not None for change in survivors)
        alive += len(survivors) - same
        print(f"{name:22} {count:7} {count - len(survivors):7} {same:8}")
    total, left = sum(count for count, _ in table.values()), sum(len(found) for _, found in table.values())
    print(f"{total} mutants: {total - left} killed by the checks, {left - alive} compute the same, {alive} survive")
    for name, (_, survivors) in table.items():
        for change in survivors:
            if excuse(name, change) is None:
                print(f"   {name}: {change}")
    return int(alive > 0)


if __name__ == "__main__":
    sys.exit(main(every=7 if "--quick" in sys.argv else 1))
