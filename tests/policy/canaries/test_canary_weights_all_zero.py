import pytest

from plainwork_policies.canaries.canary_weights_all_zero import canary_weights_all_zero

LISTENER = """
resource "%s" "x" {
  %s {
    type = "forward"
    forward {
      %s
    }
  }
}
"""
RULE = LISTENER.replace("%s", "aws_lb_listener_rule", 1).replace("%s", "action", 1)


def target_groups(*weights):
    return "\n".join(f"target_group {{\n{f'weight = {each}' if each else ''}\n}}" for each in weights)


@pytest.mark.parametrize(("other", "verdict"), [("0", "failed"), ("1", "passed"), ("var.weight", "not_evaluated")])
def test_a_group_needs_one_record_with_a_weight(other, verdict, record, statuses):
    found = statuses(canary_weights_all_zero, record("x", weight="0") + record("y", weight=other))
    assert found["aws_route53_record.x"] == verdict


@pytest.mark.parametrize(
    "differs", [{"name": '"b.example.com"'}, {"zone_id": '"Z2"'}, {"type": '"AAAA"'}, {"weight": None}]
)
def test_a_record_of_another_group_does_not_count(differs, record, statuses):
    hcl = record("x", weight="0") + record("y", weight="0") + record("z", **differs)
    assert statuses(canary_weights_all_zero, hcl)["aws_route53_record.x"] == "failed"


@pytest.mark.parametrize("same", [{"name": '"A.example.com."'}, {"type": '"a"'}])
def test_case_and_the_last_dot_do_not_count(same, record, statuses):
    assert (
        statuses(canary_weights_all_zero, record("x", weight="0") + record("y", **same))["aws_route53_record.x"]
        == "passed"
    )


@pytest.mark.parametrize("own", [{"name": "var.name"}, {"zone_id": "each.value"}, {"type": "var.type"}])
def test_a_group_that_is_not_known_is_not_evaluated(own, record, statuses):
    assert statuses(canary_weights_all_zero, record("x", weight="0", **own)) == {
        "aws_route53_record.x": "not_evaluated"
    }


@pytest.mark.parametrize("other", [{"name": "var.name"}, {"zone_id": "var.zone"}, {"name": '"a"'}])
def test_nor_is_one_that_another_record_may_belong_to(other, record, statuses):
    hcl = record("x", weight="0") + record("y", weight="0") + record("z", **other)
    assert statuses(canary_weights_all_zero, hcl)["aws_route53_record.x"] == "not_evaluated"


def test_a_zone_is_known_by_what_is_named(record, statuses):
    zones = 'resource "aws_route53_zone" "a" {}\nresource "aws_route53_zone" "b" {}\n'
    hcl = zones + "".join(
        record(label, zone_id=f"aws_route53_zone.{zone}.zone_id", weight=weight)
        for label, zone, weight in (("x", "a", "0"), ("y", "a", "0"), ("z", "b", "1"))
    )
    assert statuses(canary_weights_all_zero, hcl)["aws_route53_record.x"] == "failed"


def test_a_record_alone_may_have_its_group_elsewhere(record, messages):
    (message,) = messages(canary_weights_all_zero, record("x", weight="0"))
    assert "so the rest of the group is elsewhere" in message


@pytest.mark.parametrize(
    ("weights", "verdict"),
    [
        (("0", "0"), "failed"),
        (("0", "1"), "passed"),
        (("0", ""), "passed"),
        (("0", "var.w"), "not_evaluated"),
        (("0",), "failed"),
    ],
)
@pytest.mark.parametrize("of", [("aws_lb_listener", "default_action"), ("aws_alb_listener_rule", "action")])
def test_a_forward_action_needs_one_target_group_with_a_weight(weights, verdict, of, statuses):
    assert set(statuses(canary_weights_all_zero, LISTENER % (*of, target_groups(*weights))).values()) == {verdict}


def test_an_action_of_one_target_group_is_no_subject(statuses):
    action = 'type = "forward"\n    target_group_arn = "a"'
    hcl = f'resource "aws_lb_listener" "x" {{\n  default_action {{\n    {action}\n  }}\n}}\n'
    assert statuses(canary_weights_all_zero, hcl) == {}


def test_the_findings_say_what_happens(record, messages):
    found = messages(
        canary_weights_all_zero, record("x", weight="0") + record("y", weight="0") + RULE % target_groups("0", "0")
    )
    zero = "has the weight 0, as all 2 records of its name and type: Route 53 takes all for equally likely"
    assert found == [zero, zero, "forwards to target groups of which none has any weight"]
