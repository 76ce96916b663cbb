"""The public API, ``/api/v1/``: each register as a list and by record, read-only, for programs.

All of it follows from the declarations of the registers: the addresses (``urls``), what is answered (``views``), and
what is said of both (``schema``, and in words ``documentation``). What is to be done for every request, whatever its
outcome, stands in ``middleware``: the limit, problems as RFC 9457 has them, and that pages of other sites may read.
"""
