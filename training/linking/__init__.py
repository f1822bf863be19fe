"""Fits what linking weighs by: the frequency of words, and the weights of its features."""
