/** A button that prints, where there is a script to make it do so. Without one, the browser's own menu prints. */

for (const button of document.querySelectorAll("[data-print]")) {
  button.removeAttribute("hidden");
  button.addEventListener("click", () => print());
}
