variable "topic" { type = string }
variable "name" { type = string }

resource "aws_ssm_parameter" "note" {
  count = var.name != "" ? 1 : 0
  name  = "/note/${var.name}"
  type  = "String"
  value = templatefile("${path.module}/note.txt", { topic = var.topic })
}
