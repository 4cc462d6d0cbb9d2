"""`plainwork init`: a settings file to start from, which changes nothing."""

import tomllib

import pytest
from click.testing import CliRunner

from plainwork_cli.main import main
from plainwork_policies.engine import settings_template
from plainwork_policies.engine.settings import Settings, read


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.delenv("PLAINWORK_CONFIG", raising=False)
    monkeypatch.chdir(tmp_path)


def run(*arguments, exit_code=0):
    done = CliRunner().invoke(main, ["init", *arguments])
    assert done.exit_code == exit_code
    return done.output


def test_the_file_it_writes_says_the_defaults(tmp_path):
    assert run() == "wrote plainwork.toml\n"
    assert read(tmp_path / "plainwork.toml") == Settings()


def test_every_key_in_it_is_a_setting_at_its_default(tmp_path):
    keys = {key for table in settings_template.tables() for key in table.keys}
    lines = (line.removeprefix("# ") for line in settings_template.text().splitlines())
    written = "\n".join(line for line in lines if line in keys or (line.startswith("[") and line.endswith("]")))
    (tmp_path / "plainwork.toml").write_text(written)
    assert read(tmp_path / "plainwork.toml") == Settings()
    assert len(tomllib.loads(written)) == len(Settings.__dataclass_fields__)


def test_it_explains_what_it_lists():
    for table in settings_template.tables():
        assert table.described
        assert all(f"`{key.split(' = ')[0]}`" in table.described for key in table.keys), table.name


def test_it_prints_instead_of_writing(tmp_path):
    assert run("--stdout") == settings_template.text()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "text"), [("plainwork.toml", "# mine"), ("pyproject.toml", "[tool.plainwork]\nfail_on = 'fail'\n")]
)
def test_it_overwrites_nothing(tmp_path, name, text):
    (tmp_path / name).write_text(text)
    assert f"{name} is there already: `plainwork init --stdout` prints what would be written" in run(exit_code=2)
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [(name, text)]


def test_it_overwrites_no_link_either(tmp_path):
    (tmp_path / "plainwork.toml").symlink_to("elsewhere.toml")
    assert "is there already" in run(exit_code=2)


def test_a_pyproject_without_settings_is_no_hindrance(tmp_path):
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert run() == "wrote plainwork.toml\n"


def test_a_folder_that_cannot_be_written_to_is_named(monkeypatch):
    monkeypatch.setattr("plainwork_policies.engine.settings.FILE", "missing/plainwork.toml")
    assert "missing/plainwork.toml: cannot be written: No such file or directory" in run(exit_code=2)
