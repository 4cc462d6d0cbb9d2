provider "aws" {
  region = "eu-central-1"
}

resource "terraform_data" "file_system" {
  input = "fs-0123456789abcdef0"
}

resource "aws_efs_file_system" "files" {
  encrypted = true
}

resource "aws_efs_file_system_policy" "some" {
  file_system_id = terraform_data.file_system.output

  policy = jsonencode({
    Version = "2012-10-17"

    Statement = [
      {
        Effect    = "Deny"
        Principal = "*"
        Action    = "elasticfilesystem:Client*"
        Resource  = "*"
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })
}
