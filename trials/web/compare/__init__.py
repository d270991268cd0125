"""Two to four trials side by side, on screen and on paper. Trial numbers, and a town if one likes: nothing else of a
patient is ever asked.
"""
