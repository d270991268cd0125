"""Texts that try to be more than text, and the pages that they are sent through."""
