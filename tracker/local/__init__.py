"""What `make run` does: a complete installation in var/, with no service but the ones it starts itself."""
