"""A trial in plain words: short whole sentences from its facts and the registry's own elements, each with its source.

Never rewrites free text, never guesses: what the record leaves open is said to be open. Never queries.
"""
