"""Stacks: root modules with one state each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from plainwork.errors import AddressError, DuplicateBackendError, PlainworkError
from plainwork.terraform import exports
from plainwork.terraform.addresses import naming_scope
from plainwork.terraform.backend import NODE_ID, Backend
from plainwork.terraform.element import Element
from plainwork.terraform.location import account_of, region_of
from plainwork.terraform.provider import Requirement, parts_of, require_provider
from plainwork.tree import Construct, TerraformBackend, TerraformStack, is_a
from plainwork_core.aws.regions import partition

if TYPE_CHECKING:
    from plainwork.alarms import AlarmActions
    from plainwork.terraform.exports import RemoteState
    from plainwork.terraform.values import Output

_ID = re.compile(r"[\w-][\w.-]*")


class Stack(TerraformStack):
    """A root module with one state.

    Without `set_backend`, the state is a local file beside the configuration.

    Args:
        scope: the app.
        id_: the name of the stack and of its directory: letters, digits, `.`, `_` and `-`.
        required_version: the version constraint on Terraform or OpenTofu; None for no constraint. By default it is the
            lowest version that has everything that the stack uses, at least `>= 1.10`.
        required_providers: what the stack requires of each provider, as in `App`, whose entries they replace.

    Raises:
        AddressError: the scope is not a construct, the id is not valid, or the app has a stack with this id already.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        required_version: str | None = "",
        required_providers: Mapping[str, Requirement] | None = None,
    ) -> None:
        super().__init__(scope, _checked_id(scope, id_))
        if required_version is not None:
            _RequiredVersion(self, required_version)
        requirements = {**getattr(self.node.root, "required_providers", {}), **(required_providers or {})}
        required = {
            name: require_provider(naming_scope(self).registry, name, **parts_of(name, requirement))
            for name, requirement in requirements.items()
        }
        if required:
            Element(self, "required_providers", {"terraform": {"required_providers": required}})

    def set_backend(self, type_: str, arguments: Mapping[str, Any], *, bootstrap: bool = False) -> Backend:
        """Set the backend: `stack.set_backend("s3", {"bucket": ..., "key": ..., "use_lockfile": True})`.

        Args:
            type_: of the backend, such as `s3`.
            arguments: by Terraform's names; their names are not checked.
            bootstrap: omit the block, because the backend does not exist yet. Terraform then uses a local state file.

        Raises:
            DuplicateBackendError: the stack has a backend already.
            ArgumentsError: an argument is not plain data.
        """
        if existing := self.node.try_find_child(NODE_ID):
            raise DuplicateBackendError(
                f"duplicate backend in stack {self.node.id!r}: {_spell(existing, arguments)} and "
                f"{type_} {_difference(arguments, _arguments(existing))}; remove one of them"
            )
        return Backend(self, type_, arguments, bootstrap=bootstrap)

    def export(self, name: str, value: Any, /, **arguments: Any) -> Output:
        """Create an output that other stacks of the app can read: `network.export("vpc_id", vpc["id"])`.

        An output of a sensitive attribute is sensitive.

        Args:
            name: of the output.
            value: a reference or plain data.
            arguments: the others of `Output`, such as `description` and `sensitive`.

        Raises:
            AddressError: see `Output`.
            ArgumentsError: see `Output`.
        """
        return exports.export(self, name, value, arguments)

    def read(self, stack: TerraformStack, /) -> RemoteState:
        """Return the outputs of another stack of the app: `shop.read(network)["vpc_id"]`.

        The stack gets one data source `terraform_remote_state` for the other one, with the arguments of its backend,
        and depends on it: the manifest lists the order in which `cdktf deploy` applies them. The value is that of the
        last apply of the other stack.

        Args:
            stack: a stack of the app that has a backend.

        Raises:
            CrossStackError: the stack has no backend, it reads this one, or it is not in the app.
        """
        return exports.read(self, stack)

    @property
    def region(self) -> str:
        """The Region of the stack's default AWS provider.

        Raises:
            PlainworkError: there is no such provider yet, or its `region` is not a literal.
        """
        return _known(self, "region", region_of(self))

    @property
    def account_id(self) -> str:
        """The account of the stack: the only one in `allowed_account_ids` of its default AWS provider.

        Raises:
            PlainworkError: there is no such provider yet, or it does not allow exactly one literal account.
        """
        return _known(self, "allowed_account_ids", account_of(self))

    @property
    def partition(self) -> str:
        """The partition of `region`, such as `aws`."""
        return partition(self.region)

    @property
    def alarm_actions(self) -> AlarmActions | None:
        """The actions of the stack's alarms; None until they are set.

        A construct with alarms has them unless it has the argument `alarm_actions`.
        """
        actions: AlarmActions | None = naming_scope(self).registry.alarm_actions
        return actions

    @alarm_actions.setter
    def alarm_actions(self, value: AlarmActions) -> None:
        naming_scope(self).registry.alarm_actions = value

    def ensure_backend_exists(self) -> TerraformBackend:
        """Return the backend. CDKTF's default, a local file at an absolute path, is replaced by no backend block."""
        given = self.node.try_find_child(NODE_ID)
        backend = super().ensure_backend_exists()
        if given or (backend and not self.node.try_find_child(NODE_ID)):
            return backend
        self.node.try_remove_child(NODE_ID)
        return Backend(self, "local", None)


class _RequiredVersion(Element):
    """The version constraint of a stack; an empty one is known when the whole stack is."""

    def __init__(self, stack: Stack, constraint: str) -> None:
        self._stack, self._constraint = stack, constraint
        super().__init__(stack, "required_version", {"terraform": {"required_version": constraint}})

    def to_terraform(self) -> dict[str, Any]:
        """Return the configuration that CDKTF writes."""
        if not self._constraint:
            lowest = ".".join(map(str, naming_scope(self._stack).registry.version))
            self.add_override("terraform.required_version", f">= {lowest}")
        return super().to_terraform()


def _known(stack: Stack, argument: str, value: str | None) -> str:
    if value is None:
        raise PlainworkError(
            f"the provider of stack {stack.node.id!r} does not determine `{argument}`; create "
            f'`Provider(stack, "aws", {argument}=...)` before'
        )
    return value


def _checked_id(scope: Construct, id_: str) -> str:
    """Return the id, which is also the name of a directory."""
    if not is_a(scope, Construct):
        raise AddressError(f"the scope of a stack must be an App (value {scope!r})")
    if not isinstance(id_, str) or not _ID.fullmatch(id_):
        raise AddressError(
            "the id of a stack must consist of letters, digits, dots, underscores and hyphens, and not begin with a "
            f"dot (value {id_!r})"
        )
    if scope.node.try_find_child(id_):
        raise AddressError(f"duplicate stack {id_!r}; change one of the ids")
    return id_


def _spell(backend: Any, other: Mapping[str, Any]) -> str:
    """Return the type of a backend and the arguments that differ from the other's."""
    if not isinstance(backend, Backend):
        return type(backend).__name__
    return f"{backend.type} {_difference(_arguments(backend), other)}"


def _arguments(backend: Any) -> Mapping[str, Any]:
    return (backend.arguments or {}) if isinstance(backend, Backend) else {}


def _difference(arguments: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in arguments.items() if name not in other or other[name] != value}
