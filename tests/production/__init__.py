"""What is shipped for production does what the guide says: nginx, units, logs, backup."""
