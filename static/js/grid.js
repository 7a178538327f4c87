// The budget table: months for a phone, and cells that behave like a small spreadsheet and
// are saved one by one. The server reads, checks and adds up; here is only moving and keeping.
const RETRY_MS = 4000;
const IDLE_MS = 1500; // after the last cell, what the page says is missing is looked up anew
const UNKNOWN = "—";
const byId = (id) => document.getElementById(id);

// --- A phone shows one month at a time ----------------------------------------------------------

document.addEventListener("click", (event) => {
  const chip = event.target.closest?.(".chips [data-month]");
  const table = document.querySelector("table.grid");
  if (!chip || !table) return;
  table.dataset.m = chip.dataset.month;
  for (const other of chip.parentElement.children) {
    other.setAttribute("aria-pressed", String(other === chip));
  }
});
document.querySelector(".chips [aria-pressed=true]")?.scrollIntoView({ block: "nearest", inline: "center" });

// --- Cells --------------------------------------------------------------------------------------

class Grid {
  constructor(table, words) {
    this.table = table;
    this.words = words.dataset;
    this.token = words.querySelector("[name=csrfmiddlewaretoken]");
    this.rows = [...table.querySelectorAll("tr[data-line]")]
      .map((row) => [...row.querySelectorAll("td.c > input")])
      .filter((row) => row.length);
    this.waiting = new Map(); // input → what was typed and is not stored yet
    this.editing = false;
    this.listen();
  }

  listen() {
    const on = (name, does) => this.table.addEventListener(name, (event) => {
      if (event.target.matches("td.c > input")) does.call(this, event.target, event);
    });
    on("focusin", this.enter);
    on("focusout", this.leave);
    on("keydown", this.key);
    on("input", () => { this.editing = true; });
    addEventListener("online", () => this.save());
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.save(); });
    addEventListener("beforeunload", (event) => { if (this.waiting.size) event.preventDefault(); });
  }

  enter(input) {
    this.editing = false;
    if (!this.isKept(input)) input.value = input.dataset.exact;
    input.select();
    byId("cell-name").textContent = this.nameOf(input);
    byId("cell-exact").textContent = input.dataset.exact;
    input.parentElement.querySelector(".err")?.scrollIntoView({ block: "nearest" });
  }

  leave(input) {
    this.editing = false;
    if (this.isKept(input) && input.value === this.typedIn(input)) return;
    if (input.readOnly || input.value.trim() === input.dataset.exact) this.show(input);
    else this.keep(input, input.value);
  }

  // What was typed stays in the cell until it is stored, given up or settled.
  isKept(input) {
    return this.typedIn(input) !== undefined;
  }

  typedIn(input) {
    return this.waiting.get(input) ?? input.parentElement.dataset.typed;
  }

  show(input) {
    delete input.parentElement.dataset.typed;
    this.mark(input, "");
    input.value = input.defaultValue;
    this.tell();
  }

  keep(input, text) {
    delete input.parentElement.dataset.typed;
    this.mark(input, "");
    this.waiting.set(input, text);
    input.parentElement.classList.add("wait");
    this.save();
  }

  nameOf(input) {
    const ids = input.getAttribute("aria-labelledby").split(" ");
    return ids.map((id) => byId(id)?.innerText.trim()).join(" · ");
  }

  // --- Keys ---

  key(input, event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const down = event.shiftKey ? -1 : 1;
    const moves = {
      Enter: [down, 0],
      ArrowDown: [1, 0],
      ArrowUp: [-1, 0],
      ...(this.editing ? {} : { ArrowLeft: [0, -1], ArrowRight: [0, 1], Home: [0, -12], End: [0, 12] }),
    };
    if (event.key === "F2") this.edit(input);
    else if (event.key === "Escape") this.undo(input);
    else if (moves[event.key]) this.move(input, ...moves[event.key]);
    else return;
    event.preventDefault();
  }

  edit(input) {
    this.editing = true;
    input.setSelectionRange(input.value.length, input.value.length);
  }

  undo(input) {
    this.editing = false;
    if (this.waiting.has(input)) return;
    this.show(input);
    input.value = input.dataset.exact;
    input.select();
  }

  move(input, rows, columns) {
    const within = (number, length) => Math.max(0, Math.min(number, length - 1));
    const row = this.rows.findIndex((cells) => cells.includes(input));
    const cells = this.rows[within(row + rows, this.rows.length)];
    const target = cells[within(this.rows[row].indexOf(input) + columns, cells.length)];
    if (target === input) this.leave(input);
    target.focus();
    if (target === input) this.enter(input);
  }

  // --- Saving: one cell after the other, in the order typed ---

  async save() {
    if (this.saving || !this.waiting.size) return;
    this.saving = true;
    clearTimeout(this.retry);
    this.state("wait", this.words.saving);
    try {
      while (this.waiting.size) {
        const [input, text] = this.waiting.entries().next().value;
        await this.send(input, text);
      }
      this.tell();
      clearTimeout(this.idle);
      this.idle = setTimeout(() => document.body.dispatchEvent(new Event("plan-changed")), IDLE_MS);
    } catch (problem) {
      this.state("bad", problem.signedOut ? this.words.signedOut : this.words.offline);
      this.retry = setTimeout(() => this.save(), RETRY_MS);
    } finally {
      this.saving = false;
    }
  }

  async send(input, text) {
    const answer = await this.post(input, text);
    const found = await answer.json();
    const isLatest = this.waiting.get(input) === text;
    if (answer.ok) this.store(found);
    if (!isLatest) return;
    this.waiting.delete(input);
    input.parentElement.classList.remove("wait");
    if (answer.ok) this.settle(input);
    else this.refuse(input, text, found, answer.status);
  }

  async post(input, text, again = true) {
    const row = input.closest("tr");
    const body = new URLSearchParams({
      line: row.dataset.line,
      month: 1 + [...row.querySelectorAll("td.c > input")].indexOf(input),
      version: input.dataset.version,
      unit: this.table.dataset.factor,
      text,
    });
    const headers = { "X-CSRFToken": this.token.value, Accept: "application/json" };
    const answer = await fetch(this.table.dataset.save, { method: "POST", headers, body });
    if (answer.headers.get("Content-Type")?.startsWith("application/json")) return answer;
    if (answer.status >= 500) throw new Error(String(answer.status));
    if (again && (await this.renew())) return this.post(input, text, false);
    throw Object.assign(new Error("signed out"), { signedOut: true });
  }

  // Signing in again gives a new token: take it from a fresh copy of this page.
  async renew() {
    const page = await (await fetch(location.href)).text();
    const fresh = new DOMParser().parseFromString(page, "text/html").querySelector("#grid-words [name=csrfmiddlewaretoken]");
    if (fresh) this.token.value = fresh.value;
    return Boolean(fresh);
  }

  store(found) {
    for (const cell of found.cells) {
      const place = byId(cell.row)?.querySelector(`.m${cell.column}`);
      const input = place?.querySelector("input");
      if (input) {
        input.dataset.exact = cell.exact;
        input.dataset.version = cell.version;
        input.defaultValue = cell.display;
      } else if (place) place.textContent = cell.display || UNKNOWN;
    }
    for (const [row, text] of Object.entries(found.years)) {
      const year = byId(row)?.querySelector(".tot");
      if (year) year.textContent = text;
    }
    for (const [id, html] of Object.entries(found.parts)) {
      const fresh = document.createElement("template");
      fresh.innerHTML = html.trim();
      byId(id)?.replaceWith(fresh.content.firstElementChild);
    }
  }

  settle(input) {
    if (input !== document.activeElement) this.show(input);
    else if (!this.editing) {
      this.show(input);
      input.value = input.dataset.exact;
      input.select();
    }
  }

  refuse(input, text, found, status) {
    input.parentElement.dataset.typed = text;
    this.mark(input, found.message);
    if (status === 409) this.ask(input, text, found);
  }

  // --- What the cell says ---

  mark(input, message) {
    const place = input.parentElement;
    place.querySelector(".err")?.remove();
    place.classList.toggle("bad", Boolean(message));
    input.toggleAttribute("aria-invalid", Boolean(message));
    input.removeAttribute("aria-describedby");
    if (!message) return;
    const box = document.createElement("span");
    box.className = "err";
    box.id = `err-${place.parentElement.id}-${[...place.parentElement.children].indexOf(place)}`;
    box.textContent = message;
    place.append(box);
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", box.id);
    this.say(`${this.nameOf(input)}: ${message}`);
  }

  ask(input, text, theirs) {
    const place = input.parentElement;
    const box = byId("grid-conflict").content.firstElementChild.cloneNode(true);
    box.id = place.querySelector(".err").id;
    box.querySelector("p").textContent = theirs.message;
    place.querySelector(".err").replaceWith(box);
    const take = () => {
      input.dataset.exact = theirs.exact;
      input.dataset.version = theirs.version;
      input.defaultValue = theirs.theirs;
    };
    box.querySelector("[data-keep]").addEventListener("click", () => {
      take();
      this.keep(input, text);
      input.focus();
    });
    box.querySelector("[data-take]").addEventListener("click", () => {
      take();
      this.show(input);
      input.focus();
    });
  }

  // All is stored, or some cell still waits for its author.
  tell() {
    if (this.waiting.size) return;
    const refused = this.table.querySelector("td.bad");
    this.state(refused ? "bad" : "ok", refused ? this.words.refused : this.words.saved);
  }

  say(message) {
    byId("grid-live").textContent = message;
  }

  state(look, message) {
    const place = byId("save-state");
    if (!place) return;
    place.dataset.s = look;
    place.lastElementChild.textContent = message;
  }
}

const table = document.querySelector("table.grid[data-save]");
const words = byId("grid-words");
if (table && words) new Grid(table, words);
