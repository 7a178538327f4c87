// Says back what is typed into an amount: the full figure and its words, in the <output> that
// the form renders beside `input[data-amount]` (aop/web/amounts.py). What cannot be read is
// mentioned once the typing pauses. Each change fires `amount:read` with the amount or null.
import { MARKS, readAmount } from "./amount_reading.js";
import { amountInWords } from "./amount_words.js";

const PAUSE_MS = 600;
const NO_BREAK = "\u00a0";
const waiting = new WeakMap();

export function rulesOf(input) {
  const { language, unit, currency, decimals, symbol, names, said } = input.dataset;
  return {
    language,
    unit: Number(unit),
    currency,
    decimals: Number(decimals),
    symbol,
    names: new Set(names.split(" ")),
    said: JSON.parse(said),
  };
}

// The amount in full with the currency's sign, as `format_money` writes it.
export function formatMoney(amount, { language, currency, decimals, symbol }) {
  const { group, decimal } = MARKS[language];
  const digits = String(amount < 0n ? -amount : amount).padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals).replace(/\B(?=(\d{3})+$)/g, group);
  const text = decimals ? `${whole}${decimal}${digits.slice(-decimals)}` : whole;
  const sign = amount < 0n ? "−" : "";
  if (language === "vi" || currency === "VND") return `${sign}${text}${NO_BREAK}${symbol}`;
  const gap = /\p{L}$/u.test(symbol) ? NO_BREAK : "";
  return `${sign}${symbol}${gap}${text}`;
}

function readBack(input, asks) {
  clearTimeout(waiting.get(input));
  const rules = rulesOf(input);
  const found = readAmount(input.value, rules);
  const amount = found.amount ?? null;
  const detail = { amount: amount === null ? null : Number(amount) };
  input.dispatchEvent(new CustomEvent("amount:read", { bubbles: true, detail }));
  const output = document.querySelector(`[data-read-for="${CSS.escape(input.id)}"]`);
  if (!output) return;
  const later = () => ask(output, input, found.asked ?? [], rules);
  if (amount !== null) say(output, formatMoney(amount, rules), amountInWords(amount, rules));
  else if (!input.value.trim()) output.hidden = true;
  else if (asks) waiting.set(input, setTimeout(later, PAUSE_MS));
}

function say(output, figure, words) {
  const bold = document.createElement("b");
  bold.textContent = figure;
  output.classList.remove("bad", "ask");
  output.replaceChildren(bold, words);
  output.hidden = false;
}

function ask(output, input, readings, rules) {
  const [first, second] = readings.map((reading) => formatMoney(reading, rules));
  const { refused, asked, askedOne } = input.dataset;
  const question = second ? asked : askedOne;
  output.textContent = first
    ? question.replace("{first}", first).replace("{second}", second ?? "")
    : refused;
  output.classList.toggle("bad", !first);
  output.classList.toggle("ask", Boolean(first));
  output.hidden = false;
}

function onAmount(event) {
  if (event.target.matches?.("input[data-amount]")) readBack(event.target, event.type === "input");
}

document.addEventListener("input", onAmount);
document.addEventListener("focusin", onAmount);
