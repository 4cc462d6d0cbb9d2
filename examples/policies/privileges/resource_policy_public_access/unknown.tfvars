senders = ["*"]
