"""The challenge scope that a result feeds."""
