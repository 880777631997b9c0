/**
 * Where a module was lost on the way none of them runs, and the page would stand still without saying so. It asks for them
 * again, a few times, unless somebody is writing: they use the form as it is, which brings a new page. No module itself.
 */

/** @param {any} field somebody is at it, or has been */
function isInUse(field) {
  const isChanged = field.value !== field.defaultValue || field.checked !== field.defaultChecked;
  return isChanged || field === document.activeElement;
}

addEventListener("load", () => {
  const MOST_TRIES = 3;
  const PAUSE = 1000;
  const { code } = document.body.dataset;
  const place = `eightdots start ${code}`;
  const isOld = !("noModule" in HTMLScriptElement.prototype);
  // What a post was answered with cannot be asked for again.
  if (isOld || location.pathname !== `/w/${code}`) return;
  try {
    const tries = Number(sessionStorage.getItem(place));
    sessionStorage.removeItem(place);
    if (document.documentElement.dataset.script === "on" || tries >= MOST_TRIES) return;
    setTimeout(
      () => {
        if ([...document.querySelectorAll("textarea, input")].some(isInUse)) return;
        sessionStorage.setItem(place, String(tries + 1));
        location.reload();
      },
      PAUSE * (1 + Math.random()),
    );
  } catch {
    // Without storage it could go on for ever.
  }
});
