readers = ["all"]
