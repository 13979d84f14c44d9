"""Words of our own, used where the data folder with the large lists is absent, and everywhere for what no list has."""
