endpoint_id = "vpce-0123456789abcdef0"
