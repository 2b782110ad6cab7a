// A page that was asked for on paper opens the printer's window by itself.
window.addEventListener("load", () => window.print(), { once: true });
