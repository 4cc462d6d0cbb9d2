"""What `--external-checks-dir` points at: registers the policies, and fails closed where that cannot be done.

Checkov logs an exception in this file and goes on without its checks, with exit code 0. So a failure becomes failing
checks; where not even those can be made, SystemExit, the one thing that Checkov does not swallow while it loads.
"""

import sys

try:
    try:
        import plainwork_policies.checkov.register  # noqa: F401  importing it registers
    except Exception as problem:  # noqa: BLE001  whatever it is, it must not end in a green run
        from plainwork_policies.checkov.load_failure import register_load_failures

        register_load_failures(problem)
except Exception as problem:
    sys.stderr.write(f"plainwork cannot register its checks in this Checkov: {problem!r}\n")
    raise SystemExit(2) from problem
