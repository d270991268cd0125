"""The laboratory values that a trial asks for. `limits.read_lab_limits` is the door; pure, as the whole room is."""
