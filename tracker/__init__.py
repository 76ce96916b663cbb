"""The project package: settings, process entry points and the rooms that carry the domain apps."""
