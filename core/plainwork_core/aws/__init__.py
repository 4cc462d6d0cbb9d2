"""Facts about AWS, each of them once."""
