"""Each data file has its sources, and `make data` writes it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from plainwork_cli.main import main
from plainwork_core.data_files import data_files, read_stamp, sources
from tools.data import DATA
from tools.data_file import DataFile, changes, stamp
from tools.packages import Package, wheel

NAMES = [file.name for file in data_files()]


@pytest.mark.parametrize("name", NAMES)
def test_a_data_file_has_name_version_and_date_of_each_source(name: str) -> None:
    assert sources(name)
    for source in sources(name):
        assert source.name
        assert re.fullmatch(r"\d+(\.\d+)+", source.version)
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", source.date)


def test_make_data_writes_every_data_file() -> None:
    assert sorted(file.name for file in DATA) == NAMES


@pytest.mark.parametrize("file", DATA, ids=lambda file: file.name)
def test_the_stamp_has_the_facts_and_the_license(file: DataFile) -> None:
    found = read_stamp(file.path.read_bytes())
    assert (found["facts"], found["license"]) == (file.facts, f"{file.license}; facts only, no text")
    assert file.entries(file.path.read_bytes())


def test_the_verbose_version_lists_the_sources() -> None:
    lines = CliRunner().invoke(main, ["--version", "--verbose"]).output.splitlines()
    assert lines[0].startswith("plainwork ")
    assert [line.split()[0] for line in lines[1:]] == [name for name in NAMES for _ in sources(name)]
    assert any(re.search(r"regions\.json +botocore \S+ \(\d{4}-\d\d-\d\d\)", line) for line in lines)


def test_a_version_that_is_fetched_again_keeps_its_date(tmp_path: Path) -> None:
    (file,) = (file for file in DATA if file.name == "regions.json")
    (before,) = sources(file.name)
    path = tmp_path / f"botocore-{before.version}-py3-none-any.whl"
    path.write_bytes(b"")
    same, newer = wheel(path), Package("botocore", "PyPI", "99.0", path)
    (kept, fetched) = (stamp(file, [one], file.path.read_bytes())["sources"][0] for one in (same, newer))
    assert (kept["version"], kept["date"]) == (before.version, before.date)
    assert (fetched["version"], fetched["date"] >= before.date) == ("99.0", True)


def test_the_changes_are_counted_and_named() -> None:
    assert changes({"a": 1, "b": 1, "c": 1}, {"b": 2, "c": 1, "d": 1}) == ["added 1: d", "removed 1: a", "changed 1: b"]
    assert changes({"a": 1}, {"a": 1}) == ["no change in 1 entries"]
    assert changes({}, {f"n{index}": 1 for index in range(9)})[0].endswith("n6, n7, 1 more")
