// Nothing typed is lost: the text of a form with data-keep stays in this browser until the form has been sent.

const KEPT_DAYS = 7;
const SKIPPED = new Set(["password", "file", "hidden", "submit", "button"]);
const fields = (form) => [...form.elements].filter((field) => field.name && !SKIPPED.has(field.type));
const key = (form) => `keep:${form.dataset.keep}`;

function read(form) {
  const values = fields(form).map((field) =>
    ["checkbox", "radio"].includes(field.type) ? [field.name, field.value, field.checked] : [field.name, field.value]);
  return JSON.stringify(values);
}

function write(form, values) {
  for (const field of fields(form)) {
    const isBox = ["checkbox", "radio"].includes(field.type);
    const found = values.find(([name, value]) => name === field.name && (!isBox || value === field.value));
    if (!found) continue;
    if (isBox) field.checked = found[2];
    else field.value = found[1];
  }
}

for (const form of document.querySelectorAll("form[data-keep]")) {
  const asServed = read(form);
  const kept = JSON.parse(localStorage.getItem(key(form)) ?? "null");
  const isFresh = kept && Date.now() - kept.at < KEPT_DAYS * 86400e3;
  // A form shown again with its errors already has what was typed; one that was changed elsewhere is left alone.
  if (isFresh && kept.from === asServed && !form.querySelector(".wrong") && kept.values !== asServed) {
    write(form, JSON.parse(kept.values));
    form.querySelector(".kept")?.classList.add("shown");
  }
  form.addEventListener("input", () =>
    localStorage.setItem(key(form), JSON.stringify({ at: Date.now(), from: asServed, values: read(form) })));
  form.querySelector("[data-forget]")?.addEventListener("click", () => {
    localStorage.removeItem(key(form));
    write(form, JSON.parse(asServed));
    form.querySelector(".kept").classList.remove("shown");
  });
  // Marked at the submit, dropped on the next page unless that is the same form again, with errors.
  form.addEventListener("submit", (event) => {
    if (event.submitter?.formTarget !== "_blank") sessionStorage.setItem("keep-sent", key(form));
  });
}
