import pytest

from plainwork_policies.canaries.alb_forward_values_invalid import alb_forward_values_invalid

LISTENER = """
resource "aws_lb_listener" "x" {
  default_action {
    type = "forward"
    forward {
      target_group {
        arn = aws_lb_target_group.stable.arn
        %s
      }
      stickiness {
        enabled = true
        %s
      }
    }
  }
}
"""


@pytest.mark.parametrize(
    ("weight", "status"),
    [
        ("weight = 0", "passed"),
        ("weight = 999", "passed"),
        ('weight = "100"', "passed"),
        ("weight = 1000", "failed"),
        ("weight = -1", "failed"),
        ("weight = 2.5", "failed"),
        ("weight = null", "passed"),
        ("", "passed"),
        ("weight = var.weight", "not_evaluated"),
    ],
)
def test_the_weight_of_a_target_group_is_an_integer_from_0_to_999(weight, status, statuses):
    hcl = LISTENER % (weight, "duration = 3600")
    assert statuses(alb_forward_values_invalid, hcl) == {"aws_lb_listener.x": status}


@pytest.mark.parametrize(
    ("duration", "status"),
    [("1", "passed"), ("604800", "passed"), ("0", "failed"), ("604801", "failed"), ("var.seconds", "not_evaluated")],
)
def test_the_duration_of_stickiness_is_at_most_seven_days(duration, status, statuses):
    hcl = LISTENER % ("weight = 5", f"duration = {duration}")
    assert statuses(alb_forward_values_invalid, hcl) == {"aws_lb_listener.x": status}


@pytest.mark.parametrize(
    ("enabled", "duration", "status"),
    [
        ("false", "0", "passed"),
        ("false", "604801", "failed"),
        ("true", "0", "failed"),
        ("var.enabled", "0", "not_evaluated"),
    ],
)
def test_a_plan_reads_a_duration_of_0_back_where_stickiness_is_disabled(enabled, duration, status, statuses):
    hcl = (LISTENER % ("weight = 5", f"duration = {duration}")).replace("enabled = true", f"enabled = {enabled}")
    assert statuses(alb_forward_values_invalid, hcl) == {"aws_lb_listener.x": status}


def test_a_listener_without_a_forward_block_is_not_checked(statuses):
    hcl = 'resource "aws_lb_listener" "x" {\n  default_action {\n    target_group_arn = "arn:1"\n  }\n}\n'
    assert statuses(alb_forward_values_invalid, hcl) == {}


def test_each_value_is_a_finding(results):
    (result,) = results(alb_forward_values_invalid, LISTENER % ("weight = 1000", "duration = 0"))
    assert [(finding.path, finding.message) for finding in result.findings] == [
        ("default_action.0.forward.0.target_group.0.weight", "`weight` is `1000`; it must be an integer from 0 to 999"),
        (
            "default_action.0.forward.0.stickiness.0.duration",
            "`duration` is `0`; it must be an integer from 1 to 604800",
        ),
    ]
