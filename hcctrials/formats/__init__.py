"""Formats of dates and numbers, by language, where ours differ from Django's. Found through FORMAT_MODULE_PATH."""
