"""Data sets against those of scikit-learn."""
import numpy as np
import pytest
import sklearn.datasets as sk


@pytest.mark.parametrize("name, load", [("iris", sk.load_iris), ("wine", sk.load_wine), ("digits", sk.load_digits),
                                        ("breastCancer", sk.load_breast_cancer)])
def test_classic_sets_are_the_same(ours, name, load):
    found, expected = ours("classic", name), load()
    np.testing.assert_array_equal(found["x"], expected.data)
    np.testing.assert_array_equal(found["labels"], expected.target)


def in_order(x, labels):
    table = np.column_stack([labels, x])
    return table[np.lexsort(table.round(9).T[::-1])]


@pytest.mark.parametrize("n", [2, 3, 10, 101])
def test_plane_shapes_are_the_same_points(ours, n):
    for name, theirs in (("moons", sk.make_moons(n)), ("circles", sk.make_circles(n, factor=0.4))):
        found = ours(name, n, 0.4)
        np.testing.assert_allclose(in_order(found["x"], found["labels"]), in_order(*theirs), atol=1e-15)
