"""Settings of all tests."""

from importlib.util import find_spec

if find_spec("hypothesis"):  # Checkov's environment does not have it
    from hypothesis import settings

    settings.register_profile("untimed", deadline=None)  # a busy machine must not fail a test
    settings.load_profile("untimed")
