// A register by keyboard, late minutes by the clock, and a count of what is marked. Without this it works as well.
const form = document.getElementById("register");
const order = ["present", "late", "absent", "left"];
const tally = form?.querySelector("[data-tally]");
const opened = Date.now();

function count() {
  const marked = form.querySelectorAll("[type=radio]:checked:not([value=present])").length;
  tally.hidden = !marked;
  tally.textContent = tally.dataset.words.replace("0", marked);
  for (const button of marked ? form.querySelectorAll("[data-others]") : []) {
    button.lastChild.textContent = button.dataset.others;
  }
}

form?.addEventListener("change", event => {
  const { name, value } = event.target;
  const field = form.elements[`${value}-${name.slice(2)}`];
  // The page may have been open for a while: who comes now is later than when it was opened.
  if (value === "late" && "live" in form.dataset && field.value === field.defaultValue) {
    const later = Math.round((Date.now() - opened) / 60000);
    field.value = Math.min(Number(field.value) + later, Number(form.dataset.live));
  }
  if (tally) count();
});

form?.addEventListener("keydown", event => {
  const row = event.target.closest("li");
  const choice = row && event.target.type === "radio" && order[Number(event.key) - 1];
  if (!choice) return;
  event.preventDefault();
  row.querySelector(`[value=${choice}]`).click();
  row.nextElementSibling?.querySelector("[type=radio]:checked")?.focus();
});
