"""The terminal: what people see there and what they type there.

Commands, and rooms that show something, import it; it imports no other room.
"""
