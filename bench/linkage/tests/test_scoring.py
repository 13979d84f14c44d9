"""Scores of tiny lists, worked out by hand."""

import pytest

from bench.linkage import scoring
from bench.linkage.truth import Pair, Truth

# Five rows: a1 a2 a3 are one firm, b1 its sister, c1 a stranger.
TRUTH = Truth(
    {"a1": "A", "a2": "A", "a3": "A", "b1": "B", "c1": "C"},
    {"a1": "1", "a2": "1", "a3": "1", "b1": "1", "c1": ""},
    {"a1": ("sister firms", "1"), "a2": ("sister firms", "1"), "a3": ("sister firms", "1"), "b1": ("sister firms", "1"), "c1": ("", "2")},
    {"a1": [], "a2": ["brand only"], "a3": ["former name"], "b1": [], "c1": []},
)


def pair(left, right, score, decision="same"):
    return Pair(left, right, score, decision)


def test_three_rows_of_one_firm_are_three_true_pairs_and_three_related_ones():
    assert TRUTH.wanted == 3
    assert TRUTH.related_pairs() == 3


def test_two_links_in_a_row_claim_the_third_pair():
    figures = scoring.clustered(TRUTH, [pair("a1", "a2", 1), pair("a2", "a3", 1)])
    assert (figures.claimed, figures.true, figures.wanted) == (3, 3, 3)
    assert figures.precision == figures.recall == figures.f1 == 1


def test_a_wrong_link_drags_the_whole_cluster_in():
    """a1 a2 b1 in one cluster: three pairs claimed, one true."""
    figures = scoring.clustered(TRUTH, [pair("a1", "a2", 1), pair("a2", "b1", 0.6, "review")])
    assert (figures.claimed, figures.true) == (3, 1)
    assert figures.precision == pytest.approx(1 / 3)
    assert figures.recall == pytest.approx(1 / 3)


def test_joining_two_clusters_counts_every_pair_between_them():
    """{a1 a2} and {a3 b1}: 1 of 2 claimed; joined: four rows, 6 pairs, 3 true."""
    apart = [pair("a1", "a2", 1), pair("a3", "b1", 1)]
    figures = scoring.clustered(TRUTH, apart)
    assert (figures.claimed, figures.true) == (2, 1)
    figures = scoring.clustered(TRUTH, [*apart, pair("a1", "a3", 1)])
    assert (figures.claimed, figures.true) == (6, 3)


def test_related_pairs_are_no_links_and_low_scores_stay_below_the_threshold():
    pairs = [pair("a1", "a2", 0.9), pair("a1", "b1", 0.9, "related"), pair("a1", "c1", 0.4, "review")]
    figures = scoring.clustered(TRUTH, pairs, threshold=0.5)
    assert (figures.claimed, figures.true) == (1, 1)
    assert scoring.clustered(TRUTH, pairs).claimed == 3


def test_same_alone_concludes_nothing_and_counts_a_repeated_pair_once():
    figures = scoring.alone(TRUTH, [pair("a1", "a2", 1), pair("a2", "a1", 1), pair("a2", "a3", 1), pair("a3", "b1", 1), pair("a1", "a3", 1, "review")])
    assert (figures.claimed, figures.true) == (3, 2)


def test_nothing_claimed_is_precise_and_finds_nothing():
    figures = scoring.alone(TRUTH, [])
    assert (figures.precision, figures.recall, figures.f1) == (1, 0, 0)


def test_related_pairs_are_told_by_what_they_were_called():
    shares = scoring.related(TRUTH, [pair("a1", "b1", 1), pair("b1", "a2", 1, "related"), pair("a1", "c1", 1), pair("a1", "a2", 1)])
    assert shares == {"same": pytest.approx(1 / 3), "review": 0, "related": pytest.approx(1 / 3)}


def test_recall_at_full_precision_ends_before_the_first_wrong_pair():
    pairs = [pair("a1", "a2", 0.9), pair("a1", "b1", 0.7), pair("a2", "a3", 0.5)]
    assert scoring.recall_at(TRUTH, pairs, 1.0) == (pytest.approx(1 / 3), 0.9)
    assert scoring.recall_at(TRUTH, pairs, 0.6) == (pytest.approx(2 / 3), 0.5)


def test_pairs_of_equal_score_stand_and_fall_together():
    pairs = [pair("a1", "a2", 0.9), pair("a1", "c1", 0.9), pair("a1", "a3", 0.9)]
    assert scoring.recall_at(TRUTH, pairs, 1.0) == (0, None)


def test_recall_in_clusters_counts_what_the_links_conclude():
    """Two true links make three true pairs; the wrong third link makes six pairs of which three are true."""
    pairs = [pair("a1", "a2", 0.9), pair("a2", "a3", 0.8), pair("a3", "b1", 0.7)]
    assert scoring.recall_at(TRUTH, pairs, 1.0, closed=True) == (1, 0.8)
    assert scoring.best_f1(TRUTH, pairs) == (scoring.Figures(3, 3, 3), 0.8)


def test_errors_are_told_by_likeness():
    """{a1 b1 c1}: a1–b1 are sisters, a1–c1 and b1–c1 strangers."""
    clusters = scoring.join(TRUTH, [pair("a1", "b1", 1), pair("b1", "c1", 1)])
    assert scoring.wrongly_joined(TRUTH, clusters) == {"sister firms": 1, "strangers": 2}
    assert scoring.temptations(TRUTH) == {"sister firms": 3}


def test_missed_pairs_are_told_by_what_was_done_to_their_rows():
    """a1–a2 found; a1–a3 and a2–a3 missed."""
    clusters = scoring.join(TRUTH, [pair("a1", "a2", 1)])
    assert scoring.missed(TRUTH, clusters) == {"brand only": (1, 2), "former name": (2, 2)}
