"""What the policies on EFS look at."""

from __future__ import annotations

from plainwork_core.model.stack import Resource, Stack


def file_systems(stack: Stack) -> list[Resource]:
    """The file systems."""
    return stack.managed("aws_efs_file_system")
