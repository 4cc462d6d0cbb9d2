"""`select`, `ignore`, `min_severity` and `[paths]`, in the settings and as options: which policies a run has."""

import json

import pytest
from click.testing import CliRunner

from plainwork_cli.main import main
from plainwork_core.errors import InputError
from plainwork_policies.engine.registry import by_pattern, entries
from plainwork_policies.engine.selection import Selection, selected
from plainwork_policies.engine.settings_file import read
from plainwork_policies.tags.settings import TagSettings

EFS = 'provider "aws" {}\n\nresource "aws_efs_file_system" "files" {\n  encrypted = false\n}\n'
UNENCRYPTED, BACKUP = "PLW_EFS_001", "PLW_EFS_011"
"""Severities high and medium."""


def ids(*selections):
    return {policy.id for policy in selected(entries(), selections).policies}


def slugs(name):
    return [policy.slug for policy in by_pattern(name)]


@pytest.fixture
def check(tmp_path, monkeypatch):
    """`check(*options, settings="", exit_code=1)`: the JSON report on a file system in `live` and one in `legacy`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PLAINWORK_CONFIG", raising=False)
    for directory in ("live", "legacy/old"):
        (tmp_path / directory).mkdir(parents=True)
        (tmp_path / directory / "main.tf").write_text(EFS)

    def check(*options, settings="", exit_code=1):
        (tmp_path / "plainwork.toml").write_text(settings)
        done = CliRunner().invoke(main, ["check", ".", "--format", "json", *options])
        assert done.exit_code == exit_code, done.output
        return json.loads(done.output)

    return check


def found(report):
    return {(finding["stack"], finding["policy"]) for finding in report["findings"]}


def test_the_first_words_of_an_id_or_a_slug_select_policies():
    assert {policy.id.rpartition("_")[0] for policy in by_pattern("PLW_EFS")} == {"PLW_EFS"}
    assert slugs("s3-backend") == slugs("s3-backend-*")
    assert slugs("S3_Backend") == slugs("s3-backend")
    assert slugs("efs-unencrypted") == ["efs-unencrypted"]


def test_a_part_of_a_word_selects_nothing():
    with pytest.raises(InputError, match=r"unknown policy 'efs-unencr'; did you mean `efs-unencrypted`\?"):
        by_pattern("efs-unencr")


def test_an_unknown_family_is_an_error_that_lists_the_families():
    with pytest.raises(InputError, match="unknown policy 'PLW_IAM'; families: PLW_TAG, PLW_COND"):
        by_pattern("PLW_IAM")


def test_all_selects_every_policy():
    assert by_pattern("all") == list(entries())
    assert ids() == ids(Selection(("ALL",)))


def test_of_two_names_that_select_a_policy_the_longer_one_decides():
    assert ids(Selection(("PLW_EFS",), (UNENCRYPTED,))) == ids(Selection(("PLW_EFS",))) - {UNENCRYPTED}
    assert ids(Selection((UNENCRYPTED,), ("PLW_EFS",))) == {UNENCRYPTED}
    assert ids(Selection(("efs",), ("PLW_EFS",))) == set()


def test_a_selection_with_select_starts_again_and_one_without_removes():
    first = Selection(("PLW_EFS",), (UNENCRYPTED,))
    assert UNENCRYPTED not in ids(first, Selection((), (BACKUP,)))
    assert ids(first, Selection((UNENCRYPTED,))) == {UNENCRYPTED}


def test_options_select_policies(check):
    assert found(check("--select", "efs-unencrypted,PLW_EFS_011", "--ignore", BACKUP)) == {
        ("live", UNENCRYPTED),
        ("legacy/old", UNENCRYPTED),
    }


def test_the_settings_select_policies(check):
    report = check(settings='select = ["PLW_EFS"]\nignore = ["efs-backup-disabled"]')
    assert {policy for _, policy in found(report)} == {UNENCRYPTED, "PLW_EFS_002"}
    assert report["summary"]["ignored"] == [BACKUP]


def test_the_option_ignore_adds_to_the_settings(check):
    report = check("--ignore", BACKUP, settings='select = ["PLW_EFS"]\nignore = ["PLW_EFS_002"]')
    assert report["summary"]["ignored"] == ["PLW_EFS_002", BACKUP]


@pytest.mark.parametrize(("option", "settings"), [(("--min-severity", "high"), ""), ((), 'min_severity = "high"')])
def test_less_severe_failures_are_not_reported(check, option, settings):
    report = check("--select", "PLW_EFS", *option, settings=settings)
    assert {policy for _, policy in found(report)} == {UNENCRYPTED}
    assert report["summary"]["min_severity"] == "high"


@pytest.mark.parametrize(
    ("fail_on", "exit_code"), [("low", 1), ("medium", 1), ("high", 0), ("critical", 0), ("not-evaluated", 1)]
)
def test_fail_on_is_the_lowest_severity_that_fails(check, fail_on, exit_code):
    assert found(check("--select", BACKUP, "--fail-on", fail_on, exit_code=exit_code))
    assert found(check("--select", BACKUP, settings=f'fail_on = "{fail_on}"', exit_code=exit_code))


def test_the_option_exclude_adds_to_the_settings(check):
    report = check("--exclude", "live", "--select", UNENCRYPTED, settings='exclude = ["x"]')
    assert found(report) == {("legacy/old", UNENCRYPTED)}


def test_settings_of_paths_apply_to_the_stacks_in_them(check):
    settings = 'select = ["PLW_EFS"]\n[paths."legacy/**"]\nignore = ["efs-unencrypted"]'
    report = check(settings=settings)
    assert found(report) >= {("live", UNENCRYPTED), ("legacy/old", BACKUP)}
    assert ("legacy/old", UNENCRYPTED) not in found(report)
    assert report["summary"]["ignored"] == [UNENCRYPTED]


def test_settings_of_paths_have_a_severity_and_tables_of_families(check):
    settings = (
        '[tags]\nrequired = ["Owner"]\n[paths.legacy]\nmin_severity = "medium"\n[paths.legacy.tags]\nrequired = []'
    )
    report = check("--select", "tag-required-missing,efs-anonymous-access", settings=settings)
    assert ("live", "PLW_TAG_001") in found(report)
    assert ("legacy/old", "PLW_TAG_001") not in found(report)


def test_the_option_min_severity_applies_to_paths_as_well(check):
    settings = 'select = ["PLW_EFS"]\n[paths.legacy]\nmin_severity = "low"'
    report = check("--min-severity", "high", settings=settings)
    assert {policy for _, policy in found(report)} == {UNENCRYPTED}


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ('select = ["efs-unencryptd"]', "select: unknown policy 'efs-unencryptd'; did you mean `efs-unencrypted`?"),
        ('[paths.legacy]\nignore = ["nope"]', '[paths."legacy"] ignore: unknown policy'),
        ("[paths.legacy]\nselct = []", '[paths."legacy"] unsupported setting `selct`; did you mean `select`?'),
        ("paths = 1", '`paths` is 1, not a table; use [paths."legacy/**"]'),
        ("[paths]\nlegacy = 1", '`paths.legacy` is 1, not a table; use [paths."legacy/**"]'),
        ('min_severity = "hgih"', "`min_severity` is 'hgih'; it must be one of `low`, `medium`, `high`, `critical`"),
    ],
)
def test_an_unknown_name_in_a_selection_is_an_error(check, settings, why):
    (error,) = check(settings=settings, exit_code=2)["errors"]
    assert why in error["message"]


def test_an_unknown_name_in_an_option_is_an_error(check):
    (error,) = check("--ignore", "nope", exit_code=2)["errors"]
    assert error["message"].startswith("--ignore: unknown policy 'nope'")


def write(file, text):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return file


def test_a_file_extends_another_key_by_key(tmp_path):
    base = 'fail_on = "high"\nexclude = ["legacy"]\n[tags]\nrequired = ["Owner"]\nallowed_values = { Env = ["prod"] }'
    write(tmp_path / "base.toml", base)
    settings = read(write(tmp_path / "app" / "plainwork.toml", 'extends = "../base.toml"\n[tags]\nrequired = ["Team"]'))
    assert settings.fail_on == "high"
    assert settings.get(TagSettings) == TagSettings(required=("Team",), allowed_values={"Env": ("prod",)})
    assert [glob.directory.resolve() for glob in settings.exclude] == [tmp_path]


def test_a_file_selects_after_the_one_that_it_extends(tmp_path):
    write(tmp_path / "base.toml", 'select = ["PLW_EFS"]\nignore = ["PLW_EFS_001"]')
    settings = read(write(tmp_path / "plainwork.toml", 'extends = "base.toml"\nignore = ["PLW_EFS_011"]'))
    assert ids(*settings.selections) == ids(Selection(("PLW_EFS",))) - {UNENCRYPTED, BACKUP}


def test_files_that_extend_each_other_are_an_error(tmp_path):
    write(tmp_path / "base.toml", 'extends = "plainwork.toml"')
    file = write(tmp_path / "plainwork.toml", 'extends = "base.toml"')
    with pytest.raises(InputError, match=r"base\.toml: `extends` is 'plainwork.toml', which extends this file"):
        read(file)


def test_an_extended_file_must_exist_and_is_named_in_its_errors(tmp_path):
    file = write(tmp_path / "plainwork.toml", 'extends = "base.toml"')
    with pytest.raises(InputError, match=r"base\.toml: the settings file does not exist; correct `extends` in "):
        read(file)
    write(tmp_path / "base.toml", "[tag]")
    with pytest.raises(InputError, match=r"base\.toml: unsupported setting `tag`"):
        read(file)
