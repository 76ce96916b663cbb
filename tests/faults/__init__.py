"""`make faults`: what the product promises about its mail and its lists, put to the test with real parts that are made
to fail.

Not part of `make test`: at full size it takes an hour or two. Each scenario is a module with one function `run(world)`.
"""
