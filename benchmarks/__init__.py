"""How fast Eight Dots is, measured as a whole product beside bare servers in the same run."""


class BenchmarkFailure(Exception):
    """The run is void: a wrong answer, a lost dot, a closed line, a server that does not start."""
