"""`plainwork check --fix`: the text before and after, and what it leaves alone."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from plainwork_cli import fix
from plainwork_cli.main import main
from plainwork_policies.fix.plan import FixedFile

ROOT = Path(__file__).parents[2]
TAGS = '[tags]\nrequired = ["Owner"]\n'
ONE_VALUE = f'{TAGS}allowed_values = {{ Owner = ["a ${{b}}"] }}\n'
OWNER = 'resource "aws_sqs_queue" "q" {\n  tags = { owner = "a" }\n}\n\n'
PROVIDER = 'provider "aws" {\n  region = "eu-west-1"\n}\n'
OWNER_TAG = 'Owner = "a $${b}"'
DEFAULT_TAGS = f"  default_tags {{\n    tags = {{\n      {OWNER_TAG}\n    }}\n  }}\n"
PROVIDER_WITH_TAGS = f'provider "aws" {{\n{DEFAULT_TAGS}}}\n'


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """`check(hcl, *arguments, settings="")`: a check of `main.tf` in an empty directory."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PLAINWORK_CONFIG", raising=False)

    def check(hcl: str, *arguments: str, settings: str = "") -> Result:
        Path("main.tf").write_bytes(hcl.encode())
        Path("plainwork.toml").write_text(settings)
        return CliRunner().invoke(main, ["check", ".", *arguments])

    return check


@pytest.fixture
def fixed(check: Callable[..., Result]) -> Callable[..., str]:
    """`fixed(hcl, policy, settings="")`: the file after the fix, which is formatted as before."""

    def fixed(hcl: str, policy: str, settings: str = "") -> str:
        check(hcl, "--select", policy, "--fix", settings=settings)
        text = Path("main.tf").read_bytes().decode()
        if shutil.which("terraform"):
            subprocess.run(["terraform", "fmt", "-check", "-diff", "main.tf"], check=True)
        return text

    return fixed


BACKEND = 'terraform {\n  # the state\n  backend "s3" {\n    bucket = "b" # one\n    key    = "k"\n  }\n}\n'
LOCKED = (
    'terraform {\n  # the state\n  backend "s3" {\n    bucket       = "b" # one\n    key          = "k"\n'
    "    encrypt      = true\n    use_lockfile = true\n  }\n}\n"
)


def test_a_backend_gets_encryption_and_lock_with_its_comments_and_alignment(fixed: Callable[..., str]) -> None:
    assert fixed(BACKEND, "s3-backend-unprotected") == LOCKED


def test_a_literal_is_replaced(fixed: Callable[..., str]) -> None:
    hcl = LOCKED.replace("encrypt      = true", "encrypt      = false").replace("lockfile = true", "lockfile = false")
    assert fixed(hcl, "s3-backend-unprotected") == LOCKED


def test_the_lock_is_added_beside_the_table(fixed: Callable[..., str]) -> None:
    with_table = (
        LOCKED.replace("use_lockfile = true", 'dynamodb_table = "t"').replace("= ", "  = ").replace("e   =", "e =")
    )
    after = fixed(with_table, "s3-backend-dynamodb-lock-deprecated")
    assert after == with_table.replace('e = "t"\n', 'e = "t"\n    use_lockfile   = true\n')


def test_an_old_terraform_gets_no_lock_file(fixed: Callable[..., str]) -> None:
    old = BACKEND.replace("terraform {", 'terraform {\n  required_version = "< 1.10"\n')
    assert "use_lockfile" not in fixed(old, "s3-backend-unprotected")


def test_a_value_that_is_a_reference_stays(fixed: Callable[..., str]) -> None:
    hcl = LOCKED.replace("encrypt      = true", "encrypt      = local.no") + "\nlocals {\n  no = false\n}\n"
    assert fixed(hcl, "s3-backend-unprotected") == hcl


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('  tags = {\n    owner = "a" # me\n  }\n', '  tags = {\n    Owner = "a" # me\n  }\n'),
        ('  tags = { "owner" : "a", Name = "owner" }\n', '  tags = { "Owner" : "a", Name = "owner" }\n'),
        ('  tags = merge({ Na = "b" }, { owner = "a" })\n', '  tags = merge({ Na = "b" }, { Owner = "a" })\n'),
        ('  tags = {\n    Name = "q"\n    ownr = "a"\n  }\n', '  tags = {\n    Name  = "q"\n    Owner = "a"\n  }\n'),
    ],
    ids=["bare", "quoted", "in a call", "aligned"],
)
def test_a_tag_key_is_renamed(fixed: Callable[..., str], before: str, after: str) -> None:
    hcl = 'resource "aws_sqs_queue" "q" {\n{}}\n'
    assert fixed(hcl.replace("{}}", f"{before}}}"), "tag-key-misspelled", TAGS) == hcl.replace("{}}", f"{after}}}")


@pytest.mark.parametrize(
    "hcl",
    [
        'locals {\n  t = { owner = "a" }\n}\n\nresource "aws_sqs_queue" "q" {\n  tags = local.t\n}\n',
        f'{OWNER}output "o" {{\n  value = aws_sqs_queue.q.tags.owner\n}}\n',
        f'{OWNER}output "o" {{\n  value = aws_sqs_queue.q.tags["owner"]\n}}\n',
    ],
    ids=["in a local value", "read as attribute", "read as index"],
)
def test_a_tag_key_that_is_elsewhere_or_is_read_stays(fixed: Callable[..., str], hcl: str) -> None:
    assert fixed(hcl, "tag-key-misspelled", TAGS) == hcl


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (PROVIDER, PROVIDER.replace("}\n", f"\n{DEFAULT_TAGS}}}\n")),
        ('provider "aws" {}\n', PROVIDER_WITH_TAGS),
        (
            PROVIDER_WITH_TAGS.replace(OWNER_TAG, 'Na = "b" # c'),
            PROVIDER_WITH_TAGS.replace(OWNER_TAG, f'Na    = "b" # c\n      {OWNER_TAG}'),
        ),
        (
            'provider "aws" {\n  default_tags {\n    tags = { Na = "b" }\n  }\n}\n',
            f'provider "aws" {{\n  default_tags {{\n    tags = {{ Na = "b", {OWNER_TAG} }}\n  }}\n}}\n',
        ),
    ],
    ids=["no block", "empty provider", "lines", "one line"],
)
def test_a_required_tag_with_one_allowed_value_is_added_to_the_default_tags(
    fixed: Callable[..., str], before: str, after: str
) -> None:
    queue = '\nresource "aws_sqs_queue" "q" {\n  name = "q"\n}\n'
    assert fixed(before + queue, "tag-required-missing", ONE_VALUE) == after + queue


@pytest.mark.parametrize("settings", [TAGS, TAGS + 'allowed_values = { Owner = ["a", "b"] }\n'])
def test_a_tag_whose_value_a_person_decides_is_not_added(fixed: Callable[..., str], settings: str) -> None:
    hcl = PROVIDER + '\nresource "aws_sqs_queue" "q" {\n  name = "q"\n}\n'
    assert fixed(hcl, "tag-required-missing", settings) == hcl


def test_the_result_is_checked_again_and_the_rest_is_reported(check: Callable[..., Result]) -> None:
    done = check(BACKEND + PROVIDER, "--fix", "--select", "s3-backend-unprotected")
    assert done.exit_code == 0
    assert done.stdout.endswith("1 passed.\n")
    assert done.stderr == "Fixed 2 places in 1 file: main.tf\n"
    assert check(BACKEND + 'resource "aws_efs_file_system" "f" {}\n', "--fix").exit_code == 1


def test_a_second_run_changes_nothing(check: Callable[..., Result]) -> None:
    check(BACKEND, "--fix")
    text = Path("main.tf").read_text()
    assert check(text, "--fix").stderr == ""
    assert Path("main.tf").read_text() == text


def test_a_diff_writes_nothing_and_is_1(check: Callable[..., Result]) -> None:
    done = check(BACKEND, "--diff", "--select", "s3-backend-unprotected")
    assert done.exit_code == 1
    assert "+    use_lockfile = true\n" in done.stdout
    assert Path("main.tf").read_text() == BACKEND
    assert check(LOCKED, "--diff", "--select", "s3-backend-unprotected").stdout == ""


def test_a_diff_has_no_secret(check: Callable[..., Result]) -> None:
    secret = "correct-horse-battery-staple"
    done = check(BACKEND.replace('    key    = "k"', f'    key    = "k"\n    secret_key = "{secret}"'), "--diff")
    assert "secret_key" in done.stdout
    assert secret not in done.stdout


def test_a_fix_that_causes_a_finding_is_undone(check: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> list[FixedFile]:
        return [FixedFile(Path("main.tf"), BACKEND, 'resource "aws_efs_file_system" "f" {}\n', 1)]

    monkeypatch.setattr(fix, "fixed_files", broken)
    done = check(BACKEND, "--fix")
    assert done.exit_code == 2
    assert "the fixes were undone, because they cause a finding: aws_efs_file_system.f: " in done.stdout
    assert Path("main.tf").read_text() == BACKEND


def test_a_file_that_cannot_be_written_is_2_and_no_file_changes(
    check: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("plainwork_core.files.write_bytes", full)
    done = check(BACKEND, "--fix")
    assert done.exit_code == 2
    assert "main.tf: cannot be written: No space left on device" in " ".join(done.stdout.split())
    assert Path("main.tf").read_text() == BACKEND


@pytest.mark.parametrize(
    "encode",
    [lambda text: b"\xef\xbb\xbf" + text.encode(), lambda text: text.encode("utf-16")],
    ids=["byte order mark", "UTF-16"],
)
def test_a_file_in_another_encoding_stays(check: Callable[..., Result], encode: Callable[[str], bytes]) -> None:
    check("", "--fix")
    Path("main.tf").write_bytes(encode(BACKEND))
    CliRunner().invoke(main, ["check", ".", "--fix"])
    assert Path("main.tf").read_bytes() == encode(BACKEND)


def test_line_ends_of_windows_stay(check: Callable[..., Result]) -> None:
    check(BACKEND.replace("\n", "\r\n"), "--fix")
    assert Path("main.tf").read_bytes().decode() == LOCKED.replace("\n", "\r\n")


def test_an_installed_module_and_terraform_json_stay(check: Callable[..., Result]) -> None:
    installed = Path(".terraform/modules/m/main.tf")
    installed.parent.mkdir(parents=True)
    installed.write_text(BACKEND)
    Path("json").mkdir()
    document = '{"terraform": {"backend": {"s3": {"bucket": "b", "key": "k"}}}}'
    Path("json/main.tf.json").write_text(document)
    check(LOCKED, str(installed.parent), "json", "--fix")
    assert installed.read_text() == BACKEND
    assert Path("json/main.tf.json").read_text() == document


def test_each_policy_that_declares_a_fix_is_on_the_page() -> None:
    modules = (ROOT / "policies" / "plainwork_policies").glob("*/*.py")
    declaring = [file for file in modules if re.search(r"^ +fix=", file.read_text(), flags=re.MULTILINE)]
    slugs = {file.stem.replace("_", "-") for file in declaring if file.parent.name not in ("engine", "reading")}
    page = (ROOT / "docs" / "fix.md").read_text()
    assert slugs == set(re.findall(r"^\| \[([\w-]+)\]", page, flags=re.MULTILINE))
