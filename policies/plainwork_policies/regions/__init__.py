"""Policies on regions: those of providers, backends and buckets."""
