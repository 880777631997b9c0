/** How days, times and numbers are written for the reader of this page. English is British, as on the server. */

const { lang } = document.documentElement;

export const locale = lang === "en" ? "en-GB" : lang || undefined;
