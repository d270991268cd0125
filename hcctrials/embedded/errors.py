"""The one error of the embedded server: its text is shown to a person as it is, without a traceback.

It never carries a secret or a row of data.
"""


class EmbeddedError(Exception):
    """Something that a person has to decide or repair, said in one or two sentences."""
