"""The page of the calculators: a form's answers in, scores with their steps out, in one answer. Keeps nothing."""
