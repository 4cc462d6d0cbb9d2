variable "owners" {
  type = list(string)
}

data "aws_ami" "linux" {
  most_recent = true
  owners      = var.owners
}
