// The first form of a company: the year's usual name follows its first month, and the time
// zone is the one of this computer, until somebody chooses otherwise.

const LAST_START_NAMED_BY_ITS_OWN_YEAR = 6;
const OLD_NAMES = { "Asia/Saigon": "Asia/Ho_Chi_Minh", "Asia/Calcutta": "Asia/Kolkata" };

function usualName(month) {
  const [year, number] = month.split("-").map(Number);
  return number <= LAST_START_NAMED_BY_ITS_OWN_YEAR ? year : year + 1;
}

for (const form of document.querySelectorAll("[data-start]")) {
  const { first_month: month, fiscal_year: label, time_zone: zone } = form.elements;
  let shown = String(usualName(month.value));

  month.addEventListener("change", () => {
    const isUntouched = label.value === "" || label.value === shown;
    shown = String(usualName(month.value));
    if (isUntouched) label.value = shown;
  });

  const isFresh = !form.querySelector(".has-error");
  if (zone && isFresh) {
    const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const name = OLD_NAMES[here] ?? here;
    if ([...zone.options].some((option) => option.value === name)) zone.value = name;
  }
}
