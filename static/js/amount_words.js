// Says amounts of money in words, Vietnamese and English, as aop/calc/amount_words.py does.
const DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];
const TO_NINETEEN = [
  ..."zero one two three four five six seven eight nine ten eleven twelve".split(" "),
  ..."thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(" "),
];
const TENS = ["", "", ..."twenty thirty forty fifty sixty seventy eighty ninety".split(" ")];
const POWERS = ["", "thousand", "million", "billion", "trillion"];
const BILLION = 1_000_000_000n;

// `said`: one, many, one of the minor unit, many of it; "" where a currency has no names.
export function amountInWords(amount, { language, decimals, said }) {
  const [one, many, oneMinor, manyMinor] = said;
  const inWords = language === "vi" ? vietnameseWords : englishWords;
  const minorUnits = 10n ** BigInt(decimals);
  const size = amount < 0n ? -amount : amount;
  const whole = size / minorUnits;
  const part = size % minorUnits;
  const parts = [`${inWords(whole)} ${whole === 1n ? one : many}`];
  if (part && oneMinor) parts.push(`${inWords(part)} ${part === 1n ? oneMinor : manyMinor}`);
  else if (part) parts.push(`${String(part).padStart(decimals, "0")}/${minorUnits}`);
  if (part && !whole && oneMinor) parts.shift();
  const sign = language === "vi" ? "âm " : "minus ";
  return (amount < 0n ? sign : "") + parts.join(language === "vi" ? " và " : " and ");
}

function vietnameseWords(number) {
  return vietnamese(number, false).join(" ") || DIGITS[0];
}

function vietnamese(number, follows) {
  const said = [];
  const billions = number / BILLION;
  let rest = number % BILLION;
  if (billions) said.push(...vietnamese(billions, follows), "tỷ");
  for (const [size, word] of [[1_000_000n, "triệu"], [1_000n, "nghìn"], [1n, ""]]) {
    const group = Number(rest / size);
    rest %= size;
    if (!group) continue;
    said.push(...vietnameseGroup(group, follows || said.length > 0));
    if (word) said.push(word);
  }
  return said;
}

function vietnameseGroup(group, follows) {
  const hundreds = Math.floor(group / 100);
  const tens = Math.floor(group / 10) % 10;
  const ones = group % 10;
  const namesHundreds = hundreds > 0 || follows;
  const said = namesHundreds ? [DIGITS[hundreds], "trăm"] : [];
  if (tens > 1) said.push(DIGITS[tens], "mươi");
  else if (tens === 1) said.push("mười");
  else if (ones && namesHundreds) said.push("lẻ");
  if (ones === 1 && tens > 1) said.push("mốt");
  else if (ones === 5 && tens) said.push("lăm");
  else if (ones) said.push(DIGITS[ones]);
  return said;
}

function englishWords(number) {
  const said = [];
  for (let power = POWERS.length - 1; power >= 0; power -= 1) {
    const group = Number((number / 1000n ** BigInt(power)) % 1000n);
    if (!group) continue;
    said.push(...englishGroup(group));
    if (power) said.push(POWERS[power]);
  }
  return said.join(" ") || TO_NINETEEN[0];
}

function englishGroup(group) {
  const hundreds = Math.floor(group / 100);
  const below = group % 100;
  const said = hundreds ? [TO_NINETEEN[hundreds], "hundred"] : [];
  if (below >= TO_NINETEEN.length) {
    const ones = below % 10 ? `-${TO_NINETEEN[below % 10]}` : "";
    said.push(TENS[Math.floor(below / 10)] + ones);
  } else if (below) said.push(TO_NINETEEN[below]);
  return said;
}
