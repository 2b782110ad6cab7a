// The small toolbar over a text: it sets the marks of Markdown around what is chosen, so that nobody need know them.

const WRAPS = { bold: ["**", "**"], italic: ["*", "*"] };
const LINES = { heading: "## ", list: "- ", numbers: "1. ", quote: "> " };

function replace(field, start, end, text) {
  field.focus();
  field.setSelectionRange(start, end);
  // Keeps the browser's own undo; setRangeText is the way where this is gone.
  if (!document.execCommand("insertText", false, text)) {
    field.setRangeText(text, start, end, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function wrap(field, [before, after]) {
  const { selectionStart: start, selectionEnd: end } = field;
  const chosen = field.value.slice(start, end);
  replace(field, start, end, before + chosen + after);
  field.setSelectionRange(start + before.length, start + before.length + chosen.length);
}

function prefix(field, mark) {
  const start = field.value.lastIndexOf("\n", field.selectionStart - 1) + 1;
  const end = field.selectionEnd;
  const lines = field.value.slice(start, end).split("\n");
  const isOn = lines.every((line) => line.startsWith(mark));
  replace(field, start, end, lines.map((line) => (isOn ? line.slice(mark.length) : mark + line)).join("\n"));
}

function link(field) {
  const { selectionStart: start, selectionEnd: end } = field;
  const chosen = field.value.slice(start, end);
  const isAddress = /^(https?:\/\/|www\.)\S+$/.test(chosen);
  replace(field, start, end, isAddress ? `[](${chosen})` : `[${chosen}](https://)`);
  const caret = isAddress ? start + 1 : start + chosen.length + 3 + "https://".length;
  field.setSelectionRange(caret, caret);
}

for (const toolbar of document.querySelectorAll("[data-toolbar]")) {
  const field = document.getElementById(toolbar.dataset.toolbar);
  toolbar.hidden = false;
  toolbar.addEventListener("click", (event) => {
    const mark = event.target.closest("button")?.dataset.mark;
    if (mark in WRAPS) wrap(field, WRAPS[mark]);
    else if (mark in LINES) prefix(field, LINES[mark]);
    else if (mark === "link") link(field);
  });
  field.addEventListener("keydown", (event) => {
    const mark = { b: "bold", i: "italic" }[event.key];
    if (!mark || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    wrap(field, WRAPS[mark]);
  });
}
