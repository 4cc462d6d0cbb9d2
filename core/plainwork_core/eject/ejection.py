"""The ejection of modules: everything is read and checked before a file is changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from plainwork_core.eject.bodies import Body
from plainwork_core.eject.calls import Call, placed_in
from plainwork_core.eject.documents import document_of
from plainwork_core.eject.finish import Finished
from plainwork_core.eject.known import Invalid
from plainwork_core.eject.naming import clashes, local_names, resource_names
from plainwork_core.eject.placed import Placed
from plainwork_core.eject.plan import Planned
from plainwork_core.eject.providers import missing_requirements
from plainwork_core.eject.resources import Move, addresses_of, block_of, moves_of
from plainwork_core.eject.root_edits import FileEdits, site_values, with_requirements
from plainwork_core.eject.schema import schema_of
from plainwork_core.eject.scopes import RootScope
from plainwork_core.eject.tidy import tidied
from plainwork_core.eject.tree import Reader, Tree
from plainwork_core.eject.unused import used
from plainwork_core.errors import InputError, PlainworkError, did_you_mean
from plainwork_core.read.modules import Module
from plainwork_core.schema import Schema

FEWEST_USES = 2
"""References from which a value is kept as a local value; one of a long value within another expression is enough."""


class EjectError(PlainworkError):
    """Something cannot be written; the message has all problems, one a line."""


@dataclass
class Ejection:
    """What an ejection writes.

    Attributes:
        documents: by the name of the call, the resources in Terraform's JSON syntax.
        moves: the old and the new address of each resource.
        edits: the new text of each file of the root module that changes.
        copies: the files of modules that are copied, by the new path.
        notes: what is not written, or has another name.
        comments: by the name of the call, those above it.
    """

    documents: dict[str, dict[str, Any]] = field(default_factory=dict)
    moves: list[Move] = field(default_factory=list)
    edits: dict[Path, str] = field(default_factory=dict)
    copies: dict[Path, Path] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    comments: dict[str, list[str]] = field(default_factory=dict)
    resources: int = 0
    schema: Schema | None = None


def ejected(directory: Path, names: Sequence[str], plan: Planned | None = None) -> Ejection:
    """Return what the ejection of the calls *names* in the root module in *directory* writes; all if there are none.

    Raises:
        InputError: there is no such call, or a file with a syntax error.
        EjectError: something cannot be written.
    """
    root = Module.at(directory)
    wanted = _wanted(root, names)
    reader = Reader(root)
    trees = [reader.tree(name) for name in wanted]
    _stop(reader.problems)
    return _Run(root, [tree for tree in trees if tree], plan, reader.notes).ejection()


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


def _stop(problems: Iterable[str]) -> None:
    if found := list(dict.fromkeys(problems)):
        number = f"{len(found)} {'problem' if len(found) == 1 else 'problems'}"
        raise EjectError("\n".join((f"nothing is changed, because of {number}:", *found)))


class _Run:
    """One ejection, step by step."""

    def __init__(self, root: Module, trees: list[Tree], plan: Planned | None, notes: list[str]) -> None:
        self.root, self.plan, self.trees, self.notes = root, plan, trees, notes
        self.scope = RootScope(root, root.directory)
        self.kept: dict[str, Any] = {}
        self.schema = schema_of(root)
        planned = plan.keys() if plan else {}
        self.calls = [Call(tree, self.scope, planned, self.kept) for tree in trees]
        self.scope.calls |= {call.name: call for call in self.calls}
        self.problems: list[str] = []
        self.bodies: dict[str, list[tuple[Placed, Body]]] = {}

    def ejection(self) -> Ejection:
        for call in self.calls:
            self._check_instances(call)
        _stop(self.problems)
        for call in self.calls:
            self.bodies[call.name] = [(placed, self._body(placed)) for placed in self._placed(call)]
        files = self._files()
        _stop([*self.problems, *(problem for edits in files.values() for problem in edits.problems)])
        every = self._used(files)
        self._compare(every)
        names = resource_names(every, self.root)
        return self._written(every, names, self._kept_locals(names, files), files)

    def _placed(self, call: Call) -> list[Placed]:
        try:
            return placed_in(call)
        except Invalid as error:
            self.problems.append(f"{_place(call.tree)}: `{call.path}`: {error}")
            return []

    def _body(self, placed: Placed) -> Body:
        try:
            return tidied(block_of(placed), placed.mode, placed.type, self.schema)
        except Invalid as error:
            location = placed.declared.location
            self.problems.append(f"{location.file}:{location.line}: `{placed.place}` cannot be written: {error}")
            return {}

    def _check_instances(self, call: Call) -> None:
        """Add a problem if the instances of *call*, or of a call in it, have no form."""
        try:
            if call.keys is None:
                argument = call.shape.argument
                text = f"the instances of `{call.path}` are not known from `{argument}`; pass a plan with --plan"
                self.problems.append(f"{_place(call.tree)}: {text}")
                return
            if call.shape.keys is None and not call.repeats:
                text = f"`{call.path}` has `{call.shape.argument}` of unknown keys and repeats a resource itself"
                self.problems.append(f"{_place(call.tree)}: {text}")
                return
            for scope in [call.generic] if call.repeats else call.scopes.values():
                for inner in scope.calls.values():
                    self._check_instances(inner)
        except Invalid as error:
            self.problems.append(f"{_place(call.tree)}: `{call.path}`: {error}")

    def _files(self) -> dict[Path, FileEdits]:
        found = {}
        mentions = [f"module.{call.name}" for call in self.calls]
        for parsed in self.root.files:
            path = Path(parsed.file)
            text = path.read_text(encoding="utf-8")
            if parsed.file.endswith(".json"):
                if any(mention in text or (f'"{mention[7:]}"' in text and '"module"' in text) for mention in mentions):
                    self.problems.append(f"{path}:1: Terraform's JSON syntax refers to the module; write it as HCL")
                continue
            found[path] = FileEdits(text.replace("\r\n", "\n"), self.scope, parsed.file)
        return found

    def _used(self, files: Mapping[Path, FileEdits]) -> list[Placed]:
        """Return what is written, and omit the data sources that nothing refers to."""
        blocks = [pair for each in self.bodies.values() for pair in each]
        found = used(blocks, [*site_values(files.values()), *self.kept.values()])
        for name, each in self.bodies.items():
            self.bodies[name] = [pair for pair in each if pair[0].place in found]
        return [placed for each in self.bodies.values() for placed, _ in each]

    def _compare(self, every: list[Placed]) -> None:
        """Add a problem for each resource that is in the plan or in the configuration alone."""
        if self.plan is None:
            return
        for call in self.calls:
            own = [
                one
                for one in every
                if one.mode == "resource" and one.place.startswith((f"{call.path}.", f"{call.path}["))
            ]
            listed = [addresses_of(one) for one in own]
            if None in listed:
                continue
            made = {address for addresses in listed for address in addresses or ()}
            there = self.plan.inside(call.path)
            for address in sorted(made ^ there):
                where = (
                    "is not in the plan"
                    if address in made
                    else "is in the plan, and the configuration does not make it"
                )
                self.problems.append(f"{_place(call.tree)}: `{address}` {where}; make the plan of this configuration")
            if changed := [one for one in self.plan.changed if one in there]:
                self.notes.append(f"the plan changes {len(changed)} resources of `{call.path}`; apply it first")
        _stop(self.problems)

    def _kept_locals(self, names: Mapping[str, str], files: Mapping[Path, FileEdits]) -> dict[str, str]:
        """Return the values that are written as local values, because they are used more than once."""
        places = list(self.kept)
        while True:
            local = local_names(places, self.root)
            finish = Finished(names, local)
            for blocks in self.bodies.values():
                for _, body in blocks:
                    finish.body(body)
            for value in site_values(files.values()):
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
        directories = {one.directory: one.name for tree in self.trees for one in tree.all() if not one.is_local}
        made = Ejection(
            notes=[*dict.fromkeys(self.notes), *clashes(every, names, self.root)],
            resources=len(every),
            schema=self.schema,
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
        self._require(made, every)
        self._copy(made, finish, directories)
        return made

    def _require(self, made: Ejection, every: list[Placed]) -> None:
        """Add the provider requirements of the modules that the root module does not have."""
        missing = missing_requirements(every, self.root)
        if not missing:
            return
        for parsed in self.root.files:
            path = Path(parsed.file)
            text = made.edits.get(path) or path.read_text(encoding="utf-8")
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
            made.copies[self.root.directory / directories[directory] / text.lstrip("/")] = source
        for path in finish.paths:
            self.problems.append(f"{path}: a path in an installed module is an argument; its value would change")
        _stop(self.problems)


def _place(tree: Tree) -> str:
    return f"{tree.declared.location.file}:{tree.declared.location.line}"
