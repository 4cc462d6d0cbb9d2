endpoint_type = "Interface"
