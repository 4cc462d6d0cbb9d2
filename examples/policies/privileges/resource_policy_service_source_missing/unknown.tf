variable "sender" {
  description = "Service that runs the function."
  type        = string
}

resource "aws_lambda_permission" "nightly" {
  action        = "lambda:InvokeFunction"
  function_name = "nightly"
  principal     = var.sender
}
