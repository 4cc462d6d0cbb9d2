import pytest

from plainwork_policies.canaries.route53_weight_invalid import route53_weight_invalid

RECORD = 'resource "aws_route53_record" "x" {\n  name = "a.example.com"\n  %s\n}\n'
WEIGHTED = RECORD % "weighted_routing_policy {\n    weight = %s\n  }"


@pytest.mark.parametrize("weight", ["0", "1", "255", '"100"'])
def test_an_integer_up_to_255_passes(weight, statuses):
    assert statuses(route53_weight_invalid, WEIGHTED % weight) == {"aws_route53_record.x": "passed"}


@pytest.mark.parametrize("weight", ["256", "-1", "0.5", '"half"'])
def test_any_other_weight_fails(weight, statuses):
    assert statuses(route53_weight_invalid, WEIGHTED % weight) == {"aws_route53_record.x": "failed"}


@pytest.mark.parametrize("weight", ["var.weight", "each.value"])
def test_an_unknown_weight_is_not_evaluated(weight, statuses):
    assert statuses(route53_weight_invalid, WEIGHTED % weight) == {"aws_route53_record.x": "not_evaluated"}


@pytest.mark.parametrize("rest", ["", "latency_routing_policy {\n    region = var.region\n  }"])
def test_a_record_without_a_weight_is_no_subject(rest, statuses):
    assert statuses(route53_weight_invalid, RECORD % rest) == {}


def test_the_message_has_weight_and_range(results):
    ((finding,),) = (result.findings for result in results(route53_weight_invalid, WEIGHTED % "950"))
    assert "`950`" in finding.message
    assert "0 to 255" in finding.message
    assert (finding.path, finding.location.line) == ("weighted_routing_policy.0.weight", 4)
