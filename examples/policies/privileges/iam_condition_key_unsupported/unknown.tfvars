action = "s3:GetObject"
