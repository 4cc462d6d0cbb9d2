resource "aws_lambda_function" "resize" {
  function_name = "resize"
  role          = "arn:aws:iam::123456789012:role/resize"
  handler       = "main.handler"
  runtime       = "python3.9"
  filename      = "resize.zip"
}
