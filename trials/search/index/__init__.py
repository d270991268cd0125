"""The facet index: a read model of PostgreSQL in each process, made again from the tables whenever it is lost."""
