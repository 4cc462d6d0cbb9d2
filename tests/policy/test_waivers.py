"""Waivers: a finding that is accepted until a date, with a reason and an owner."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from plainwork_core.errors import InputError
from plainwork_policies.engine.registry import by_name, loaded
from plainwork_policies.engine.run import run
from plainwork_policies.engine.settings import Settings
from plainwork_policies.engine.settings_file import read
from plainwork_policies.report import as_json

TODAY = date(2026, 11, 29)
TERMS = 'reason = "holds public data only"\nowner = "platform"\nexpires = 2027-03-31'
REASON = "until 2027-03-31: holds public data only (platform)"
FILES = 'resource "aws_efs_file_system" "files" {\n  encrypted = false\n}\n'


@pytest.fixture
def checked(tmp_path, monkeypatch):
    """`checked(hcl, toml)`: the run of one policy on the HCL files by their path in the directory."""
    monkeypatch.chdir(tmp_path)

    def checked(hcl, toml="", policy="efs-unencrypted", paths=(".",), today=TODAY):
        for name, text in ({"main.tf": hcl} if isinstance(hcl, str) else hcl).items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        (tmp_path / "plainwork.toml").write_text(toml, encoding="utf-8")
        settings = read(tmp_path / "plainwork.toml")
        return run([tmp_path / path for path in paths], [loaded(by_name(policy))], settings, today=today)

    return checked


def statuses(done):
    return {result.address: result.status for stack in done.stacks for result in stack.results}


def problems(done):
    return [problem.message.replace(f"{Path.cwd()}/", "") for problem in done.problems]


def waiver(address="aws_efs_file_system.files", policy="efs-unencrypted", terms=TERMS, more=""):
    return f"[[waivers]]\npolicy = '{policy}'\naddress = '{address}'\n{terms}\n{more}\n"


def test_a_waived_finding_does_not_fail_the_run(checked):
    done = checked(FILES, waiver())
    assert statuses(done) == {"aws_efs_file_system.files": "waived"}
    assert (done.exit_code, problems(done)) == (0, [])


def test_without_the_waiver_the_run_fails(checked):
    done = checked(FILES)
    assert (statuses(done), done.exit_code) == ({"aws_efs_file_system.files": "failed"}, 1)


def test_a_result_that_is_not_evaluated_may_be_waived(checked):
    hcl = FILES.replace("false", "var.encrypted") + 'variable "encrypted" {}\n'
    done = checked(hcl, f'fail_on = "not-evaluated"\n{waiver()}')
    assert (statuses(done), done.exit_code) == ({"aws_efs_file_system.files": "waived"}, 0)


def test_a_waiver_is_valid_on_its_last_day(checked):
    assert checked(FILES, waiver(), today=date(2027, 3, 31)).exit_code == 0


def test_an_expired_waiver_ends_the_run_with_exit_code_2(checked):
    done = checked(FILES, waiver(), today=date(2027, 4, 1))
    assert (statuses(done), done.exit_code) == ({"aws_efs_file_system.files": "failed"}, 2)
    (problem,) = problems(done)
    assert problem == (
        "plainwork.toml: waivers[0]: the waiver of efs-unencrypted expired on 2027-03-31; "
        "correct the finding, or renew the waiver"
    )


def test_a_waiver_that_matches_no_finding_ends_the_run_with_exit_code_2(checked):
    done = checked(FILES.replace("false", "true"), waiver())
    assert (statuses(done), done.exit_code) == ({"aws_efs_file_system.files": "passed"}, 2)
    (problem,) = problems(done)
    assert problem == (
        "plainwork.toml: waivers[0]: the waiver of efs-unencrypted at aws_efs_file_system.files matches no finding; "
        "remove it, or limit it with `path` to the stacks that have the finding"
    )


@pytest.mark.parametrize(
    "toml",
    [
        waiver(policy="efs-backup-disabled"),
        waiver("module.shared.aws_efs_file_system.files"),
        waiver('aws_efs_file_system.files["a"]'),
        waiver(more='path = "other"'),
    ],
    ids=["policy that does not run", "resource of a module", "instance", "other stack"],
)
def test_a_waiver_that_the_input_cannot_match_is_no_problem(checked, toml):
    assert problems(checked(FILES, toml)) == []


def test_an_input_that_cannot_be_read_decides_nothing_about_waivers(checked):
    done = checked({"a/main.tf": FILES, "b/main.tf": "resource"}, waiver("aws_efs_file_system.other"))
    assert [problem for problem in problems(done) if "waiver" in problem] == []


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("aws_efs_file_system.*", "waived"),
        ("*.files", "waived"),
        ("aws_efs_file_system.file", "failed"),
        ("aws_s3_bucket.x, aws_efs_file_system.files", "waived"),
    ],
)
def test_an_address_may_be_a_pattern(checked, address, expected):
    assert statuses(checked(FILES, waiver(address))) == {"aws_efs_file_system.files": expected}


def test_a_waiver_may_be_of_one_argument(checked):
    assert statuses(checked(FILES, waiver(more='argument = "encrypted"'))) == {"aws_efs_file_system.files": "waived"}
    assert statuses(checked(FILES, waiver(more='argument = "tags"'))) == {"aws_efs_file_system.files": "failed"}


def test_a_waiver_may_be_of_the_stacks_in_a_path(checked):
    done = checked({"live/main.tf": FILES, "test/main.tf": FILES}, waiver(more='path = "test"'))
    assert [result.status for stack in done.stacks for result in stack.results] == ["failed", "waived"]


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (waiver(terms=TERMS.replace("holds public data only", "legacy")), "`reason` is 'legacy'; state in a sentence"),
        (
            waiver(terms=TERMS.replace("2027-03-31", '"2027-03-31"')),
            "`expires` is '2027-03-31', not a date without quot",
        ),
        (waiver(terms='reason = "a test"\nowner = "me"'), "`expires` is not set"),
        (waiver(more='adress = "x"'), "unsupported setting `adress`; did you mean `address`?"),
        (waiver().replace("address", "argument"), "`address` is not set; name a resource"),
        ('[waivers]\nforbid = ["critical"]', "not a list"),
    ],
)
def test_an_invalid_waiver_is_an_error_of_the_settings(checked, entry, message):
    with pytest.raises(InputError) as raised:
        checked(FILES, entry)
    assert message in str(raised.value)


def test_a_waiver_of_an_unknown_policy_is_an_error(checked):
    with pytest.raises(InputError, match="unknown policy 'efs-unencryptd'; did you mean `efs-unencrypted`"):
        checked(FILES, waiver(policy="efs-unencryptd"))


@pytest.mark.parametrize("name", ["high", "efs-unencrypted", "PLW_EFS"])
def test_policies_and_severities_may_be_forbidden_to_waive(checked, name):
    done = checked(FILES, f'forbid_waivers = ["{name}"]\n{waiver()}')
    assert (statuses(done), done.exit_code) == ({"aws_efs_file_system.files": "failed"}, 2)
    assert problems(done) == [
        "plainwork.toml: waivers[0]: `forbid_waivers` in the settings does not allow a waiver of efs-unencrypted"
    ]


COMMENT = f"# plainwork: ignore efs-unencrypted {REASON}"


@pytest.mark.parametrize(
    "hcl",
    [
        f"{COMMENT}\n{FILES}",
        f"{COMMENT}\n\n# other comment\n{FILES}",
        FILES.replace("{\n", f"{{ {COMMENT}\n"),
        FILES.replace("false", f"false {COMMENT}"),
        FILES.replace("  encrypted", f"  {COMMENT}\n  encrypted"),
        FILES.replace("}", f"  # checkov:skip=PLW_EFS_001:{REASON}\n}}"),
        COMMENT.replace("#", "//") + f"\n{FILES}",
        f"{COMMENT.replace('until', 'at *.files until')}\nlocals {{}}\n{FILES}",
    ],
    ids=["above", "above a comment", "first line", "argument", "above argument", "Checkov", "slashes", "address"],
)
def test_a_comment_waives_the_finding_beside_it(checked, hcl):
    done = checked(hcl)
    assert (statuses(done), problems(done)) == ({"aws_efs_file_system.files": "waived"}, [])


def test_a_comment_at_another_argument_matches_nothing(checked):
    done = checked(FILES.replace("  encrypted", f'  {COMMENT}\n  throughput_mode = "elastic"\n  encrypted'))
    assert statuses(done) == {"aws_efs_file_system.files": "failed"}
    assert (
        "main.tf:2: the waiver of efs-unencrypted at aws_efs_file_system.files matches no finding" in problems(done)[0]
    )


@pytest.mark.parametrize(
    ("comment", "problem"),
    [
        ("# plainwork: ignore efs-unencrypted", "is not of the form `# plainwork: ignore POLICY until YYYY-MM-DD: rea"),
        (COMMENT.replace("holds public data only", "legacy"), "`reason` is 'legacy'; state in a sentence"),
        (COMMENT.replace("2027-03-31", "2027-02-30"), "`2027-02-30` is not a date"),
        (COMMENT.replace("efs-", "ebs-"), "unknown policy 'ebs-unencrypted'"),
        (COMMENT.replace("2027", "2026-01-01 2027").replace(" 2027-03-31", ""), "expired on 2026-01-01"),
    ],
)
def test_an_invalid_comment_ends_the_run_with_exit_code_2(checked, comment, problem):
    done = checked(f"{comment}\n{FILES}")
    assert (statuses(done), done.exit_code) == ({"aws_efs_file_system.files": "failed"}, 2)
    assert f"main.tf:1: {problem}" in problems(done)[0] or problem in problems(done)[0]


def test_a_comment_beside_no_block_that_a_policy_checks_is_an_error(checked):
    done = checked(f"{FILES}{COMMENT}\nlocals {{}}\n")
    assert problems(done) == ["main.tf:4: the waiver is beside no resource, provider, backend or module"]


@pytest.mark.parametrize(
    "text",
    ["# see plainwork: ignore it", "# checkov:skip=PLW_EFS_001:legacy", "# checkov:skip=CKV_AWS_42:legacy"],
)
def test_other_comments_are_no_waivers(checked, text):
    done = checked(FILES.replace("}", f"  {text}\n}}"))
    assert (statuses(done), problems(done)) == ({"aws_efs_file_system.files": "failed"}, [])


def test_text_in_a_string_is_no_comment(checked):
    done = checked(FILES.replace("}", f'  creation_token = "{COMMENT}"\n}}'))
    assert (statuses(done), problems(done)) == ({"aws_efs_file_system.files": "failed"}, [])


def test_the_json_report_lists_waived_findings_with_owner_and_last_day(checked):
    document = json.loads(as_json.render(checked(FILES, waiver())))
    assert document["findings"] == []
    assert document["summary"]["waived"] == 1
    (row,) = document["waived"]
    assert (row["slug"], row["address"]) == ("efs-unencrypted", "aws_efs_file_system.files")
    assert row["waiver"] == {
        "reason": "holds public data only",
        "owner": "platform",
        "expires": "2027-03-31",
        "origin": f"{Path.cwd()}/plainwork.toml: waivers[0]",
    }


@pytest.mark.parametrize("with_source", [True, False])
def test_a_comment_waives_the_finding_of_a_plan_that_is_checked_with_its_hcl(tmp_path, with_source):
    root = Path(__file__).parents[1]
    shutil.copytree(root / "policy" / "plans" / "source", tmp_path / "stack")
    main = tmp_path / "stack" / "main.tf"
    block = 'resource "aws_iam_policy" "wide"'
    comment = f"# plainwork: ignore iam-wildcard-action {REASON}\n"
    main.write_text(main.read_text().replace(block, comment + block))
    done = run(
        [root / "generated" / "plans" / "source" / "plan.json"],
        [loaded(by_name("iam-wildcard-action"))],
        Settings(),
        today=TODAY,
        source=tmp_path / "stack" if with_source else None,
    )
    assert problems(done) == []
    assert statuses(done).get("aws_iam_policy.wide") == ("waived" if with_source else "not_evaluated")
