forbidden = ["iam:*"]
