"""Time that passes faster, for pages that wait."""

# A minute passes in six seconds, but for what watches over the line to the server, which keeps its own time.
A_MINUTE_IN_SIX_SECONDS = """
const [now, later] = [Date.now, setTimeout];
const start = now();
Date.now = () => start + (now() - start) * 10;
globalThis.setTimeout = (act, pause, ...rest) => later(act, pause > 40_000 ? pause : pause / 10, ...rest);
"""
