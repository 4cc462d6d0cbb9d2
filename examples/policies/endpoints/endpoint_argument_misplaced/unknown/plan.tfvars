kind = "Interface"
