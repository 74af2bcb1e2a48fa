"""Mutation testing of the optimizer rules: how many wrong versions do the checks that learners see reject?

Every rule of tinytorch/optimizers/core.py is changed in its syntax tree, one place at a time: another operator, another
comparison, another constant, another name of the same rule, a term left out. The changed module is handed to the checks
as a learner's would be. `python benchmarks/mutants.py [--quick]` prints a table and the survivors.
"""
import ast
import contextlib
import copy
import io
import sys
import types
import warnings
from pathlib import Path

from tinytorch import checks as lab
from tinytorch.optimizers import core

rules = {"gradient_descent_step": ["gradient_descent_step"], "sgd": ["SGD"], "sgd_momentum": ["momentum", "SGD"],
    "sgd_nesterov": ["nesterov", "SGD"], "sgd_dampened": ["SGD"],
         "moments": ["moments", "adam", "Adam"], "bias_correction": ["bias_correction", "adam", "Adam"],
             "adam": ["adam", "Adam"], "adam_amsgrad": ["Adam"],
         # rule: the checks that reach it
         "l2_gradient": ["SGD", "Adam"], "decay_weights": ["decay_weights", "AdamW"],
             "step_decay": ["step_lr", "StepLR"]}
# check: what it is given, where the names differ
learners = {"gradient_descent_step": "gradient_descent_step", "momentum": "sgd_momentum", "nesterov": "sgd_nesterov",
    "step_lr": "step_decay"}
equivalent = {}   # (rule, change): why it computes the same. (The operands of + and * are never exchanged: that would.)

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
            yield ast.Compare(node.left, [other()], node.comparators)
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


def module_with(tree, function):
    "The optimizers' module with one function exchanged."
    changed = copy.copy(tree)
    changed.body = [function if isinstance(node, ast.FunctionDef) and node.name == function.name else node
        for node in tree.body]
    module = types.ModuleType("mutant")
    module.__package__ = "tinytorch.optimizers"
    exec(compile(changed, "<mutant>", "exec"), vars(module))
    return module


def killer(module, names):
    "The first check that rejects the module; None where all accept it."
    for name in names:
        try:
            with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                lab.check(name, getattr(module, learners.get(name, name)))
        except Exception:
            return name


def survey(only=None, every=1):
    "For every rule: mutants, killed, and the survivors in words."
    tree, table = ast.parse(Path(core.__file__).read_text()), {}
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef) or node.name not in rules or only and node.name not in only:
            continue
        found = list(mutants(node))[::every]
        table[node.name] = len(found), [change for change, changed in found if killer(module_with(tree, changed),
            rules[node.name]) is None]
    return table


def main(every=1):
    table = survey(every=every)
    print(f"{'rule':22} {'mutants':>7} {'killed':>7}")
    for name, (count, survivors) in table.items():
        print(f"{name:22} {count:7} {count - len(survivors):7}")
    count, survivors = sum(n for n, _ in table.values()), [(name, change) for name, (_, found) in table.items()
        for change in found]
    print(f"{count} mutants, {count - len(survivors)} killed by the checks: {1 - len(survivors)/count:.1%}")
    for name, change in survivors:
        print(f"   {name}: {change}\n      {equivalent.get((name, change), 'NOT EQUIVALENT')}")
    return int(any(survivor not in equivalent for survivor in survivors))


if __name__ == "__main__":
    sys.exit(main(every=7 if "--quick" in sys.argv else 1))
