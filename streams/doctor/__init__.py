"""The doctor: the facts that `claimwire doctor` finds, and the checks that it makes of them.

Its command imports it; it imports alerting, the engine and `streams.kafka`.
"""
