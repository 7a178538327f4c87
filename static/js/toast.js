// Messages: closing them, showing those of htmx answers (HX-Trigger: toast), and saying
// so when an answer fails or the connection is gone.
const region = document.getElementById("messages");
const STAY_MS = 8000;

export function toast(text, level = "info") {
  if (!region || !text) return;
  const box = document.createElement("div");
  box.className = `toast ${level}`;
  const words = document.createElement("p");
  words.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "toast-x";
  close.dataset.dismiss = "";
  close.setAttribute("aria-label", region.dataset.close);
  close.textContent = "×";
  box.append(words, close);
  region.append(box);
  leaveLater(box);
}

// Bad news stays until it is closed.
function leaveLater(box) {
  if (box.matches(".error, .warning")) return;
  setTimeout(() => box.remove(), STAY_MS);
}

region?.querySelectorAll(".toast").forEach(leaveLater);

document.addEventListener("click", (event) => {
  event.target.closest?.("[data-dismiss]")?.closest(".toast")?.remove();
});
document.addEventListener("toast", (event) => toast(event.detail.text, event.detail.level));
document.addEventListener("htmx:responseError", () => toast(region?.dataset.failed, "error"));
document.addEventListener("htmx:sendError", () => toast(region?.dataset.offline, "error"));
