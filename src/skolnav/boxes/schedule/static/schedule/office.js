// Where "something new" is chosen, its fields open; for what is there already they close.
const choice = document.querySelector("select[name=activity]");
const fields = document.querySelector("details[data-new-activity]");

choice?.addEventListener("change", () => {
  fields.open = choice.value === "new";
});
