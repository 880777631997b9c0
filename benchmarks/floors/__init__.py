"""Bare servers that do as little as can be done, for the product to be held against."""
