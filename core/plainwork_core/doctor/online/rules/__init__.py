"""The rules, by subject. Each module adds its causes to `CAUSES`."""
