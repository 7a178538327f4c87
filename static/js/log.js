// Logging an entry: says what is left while somebody types, and keeps what a lost
// connection could not send. Each submission has a key, so sending again never books twice.
import { formatMoney, rulesOf } from "./amount.js";

const STORE = "aop-unsent";

document.addEventListener("amount:read", (event) => {
  const form = event.target.closest("form[data-log]");
  const shown = form?.querySelector("[data-left-now]");
  if (!shown || form.dataset.left === "") return;
  const left = Number(form.dataset.left) - (event.detail.amount ?? 0);
  shown.textContent = formatMoney(BigInt(left), rulesOf(event.target));
  shown.classList.toggle("bad-t", left < 0);
});

function unsent() {
  try {
    return JSON.parse(localStorage.getItem(STORE) ?? "[]");
  } catch {
    return [];
  }
}

function keep(list) {
  try {
    localStorage.setItem(STORE, JSON.stringify(list));
  } catch {
    // Storage is blocked or full: the page itself still holds what was typed.
  }
  show(list);
}

function show(list) {
  const notice = document.querySelector("[data-unsent]");
  if (!notice) return;
  notice.hidden = list.length === 0;
  notice.querySelector("[data-unsent-count]").textContent = String(list.length);
}

function token() {
  return document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
}

function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function send(entry) {
  const body = new URLSearchParams(entry.body);
  body.set("csrfmiddlewaretoken", token());
  return fetch(entry.action, { method: "POST", body, credentials: "same-origin" });
}

async function sendAll() {
  const waiting = [];
  let sent = 0;
  for (const entry of unsent()) {
    try {
      const answer = await send(entry);
      if (answer.ok && answer.redirected && !answer.url.includes("/accounts/")) sent += 1;
      else waiting.push(entry);
    } catch {
      waiting.push(entry);
    }
  }
  keep(waiting);
  if (sent > 0) location.reload();
}

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-log][data-offline]");
  if (!form || event.defaultPrevented || navigator.onLine) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form)).toString();
  keep([...unsent(), { action: form.action, body }]);
  form.reset();
  form.elements.key.value = newKey(); // what is typed next is another entry
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-unsent-send]")) sendAll();
});
window.addEventListener("online", sendAll);
show(unsent());
if (navigator.onLine && unsent().length > 0) sendAll();
