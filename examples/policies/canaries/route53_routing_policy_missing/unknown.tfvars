weights = [95]
