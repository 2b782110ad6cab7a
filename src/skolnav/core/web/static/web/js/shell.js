// The frame's manners: menus close by Escape or a click outside; a form is sent once; errors get the focus.

const open = () => document.querySelectorAll("details.who[open], details.more.menu-like[open]");

document.addEventListener("click", (event) => {
  for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of open()) {
    const inside = menu.contains(document.activeElement);
    menu.open = false;
    if (inside) menu.querySelector("summary").focus();
  }
});

// A button pressed twice sends once; a preview in a tab of its own sends nothing. Not `disabled`: the button's own name and value must go along.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented || event.submitter?.formTarget === "_blank") return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  form.setAttribute("aria-busy", "true");
  event.submitter?.setAttribute("aria-disabled", "true");
});

// Back from the next page (also out of the browser's page cache) everything can be sent again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
    form.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
  }
});

// Nothing is asked for in a tab that nobody sees.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (document.hidden && !event.detail.requestConfig?.triggeringEvent?.isTrusted) event.preventDefault();
});

document.querySelector("[data-focus]")?.focus();

// Without scripts one prints by the browser's own menu.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// The draft of a form that was sent (keep.js) is dropped once a page shows that it arrived.
const sent = sessionStorage.getItem("keep-sent");
if (sent && !document.body.matches(".outside")) {
  sessionStorage.removeItem("keep-sent");
  const again = [...document.querySelectorAll("form[data-keep]")].find((form) => `keep:${form.dataset.keep}` === sent);
  if (!again?.querySelector(".wrong-list")) localStorage.removeItem(sent);
}
