"""Tests of the site around the trials: settings, embedded server, supervisor."""
