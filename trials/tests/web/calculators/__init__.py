"""Tests of the calculators' page."""
