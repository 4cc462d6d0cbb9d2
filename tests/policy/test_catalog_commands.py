"""`plainwork policies`, `explain` and `checkov-dir`."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from plainwork_cli.main import main
from plainwork_policies.engine.registry import policies
from plainwork_policies.report import examples, pages

HEADINGS = ["What it checks", "Why it matters", "Remedy", "Limitations", "Reference", "Example"]


def output(*arguments, exit_code=0):
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == exit_code
    return done.output


def test_every_policy_is_listed():
    assert [line.split()[0] for line in output("policies").splitlines() if line.startswith("PLW_")] == [
        policy.id for policy in policies()
    ]


@pytest.mark.parametrize("policy", policies(), ids=lambda policy: policy.slug)
def test_the_documentation_of_every_policy_has_all_headings_and_its_examples(policy):
    page = output("explain", policy.slug)
    assert page == output("explain", policy.id)
    assert page.startswith(f"{policy.title}\n{policy.severity.upper()}  {policy.slug}  {policy.id}\n")
    headings = [line for line in page.splitlines() if line in HEADINGS]
    assert headings == HEADINGS
    assert pages.url(policy) in page
    assert all(f"`{alias}`" in page for alias in policy.aliases)
    assert {line.strip() for line in page.splitlines()} >= {f"{name}:" for name in shown(policy)}


def shown(policy):
    directory = examples.directory(policy)
    return [*examples.remedy(directory), *examples.found(directory)]


def test_the_documentation_has_the_setting_that_a_policy_requires():
    line = "not evaluated without the setting `[regions] allowed`"
    assert line in output("explain", "region-not-allowed")
    assert "without the setting" not in output("explain", "region-invalid")


def test_a_policy_that_does_not_exist_cannot_be_explained():
    assert "did you mean `tag-required-missing`?" in output("explain", "tag-required-mising", exit_code=2)


def test_a_retired_policy_is_explained_by_what_replaces_it():
    assert "is retired; the summary of every report lists" in output("explain", "PLW_MODULE_001", exit_code=2)


def test_the_directory_for_checkov_exists():
    assert (Path(output("checkov-dir").strip()) / "__init__.py").is_file()
