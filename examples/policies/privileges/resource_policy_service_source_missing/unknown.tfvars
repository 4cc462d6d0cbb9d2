sender = "events.amazonaws.com"
