"""The terminal: what people see and type there.

Commands, and folders that show something, import it; it imports no other folder of `streams`.
"""
