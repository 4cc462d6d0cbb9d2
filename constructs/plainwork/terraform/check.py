"""Check blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from plainwork.arguments.language import check_block
from plainwork.errors import ArgumentsError
from plainwork.terraform.addresses import check_identifier, naming_scope
from plainwork.terraform.declaration import check_unknown_type
from plainwork.terraform.element import Element, checked_body
from plainwork.tree import Construct


class Check(Element):
    """A `check` block, whose failed assertions are warnings of a plan and an apply.

    ```python
    Check(
        stack,
        "health",
        data={"http": {"site": {"url": "https://example.com"}}},
        assert_={"condition": "${data.http.site.status_code == 200}", "error_message": "The site is down."},
    )
    ```

    Args:
        scope: a stack, or a construct in a stack.
        id_: the check's own part of its name.
        assert_: the assertions, each with `condition` and `error_message`.
        data: at most one data source, by type and name. Only this check can refer to it: `data.http.site`.

    Raises:
        AddressError: a name is not a Terraform identifier, or the stack has the check or the data source already.
        ArgumentsError: Terraform would reject the arguments; the error has all reasons.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        /,
        *,
        assert_: Mapping[str, Any] | Sequence[Mapping[str, Any]],
        data: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        naming = naming_scope(scope)
        name = naming.name(id_, "check")
        self.address = f"check.{name}"
        found = [(type_, data_name) for type_, named in (data or {}).items() for data_name in named]
        if len(found) > 1:
            raise ArgumentsError(self.address, [f"`data` has {len(found)} data sources; the maximum is 1"])
        schemas = naming.registry.schema_choice.schema()
        for type_, data_name in found:
            check_identifier(data_name, "data source name")
            if schemas.block("data", type_) is None:
                check_unknown_type("data", type_, naming.registry)
        schema = check_block(schemas, [type_ for type_, _ in found])
        body = checked_body(self.address, {"assert": assert_, "data": data}, schema)
        for address in (self.address, *(f"data.{type_}.{data_name}" for type_, data_name in found)):
            naming.registry.register(address, naming.path(self.address))
        super().__init__(scope, f"check.{id_}", {"check": {name: body}})
