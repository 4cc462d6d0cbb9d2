import pytest

from plainwork_policies.canaries.route53_weight_invalid import route53_weight_invalid

RECORD = 'resource "aws_route53_record" "x" {\n  name = "a.example.com"\n  %s\n}\n'
WEIGHTED = RECORD % "weighted_routing_policy {\n    weight = %s\n  }"


@pytest.mark.parametrize("weight", ["0", "1", "255", '"100"'])
def test_a_whole_number_up_to_the_most_passes(weight, statuses):
    assert statuses(route53_weight_invalid, WEIGHTED % weight) == {"aws_route53_record.x": "passed"}


@pytest.mark.parametrize("weight", ["256", "-1", "0.5", '"half"'])
def test_any_other_is_refused(weight, statuses):
    assert statuses(route53_weight_invalid, WEIGHTED % weight) == {"aws_route53_record.x": "failed"}


@pytest.mark.parametrize("weight", ["var.weight", "each.value"])
def test_an_unknown_weight_is_not_evaluated(weight, statuses):
    assert statuses(route53_weight_invalid, WEIGHTED % weight) == {"aws_route53_record.x": "not_evaluated"}


@pytest.mark.parametrize("rest", ["", "latency_routing_policy {\n    region = var.region\n  }"])
def test_a_record_without_a_weight_is_no_subject(rest, statuses):
    assert statuses(route53_weight_invalid, RECORD % rest) == {}


def test_the_finding_names_the_weight_and_the_range(results):
    ((finding,),) = (each.findings for each in results(route53_weight_invalid, WEIGHTED % "950"))
    assert finding.message == "has the weight `950`, and Route 53 takes whole numbers from 0 to 255"
    assert (finding.path, finding.location.line) == ("weighted_routing_policy.0.weight", 4)
