"""The language of the terminal, and the line of a step."""

import pytest

from crm.ops.terminal import language, say, step


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, "zh_Hans"),
        ({"LANG": "C.UTF-8"}, "zh_Hans"),
        ({"LANG": "zh_CN.UTF-8"}, "zh_Hans"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LC_ALL": "C", "LANG": "en_US.UTF-8"}, "en"),
        ({"LANGUAGE": "en", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LANGUAGE": "zh_CN", "LANG": "en_US.UTF-8"}, "zh_Hans"),
    ],
)
def test_speaks_english_only_where_the_terminal_does(environ, expected):
    assert language(environ) == expected


def test_a_step_is_one_line_that_ends_when_its_work_does(capsys):
    with step("Tables"):
        assert capsys.readouterr().out == "  Tables …"
    assert capsys.readouterr().out.endswith("\n")


def test_a_step_that_fails_leaves_the_next_line_free_for_the_reason(capsys):
    with pytest.raises(ValueError, match="full"), step("Tables"):
        raise ValueError("full")
    say("The disk is full.")
    assert capsys.readouterr().out == "  Tables …\nThe disk is full.\n"
