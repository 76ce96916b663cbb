"""`make mutants`: are the tests able to catch a fault? Forty are made one at a time, and those that touch them run."""
