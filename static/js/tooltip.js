// The text of [data-tip] beside the pointer. The same text stands in the chart's table,
// so the tip itself is hidden from screen readers.
const tip = document.createElement("div");
tip.className = "tip";
tip.hidden = true;
tip.setAttribute("aria-hidden", "true");
document.body.append(tip);

const EDGE = 8;

function place(box) {
  const half = tip.offsetWidth / 2 + EDGE;
  const left = Math.min(Math.max(box.left + box.width / 2, half), innerWidth - half);
  const top = Math.max(box.top, tip.offsetHeight + 2 * EDGE);
  tip.style.left = `${left + scrollX}px`;
  tip.style.top = `${top + scrollY}px`;
}

document.addEventListener("pointerover", (event) => {
  const spot = event.target.closest?.("[data-tip]");
  if (!spot) {
    tip.hidden = true;
    return;
  }
  tip.textContent = spot.dataset.tip;
  tip.hidden = false;
  place(spot.getBoundingClientRect());
});
