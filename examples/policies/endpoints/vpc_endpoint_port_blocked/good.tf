provider "aws" {
  region = "eu-central-1"
}

resource "aws_security_group" "endpoints" {
  name   = "endpoints"
  vpc_id = "vpc-0123456789abcdef0"
}

# remedy
resource "aws_vpc_security_group_ingress_rule" "clients" {
  security_group_id = aws_security_group.endpoints.id
  cidr_ipv4         = "10.0.0.0/16"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}
# end remedy

resource "aws_vpc_endpoint" "ssm" {
  vpc_id             = "vpc-0123456789abcdef0"
  service_name       = "com.amazonaws.eu-central-1.ssm"
  vpc_endpoint_type  = "Interface"
  security_group_ids = [aws_security_group.endpoints.id]
}
