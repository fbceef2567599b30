// Reads the pair matrix out cell by cell, and lets the arrow keys walk through it: one stop of the tab key for thousands of cells.
const MEANINGS = {
  1: "very beneficial", 2: "beneficial", 3: "slightly beneficial",
  4: "slightly detrimental", 5: "detrimental", 6: "very detrimental", "–": "not without advice",
};
const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
const frame = document.querySelector("[data-pair-matrix]");
const reading = frame.querySelector("[data-reading]");
const table = frame.querySelector("table");
const [heads, body] = [table.tHead.rows[0], table.tBodies[0]];
let stop = null;
let marked = [];

const links = body.querySelectorAll("td a");
links.forEach((link) => { link.tabIndex = -1; });
standAt(links[0]);

function standAt(link) {
  if (!link) return;
  if (stop) stop.tabIndex = -1;
  stop = link;
  stop.tabIndex = 0;
}

const named = (link, sign) => `${sign} ${link.textContent}${link.title ? ` ${link.title}` : ""}`;

function read(link) {
  const cell = link.closest("td");
  const [male, female] = [cell.parentElement.cells[0], heads.cells[cell.cellIndex]];
  marked.forEach((each) => each.classList.remove("matrix-here"));
  marked = [male, female];
  marked.forEach((each) => each.classList.add("matrix-here"));
  const digit = link.textContent;
  reading.textContent = `${named(male.firstElementChild, "♂")} × ${named(female.firstElementChild, "♀")}: ${digit}, ${MEANINGS[digit]}`;
}

function next(link, [down, right]) {
  let row = link.closest("tr").sectionRowIndex + down;
  let column = link.closest("td").cellIndex + right;
  while (body.rows[row] && column > 0 && column < heads.cells.length) {
    const found = body.rows[row].cells[column].querySelector("a");
    if (found) return found;
    row += down;
    column += right;
  }
  return null;
}

const cellOf = (event) => event.target.closest("td a");
body.addEventListener("pointerover", (event) => { const link = cellOf(event); if (link) read(link); });
body.addEventListener("focusin", (event) => { const link = cellOf(event); if (link) { standAt(link); read(link); } });
body.addEventListener("keydown", (event) => {
  const link = cellOf(event);
  const found = link && STEPS[event.key] && next(link, STEPS[event.key]);
  if (!found) return;
  event.preventDefault();
  found.focus();
});
