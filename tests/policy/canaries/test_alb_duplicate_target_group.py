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


def rule(*arns, other=None):
    groups = "\n".join(f"target_group {{\n  arn = {arn}\n}}" for arn in arns)
    return RULE % (f"target_group_arn = {other}" if other else "", groups)


@pytest.mark.parametrize(
    ("arns", "status"),
    [
        ((A, B), "passed"),
        ((A, A), "failed"),
        (('"arn:1"', '"arn:1"'), "failed"),
        (('"arn:1"', '"arn:2"'), "passed"),
        (("var.a", "var.a"), "failed"),
        (("var.a", "var.b"), "passed"),
        ((A, "var.a"), "passed"),
        ((A, '"arn:1"'), "passed"),
        (('"arn:1"', "var.a"), "not_evaluated"),
        ((A, "each.value"), "not_evaluated"),
        (("element(var.groups, 0)", "element(var.groups, 1)"), "not_evaluated"),
        (("var.groups[0]", "var.groups[1]"), "passed"),
        (("each.value",), "passed"),
    ],
)
def test_a_target_group_is_in_the_action_once(arns, status, statuses):
    assert statuses(alb_duplicate_target_group, rule(*arns)) == {"aws_lb_listener_rule.x": status}


@pytest.mark.parametrize(
    ("arns", "other", "status"),
    [
        ((A,), A, "passed"),
        ((A, B), A, "failed"),
        ((A,), B, "failed"),
        ((A,), "null", "passed"),
        (("each.value",), A, "not_evaluated"),
    ],
)
def test_target_group_arn_is_the_only_target_group(arns, other, status, statuses):
    assert statuses(alb_duplicate_target_group, rule(*arns, other=other)) == {"aws_lb_listener_rule.x": status}


def test_an_unknown_action_is_not_evaluated(statuses):
    hcl = 'resource "aws_lb_listener_rule" "x" {\n  action = var.actions\n}\n'
    assert statuses(alb_duplicate_target_group, hcl) == {"aws_lb_listener_rule.x": "not_evaluated"}


def test_the_findings_are_about_the_arguments(results):
    (result,) = results(alb_duplicate_target_group, rule(A, A, other=B))
    other, duplicate = result.findings
    assert other.path == "action.0.target_group_arn"
    assert duplicate.path == "action.0.forward.0.target_group.1.arn"
    assert "`aws_lb_target_group.a`" in duplicate.message
