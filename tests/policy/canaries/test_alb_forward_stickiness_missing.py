import pytest

from plainwork_policies.canaries.alb_forward_stickiness_missing import alb_forward_stickiness_missing

STACK = """
resource "aws_lb_target_group" "a" {
  %s
}
resource "aws_lb_target_group" "b" {
}
resource "aws_lb_listener" "x" {
  default_action {
    type = "forward"
    forward {
      target_group {
        arn = %s
      }
      %s
      %s
    }
  }
}
"""
A = "aws_lb_target_group.a.arn"
OTHER = "target_group {\n arn = aws_lb_target_group.b.arn\n}"
STICKY = "stickiness {\n  %s\n}"


@pytest.mark.parametrize(
    ("group", "action", "status"),
    [
        ("", "", "passed"),
        (STICKY % "", "", "failed"),
        (STICKY % "enabled = true", "", "failed"),
        (STICKY % "enabled = false", "", "passed"),
        (STICKY % "enabled = var.sticky", "", "not_evaluated"),
        (STICKY % "enabled = true", STICKY % "enabled = true\nduration = 60", "passed"),
        (STICKY % "enabled = true", STICKY % "duration = 60", "failed"),
        (STICKY % "enabled = true", STICKY % "enabled = false\nduration = 60", "failed"),
        (STICKY % "enabled = true", STICKY % "enabled = var.sticky\nduration = 60", "not_evaluated"),
    ],
)
def test_the_action_has_stickiness_if_a_target_group_has(group, action, status, statuses):
    found = statuses(alb_forward_stickiness_missing, STACK % (group, A, OTHER, action))
    assert found == {"aws_lb_listener.x": status}


@pytest.mark.parametrize(
    ("type_", "status"),
    [
        ('"lb_cookie"', "failed"),
        ('"app_cookie"', "failed"),
        ('"source_ip"', "passed"),
        ('"source_ip_dest_ip"', "passed"),
        ("var.type", "not_evaluated"),
    ],
)
def test_a_network_load_balancer_has_no_stickiness_between_target_groups(type_, status, statuses):
    hcl = STACK % (STICKY % f"type = {type_}", A, OTHER, "")
    assert statuses(alb_forward_stickiness_missing, hcl) == {"aws_lb_listener.x": status}


def test_an_action_with_one_target_group_passes(statuses):
    hcl = STACK % (STICKY % "enabled = true", A, "", "")
    assert statuses(alb_forward_stickiness_missing, hcl) == {"aws_lb_listener.x": "passed"}


def test_a_target_group_outside_the_stack_is_not_checked(statuses):
    assert statuses(alb_forward_stickiness_missing, STACK % ("", "var.group", OTHER, "")) == {
        "aws_lb_listener.x": "passed"
    }


def test_unknown_target_groups_are_not_evaluated(statuses):
    groups = 'dynamic "target_group" {\n for_each = var.groups\n content {\n arn = target_group.value\n }\n}'
    hcl = STACK % (STICKY % "enabled = true", A, groups, "")
    assert statuses(alb_forward_stickiness_missing, hcl) == {"aws_lb_listener.x": "not_evaluated"}


def test_the_message_names_the_target_group(messages):
    (message,) = messages(alb_forward_stickiness_missing, STACK % (STICKY % "enabled = true", A, OTHER, ""))
    assert "`aws_lb_target_group.a` has stickiness enabled" in message
