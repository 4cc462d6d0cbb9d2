"""An AWS provider that runs for several commands of Terraform, which otherwise start it for each.

https://developer.hashicorp.com/terraform/plugin/debugging#starting-a-provider-in-debug-mode
"""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.plan_fixtures import offline_environment

PROVIDERS = Path(".terraform", "providers")
_VARIABLE = "TF_REATTACH_PROVIDERS="


@contextmanager
def running_provider(providers: Path) -> Iterator[str]:
    """Start the AWS provider in the folder *providers*, and give the value of `TF_REATTACH_PROVIDERS`.

    It has one configuration at a time: for one command after another, each with at most one provider configuration.
    """
    program = next(file for folder in providers.glob("*/*/*/*/*") for file in folder.glob("terraform-provider-aws_*"))
    command = [str(program), "-debug"]
    with subprocess.Popen(
        command, env=offline_environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            lines = iter(process.stdout or ())
            printed = next(line for line in lines if _VARIABLE in line)
            yield printed.partition(_VARIABLE)[2].strip().strip("'")
        finally:
            process.send_signal(signal.SIGINT)
