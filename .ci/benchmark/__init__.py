"""Measures the search: facet counts against SQL and a compiled search engine, pages, memory, freshness, growth.

`PYTHONPATH=.ci python -m benchmark` (see `make benchmark`). It never changes the site: its own empty page stands in an
address list of its own.
"""
