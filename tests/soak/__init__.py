"""`make soak`: long random runs. Each is one function of a chance and of rounds; tests call it with a small dose."""
