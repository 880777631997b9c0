/* Pages through the pictures that the filters leave. The address holds which one it is, so it can be passed on. */

/**
 * @typedef {{ file: string, place: string, device: string, size: string, scheme: string, width: number, height: number }} Picture
 */

/** @type {<T extends Element>(selector: string) => T} */
const $ = (selector) => /** @type {any} */ (document.querySelector(selector));

/** @type {Picture[]} */
const pictures = JSON.parse($("#pictures").textContent ?? "[]");
const filters = /** @type {HTMLFormElement} */ ($("#filters"));

/** @type {Picture[]} */
let shown = pictures;
let at = 0;

/** @param {Picture} picture */
const words = ({ size, scheme }) => (scheme === "light" ? size : `${size}, ${scheme}`);

/** @param {Picture} picture @param {Picture} current */
const link = (picture, current) => {
  const [entry, anchor] = [document.createElement("li"), document.createElement("a")];
  anchor.href = `#${picture.file}`;
  anchor.textContent = words(picture);
  if (picture === current) anchor.setAttribute("aria-current", "true");
  entry.append(anchor);
  return entry;
};

const draw = () => {
  const picture = shown[at];
  $("#none").toggleAttribute("hidden", Boolean(picture));
  $("#picture").toggleAttribute("hidden", !picture);
  $("#count").textContent = picture ? `${at + 1} of ${shown.length}` : "none";
  $("#name").textContent = picture?.place ?? "";
  if (!picture) return $("#others").replaceChildren();
  const image = /** @type {HTMLImageElement} */ ($("#picture img"));
  /** @type {HTMLAnchorElement} */ ($("#picture")).href = image.src = picture.file;
  image.alt = `${picture.place}, ${words(picture)}`;
  image.width = picture.width;
  image.className = picture.height <= picture.width ? "low" : "";
  const same = pictures.filter(({ place }) => place === picture.place);
  $("#others").replaceChildren(...same.map((each) => link(each, picture)));
  history.replaceState(null, "", `#${picture.file}`);
};

/** Keep looking at the same picture where the filters leave it. */
const filter = () => {
  const current = shown[at];
  const wanted = /** @type {[keyof Picture, string][]} */ ([...new FormData(filters)]);
  shown = pictures.filter((picture) =>
    wanted.every(([name, value]) =>
      name === "place"
        ? picture.place.includes(value.trim().toLowerCase())
        : !value || picture[name] === value,
    ),
  );
  at = Math.max(0, shown.indexOf(/** @type {Picture} */ (current)));
  draw();
};

/** @param {number} by */
const turn = (by) => {
  if (shown.length) at = (at + by + shown.length) % shown.length;
  draw();
  scrollTo(0, 0);
};

const follow = () => {
  const found = pictures.find(({ file }) => `#${file}` === decodeURIComponent(location.hash));
  if (!found) return filter();
  if (!shown.includes(found)) {
    filters.reset();
    shown = pictures;
  }
  at = shown.indexOf(found);
  draw();
};

filters.addEventListener("input", filter);
filters.addEventListener("submit", (event) => event.preventDefault());
$("#previous").addEventListener("click", () => turn(-1));
$("#next").addEventListener("click", () => turn(1));
addEventListener("hashchange", follow);
addEventListener("keydown", (event) => {
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!by || event.altKey || event.ctrlKey || event.metaKey) return;
  if (/** @type {Element} */ (event.target).matches("input, select")) return;
  event.preventDefault();
  turn(by);
});
follow();
