"""The results of a search as pictures, drawn here as SVG, each with the same in words and as a table."""
