"""Loads the served site: search, trial and match pages under several numbers of clients, alone, during a refresh, with
the database restarted in the middle, and for so long that growing memory would show.

`PYTHONPATH=.ci python -m load FILE...` (see `make load`). It never changes the site, and asks nobody but this machine.
"""
