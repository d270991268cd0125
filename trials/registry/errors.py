"""What can be wrong with a record."""


class RecordError(ValueError):
    """A record that cannot be parsed: says where and why, in words for staff."""
