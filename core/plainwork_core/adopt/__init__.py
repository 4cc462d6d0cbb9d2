"""The way into Python: the document of a configuration in HCL or JSON, or of a plan, with the place of each block."""
