"""A file is written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from plainwork_core.errors import InputError
from plainwork_core.files import write_bytes, write_files, write_text


def test_a_new_file_has_the_text_and_the_usual_mode(tmp_path: Path) -> None:
    usual = tmp_path / "usual"
    usual.touch()
    write_text(tmp_path / "main.tf", "a\r\né\n")
    assert (tmp_path / "main.tf").read_bytes() == b"a\r\n\xc3\xa9\n"
    assert (tmp_path / "main.tf").stat().st_mode == usual.stat().st_mode


def test_an_existing_file_keeps_its_mode_and_a_link_stays_one(tmp_path: Path) -> None:
    file, link = tmp_path / "main.tf", tmp_path / "link.tf"
    file.write_text("old")
    file.chmod(0o640)
    link.symlink_to(file)
    write_text(link, "new")
    assert link.is_symlink()
    assert (file.read_text(), file.stat().st_mode & 0o777) == ("new", 0o640)


def test_a_file_that_cannot_be_written_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "main.tf"
    file.write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fdopen", full)
    with pytest.raises(OSError, match="No space left"):
        write_bytes(file, b"new")
    assert file.read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["main.tf"]


def test_a_directory_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_text(tmp_path / "missing" / "main.tf", "new")


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_bytes(pipe, b"text")
        assert (os.read(reader, 10), pipe.is_fifo()) == (b"text", True)
    finally:
        os.close(reader)
    assert [file.name for file in tmp_path.iterdir()] == ["pipe"]


def test_a_directory_is_not_replaced(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        write_bytes(tmp_path, b"text")


def test_of_several_files_all_are_written_or_none(tmp_path: Path) -> None:
    old, script = tmp_path / "old.tf", tmp_path / "run.sh"
    for file, mode in ((old, 0o640), (script, 0o755)):
        file.write_text("old")
        file.chmod(mode)
    with pytest.raises(InputError, match="cannot be written: Is a directory; no file was changed"):
        write_files({old: "new", script: None, tmp_path / "new/a/b.tf": "new", tmp_path: "new"})
    assert {file.name: (file.read_text(), file.stat().st_mode & 0o777) for file in tmp_path.iterdir()} == {
        "old.tf": ("old", 0o640),
        "run.sh": ("old", 0o755),
    }


def test_links_and_what_they_refer_to_are_restored(tmp_path: Path) -> None:
    file, link, dangling = tmp_path / "main.tf", tmp_path / "link.tf", tmp_path / "dangling.tf"
    file.write_text("old")
    link.symlink_to("main.tf")
    dangling.symlink_to("missing.tf")
    for content in ("new", None):
        with pytest.raises(InputError, match="no file was changed"):
            write_files({link: content, file: "newer", dangling: content, tmp_path: "new"})
        assert (link.readlink(), dangling.readlink(), file.read_text()) == (Path("main.tf"), Path("missing.tf"), "old")
        assert sorted(each.name for each in tmp_path.iterdir()) == ["dangling.tf", "link.tf", "main.tf"]


def test_a_pipe_is_not_removed_when_another_file_cannot_be_written(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with pytest.raises(InputError, match="no file was changed"):
            write_files({pipe: "text", tmp_path: "new"})
        assert pipe.is_fifo()
    finally:
        os.close(reader)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [("a\0b", "new", "null byte"), ("loop", "new", "Symlink loop"), ("main.tf", "\ud800", "surrogates not allowed")],
)
def test_a_name_that_no_file_can_have_changes_no_other_file(
    tmp_path: Path, name: str, content: str, reason: str
) -> None:
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "old.tf").write_text("old")
    with pytest.raises(InputError, match=f"cannot be written: .*{reason}.*; no file was changed"):
        write_files({tmp_path / "old.tf": "new", tmp_path / name: content})
    assert (tmp_path / "old.tf").read_text() == "old"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["loop", "old.tf"]


def test_an_interrupted_write_changes_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_text("old")
    monkeypatch.setattr(Path, "read_bytes", _interrupt_at(tmp_path / "b", Path.read_bytes))
    with pytest.raises(KeyboardInterrupt):
        write_files({tmp_path / "a": "new", tmp_path / "c": tmp_path / "b"})
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("a", "old")]


def _interrupt_at(file: Path, read: Callable[[Path], bytes]) -> Callable[[Path], bytes]:
    def interrupted(path: Path) -> bytes:
        if path == file:
            raise KeyboardInterrupt
        return read(path)

    return interrupted
