objects = "arn:aws:s3:::prod-eu-central-1-starport-layer-bucket/*"
