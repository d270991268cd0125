"""A patient's facts against what trials accept: fits, does not fit, not known. Stores and logs no patient's facts."""
