"""What went wrong, in one sentence for the operator. Where one of these is raised, nothing was changed."""


class BackupError(Exception):
    """A backup that was not made, or one that is not put back."""
