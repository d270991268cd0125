"""Tests of the eligibility room."""
