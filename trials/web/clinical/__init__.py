"""A trial as a clinician scans it: design in a line, facts by score and grade, laboratory limits, a citation.

From facts and the registry's own elements; no advice and no judgement. Never queries.
"""
