import pytest

from plainwork_policies.arguments.argument_invalid import argument_invalid

TARGET = """resource "aws_appautoscaling_target" "x" {
  service_namespace  = %(namespace)s
  scalable_dimension = %(dimension)s
  min_capacity       = %(least)s
  max_capacity       = %(most)s
}
"""
ECS = {"namespace": '"ecs"', "dimension": '"ecs:service:DesiredCount"', "least": "1", "most": "2"}


def resource(type_, arguments):
    return f'resource "{type_}" "x" {{\n{arguments}\n}}\n'


def test_the_name_of_an_s3_bucket_has_its_own_policy(statuses):
    assert statuses(argument_invalid, resource("aws_s3_bucket", '  bucket = "my_bucket"')) == {}


@pytest.fixture
def status(statuses):
    def status(type_, arguments):
        return statuses(argument_invalid, resource(type_, arguments)).get(f"{type_}.x")

    return status


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, "passed"),
        ({"least": "2"}, "passed"),
        ({"least": "3"}, "failed"),
        ({"least": '"3"'}, "failed"),
        ({"least": "-1"}, "failed"),
        ({"least": "var.least"}, "not_evaluated"),
        ({"dimension": '"ecs:service:desiredCount"'}, "failed"),
        ({"dimension": '"dynamodb:table:ReadCapacityUnits"'}, "failed"),
        ({"dimension": "var.dimension"}, "not_evaluated"),
        ({"namespace": '"elastic"'}, "failed"),
        ({"namespace": '["elastic"]'}, "not_evaluated"),
    ],
)
def test_a_scaling_target(change, expected, statuses):
    assert statuses(argument_invalid, TARGET % (ECS | change)) == {"aws_appautoscaling_target.x": expected}


@pytest.mark.parametrize(
    ("type_", "arguments", "expected"),
    [
        ("aws_ecs_service", 'name = "web"', "passed"),
        ("aws_ecs_service", 'name = "web app"', "failed"),
        ("aws_ecs_service", "name = var.name", "not_evaluated"),
        ("aws_ecs_service", 'name = ""', "passed"),
        ("aws_ecs_service", 'cluster = "web"', None),
        ("aws_ecs_service", 'name = ["web app"]', "not_evaluated"),
        ("aws_elasticache_user_group", 'user_ids = ["default", "app"]', "passed"),
        ("aws_elasticache_user_group", 'user_ids = ["default", "my_app"]', "failed"),
        ("aws_elasticache_user_group", 'user_ids = [var.user, "my_app"]', "failed"),
        ("aws_elasticache_user_group", 'user_ids = [var.user, "app"]', "not_evaluated"),
        ("aws_elasticache_user_group", 'user_ids = "my_app"', "not_evaluated"),
        ("aws_elasticache_user_group", "user_ids = [aws_elasticache_user.x.user_id]", "not_evaluated"),
        ("aws_efs_access_point", "posix_user {\n uid = -1\n gid = 0\n}", None),
    ],
)
def test_a_value_of_one_argument(type_, arguments, expected, status):
    assert status(type_, arguments) == expected


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ('type = "redirect"\nredirect {\n path = "/new"\n}', "passed"),
        ('type = "redirect"\nredirect {\n path = "new"\n}', "failed"),
        ('type = "redirect"\nredirect {\n path = var.path\n}', "not_evaluated"),
        ('type = "forward"\n target_group_arn = "a"', "passed"),
        ('dynamic "redirect" {\n for_each = var.redirects\n content {}\n}', "not_evaluated"),
    ],
)
def test_a_value_in_a_nested_block(arguments, expected, status):
    assert status("aws_lb_listener", f"default_action {{\n{arguments}\n}}") == expected


@pytest.mark.parametrize(
    ("datapoints", "periods", "period", "expected"),
    [
        ("2", "3", "60", "passed"),
        ("3", "2", "60", "failed"),
        ("null", "1440", "60", "passed"),
        ("null", "1441", "60", "failed"),
        ("null", "7", "86400", "passed"),
        ("null", "8", "86400", "failed"),
        ("null", "null", "60", "passed"),
        ("var.datapoints", "2", "60", "not_evaluated"),
    ],
)
def test_periods_of_an_alarm(datapoints, periods, period, expected, status):
    arguments = f"datapoints_to_alarm = {datapoints}\nevaluation_periods = {periods}\nperiod = {period}"
    assert status("aws_cloudwatch_metric_alarm", arguments) == expected


@pytest.mark.parametrize(
    ("compatibilities", "cpu", "memory", "expected"),
    [
        ('["FARGATE"]', '"256"', '"512"', "passed"),
        ('["FARGATE"]', '".25 vCPU"', '"1 GB"', "passed"),
        ('["EC2", "FARGATE"]', "256", "4096", "failed"),
        ('["FARGATE"]', '"300"', '"512"', "failed"),
        ('["FARGATE"]', f'"{"9" * 400}"', '"512"', "failed"),
        ('["FARGATE"]', "null", '"512"', "failed"),
        ('["FARGATE"]', '"256"', "null", "failed"),
        ('["FARGATE"]', "var.cpu", "null", "failed"),
        ('["FARGATE"]', "var.cpu", '"512"', "not_evaluated"),
        ('["EC2"]', '"300"', "null", "passed"),
        ('"FARGATE"', '"256"', '"512"', "not_evaluated"),
        ("null", "null", "null", "passed"),
        ("var.compatibilities", '"256"', '"512"', "not_evaluated"),
        ("var.compatibilities", "null", '"512"', "not_evaluated"),
    ],
)
def test_the_size_of_a_task_on_fargate(compatibilities, cpu, memory, expected, status):
    arguments = f"requires_compatibilities = {compatibilities}\ncpu = {cpu}\nmemory = {memory}"
    assert status("aws_ecs_task_definition", arguments) == expected


RULE = "from_port = %s\nto_port = %s\n%s = %s"


@pytest.mark.parametrize(
    ("first", "last", "protocol", "expected"),
    [
        ("443", "443", '"tcp"', "passed"),
        ("443", "80", '"tcp"', "failed"),
        ("443", "80", "var.protocol", "not_evaluated"),
        ("443", "443", "-1", "passed"),
        ("0", "70000", '"udp"', "failed"),
        ("8", "0", '"icmp"', "passed"),
        ("var.port", "80", '"tcp"', "not_evaluated"),
    ],
)
def test_ports_are_in_order(first, last, protocol, expected, status):
    rule = RULE % (first, last, "ip_protocol", protocol)
    assert status("aws_vpc_security_group_ingress_rule", rule) == expected
    rule = RULE % (first, last, "protocol", protocol)
    assert status("aws_security_group_rule", rule) == expected
    assert status("aws_security_group", f"ingress {{\n{rule}\n}}") == expected


@pytest.mark.parametrize(
    ("type_", "arguments", "expected"),
    [
        ("aws_lb_target_group", "health_check {\n interval = 10\n timeout = 5\n}", "passed"),
        ("aws_lb_target_group", "health_check {\n interval = 5\n timeout = 5\n}", "failed"),
        ("aws_lb_target_group", "health_check {\n timeout = 120\n}", "passed"),
        ("aws_lb_target_group", "health_check {\n interval = var.interval\n timeout = 5\n}", "not_evaluated"),
        ("aws_lb", "idle_timeout = 4000", "passed"),
        ("aws_lb", "idle_timeout = 4001", "failed"),
        ("aws_lb", 'load_balancer_type = "network"\nidle_timeout = 4001', "passed"),
        ("aws_lb", "load_balancer_type = var.type\nidle_timeout = 4001", "not_evaluated"),
        ("aws_autoscaling_group", "min_size = 1\nmax_size = 2\ndesired_capacity = 2", "passed"),
        ("aws_autoscaling_group", "min_size = 3\nmax_size = 2", "failed"),
        ("aws_autoscaling_group", "min_size = 1\nmax_size = 2\ndesired_capacity = 3", "failed"),
        ("aws_autoscaling_group", "min_size = 1\nmax_size = 2\ndesired_capacity = 0", "failed"),
        ("aws_autoscaling_group", "min_size = 1\nmax_size = var.max\ndesired_capacity = 2", "not_evaluated"),
    ],
)
def test_two_arguments_fit(type_, arguments, expected, status):
    assert status(type_, arguments) == expected


@pytest.mark.parametrize(
    ("algorithm", "key", "expected"),
    [
        ('"aws:kms"', '"alias/a"', "passed"),
        ('"AES256"', "null", "passed"),
        ('"AES256"', '"alias/a"', "failed"),
        ("var.algorithm", '"alias/a"', "not_evaluated"),
        ('"AES256"', "var.key", "not_evaluated"),
    ],
)
def test_a_kms_key_requires_kms(algorithm, key, expected, status):
    block = f"sse_algorithm = {algorithm}\nkms_master_key_id = {key}"
    arguments = f"rule {{\napply_server_side_encryption_by_default {{\n{block}\n}}\n}}"
    assert status("aws_s3_bucket_server_side_encryption_configuration", arguments) == expected


def test_the_finding_has_the_path_of_the_argument(results):
    (result,) = results(argument_invalid, resource("aws_lb_target_group", 'health_check {\n port = "70000"\n}'))
    (finding,) = result.findings
    assert (finding.path, finding.message) == (
        "health_check.0.port",
        "`port` is `70000`; the range is 1 to 65535",
    )
