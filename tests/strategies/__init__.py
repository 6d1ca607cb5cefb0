"""Strategies entered as data of their own: they are issued without a line of Python."""
