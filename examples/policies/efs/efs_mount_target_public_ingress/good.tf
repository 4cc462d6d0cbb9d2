provider "aws" {
  region = "eu-central-1"
}

resource "aws_security_group" "files" {
  name   = "files"
  vpc_id = "vpc-0123456789abcdef0"
}

# remedy
resource "aws_vpc_security_group_ingress_rule" "files" {
  security_group_id            = aws_security_group.files.id
  referenced_security_group_id = "sg-0123456789abcdef0"
  ip_protocol                  = "tcp"
  from_port                    = 2049
  to_port                      = 2049
}
# end remedy

resource "aws_efs_mount_target" "files" {
  file_system_id  = "fs-0123456789abcdef0"
  subnet_id       = "subnet-0123456789abcdef0"
  security_groups = [aws_security_group.files.id]
}
