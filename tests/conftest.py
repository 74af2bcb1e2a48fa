"What holds for all tests: hypothesis waits for an example as long as a busy machine takes."
from hypothesis import settings

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
