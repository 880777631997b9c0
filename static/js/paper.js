/** Entering a paper ballot: how many dots are used, while somebody types. The server counts again. */

const form = document.querySelector("form.sheet");
const output = form?.querySelector("output");

if (form instanceof HTMLFormElement && output) {
  const show = () => {
    const used = [...form.querySelectorAll("ol input")]
      .map((field) => Number(/** @type {HTMLInputElement} */ (field).value) || 0)
      .reduce((sum, dots) => sum + dots, 0);
    const over = used - Number(form.dataset.allowance);
    const words = (over > 0 ? output.dataset.over : output.dataset.words) ?? "";
    output.value = words.replace("{used}", String(used)).replace("{over}", String(over));
    output.classList.toggle("over", over > 0);
  };
  form.addEventListener("input", show);
  // A browser that comes back to the page may have kept what was typed.
  window.addEventListener("pageshow", show);
}
