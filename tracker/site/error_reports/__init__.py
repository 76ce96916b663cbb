"""Errors that readers report: the form that takes them, the desk where they are answered, and the mail with the answer.

What is kept of a reporter is an address, if they left one, and it is for the answer alone (``erasing``).
"""
