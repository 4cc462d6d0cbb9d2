import pytest

from plainwork.canary import AliasTarget
from plainwork_policies.canaries.route53_weighted_ttl_mismatch import route53_weighted_ttl_mismatch

GROUP = """
resource "aws_route53_record" "stable" {
  zone_id        = "Z1"
  name           = "api.example.com"
  type           = "A"
  set_identifier = "stable"
  ttl            = 300
  records        = ["192.0.2.1"]
  weighted_routing_policy { weight = 95 }
}

resource "aws_route53_record" "canary" {
  zone_id        = "Z1"
  name           = "api.example.com"
  type           = "A"
  set_identifier = "canary"
  weighted_routing_policy { weight = 5 }
  alias {
    name                   = "%s"
    zone_id                = "Z2"
    evaluate_target_health = true
  }
}
"""


@pytest.mark.parametrize(
    ("name", "is_load_balancer"),
    [
        ("web-1.eu-west-1.elb.amazonaws.com", True),
        ("web-1.elb.eu-west-1.amazonaws.com", True),
        ("dualstack.WEB-1.eu-west-1.elb.amazonaws.com", True),
        ("web-1.cn-north-1.elb.amazonaws.com.cn", True),
        ("web-1.elb.cn-north-1.amazonaws.com.cn", True),
        ("web-1.eusc-de-east-1.elb.amazonaws.eu", True),
        ("web-1.elb.us-iso-east-1.c2s.ic.gov", True),
        ("d1.cloudfront.net", False),
        ("web-1.elb.amazonaws.com.example.com", False),
        ("web-1.elb.example.com", False),
    ],
)
def test_policy_and_construct_recognize_the_same_load_balancers(name, is_load_balancer, statuses):
    found = statuses(route53_weighted_ttl_mismatch, GROUP % name)
    assert found == {"aws_route53_record.stable": "failed" if is_load_balancer else "passed"}
    assert AliasTarget(name, "Z2", evaluate_target_health=True).is_load_balancer is is_load_balancer
