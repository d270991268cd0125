"""Backups of the whole database, and putting one back: PostgreSQL's own programs, with proof that no row differs.

`manage.py backup` and `manage.py restore` use it; docs/runbook.md says when.
"""
