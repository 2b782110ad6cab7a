// What goes wrong at a login, said before it does: caps lock, and a space that came along when copying.

const form = document.querySelector("form[data-login]");

function say(id, shown) {
  const place = form.querySelector(`[data-says="${id}"]`);
  if (place) place.hidden = !shown;
}

form?.addEventListener("keyup", (event) => {
  if (event.getModifierState) say("caps", event.getModifierState("CapsLock"));
});

form?.addEventListener("input", () => {
  for (const field of form.querySelectorAll("input[name]")) {
    if (["text", "password"].includes(field.type)) say(`space-${field.name}`, field.value !== field.value.trim());
  }
});

// The eye: a password can be read while it is typed.
const eye = form?.querySelector("[data-show]");
eye?.removeAttribute("hidden");
eye?.addEventListener("click", (event) => {
  const field = form.elements[event.currentTarget.dataset.show];
  const shown = field.type === "password";
  field.type = shown ? "text" : "password";
  event.currentTarget.setAttribute("aria-pressed", String(shown));
});
