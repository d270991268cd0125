"""Followed searches: against a real mail server that fails, and a naive oracle."""
