// Sets the theme before the first paint, so it is a plain script in the head.
// The choice stays on the device; "auto" follows the device's own setting.
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");

  function stored() {
    try {
      return localStorage.getItem("theme") || "auto";
    } catch {
      return "auto"; // storage may be blocked
    }
  }

  function apply(choice) {
    const isDark = choice === "dark" || (choice === "auto" && dark.matches);
    root.dataset.theme = isDark ? "dark" : "light";
    for (const button of document.querySelectorAll("[data-theme-choice]")) {
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === choice));
    }
  }

  root.classList.add("js");
  apply(stored());
  dark.addEventListener("change", () => apply(stored()));
  document.addEventListener("DOMContentLoaded", () => apply(stored()));
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-theme-choice]");
    if (!button) return;
    const choice = button.dataset.themeChoice;
    try {
      localStorage.setItem("theme", choice);
    } catch {
      // the choice then lasts for this page only
    }
    apply(choice);
  });
})();
