// The page for paper opens the browser's own dialogue; without JavaScript one prints as one always does.
window.addEventListener("load", () => window.print(), { once: true });
