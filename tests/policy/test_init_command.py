"""`plainwork init`: a settings file to start from, which changes nothing."""

import re
import tomllib
from dataclasses import replace

import pytest
from click.testing import CliRunner

from plainwork_cli.main import main
from plainwork_policies.engine import settings_template
from plainwork_policies.engine.registry import entries, settings_tables
from plainwork_policies.engine.selection import selected
from plainwork_policies.engine.settings import Settings, settings_class
from plainwork_policies.engine.settings_file import read


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.delenv("PLAINWORK_CONFIG", raising=False)
    monkeypatch.chdir(tmp_path)


def run(*arguments, exit_code=0):
    done = CliRunner().invoke(main, ["init", *arguments])
    assert done.exit_code == exit_code
    return done.output


def test_the_file_has_the_defaults(tmp_path):
    assert run() == "created plainwork.toml\n"
    assert replace(read(tmp_path / "plainwork.toml"), tables=()) == Settings()


def test_every_key_in_the_file_is_a_setting_with_its_default(tmp_path):
    keys = {f"{key.name} = {key.default}" for table in settings_template.tables() for key in table.keys if key.default}
    lines = dict.fromkeys(line.removeprefix("# ") for line in settings_template.text().splitlines())
    written = "\n".join(line for line in lines if line in keys or re.fullmatch(r"\[\w+\]", line))
    (tmp_path / "plainwork.toml").write_text(written)
    found = read(tmp_path / "plainwork.toml")
    assert replace(found, tables=(), selections=()) == Settings()
    assert selected(entries(), found.selections).policies == entries()
    assert found.tables == tuple(settings_class(family)() for family, _ in settings_tables().values())
    assert len(tomllib.loads(written)) == 7 + len(settings_tables())


def test_each_key_has_its_own_help_text():
    helps = [key.help for table in settings_template.tables() for key in table.keys]
    assert all(text.endswith(".") for text in helps)
    assert len(set(helps)) == len(helps)


def test_stdout_prints_the_file(tmp_path):
    assert run("--stdout") == settings_template.text()  # nothing to propose in an empty directory
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "text"), [("plainwork.toml", "# mine"), ("pyproject.toml", "[tool.plainwork]\nfail_on = 'low'\n")]
)
def test_an_existing_file_is_not_overwritten(tmp_path, name, text):
    (tmp_path / name).write_text(text)
    assert f"{name}; `plainwork init --stdout` prints the file" in run(exit_code=2)
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [(name, text)]


def test_an_existing_link_is_not_overwritten(tmp_path):
    (tmp_path / "plainwork.toml").symlink_to("elsewhere.toml")
    assert "settings exist in" in run(exit_code=2)


def test_a_pyproject_without_settings_does_not_prevent_it(tmp_path):
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert run() == "created plainwork.toml\n"


def test_a_directory_that_cannot_be_written_is_an_error(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setattr("plainwork_policies.engine.settings_file.FILE", "file/plainwork.toml")
    assert "file/plainwork.toml: cannot be written: Not a directory" in run(exit_code=2)
