"""Finds trials: filters, words, facet counts, sort and pages. Never writes."""
