"""Benchmarks: the product over HTTP, as production runs it, with sample data in both databases."""
