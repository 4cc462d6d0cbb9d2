"""The results of Terraform itself for HCL without a provider."""

import json
import re
import shutil

from tests.support.terraform import Terraform, environment, missing


def terraform(folder):
    if shutil.which("terraform") is None:
        missing("terraform is not on PATH: install Terraform 1.10 or newer to run this test")
    return Terraform(folder, environment())


def planned(folder, text, name="main.tf", *, backend=False):
    """Terraform's plan of *text*, without the time and the configuration."""
    (folder / name).write_text(text, encoding="utf-8", newline="")
    runner = terraform(folder)
    if backend:
        runner.run(folder, "init", "-input=false", "-no-color")
    runner.run(folder, "plan", "-input=false", "-no-color", "-out=plan.bin")
    plan = json.loads(runner.run(folder, "show", "-json", "plan.bin"))
    return {key: part for key, part in plan.items() if key not in ("timestamp", "configuration")}


def outputs(folder, text, name="main.tf"):
    """The values of the outputs in *text*, by name."""
    found = planned(folder, text, name)["planned_values"].get("outputs", {})
    return {name: output.get("value") for name, output in found.items()}


def rejected_outputs(folder, text):
    """The names of the outputs in *text* for which Terraform reports an error."""
    (folder / "main.tf").write_text(text, encoding="utf-8")
    done = terraform(folder).outcome(folder, "plan", "-input=false", "-no-color", expect=(1,))
    return set(re.findall(r'in output "(\w+)"', done.stderr))


def unparsed(folder, texts):
    """The names of those *texts*, by name, that Terraform's parser rejects."""
    for index, text in enumerate(texts.values()):
        (folder / f"{index}.tf").write_text(text, encoding="utf-8", newline="")
    done = terraform(folder).outcome(folder, "fmt", "-write=false", expect=(0, 2))
    indices = {int(index) for index in re.findall(r"on (\d+)\.tf line", done.stderr)}
    return {name for index, name in enumerate(texts) if index in indices}


def named(expressions):
    """Outputs `o0`, `o1`, ... of *expressions*."""
    return "".join(f'output "o{index}" {{\n  value = {text}\n}}\n' for index, text in enumerate(expressions))
