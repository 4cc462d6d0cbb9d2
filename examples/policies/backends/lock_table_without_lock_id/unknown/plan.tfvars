key = "LockID"
