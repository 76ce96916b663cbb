"""Sample data: made-up records in any number, to try the product at a size that nobody has typed in yet.

``plan`` says how much there is of what; ``world`` makes what all share, ``bodies``, ``papers``, ``sessions`` and
``promises`` what states do with each other; ``derived`` computes what saving would derive; ``store`` writes it all,
with its history, in few statements. Nothing here reads a clock but for the moments in the history.
"""
