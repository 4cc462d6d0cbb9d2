"""The ejection of modules: everything is read and checked before a file is changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from plainwork_core.eject.bodies import Body
from plainwork_core.eject.calls import Call, placed_in
from plainwork_core.eject.comparison import compared, instance_problems, place_of
from plainwork_core.eject.documents import document_of
from plainwork_core.eject.finish import Finished
from plainwork_core.eject.inventory import Inventory
from plainwork_core.eject.known import Invalid
from plainwork_core.eject.mentions import mentioned, notes_of_tests
from plainwork_core.eject.naming import clashes, local_names, numbered, resource_names
from plainwork_core.eject.placed import Placed
from plainwork_core.eject.providers import missing_requirements, with_requirements
from plainwork_core.eject.resources import block_of, moves_of
from plainwork_core.eject.result import Ejection, stop
from plainwork_core.eject.root_edits import FileEdits, site_values
from plainwork_core.eject.schema import required_provider
from plainwork_core.eject.scopes import RootScope
from plainwork_core.eject.tidy import tidied_blocks
from plainwork_core.eject.tree import Reader, Tree
from plainwork_core.eject.uses import used
from plainwork_core.errors import InputError, did_you_mean
from plainwork_core.hcl.write.strings import expression_text
from plainwork_core.read.modules import Module
from plainwork_core.read.text import decode, read_bytes

FEWEST_USES = 2
"""References from which a value is kept as a local value; one of a long value within another expression is enough."""


def ejected(
    directory: Path, names: Sequence[str], inventory: Inventory | None = None, *, is_edited: bool = True
) -> Ejection:
    """Return what the ejection of the calls *names* in the root module in *directory* writes; all if there are none.

    The *inventory* has the keys that the configuration does not determine, and is compared with it. Without
    *is_edited*, the files of the root module stay as they are, and the references in them are returned.

    Raises:
        InputError: there is no such call, or a file with a syntax error.
        EjectError: something cannot be written.
    """
    root = Module.at(directory)
    wanted = _wanted(root, names)
    reader = Reader(root)
    trees = [reader.tree(name) for name in wanted]
    stop(reader.problems)
    return _Run(root, [tree for tree in trees if tree], inventory, reader.notes).ejection(is_edited=is_edited)


def _wanted(root: Module, names: Sequence[str]) -> list[str]:
    calls = [address.removeprefix("module.") for address in root.declarations.blocks if address.startswith("module.")]
    if not calls:
        raise InputError(f"{root.directory}: no `module` block found; pass the directory of a root module")
    for name in names:
        given = name.removeprefix("module.")
        if given not in calls:
            inner = given.partition(".module.")[0]
            hint = f"; eject `module.{inner}`, with what it calls" if inner != given and inner in calls else ""
            raise InputError(f"{root.directory}: no module `{given}`{hint or did_you_mean(given, calls)}")
    return list(dict.fromkeys(name.removeprefix("module.") for name in names)) or calls


def _directories(trees: Iterable[Tree]) -> dict[str, str]:
    """Return the new directory of the files of each module that is not in the repository, by its directory."""
    found: dict[str, str] = {}
    for tree in trees:
        for one in tree.all():
            if not one.is_local and one.directory not in found:
                options = (one.name, f"{tree.name}_{one.name}")
                free = [name for name in options if name not in found.values()]
                found[one.directory] = free[0] if free else numbered(options[-1], found.values())
    return found


class _Run:
    """One ejection, step by step."""

    def __init__(self, root: Module, trees: list[Tree], inventory: Inventory | None, notes: list[str]) -> None:
        self.root, self.inventory, self.trees, self.notes = root, inventory, trees, notes
        self.scope = RootScope(root, root.directory, inventory.data if inventory else None)
        self.kept: dict[str, Any] = {}
        self.provider = required_provider(root)
        listed = inventory.keys() if inventory else None
        self.calls = [Call(tree, self.scope, listed, self.kept) for tree in trees]
        self.scope.calls |= {call.name: call for call in self.calls}
        self.problems: list[str] = []
        self.bodies: dict[str, list[tuple[Placed, Body]]] = {}
        self.references: dict[str, Any] = {}

    def ejection(self, *, is_edited: bool) -> Ejection:
        stop(problem for call in self.calls for problem in instance_problems(call))
        for call in self.calls:
            self.bodies[call.name] = [(placed, self._body(placed)) for placed in self._placed(call)]
        files = self._files() if is_edited else {}
        self.references = {} if is_edited else self._references()
        stop([*self.problems, *(problem for edits in files.values() for problem in edits.problems)])
        others = [*site_values(files.values()), *self.references.values(), *self.kept.values()]
        self.bodies = tidied_blocks(self.bodies, others, self.provider)
        every = self._used(others)
        if self.inventory is not None:
            for call in self.calls:
                problems, notes = compared(call, every, self.inventory)
                self.problems += problems
                self.notes += notes
            stop(self.problems)
        names = resource_names(every, self.root)
        return self._written(every, names, self._kept_locals(names, files), files)

    def _references(self) -> dict[str, Any]:
        try:
            return mentioned((parsed.file for parsed in self.root.files), self.scope)
        except Invalid as error:
            self.problems.append(f"{self.root.directory}: {error}")
            return {}

    def _placed(self, call: Call) -> list[Placed]:
        try:
            return placed_in(call)
        except Invalid as error:
            self.problems.append(f"{place_of(call.tree)}: `{call.path}`: {error}")
            return []

    def _body(self, placed: Placed) -> Body:
        try:
            return block_of(placed)
        except Invalid as error:
            location = placed.declared.location
            self.problems.append(f"{location.file}:{location.line}: `{placed.place}` cannot be written: {error}")
            return {}

    def _files(self) -> dict[Path, FileEdits]:
        found = {}
        mentions = [f"module.{call.name}" for call in self.calls]
        for parsed in self.root.files:
            path = Path(parsed.file)
            text = decode(read_bytes(path), parsed.file)
            if parsed.file.endswith(".json"):
                if any(mention in text or (f'"{mention[7:]}"' in text and '"module"' in text) for mention in mentions):
                    self.problems.append(f"{path}:1: Terraform's JSON syntax refers to the module; write it as HCL")
                continue
            found[path] = FileEdits(text.replace("\r\n", "\n"), self.scope, parsed.file)
        return found

    def _used(self, others: Sequence[Any]) -> list[Placed]:
        """Return what is written, and omit the data sources that nothing refers to."""
        blocks = [pair for each in self.bodies.values() for pair in each]
        found = used(blocks, others)
        for name, each in self.bodies.items():
            self.bodies[name] = [pair for pair in each if pair[0].place in found]
        return [placed for each in self.bodies.values() for placed, _ in each]

    def _kept_locals(self, names: Mapping[str, str], files: Mapping[Path, FileEdits]) -> dict[str, str]:
        """Return the values that are written as local values, because they are used more than once."""
        places = list(self.kept)
        while True:
            local = local_names(places, self.root)
            finish = Finished(names, local)
            for blocks in self.bodies.values():
                for _, body in blocks:
                    finish.body(body)
            for value in (*site_values(files.values()), *self.references.values()):
                finish.finished(value)
            for place in places:
                finish.finished(self.kept[place])
            left = [place for place in places if finish.uses[place] >= FEWEST_USES or place in finish.buried]
            if left == places:
                return local
            places = left

    def _written(
        self, every: list[Placed], names: Mapping[str, str], local: Mapping[str, str], files: Mapping[Path, FileEdits]
    ) -> Ejection:
        directories = _directories(self.trees)
        made = Ejection(
            notes=[
                *dict.fromkeys(self.notes),
                *clashes(every, names, self.root),
                *notes_of_tests(self.root.directory, self.scope.calls),
            ],
            resources=len(every),
            schema=self.provider.schema,
        )
        finish = Finished(names, local, directories)
        for call in self.calls:
            blocks = self.bodies[call.name]
            moves = [move for placed, _ in blocks for move in moves_of(placed, names[placed.place])]
            kept = {place: self.kept[place] for place in local if place.startswith((f"{call.path}.", f"{call.path}["))}
            made.documents[call.name] = document_of(blocks, kept, moves, finish)
            made.moves += moves
        for path, edits in files.items():
            text = edits.edited(finish, made.moves)
            if text != edits.text:
                made.edits[path] = text
            made.comments |= edits.comments()
        made.references = {text: expression_text(finish.finished(one)) for text, one in self.references.items()}
        if files:
            self._require(made, every, files)
        self._copy(made, finish, directories)
        return made

    def _require(self, made: Ejection, every: list[Placed], files: Mapping[Path, FileEdits]) -> None:
        """Add the provider requirements of the modules that the root module does not have."""
        missing = missing_requirements(every, self.root)
        if not missing:
            return
        for parsed in self.root.files:
            path = Path(parsed.file)
            text = made.edits.get(path) or files[path].text if path in files else ""
            added = None if parsed.file.endswith(".json") else with_requirements(text, missing)
            if added is not None:
                made.edits[path] = added
                return
        first = next(iter(made.documents.values()))
        first["terraform"] = {"required_providers": missing}

    def _copy(self, made: Ejection, finish: Finished, directories: Mapping[str, str]) -> None:
        for directory, text in finish.files:
            source = self.root.directory / directory / text.lstrip("/")
            if not source.is_file():
                self.problems.append(f"{source}: a file of the module is read, and its path is not known")
            target = self.root.directory / directories[directory] / text.lstrip("/")
            if target.exists() and source.is_file() and target.read_bytes() != source.read_bytes():
                self.problems.append(f"{target}: exists, and would be replaced by {source}; rename it")
            made.copies[target] = source
        for path in finish.paths:
            self.problems.append(f"{path}: a path in an installed module is an argument; its value would change")
        stop(self.problems)
