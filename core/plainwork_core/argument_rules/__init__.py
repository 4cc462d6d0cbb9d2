"""Rules of AWS for the values of arguments, which neither the schema nor the provider checks."""
