reader = "arn:aws:iam::444455556666:role/reader"
