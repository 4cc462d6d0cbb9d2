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
    return "\n".join(f"target_group {{\n{f'weight = {weight}' if weight else ''}\n}}" for weight in weights)


@pytest.mark.parametrize(("other", "status"), [("0", "failed"), ("1", "passed"), ("var.weight", "not_evaluated")])
def test_a_group_has_a_record_with_a_weight(other, status, record, statuses):
    found = statuses(canary_weights_all_zero, record("x", weight="0") + record("y", weight=other))
    assert found["aws_route53_record.x"] == status


@pytest.mark.parametrize(
    "differs", [{"name": '"b.example.com"'}, {"zone_id": '"Z2"'}, {"type": '"AAAA"'}, {"weight": None}]
)
def test_a_record_of_another_group_does_not_count(differs, record, statuses):
    hcl = record("x", weight="0") + record("y", weight="0") + record("z", **differs)
    assert statuses(canary_weights_all_zero, hcl)["aws_route53_record.x"] == "failed"


@pytest.mark.parametrize("same", [{"name": '"A.example.com."'}, {"type": '"a"'}])
def test_case_and_trailing_dot_are_ignored(same, record, statuses):
    assert (
        statuses(canary_weights_all_zero, record("x", weight="0") + record("y", **same))["aws_route53_record.x"]
        == "passed"
    )


@pytest.mark.parametrize("own", [{"name": "var.name"}, {"zone_id": "each.value"}, {"type": "var.type"}])
def test_a_record_with_an_unknown_zone_name_or_type_is_not_evaluated(own, record, statuses):
    assert statuses(canary_weights_all_zero, record("x", weight="0", **own)) == {
        "aws_route53_record.x": "not_evaluated"
    }


@pytest.mark.parametrize("other", [{"name": "var.name"}, {"zone_id": "var.zone"}, {"name": '"a"'}])
def test_a_group_that_may_have_another_record_is_not_evaluated(other, record, statuses):
    hcl = record("x", weight="0") + record("y", weight="0") + record("z", **other)
    assert statuses(canary_weights_all_zero, hcl)["aws_route53_record.x"] == "not_evaluated"


def test_a_zone_is_identified_by_its_reference(record, statuses):
    zones = 'resource "aws_route53_zone" "a" {}\nresource "aws_route53_zone" "b" {}\n'
    hcl = zones + "".join(
        record(label, zone_id=f"aws_route53_zone.{zone}.zone_id", weight=weight)
        for label, zone, weight in (("x", "a", "0"), ("y", "a", "0"), ("z", "b", "1"))
    )
    assert statuses(canary_weights_all_zero, hcl)["aws_route53_record.x"] == "failed"


def test_a_single_record_is_not_evaluated(record, results):
    (result,) = results(canary_weights_all_zero, record("x", weight="0"))
    assert result.status == "not_evaluated"
    assert "no other record of this name and type" in result.findings[0].message


def test_an_unknown_record_without_a_weight_does_not_count(record, statuses):
    hcl = record("x", weight="0") + record("y", weight="0") + record("z", weight=None, name="var.name")
    assert statuses(canary_weights_all_zero, hcl)["aws_route53_record.x"] == "failed"


@pytest.mark.parametrize(
    ("weights", "status"),
    [
        (("0", "0"), "failed"),
        (("0", "1"), "passed"),
        (("0", ""), "passed"),
        (("0", "var.w"), "not_evaluated"),
        (("0",), "failed"),
    ],
)
@pytest.mark.parametrize("of", [("aws_lb_listener", "default_action"), ("aws_alb_listener_rule", "action")])
def test_a_forward_action_has_a_target_group_with_a_weight(weights, status, of, statuses):
    assert set(statuses(canary_weights_all_zero, LISTENER % (*of, target_groups(*weights))).values()) == {status}


def test_an_action_without_a_forward_block_is_no_subject(statuses):
    action = 'type = "forward"\n    target_group_arn = "a"'
    hcl = f'resource "aws_lb_listener" "x" {{\n  default_action {{\n    {action}\n  }}\n}}\n'
    assert statuses(canary_weights_all_zero, hcl) == {}


def test_the_messages_name_the_group(record, messages):
    found = messages(
        canary_weights_all_zero, record("x", weight="0") + record("y", weight="0") + RULE % target_groups("0", "0")
    )
    assert ["all 2 records of `a.example.com`" in message for message in found] == [True, True, False]
    assert "all target groups of the `forward` action" in found[2]
