"""What is deployed has no changes after it is adopted into Python, and after it is ejected from Python."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.aws_server import aws_server
from tests.support.review_plans import OVERRIDE, deployed_application

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.terraform import Terraform

pytestmark = pytest.mark.proof
ADOPTION = Path(__file__).parents[1] / "support" / "adoption"
STATE = "terraform.tfstate"


def plainwork(directory: Path, *arguments: object) -> str:
    code = "from plainwork_cli.main import main; main()"
    return run(directory, sys.executable, "-c", code, *map(str, arguments))


def run(directory: Path, *command: str) -> str:
    done = subprocess.run(command, cwd=directory, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def rendered(python: Path, name: str) -> Path:
    """The directory of the HCL that the Python makes."""
    run(python.parent, sys.executable, python.name)
    plainwork(python.parent, "render")
    return python.parent / "hcl.out" / name


@pytest.fixture(scope="module")
def reaching(terraform: Terraform) -> Iterator[Terraform]:
    with aws_server() as server:
        yield terraform.with_env(AWS_ENDPOINT_URL=server.url)


@pytest.fixture(scope="module")
def deployed(reaching: Terraform, tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("adopted") / "infra"
    shutil.copytree(ADOPTION, directory)
    reaching.init(directory)
    assert "Apply complete!" in reaching.apply(directory)
    return directory


def test_hcl_that_is_deployed_has_no_changes_as_python(deployed: Path, reaching: Terraform, tmp_path: Path) -> None:
    printed = plainwork(tmp_path, "adopt", deployed, "--output", "infra.py")
    assert "module.topic: the source './modules/topic' is relative to the directory" in printed
    hcl = rendered(tmp_path / "infra.py", "infra")
    shutil.copytree(deployed / "modules", hcl / "modules")
    shutil.copy(deployed / STATE, hcl)
    reaching.init(hcl)
    assert reaching.changes(hcl) == ""
    assert reaching.fmt_check((hcl / "main.tf").read_text(encoding="utf-8")) == ""


def test_the_json_of_the_python_has_no_changes_either(deployed: Path, reaching: Terraform, tmp_path: Path) -> None:
    plainwork(tmp_path, "adopt", deployed, "--output", "infra.py")
    run(tmp_path, sys.executable, "infra.py")
    stack = tmp_path / "cdktf.out" / "stacks" / "infra"
    shutil.copytree(deployed / "modules", stack / "modules")
    shutil.copy(deployed / STATE, stack)
    reaching.init(stack)
    assert reaching.changes(stack) == ""


def test_a_plan_that_is_deployed_has_no_changes_as_python(reaching: Terraform, tmp_path: Path) -> None:
    hcl = tmp_path / "infra"
    shutil.copytree(ADOPTION.with_name("adoption_plan"), hcl)
    reaching.apply(hcl)
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps(reaching.plan(hcl)), encoding="utf-8")
    plainwork(tmp_path, "adopt", plan, "--name", "infra", "--output", "infra.py")
    written = (tmp_path / "infra.py").read_text(encoding="utf-8")
    assert 'bucket=logs["id"]' in written
    assert "value=f\"s3://{logs['bucket']}/reports\"" in written
    again = rendered(tmp_path / "infra.py", "infra")
    shutil.copy(hcl / STATE, again)
    assert reaching.changes(again) == ""


def test_the_reference_application_has_no_changes_after_it_is_ejected(terraform: Terraform, tmp_path: Path) -> None:
    with deployed_application(tmp_path, terraform) as (application, _vpc):
        assert application.terraform.changes(application.stack) == ""
        ejected = tmp_path / "ejected" / "main.tf"
        plainwork(tmp_path, "eject", "--from-python", "checkout", "--output", ejected)
        text = ejected.read_text(encoding="utf-8")
        assert "cdktf" not in text
        assert terraform.fmt_check(text) == ""
        shutil.copy(application.stack / OVERRIDE, ejected.parent)
        shutil.copy(application.stack / STATE, ejected.parent)
        application.terraform.init(ejected.parent)
        assert application.terraform.changes(ejected.parent) == ""
