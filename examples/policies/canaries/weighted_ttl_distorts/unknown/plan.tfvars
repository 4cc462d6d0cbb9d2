ttl = 60
