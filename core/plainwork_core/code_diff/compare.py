"""Compares two configurations: pairs their root modules, and the blocks of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath

from plainwork_core.code_diff import chunks
from plainwork_core.code_diff.blocks import Blocks
from plainwork_core.code_diff.code import Code, SourceFile, as_hcl, without_common
from plainwork_core.code_diff.declared import Declared, declared
from plainwork_core.code_diff.model import CodeChange, CodeDiff
from plainwork_core.code_diff.words import notes
from plainwork_core.errors import InputError
from plainwork_core.hcl.syntax import HclError, parse
from plainwork_core.read.declarations import syntax_error
from plainwork_core.secrets import hidden_message

_NOTHING = Code("", ())


def diff(before: Mapping[str, Code], after: Mapping[str, Code], names: tuple[str, str]) -> CodeDiff:
    """Return the difference of two configurations.

    Args:
        before: the old root modules and local modules, by path.
        after: the new ones.
        names: of both versions for the user.

    Raises:
        InputError: a file that differs has a syntax error.
    """
    former = _pairs(before, after)
    gone = [path for path in before if path not in former.values()]
    pairs = [(before[former[path]] if path in former else _NOTHING, code) for path, code in after.items()]
    pairs += [(before[path], _NOTHING) for path in gone]
    parts = sorted(filter(None, (compared(old, new) for old, new in pairs)), key=lambda part: part.name)
    return CodeDiff(*names, tuple(parts), notes(change for part in parts for change in part.changes))


def compared(old: Code, new: Code) -> CodeChange | None:
    """Return what differs between two versions of a module; `None` if their files are equal."""
    if [file.text for file in old.files] == [file.text for file in new.files]:
        return None
    blocks = Blocks(*_declared(old, new))
    name = new.name or old.name
    former = old.name if old.files and new.files and old.name != new.name and _are_of_repository(old, new) else ""
    changes = tuple(blocks.changes())
    return CodeChange(name, changes, former, is_layout=not changes)


def _are_of_repository(old: Code, new: Code) -> bool:
    """Return whether the names of both are paths in one repository, so that another name is a move."""
    return bool(old.revision or new.revision)


def _pairs(before: Mapping[str, Code], after: Mapping[str, Code]) -> dict[str, str]:
    """Return the old path of each new one: the same, the only one with the same last name, or the only one at all."""
    found = {path: path for path in after if path in before}
    added, gone = [path for path in after if path not in found], [path for path in before if path not in found]
    if len(before) == len(after) == len(added) == 1:
        return dict(zip(added, gone, strict=True))
    by_name = {last: path for last, path in _unique_names(gone).items() if path}
    named = {path: by_name[last] for last, path in _unique_names(added).items() if path and last in by_name}
    return found | named


def _unique_names(paths: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for path in paths:
        last = PurePath(path).name
        found[last] = "" if last in found else path
    return found


def _declared(old: Code, new: Code) -> tuple[list[Declared], list[Declared]]:
    texts = _texts(old, new)
    shortened = chunks.without_common(*texts)
    try:
        return _parsed(old, shortened[0]), _parsed(new, shortened[1])
    except HclError:
        return _parsed_whole(old, texts[0]), _parsed_whole(new, texts[1])


def _texts(old: Code, new: Code) -> tuple[list[str], list[str]]:
    """Return the files of both versions as HCL."""
    if len(old.files) == len(new.files) == 1 and old.files[0].is_json and new.files[0].is_json:
        before, after = without_common(old.files[0], new.files[0])
        return [before], [after]
    return [as_hcl(file) for file in old.files], [as_hcl(file) for file in new.files]


def _parsed(code: Code, texts: Sequence[str]) -> list[Declared]:
    return [block for file, text in zip(code.files, texts, strict=True) for block in _blocks(code, file, text)]


def _parsed_whole(code: Code, texts: Sequence[str]) -> list[Declared]:
    found: list[Declared] = []
    for file, text in zip(code.files, texts, strict=True):
        try:
            found += _blocks(code, file, text)
        except HclError as error:
            revision = f"{code.revision}:" if code.revision else ""
            syntax_error(f"{revision}{file.name}", error.line, hidden_message(error.message, text, error.line))
    return found


def _blocks(code: Code, file: SourceFile, text: str) -> Iterator[Declared]:
    sections = chunks.Sections(text)
    for block in declared(parse(text), file.name):
        section = sections.at(block.location.line) if block.kind in ("resource", "data", "module") else ""
        place = code.lines.get(block.address) or (replace(block.location, line=0) if file.is_json else block.location)
        yield replace(block, section=section, location=place)


def diff_of_texts(before: str, after: str, names: tuple[str, str]) -> CodeDiff | None:
    """Return the difference of two texts in HCL; `None` if one of them is not HCL.

    Args:
        before: the old text.
        after: the new one.
        names: of both for the user.
    """
    old, new = (Code(name, (SourceFile(name, text),)) for name, text in zip(names, (before, after), strict=True))
    try:
        return diff({".": old}, {".": new}, names)
    except (InputError, HclError):
        return None
