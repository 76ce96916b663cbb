"""The site as it was at the end of a past day: its registers and pages read, by the same code, a database of that day.

``making`` fills such a database from the history, ``kept`` keeps it as a file, ``database`` has what is read come from
it, ``days`` says what a reader may ask for, ``views`` answers (``docs/decisions/as-of-a-day.md``).
"""
