"""Tests of what stands between a request and the site, and of the door for staff."""
