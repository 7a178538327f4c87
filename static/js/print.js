// A button that prints the page: <button data-print>. The browser's own menu does the same without it.

for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}
