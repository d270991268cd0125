"""Tests that need Redis or Chromium say so where these are missing, and fail where nothing may be skipped."""

import os
import subprocess

import pytest

from hcctrials.embedded.layout import REPOSITORY
from trials.tests.site.machine import PYTHON, clean_environment


def run_redis_tests(**environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [PYTHON, "-m", "pytest", "-q", "-m", "redis", "trials/tests/site/test_broker.py", "-p", "no:cacheprovider"],
        cwd=REPOSITORY,
        env={**clean_environment(), "PATH": os.path.dirname(PYTHON), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_missing_programs_skip_with_a_reason() -> None:
    done = run_redis_tests()
    assert done.returncode == 0, done.stdout
    assert "no redis-server on this machine" in done.stdout


def test_missing_programs_fail_where_all_are_required() -> None:
    done = run_redis_tests(HCCTRIALS_REQUIRE_ALL="1")
    assert done.returncode == pytest.ExitCode.TESTS_FAILED, done.stdout
    assert "HCCTRIALS_REQUIRE_ALL is set" in done.stdout
