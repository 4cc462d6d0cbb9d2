scope = "REGIONAL"
