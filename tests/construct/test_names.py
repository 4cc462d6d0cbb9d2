from __future__ import annotations

from typing import TYPE_CHECKING

from plainwork.names import default_name
from plainwork.terraform import Construct

if TYPE_CHECKING:
    from plainwork import Stack


def test_a_default_name_consists_of_the_ids_of_stack_and_constructs(stack: Stack) -> None:
    assert default_name(stack, "files") == "demo-files"
    web = Construct(stack, "web")
    assert default_name(web, "files") == "demo-web-files"
    assert default_name(web) == "demo-web"
