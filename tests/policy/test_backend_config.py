"""`--backend-config`: what `terraform init` would be given completes a partial block."""

import pytest
from click.testing import CliRunner

from plainwork_cli.main import main

PARTIAL = 'terraform {\n  backend "s3" {\n    key     = "prod/web.tfstate"\n    encrypt = true\n  }\n}\n'
REST = 'bucket       = "acme-prod-state"\nregion       = "eu-central-1"\nuse_lockfile = true\n'


@pytest.fixture
def command(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PLAINWORK_CONFIG", raising=False)
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "main.tf").write_text(PARTIAL)
    (tmp_path / "prod.s3.tfbackend").write_text(REST)

    def run(*arguments):
        return CliRunner().invoke(main, ["check", *arguments])

    return run


UNPROTECTED = ("--select", "s3-backend-unprotected")


def test_a_partial_block_is_not_evaluated(command):
    assert "the backend block has no `bucket`" in command("web", *UNPROTECTED).stdout


def test_a_file_completes_it(command):
    done = command("web", *UNPROTECTED, "--backend-config", "prod.s3.tfbackend")
    assert (done.exit_code, done.stdout) == (0, "Checked 0 resources in 1 stack with 1 policy: 1 passed.\n")


def test_single_arguments_complete_it_and_the_last_one_counts(command):
    given = ["bucket=acme", "use_lockfile=false", "use_lockfile=true"]
    options = [word for argument in given for word in ("--backend-config", argument)]
    assert command("web", *UNPROTECTED, *options).exit_code == 0


def test_a_command_line_value_has_precedence_and_its_own_location(command, tmp_path):
    (tmp_path / "prod.s3.tfbackend").write_text(REST + "encrypt = false\n")
    done = command("web", *UNPROTECTED, "--backend-config", "prod.s3.tfbackend")
    assert done.exit_code == 1
    assert "prod.s3.tfbackend:4" in done.stdout
    assert "`encrypt` is `false`" in done.stdout


def test_a_credential_in_the_file_is_found_and_not_shown(command, tmp_path):
    (tmp_path / "prod.s3.tfbackend").write_text(REST + 'secret_key = "wJalrXUtnFEMI"\nsse_customer_key = "c2VjcmV0"\n')
    done = command("web", "--select", "s3-backend-hardcoded-credentials", "--backend-config", "prod.s3.tfbackend")
    assert done.stdout.count("is a literal value") == 2
    assert "wJalrXUtnFEMI" not in done.stdout
    assert "c2VjcmV0" not in done.stdout


def test_a_file_of_json_completes_it(command, tmp_path):
    (tmp_path / "prod.json").write_text('{"bucket": "acme", "region": "eu-central-1", "use_lockfile": true}')
    assert command("web", *UNPROTECTED, "--backend-config", "prod.json").exit_code == 0


def test_a_value_in_a_file_of_json_has_its_line(command, tmp_path):
    (tmp_path / "prod.json").write_text('{\n  "bucket": "acme",\n  "region": "eu-central-1",\n  "encrypt": false\n}\n')
    assert "prod.json:4" in command("web", *UNPROTECTED, "--backend-config", "prod.json").stdout


@pytest.mark.parametrize("given", ["assume_role.role_arn=x", "=x", " bucket=x", "bucket =x"])
def test_a_name_that_terraform_rejects_is_2(command, given):
    done = command("web", "--backend-config", given)
    assert done.exit_code == 2
    assert "is not the name of an argument" in " ".join(done.stdout.split())


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("broken.json", "broken.json:1: invalid JSON"),
        ("list.json", "expected an object"),
        ("number.json", "number.json: invalid JSON"),
        ("none.tfbackend", "none.tfbackend: cannot be read: No such file or directory"),
        ("broken.tfbackend", "broken.tfbackend:1: "),
    ],
)
def test_a_file_that_cannot_be_read_is_2(command, tmp_path, given, why):
    (tmp_path / "broken.tfbackend").write_text("bucket =\n")
    (tmp_path / "broken.json").write_text("{")
    (tmp_path / "list.json").write_text("[]")
    (tmp_path / "number.json").write_text(f'{{"max_retries": {"9" * 5000}}}')
    done = command("web", "--backend-config", given)
    assert done.exit_code == 2
    assert why in " ".join(done.stdout.split())


def test_two_backends_are_an_error(command, tmp_path):
    (tmp_path / "api").mkdir()
    (tmp_path / "api" / "main.tf").write_text(PARTIAL)
    done = command("api", "web", "--backend-config", "key=x/y.tfstate")
    assert done.exit_code == 2
    assert "requires one backend block, but 2 stacks have one (api, web)" in " ".join(done.stdout.split())


def test_without_a_backend_it_is_an_error(command, tmp_path):
    (tmp_path / "web" / "main.tf").write_text('provider "aws" {}\n')
    done = command("web", "--backend-config", "key=x/y.tfstate")
    assert done.exit_code == 2
    assert "but no stack has one" in " ".join(done.stdout.split())
