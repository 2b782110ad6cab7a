// The board is drawn anew after each tap, and once a minute: what was ticked stays ticked.

const board = document.querySelector("#board");
let ticked = new Set();

board?.addEventListener("htmx:beforeSwap", () => {
  ticked = new Set([...board.querySelectorAll("input[name=pupil]:checked")].map((box) => box.value));
});

board?.addEventListener("htmx:afterSwap", (event) => {
  // Whoever checked the ticked ones in or out is done with them.
  const sent = event.detail.requestConfig?.parameters;
  if (sent?.in_ticked || sent?.out_ticked) return;
  for (const box of board.querySelectorAll("input[name=pupil]")) box.checked = ticked.has(box.value);
});
