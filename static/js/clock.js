/**
 * The server's clock, by which timers go: a phone's own may be minutes off. It is read from the page and from every `state`,
 * and carried on by the browser's count of milliseconds, which nobody sets.
 *
 * What is heard has been on its way, so it is a little late. The reading that puts the server's clock furthest ahead was
 * on its way for the shortest time, and is the best there is.
 */

/** Clocks that differ by more than this were set since. */
const SET_SINCE = 10_000;

/** How far the server's clock is ahead of ours, in milliseconds. */
let ahead = Number.NEGATIVE_INFINITY;

/**
 * @param {number} time of the server, in milliseconds since 1970
 * @param {number} [heard] when it came, by our own count
 */
export function hearTime(time, heard = performance.now()) {
  const reading = time - heard;
  if (reading > ahead || ahead - reading > SET_SINCE) ahead = reading;
}

/** The time on the server's clock, in milliseconds since 1970. */
export const serverTime = () => performance.now() + ahead;

const [loaded] = /** @type {PerformanceNavigationTiming[]} */ (
  performance.getEntriesByType("navigation")
);
// A page takes its time to get here: what counts is when it began to come.
hearTime(Number(document.body.dataset.now), loaded?.responseStart || performance.now());
