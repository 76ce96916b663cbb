"""The report of a session: what it decided and promised, and what is known to have come of it; as a page, for paper,
and as files.

``reading`` asks the database, ``items`` say one thing each, ``contents`` puts them together and numbers them,
``summary`` is the sentence at the top, ``pages`` answers; ``workbook`` and ``document`` are the files.
"""
