"""Real servers for the tests, each started here, used alone and removed."""
