algorithm = "aws:kms"
