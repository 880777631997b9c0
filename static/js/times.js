/** Times as the reader's clock has them. Without this they are in UTC, and say so. */

import { locale } from "./locale.js";

const shown = new Intl.DateTimeFormat(locale, {
  dateStyle: "medium",
  timeStyle: "short",
});

for (const time of document.querySelectorAll("time"))
  time.textContent = shown.format(new Date(time.dateTime));
