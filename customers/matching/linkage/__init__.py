"""Finding records of the same person or company by what they say, without labels: plain arrays in, scored pairs out.

Fellegi and Sunter (1969): each compared field adds log2(m / u) bits, m being how often records of the same thing agree
as closely, u how often two drawn at random do. m is learned by expectation-maximisation, u is counted.
"""
