# Only callers with a signature and the permission `lambda:InvokeFunctionUrl` can run the function.
resource "aws_lambda_function_url" "orders" {
  function_name      = "orders"
  authorization_type = "AWS_IAM"
}
