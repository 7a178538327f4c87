// Reads an amount as it is typed: the rules of aop/calc/money.py, so that the page can say
// at once what the server will read. The server decides; both pass the same table of spellings.
const LONGEST_TEXT = 60;
const LARGEST = 999_999_999_999_999n;
const SCALES = new Map([
  ...["k", "ng", "nghin", "ngan", "thousand"].map((word) => [word, 3]),
  ...["tr", "trieu", "m", "mn", "mil", "mio", "million"].map((word) => [word, 6]),
  ...["ty", "ti", "b", "bn", "billion"].map((word) => [word, 9]),
]);
const TOKEN = /[0-9]+(?:[., ][0-9]+)*|[.,][0-9]+|[()+-]|[^\s0-9.,()+-]+|[.,]/gu;

export const MARKS = {
  vi: { group: ".", decimal: "," },
  en: { group: ",", decimal: "." },
};

// Returns {amount}, {asked: [amounts]} or {} for a text that is no amount; amounts are BigInt
// minor units. `rules`: language, unit, decimals and names (a Set) of the currency.
export function readAmount(text, rules) {
  const written = takeApart(text, rules.names);
  if (!written) return {};
  const minor = 10n ** BigInt(rules.decimals);
  const unit = written.named ? 1n : BigInt(rules.unit);
  const factor = (written.scale === null ? unit : 10n ** BigInt(written.scale)) * minor;
  const showsThree = factor === minor && minor === 1000n && written.scale === null;
  const readings = readingsOf(written, MARKS[rules.language], showsThree);
  const amounts = readings
    .map((reading) => toMinor(reading, factor))
    .filter((amount) => amount !== null)
    .map((amount) => (written.negative ? -1n : 1n) * (amount + written.added * minor))
    .filter((amount) => amount <= LARGEST && amount >= -LARGEST);
  if (readings.length > 1) return { asked: amounts };
  return amounts.length ? { amount: amounts[0] } : {};
}

export function folded(text) {
  const plain = text.toLowerCase().normalize("NFD").replace(/[\p{Mn}\p{Cf}]/gu, "");
  return plain.replace(/[−–]/g, "-").replaceAll("đ", "d").trim().replace(/\s+/gu, " ");
}

function takeApart(text, names) {
  if (text.length > LONGEST_TEXT) return null;
  const tokens = folded(text).replace(/ ?([.,]) ?/g, "$1").match(TOKEN) ?? [];
  const bare = withoutEnds(tokens.flatMap((token) => split(token, names)), names);
  if (!bare || !/[0-9]$/.test(bare.tokens[0])) return null;
  const [number, ...rest] = bare.tokens;
  const after = readUnit(rest);
  if (!after) return null;
  const chunks = number.split(/[., ]/);
  const marks = number.replace(/[0-9]/g, "");
  if (after.rest.length && marks) return null;
  const added = readAdded(after.scale ?? 0, after.rest);
  return added === null ? null : { ...bare, chunks, marks, scale: after.scale, added };
}

// `12trđ`: a unit word and the currency's name without a space.
function split(token, names) {
  if (SCALES.has(token) || names.has(token)) return [token];
  const name = [...names].find(
    (known) => token.endsWith(known) && SCALES.has(token.slice(0, -known.length)),
  );
  return name ? [token.slice(0, -name.length), name] : [token];
}

function withoutEnds(tokens, names) {
  let first = 0;
  let last = tokens.length;
  while (first < last && (/^[-+(]$/.test(tokens[first]) || names.has(tokens[first]))) first += 1;
  while (last > first && (/^[-)]$/.test(tokens[last - 1]) || names.has(tokens[last - 1]))) last -= 1;
  const around = [...tokens.slice(0, first), ...tokens.slice(last)];
  const signs = around.filter((token) => /^[-+()]$/.test(token)).join("");
  const named = around.length - signs.length;
  if (first === last || !["", "-", "+", "()"].includes(signs) || named > 1) return null;
  return {
    tokens: tokens.slice(first, last),
    negative: signs === "-" || signs === "()",
    named: named === 1,
  };
}

function readUnit(rest) {
  if (!rest.length) return { scale: null, rest };
  const scale = SCALES.get(rest[0]);
  if (!scale) return null;
  if (scale === 3 && (rest[1] === "ty" || rest[1] === "ti")) return { scale: 12, rest: rest.slice(2) };
  return { scale, rest: rest.slice(1) };
}

// What follows a unit word: `5`, `250`, `250 triệu`, `rưỡi`; in ones.
function readAdded(scale, rest) {
  if (!rest.length) return 0n;
  if (rest.length === 1 && rest[0] === "ruoi") return 5n * 10n ** BigInt(scale - 1);
  const [digits, ...others] = rest;
  if (!/^[0-9]{1,3}$/.test(digits)) return null;
  if (!others.length) return BigInt(digits) * 10n ** BigInt(scale - digits.length);
  const lower = readUnit(others);
  if (!lower || lower.scale >= scale) return null;
  const added = readAdded(lower.scale, lower.rest);
  return added === null ? null : BigInt(digits) * 10n ** BigInt(lower.scale) + added;
}

function readingsOf(written, marks, showsThree) {
  const grouped = asGrouped(written);
  const pointed = asPointed(written);
  if (!grouped || !pointed) return [grouped, pointed].filter(Boolean);
  if (written.marks === marks.group) return [grouped];
  return showsThree ? [pointed] : [pointed, grouped];
}

function asGrouped({ chunks, marks }) {
  if (marks && (new Set(marks).size > 1 || !areGroups(chunks))) return null;
  return { digits: BigInt(chunks.join("")), places: 0 };
}

function asPointed({ chunks, marks }) {
  const mark = marks.at(-1);
  const before = marks.slice(0, -1);
  const whole = chunks.slice(0, -1);
  if (mark !== "." && mark !== ",") return null;
  if (before.includes(mark) || new Set(before).size > 1 || (before && !areGroups(whole))) return null;
  return { digits: BigInt(chunks.join("")), places: chunks.at(-1).length };
}

function areGroups([first, ...others]) {
  const startsWell = first.length >= 1 && first.length <= 3 && !first.startsWith("0");
  return startsWell && others.every((chunk) => chunk.length === 3);
}

function toMinor({ digits, places }, factor) {
  const divisor = 10n ** BigInt(places);
  return (digits * factor) % divisor === 0n ? (digits * factor) / divisor : null;
}
