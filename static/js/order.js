/**
 * Responses in an order of one's own, stable for a seed: the same arithmetic as `shuffled` in workshop/rules.py, where it
 * is explained. A test holds the two together.
 *
 * @param {Iterable<number>} numbers
 * @param {number} seed
 * @returns {number[]}
 */
export function shuffled(numbers, seed) {
  return [...numbers].sort((a, b) => key(a, seed) - key(b, seed) || a - b);
}

/**
 * @param {number} number
 * @param {number} seed
 */
function key(number, seed) {
  let x = Math.imul(number, 0x9e3779b1) ^ seed;
  x ^= x >>> 16;
  x = Math.imul(x, 0x7feb352d);
  x ^= x >>> 15;
  x = Math.imul(x, 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}
