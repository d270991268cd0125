"""The door of the admin: a password, a second factor, a lock after too many failures, and a log of what staff do."""
