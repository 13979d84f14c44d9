"""Tests in a real browser: few and telling."""
