"""Settings: where they are found, and that nothing in them is guessed."""

import pytest

from plainwork_core.errors import InputError
from plainwork_policies.engine.settings import Settings
from plainwork_policies.engine.settings_file import load, read
from plainwork_policies.regions.settings import RegionSettings
from plainwork_policies.tags.settings import TagSettings


def write(folder, text, name="plainwork.toml"):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def error_message(file):
    with pytest.raises(InputError) as raised:
        read(file)
    return str(raised.value).removeprefix(f"{file}: ")


@pytest.fixture(autouse=True)
def _no_settings_of_the_machine(monkeypatch):
    monkeypatch.delenv("PLAINWORK_CONFIG", raising=False)


def test_without_a_file_the_defaults_apply(tmp_path):
    assert load(tmp_path) == Settings()


def test_the_nearest_file_in_the_parents_applies(tmp_path):
    write(tmp_path, '[regions]\nallowed = ["us-east-1"]')
    write(tmp_path / "team", '[regions]\nallowed = ["eu-west-1"]')
    (tmp_path / "team" / "stack").mkdir()
    assert load(tmp_path / "team" / "stack").get(RegionSettings).allowed == ("eu-west-1",)


def test_a_settings_file_that_is_a_broken_link_is_an_error(tmp_path):
    (tmp_path / "plainwork.toml").symlink_to("moved.toml")
    with pytest.raises(InputError, match="the settings file does not exist; correct PLAINWORK_CONFIG, --config or the"):
        load(tmp_path)


def test_a_pyproject_without_the_table_is_ignored(tmp_path):
    write(tmp_path, 'fail_on = "not-evaluated"')
    write(tmp_path / "team", "[tool.ruff]", "pyproject.toml")
    assert load(tmp_path / "team").fail_on == "not-evaluated"


def test_a_pyproject_may_have_the_settings(tmp_path):
    write(tmp_path, '[tool.plainwork.tags]\nrequired = ["Team"]', "pyproject.toml")
    assert load(tmp_path).get(TagSettings).required == ("Team",)


def test_the_environment_variable_has_precedence(tmp_path, monkeypatch):
    write(tmp_path, '[tags]\nrequired = ["Team"]')
    monkeypatch.setenv("PLAINWORK_CONFIG", str(write(tmp_path, '[tags]\nrequired = ["Cost"]', "other.toml")))
    assert load(tmp_path).get(TagSettings).required == ("Cost",)


def test_the_file_in_the_environment_variable_must_exist(tmp_path, monkeypatch):
    monkeypatch.setenv("PLAINWORK_CONFIG", str(tmp_path / "gone.toml"))
    with pytest.raises(InputError, match="the settings file does not exist"):
        load(tmp_path)


def test_two_files_in_one_directory_are_an_error(tmp_path):
    write(tmp_path, "")
    write(tmp_path, "[tool.plainwork]", "pyproject.toml")
    with pytest.raises(InputError, match="both contain settings; remove one of them"):
        load(tmp_path)


def test_a_file_with_a_byte_order_mark_is_read(tmp_path):
    assert read(write(tmp_path, '\ufefffail_on = "not-evaluated"')).fail_on == "not-evaluated"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[tag]", "unsupported setting `tag`; did you mean `tags`?"),
        ("[tags]\nrequire = []", "[tags] unsupported setting `require`; did you mean `required`?"),
        ("[modules]\nmin_uses = 0", "[modules] `min_uses` is 0; the minimum is 1"),
        ("[modules]\nmax_depth = 0", "[modules] `max_depth` is 0; the minimum is 1"),
        ('[modules]\ngit_ref = "branch"', "[modules] `git_ref` is 'branch'; it must be one of `tag`, `commit`"),
        ("[regions]\nxyz = 1", "[regions] unsupported setting `xyz`; supported: `allowed`, `additional_regions`"),
        ('tags = "Owner"', "`tags` is 'Owner', not a table; use [tags]"),
        ('[tags]\nrequired = "Owner"', "[tags] `required` is 'Owner', not a list; use required = [...]"),
        ("[tags]\nrequired = [1]", "[tags] `required[0]` is 1, not a string"),
        ('[tags]\nrequired = ["a", ""]', "[tags] `required[1]` is empty; set a value or remove the key"),
        (
            'fail_on = "never"',
            "`fail_on` is 'never'; it must be one of `not-evaluated`, `low`, `medium`, `high`, `critical`",
        ),
        ("[privileges]\naccounts = []", "unsupported setting `privileges`; it is now `[iam]`"),
        ("[modules]\ndeepest = 2", "[modules] unsupported setting `deepest`; it is now `max_depth`"),
        ('[iam]\ntrusted_accounts = ["prod"]', "[iam] `trusted_accounts` has 'prod'; an account ID has 12 digits"),
        (
            '[regions]\nallowed = ["eu-west1"]',
            "[regions] `allowed` has 'eu-west1', which is not an AWS Region; did you mean `eu-west-1`?",
        ),
        ("fail_on = ", "cannot be read as TOML: Invalid value (at end of document)"),
    ],
)
def test_an_invalid_setting_is_an_error_with_file_key_value_and_rule(tmp_path, text, why):
    assert error_message(write(tmp_path, text)) == why


def test_an_invalid_pattern_is_an_error(tmp_path):
    assert "'(', which is not a regular expression" in error_message(write(tmp_path, '[backends]\nkey_pattern = "("'))


def test_an_error_in_a_pyproject_has_the_table(tmp_path):
    file = write(tmp_path, "[tool.plainwork.tags]\nx = 1", "pyproject.toml")
    assert error_message(file).startswith("[tool.plainwork] [tags] unsupported setting `x`")


def test_a_number_of_thousands_of_digits_is_an_error(tmp_path):
    (tmp_path / "plainwork.toml").write_text(f"fail_on = {'9' * 5000}")
    with pytest.raises(InputError, match="cannot be read as TOML: Exceeds the limit"):
        read(tmp_path / "plainwork.toml")
