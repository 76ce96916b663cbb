"""The editors' desk as a whole: what is to be done today, the search over all lists, and what was changed last.

It stands above all rooms, each of which declares its own questions (``questions`` of its admin).
"""
