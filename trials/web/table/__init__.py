"""The results as a dense table for clinicians: one line a trial, with columns to choose.

The same search as the cards, shown otherwise: what is chosen here is no part of a search, and no other door takes it.
"""
