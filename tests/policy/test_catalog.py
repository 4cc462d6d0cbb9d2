"""Every policy is registered, documented and shown by examples, and the page says so."""

from __future__ import annotations

from pathlib import Path

import pytest

import plainwork_policies
from plainwork_core.errors import InputError
from plainwork_policies.engine.policy import SECTIONS, Policy
from plainwork_policies.engine.registry import by_name, loaded, policies
from plainwork_policies.report import examples
from tools.example_cases import cases
from tools.generated import stale
from tools.policies_page import PAGES, all_pages

NEVER_UNKNOWN = {"PLW_CHANGE_001", "PLW_CHANGE_002", "PLW_MODULE_005"}


def name_of(policy: Policy) -> str:
    return policy.id


def test_every_policy_in_the_package_is_registered():
    files = Path(plainwork_policies.__file__).parent.glob("*/*.py")
    made = sorted(file.stem for file in files if "\n@policy(" in file.read_text(encoding="utf-8"))
    assert made == sorted(policy.function.__name__ for policy in policies()), "run python -m tools.policy_index"


def test_ids_and_slugs_are_unique():
    names = [name for policy in policies() for name in (policy.id, policy.slug)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("policy", policies(), ids=name_of)
def test_the_file_of_a_policy_is_named_after_its_slug(policy):
    assert policy.function.__module__.rpartition(".")[2] == policy.slug.replace("-", "_") == policy.function.__name__


@pytest.mark.parametrize("policy", policies(), ids=name_of)
def test_a_policy_is_documented(policy):
    assert tuple(policy.sections) == SECTIONS
    assert policy.link.startswith("https://")


@pytest.mark.parametrize("policy", policies(), ids=name_of)
def test_a_policy_has_examples_that_fail_pass_and_are_not_evaluated(policy):
    kinds = {case.kind for case in cases([policy.slug])}
    assert kinds == {"bad", "good"} | (set() if policy.id in NEVER_UNKNOWN else {"unknown"})


@pytest.mark.parametrize("policy", policies(), ids=name_of)
def test_a_policy_is_found_by_id_and_slug_in_any_case(policy):
    assert by_name(policy.id.lower()) is by_name(policy.slug.upper())
    assert loaded(by_name(policy.id)) is policy


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("PLW_MODULE_02", "; did you mean `PLW_MODULE_002`?"),
        ("plw-module-002", "; did you mean `PLW_MODULE_002`?"),
        ("tag-required-mising", "; did you mean `tag-required-missing`?"),
        ("PLW_NETWORK_002", "; `plainwork policies` lists all"),
        ("PLW_TAG_*", "; `plainwork policies` lists all"),
        ("gibberish", "; `plainwork policies` lists all"),
    ],
)
def test_an_unknown_name_is_an_error_with_the_most_similar_name(name, hint):
    with pytest.raises(InputError) as raised:
        by_name(name)
    assert str(raised.value) == f"unknown policy '{name}'{hint}"


@pytest.mark.parametrize("name", ["plw_module_001", "Module-Not-Evaluated"])
def test_the_name_of_a_retired_policy_is_an_error_with_the_replacement(name):
    with pytest.raises(InputError) as raised:
        by_name(name)
    assert str(raised.value) == (
        "policy module-not-evaluated (PLW_MODULE_001) is retired; "
        "the summary of every report lists the modules that are not evaluated"
    )


def test_the_pages_of_policies_are_up_to_date(monkeypatch):
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    assert stale(all_pages(), PAGES) == [], "run python -m tools.policies_page"


def test_a_page_without_a_policy_is_out_of_date(tmp_path):
    (tmp_path / "efs-unencrypted.md").touch()
    assert stale({tmp_path / "index.md": "# Policies\n"}, tmp_path) == [
        tmp_path / "index.md",
        tmp_path / "efs-unencrypted.md",
    ]


@pytest.mark.parametrize("case", [case for case in cases([]) if case.kind == "good"], ids=lambda case: case.name)
def test_the_marks_of_a_remedy_are_pairs(case):
    lines = (line.strip() for line in case.main.read_text(encoding="utf-8").splitlines())
    marks = [line for line in lines if line in ("# remedy", "# end remedy")]
    assert marks == ["# remedy", "# end remedy"] * (len(marks) // 2)


def test_the_remedy_of_a_long_example_is_the_marked_part(tmp_path):
    (tmp_path / "good.tf").write_text("a = 1\n\nb {\n  # remedy\n  c {\n    d = 2\n  }\n  # end remedy\n}\n")
    assert examples.remedy(tmp_path) == {"good.tf": "c {\n  d = 2\n}\n"}


def test_the_remedy_of_a_short_example_is_all_of_it(tmp_path):
    (tmp_path / "good.tf").write_text("a = 1\n")
    assert examples.remedy(tmp_path) == {"good.tf": "a = 1\n"}
