"""`--policies-from REV`: a change of the settings or of a rule has no effect on its own check."""

import subprocess
from pathlib import Path

import pytest

from tests.own_policies.conftest import BAD, RULE

WAIVER = """\
[[waivers]]
policy = "queue-name"
address = "aws_sqs_queue.jobs"
reason = "of the change itself"
owner = "orders"
expires = 2099-01-01
"""
SETTINGS = 'own_policies = ["policies"]\n'


def git(*arguments):
    identity = ("-c", "user.name=test", "-c", "user.email=test@example.com")
    subprocess.run(["git", *identity, *arguments], check=True, capture_output=True)


@pytest.fixture
def check(command):
    """`check(settings=..., rule=...)`: the check of a change, by the rules of `main` with `SETTINGS` and `RULE`."""
    command("--version")
    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-q", "-m", "base")
    options = ("--select", "ACME", "--policies-from", "main")
    return lambda *more, **texts: command("check", "stack", *options, *more, **texts)


@pytest.mark.parametrize(
    "texts",
    [
        {},
        {"settings": ""},
        {"settings": SETTINGS + 'ignore = ["queue-name"]\n'},
        {"settings": SETTINGS + WAIVER},
        {"settings": SETTINGS + 'exclude = ["stack"]\n'},
        {"rule": RULE.replace('"orders-"', '"jobs"')},
        {"rule": "def f(:"},
        {"rule": None, "settings": SETTINGS},
    ],
    ids=["nothing", "no settings", "ignore", "waiver", "exclude", "weaker rule", "broken rule", "same"],
)
def test_a_change_cannot_weaken_its_own_check(check, texts):
    done = check(**texts)
    assert done.exit_code == 1
    assert "aws_sqs_queue.jobs: `name` is `jobs`" in done.stdout


@pytest.mark.usefixtures("check")
def test_without_the_option_the_change_decides(command):
    assert command("check", "stack", "--select", "ACME", rule=RULE.replace('"orders-"', '"jobs"')).exit_code == 0


def test_settings_of_paths_apply_to_the_work_tree(check, command):
    command("--version", settings=SETTINGS + '[paths."stack/**"]\nignore = ["queue-name"]\n')
    git("commit", "-q", "-a", "-m", "paths")
    assert check(settings=SETTINGS).exit_code == 0


def test_a_nearer_file_that_the_revision_does_not_have_has_no_effect(check, monkeypatch):
    monkeypatch.chdir(Path("stack"))
    assert check(settings="").exit_code == 1


@pytest.mark.usefixtures("check")
def test_the_folder_of_the_rules_in_the_work_tree_is_not_checked(command):
    files = {"policies/examples/queue_name/bad.tf": BAD.replace("jobs", "example")}
    done = command("check", ".", "--select", "ACME", "--policies-from", "main", files=files)
    assert "aws_sqs_queue.example" not in done.stdout


@pytest.mark.usefixtures("check")
@pytest.mark.parametrize("revision", ["nowhere", "--all"])
def test_a_revision_that_does_not_exist_is_exit_code_2(command, revision):
    done = command("check", "stack", f"--policies-from={revision}")
    assert done.exit_code == 2
    assert "no such revision" in " ".join(done.stdout.split())


def test_a_revision_without_settings_is_exit_code_2(command):
    command("--version", settings=None)
    git("init", "-q", "-b", "main")
    git("add", "stack")
    git("commit", "-q", "-m", "base")
    done = command("check", "stack", "--policies-from", "main")
    assert done.exit_code == 2
    assert "the revision has no plainwork.toml; add it there first" in " ".join(done.stdout.split())


@pytest.mark.parametrize("options", [(), ("--policies-from", "main")])
def test_a_pipeline_is_told_to_use_the_option(command, check, monkeypatch, options):
    monkeypatch.setenv("CI", "true")
    done = check() if options else command("check", "stack")
    assert ("--policies-from takes them from the base branch" in done.stderr) is not bool(options)
