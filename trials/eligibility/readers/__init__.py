"""One module for each fact. Each reads one fact from a `Document`; none imports another but for `tumor_burden`."""
