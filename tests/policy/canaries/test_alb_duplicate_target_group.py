import pytest

from plainwork_policies.canaries.alb_duplicate_target_group import alb_duplicate_target_group

RULE = """
resource "aws_lb_target_group" "a" {
}
resource "aws_lb_target_group" "b" {
}
resource "aws_lb_listener_rule" "x" {
  action {
    type = "forward"
    %s
    forward {
      %s
    }
  }
}
"""
A, B = "aws_lb_target_group.a.arn", "aws_lb_target_group.b.arn"


def rule(*arns, beside=None):
    groups = "\n".join(f"target_group {{\n  arn = {arn}\n}}" for arn in arns)
    return RULE % (f"target_group_arn = {beside}" if beside else "", groups)


@pytest.mark.parametrize(
    ("arns", "verdict"),
    [
        ((A, B), "passed"),
        ((A, A), "failed"),
        (('"arn:1"', '"arn:1"'), "failed"),
        (('"arn:1"', '"arn:2"'), "passed"),
        (("var.a", "var.a"), "failed"),
        (("var.a", "var.b"), "passed"),
        ((A, "var.a"), "passed"),
        ((A, "each.value"), "not_evaluated"),
        (("element(var.groups, 0)", "element(var.groups, 1)"), "not_evaluated"),
        (("var.groups[0]", "var.groups[1]"), "passed"),
        (("each.value",), "passed"),
    ],
)
def test_each_target_group_is_named_once(arns, verdict, statuses):
    assert statuses(alb_duplicate_target_group, rule(*arns)) == {"aws_lb_listener_rule.x": verdict}


@pytest.mark.parametrize(
    ("arns", "beside", "verdict"),
    [((A,), A, "passed"), ((A, B), A, "failed"), ((A,), B, "failed"), ((A,), "null", "passed")],
)
def test_a_target_group_beside_is_the_only_one(arns, beside, verdict, statuses):
    assert statuses(alb_duplicate_target_group, rule(*arns, beside=beside)) == {"aws_lb_listener_rule.x": verdict}


def test_the_findings_name_the_place(results):
    (result,) = results(alb_duplicate_target_group, rule(A, A, beside=B))
    assert [(each.path, each.message) for each in result.findings] == [
        ("action.0.target_group_arn", "has a `target_group_arn` beside `forward`, which has other target groups"),
        ("action.0.forward.0.target_group.1.arn", "forwards to `aws_lb_target_group.a` twice"),
    ]
