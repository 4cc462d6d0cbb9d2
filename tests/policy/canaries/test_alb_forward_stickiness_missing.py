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
    ("group", "action", "verdict"),
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
def test_sessions_that_a_target_group_keeps_are_kept_by_the_action(group, action, verdict, statuses):
    found = statuses(alb_forward_stickiness_missing, STACK % (group, A, OTHER, action))
    assert found == {"aws_lb_listener.x": verdict}


def test_one_target_group_has_nothing_to_lose(statuses):
    hcl = STACK % (STICKY % "enabled = true", A, "", "")
    assert statuses(alb_forward_stickiness_missing, hcl) == {"aws_lb_listener.x": "passed"}


def test_a_target_group_of_elsewhere_is_not_judged(statuses):
    assert statuses(alb_forward_stickiness_missing, STACK % ("", "var.group", OTHER, "")) == {
        "aws_lb_listener.x": "passed"
    }


def test_the_finding_names_the_target_group(messages):
    (message,) = messages(alb_forward_stickiness_missing, STACK % (STICKY % "enabled = true", A, OTHER, ""))
    assert message == "shares among target groups without `stickiness`, and `aws_lb_target_group.a` keeps sessions"
