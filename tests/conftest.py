"What holds for all tests: hypothesis waits as long as a busy machine takes, and no test's class stays in a registry."
import pytest
from hypothesis import settings

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture(autouse=True)
def registries():
    "Classes that a test defines enter the registries; they leave when it ends."
    from tinytorch.optimizers import Optimizer, Scheduler
    from tinytorch.optimizers.wrappers import Wrapper
    kept = [(kind.registry, {**kind.registry}) for kind in (Optimizer, Scheduler, Wrapper)]
    yield
    for registry, before in kept:
        if registry != before:
            registry.clear()
            registry.update(before)
