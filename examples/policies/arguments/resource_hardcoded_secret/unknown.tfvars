password = "given-at-run-time"
