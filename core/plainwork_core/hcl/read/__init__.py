"""The values of HCL: evaluates what the text alone determines, and names the unknown value otherwise."""
