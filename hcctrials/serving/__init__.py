"""`manage.py serve`: the whole site as one command, with its parts as supervised children.

Containers do not use it: there each part is a service of its own.
"""
