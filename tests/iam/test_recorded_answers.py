"""The answers that `@cloud-copilot/iam-simulate` gave and `python -m tools.iam_proof` recorded."""

from __future__ import annotations

import json

import pytest

from tools.iam_proof.case import decided
from tools.iam_proof.corrections import CORRECTIONS
from tools.iam_proof.generated import generated
from tools.iam_proof.record import ANSWERS, FIGURES, PAGE, RECORDED, SETTLED, page
from tools.iam_proof.traps import TRAPS

LINES = ANSWERS.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("line", LINES)
def test_the_answer_is_the_recorded_one(line: str) -> None:
    number, digest, answer = line.split()
    case = generated(int(number))

    assert case.digest == digest, "run `python -m tools.iam_proof`: the generator makes another case"
    assert decided(case).answer == answer


def test_the_record_has_no_case_less() -> None:
    assert len(LINES) == RECORDED


def test_each_fault_of_the_package_has_a_correction_and_a_case() -> None:
    found = json.loads(FIGURES.read_text(encoding="utf-8"))

    assert set(SETTLED) == set(CORRECTIONS) == set(found["settled"])
    assert found["cases"]["traps"] == len(TRAPS)
    assert "unknown" not in found["answers"]


def test_the_page_has_the_recorded_figures() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(json.loads(FIGURES.read_text(encoding="utf-8")))
