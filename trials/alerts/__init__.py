"""Searches that are followed by e-mail: confirm, look, note, tell once, stop. Writes its own rows and no others.

Which trials a search finds, and the words of a mail, are handed in: rooms of one floor do not know each other. It never
knows a fact of a patient, and never logs an address.
"""
