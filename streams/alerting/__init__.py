"""Alerting: which status changes somebody wants to know, when, and in which words.

All modules but `channels`, `delivery` and `sides` are pure.
"""
