"""Trains the attribution tagger on PolNeAR. See ``python -m training.attribution --help``."""
