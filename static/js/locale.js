/** How days, times and numbers are written for the reader of this page. English is British, as on the server. */

const { lang } = document.documentElement;

export const locale = lang === "en" ? "en-GB" : lang || undefined;

// With the digits and the separators that the server writes, also where a language leaves them out of 1200.
const numbers = new Intl.NumberFormat(locale, { useGrouping: true, numberingSystem: "latn" });

/**
 * @param {number} value
 * @returns {string} 1,200
 */
export function shown(value) {
  return numbers.format(value);
}
