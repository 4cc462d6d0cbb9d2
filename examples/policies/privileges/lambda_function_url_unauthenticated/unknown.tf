variable "authorization_type" {
  description = "Authorization of the function URL."
  type        = string
}

resource "aws_lambda_function_url" "orders" {
  function_name      = "orders"
  authorization_type = var.authorization_type
}
