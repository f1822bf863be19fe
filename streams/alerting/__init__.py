"""Alerting: which status changes somebody wants to hear of, when, and in which words.

All of it is pure, but for `channels`, `delivery` and `sides`.
"""
