"""Policies about who may do what: actions, resources, attachments and principals."""
