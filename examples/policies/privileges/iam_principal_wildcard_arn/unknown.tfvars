reader = "arn:aws:iam::111122223333:role/reader-*"
