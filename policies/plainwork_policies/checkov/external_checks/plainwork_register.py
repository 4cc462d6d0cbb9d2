"""Registers the policies in Checkov, which runs this file for `--external-checks-dir`. A failure fails the run.

Checkov logs an exception in this file and continues without its checks, with exit code 0. So an exception is turned
into failing checks; if these cannot be registered, into SystemExit, the only exception that Checkov does not catch.
"""

import sys

try:
    try:
        import plainwork_policies.checkov.register  # noqa: F401  importing it registers
    except Exception as problem:  # noqa: BLE001  no problem may end in a run that passes
        from plainwork_policies.checkov.load_failure import register_load_failures

        register_load_failures(problem)
except Exception as problem:
    sys.stderr.write(f"plainwork cannot register its checks in this Checkov: {problem!r}\n")
    raise SystemExit(2) from problem
