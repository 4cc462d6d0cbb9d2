name = "acme-outbox"
