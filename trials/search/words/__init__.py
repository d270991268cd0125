"""The words of a search: what is typed, what is meant by it, and how the store is asked."""
