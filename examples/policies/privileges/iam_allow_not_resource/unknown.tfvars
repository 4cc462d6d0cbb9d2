excluded = ["arn:aws:s3:::acme-secrets/*"]
