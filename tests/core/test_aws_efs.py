from __future__ import annotations

import pytest

from plainwork_core.aws.efs import PosixClass, can_enter, posix_class


@pytest.mark.parametrize(
    ("uid", "gids", "who"),
    [
        (1000, [1000], PosixClass.OWNER),
        (1000, [3000], PosixClass.OWNER),
        (2000, [3000, 1000], PosixClass.GROUP),
        (2000, [0], PosixClass.OTHERS),
    ],
)
def test_posix_applies_the_first_class_that_fits(uid: int, gids: list[int], who: PosixClass) -> None:
    assert posix_class(uid, gids, 1000, 1000) is who


@pytest.mark.parametrize(("permissions", "entering"), [("750", "OG"), ("0755", "OGX"), ("601", "X"), ("646", "")])
def test_the_execute_bit_of_its_class_allows_a_user_to_enter(permissions: str, entering: str) -> None:
    classes = {"O": PosixClass.OWNER, "G": PosixClass.GROUP, "X": PosixClass.OTHERS}
    assert "".join(letter for letter, who in classes.items() if can_enter(permissions, who)) == entering
