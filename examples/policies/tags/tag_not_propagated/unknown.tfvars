propagate_tags = true
