"""Two to four trials side by side, on screen and on paper. Trial numbers alone: nothing of a patient is ever asked."""
