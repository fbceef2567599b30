// Draws the kinship map, and reads it out cell by cell: by pointer, by finger, by the arrow keys.
const MARGIN = matchMedia("(max-width: 40rem)").matches ? 40 : 56; // room for studbook numbers, in CSS pixels
const LARGEST_CELL = 34;
const SMALLEST_LABELLED_CELL = 9;
const MOST_ZOOM = 24;
const DRAG = 5; // pixels before a press is a drag
const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
const SIGNS = { M: "♂", F: "♀", U: "?" };

const frame = document.querySelector("[data-kinship-map]");
const canvas = frame.querySelector("canvas");
const reading = frame.querySelector("[data-reading]");
const part = (name) => frame.querySelector(`[data-${name}]`);

const data = await (await fetch(frame.dataset.source, { headers: { Accept: "application/json" } })).json();
const { animals, rows, columns } = data;
const ceiling = Number(frame.dataset.ceiling);
const view = { zoom: 1, left: 0, top: 0 }; // left and top in cells
let cursor = null;
let pinned = false;
let colours = null;
let cells = null; // one pixel a cell

function kinship(one, other) {
  const [low, high] = one < other ? [one, other] : [other, one];
  return data.kinship[low * animals.length - (low * (low - 1)) / 2 + high - low] * data.unit;
}

// Ties go to the even digit, as everywhere else in the studbook.
function coefficient(value) {
  const units = Math.round(value / data.unit);
  const [whole, rest] = [Math.floor(units / 1e4), units % 1e4];
  const up = rest > 5000 || (rest === 5000 && whole % 2 === 1);
  return ((whole + (up ? 1 : 0)) / 1e4).toFixed(4);
}

function readColours() {
  const shade = (name) => getComputedStyle(part(name)).color.match(/[\d.]+/g).slice(0, 3).map(Number);
  colours = { low: shade("low"), middle: shade("middle"), high: shade("high"), own: shade("own"), soft: shade("soft") };
}

const css = (name) => `rgb(${colours[name].join(" ")})`;

function shadeOf(value) {
  const share = Math.min(value / ceiling, 1) * 2;
  const [from, to] = share < 1 ? [colours.low, colours.middle] : [colours.middle, colours.high];
  return from.map((each, at) => each + (to[at] - each) * (share % 1 || (share === 2 ? 1 : 0)));
}

function paintCells() {
  cells = new OffscreenCanvas(columns.length, rows.length);
  const context = cells.getContext("2d");
  const image = context.createImageData(columns.length, rows.length);
  rows.forEach((one, row) => columns.forEach((other, column) => {
    const shade = one === other ? colours.own : shadeOf(kinship(one, other));
    image.data.set([...shade, 255], 4 * (row * columns.length + column));
  }));
  context.putImageData(image, 0, 0);
}

function geometry() {
  const width = canvas.clientWidth;
  const fit = Math.min((width - MARGIN) / Math.max(columns.length, rows.length), LARGEST_CELL);
  const cell = fit * view.zoom;
  return { width, height: MARGIN + Math.ceil(fit * rows.length), across: fit * columns.length, down: fit * rows.length, cell };
}

function keepInside() {
  const { across, down, cell } = geometry();
  view.left = Math.max(0, Math.min(view.left, columns.length - across / cell));
  view.top = Math.max(0, Math.min(view.top, rows.length - down / cell));
}

function draw() {
  keepInside();
  const { width, height, across, down, cell } = geometry();
  const ratio = window.devicePixelRatio || 1;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  context.imageSmoothingEnabled = false;
  context.drawImage(cells, view.left, view.top, across / cell, down / cell, MARGIN, MARGIN, across, down);
  context.strokeStyle = css("soft");
  context.strokeRect(MARGIN - 0.5, MARGIN - 0.5, across + 1, down + 1);
  drawLabels(context, { left: view.left, top: view.top, across, down, cell, at: cursor });
  if (cursor) drawCursor(context, across, down, cell);
  canvas.classList.toggle("map-zoomed", view.zoom > 1);
}

function drawLabels(context, { left, top, across, down, cell, at }) {
  context.font = `${Math.min(11, Math.max(8, cell))}px ${getComputedStyle(canvas).fontFamily}`;
  context.textBaseline = "middle";
  context.textAlign = "right";
  const shown = cell >= SMALLEST_LABELLED_CELL;
  rows.forEach((one, row) => {
    const middle = MARGIN + (row + 0.5 - top) * cell;
    if (!(shown || at?.row === row) || middle < MARGIN || middle > MARGIN + down) return;
    context.fillStyle = css(at?.row === row ? "high" : "soft");
    context.fillText(animals[one][0], MARGIN - 4, middle, MARGIN - 6);
  });
  columns.forEach((other, column) => {
    const middle = MARGIN + (column + 0.5 - left) * cell;
    if (!(shown || at?.column === column) || middle < MARGIN || middle > MARGIN + across) return;
    context.fillStyle = css(at?.column === column ? "high" : "soft");
    context.save();
    context.translate(middle, MARGIN - 4);
    context.rotate(Math.PI / 2);
    context.fillText(animals[other][0], 0, 0, MARGIN - 6);
    context.restore();
  });
}

function drawCursor(context, across, down, cell) {
  const x = MARGIN + (cursor.column - view.left) * cell;
  const y = MARGIN + (cursor.row - view.top) * cell;
  context.save();
  context.beginPath();
  context.rect(MARGIN, MARGIN, across, down);
  context.clip();
  context.strokeStyle = css("high");
  context.globalAlpha = 0.45;
  context.strokeRect(MARGIN - 1, y - 0.5, across + 2, cell + 1);
  context.strokeRect(x - 0.5, MARGIN - 1, cell + 1, down + 2);
  context.globalAlpha = 1;
  context.lineWidth = 2;
  context.strokeRect(x - 1, y - 1, cell + 2, cell + 2);
  context.restore();
}

const link = (url, words) => Object.assign(document.createElement("a"), { href: url, textContent: words });

function named(place) {
  const [number, name, sex, holder] = animals[place];
  const line = document.createElement("div");
  line.append(link(data.animal_url.replace("NUMBER", encodeURIComponent(number)), `${SIGNS[sex]} ${number} ${name}`));
  line.append(Object.assign(document.createElement("span"), { className: "soft small", textContent: ` ${holder || "no recorded place"}` }));
  return line;
}

function read() {
  if (!cursor) return;
  let [one, other] = [rows[cursor.row], columns[cursor.column]];
  const value = kinship(one, other);
  const line = document.createElement("p");
  line.className = "map-value";
  if (one === other) {
    line.textContent = `kinship with itself ${coefficient(value)}, its inbreeding F ${coefficient(2 * value - 1)}`;
    reading.replaceChildren(named(one), line);
    return;
  }
  if (animals[one][2] === "F" && animals[other][2] === "M") [one, other] = [other, one];
  line.textContent = `kinship ${coefficient(value)}`;
  reading.replaceChildren(named(one), named(other), line);
  if (animals[one][2] + animals[other][2] !== "MF") return;
  line.textContent += `, also the F of their young${value >= data.limit ? ": over the limit" : ""}`;
  const places = { SIRE: one, DAM: other }; // in one go: a studbook number may hold such a word itself
  const url = data.pair_url.replace(/SIRE|DAM/g, (word) => encodeURIComponent(animals[places[word]][0]));
  reading.append(link(url, "Open this pair"));
}

function cellAt(event) {
  const box = canvas.getBoundingClientRect();
  const { cell } = geometry();
  const column = Math.floor(view.left + (event.clientX - box.left - MARGIN) / cell);
  const row = Math.floor(view.top + (event.clientY - box.top - MARGIN) / cell);
  const inside = event.clientX - box.left >= MARGIN && event.clientY - box.top >= MARGIN;
  return inside && rows[row] !== undefined && columns[column] !== undefined ? { row, column } : null;
}

function point(cell) {
  if (!cell) return;
  cursor = cell;
  draw();
  read();
}

function zoomBy(factor, cell = cursor) {
  const before = geometry().cell;
  const middle = cell ? { column: cell.column + 0.5, row: cell.row + 0.5 } : { column: view.left, row: view.top };
  view.zoom = Math.max(1, Math.min(MOST_ZOOM, view.zoom * factor));
  const ratio = before / geometry().cell;
  view.left = middle.column - (middle.column - view.left) * ratio;
  view.top = middle.row - (middle.row - view.top) * ratio;
  draw();
}

function showCursor() {
  const { across, down, cell } = geometry();
  view.left = Math.min(cursor.column, Math.max(view.left, cursor.column + 1 - across / cell));
  view.top = Math.min(cursor.row, Math.max(view.top, cursor.row + 1 - down / cell));
}

const pointers = new Map();
let dragged = false;

canvas.addEventListener("pointerdown", (event) => {
  pointers.set(event.pointerId, { x: event.clientX, y: event.clientY, fromX: event.clientX, fromY: event.clientY });
  if (pointers.size === 1) dragged = false;
});
canvas.addEventListener("pointermove", (event) => {
  const held = pointers.get(event.pointerId);
  if (!held) {
    if (!pinned) point(cellAt(event));
    return;
  }
  if (pointers.size === 2) {
    const other = [...pointers].find(([id]) => id !== event.pointerId)[1];
    const apart = (x, y) => Math.hypot(x - other.x, y - other.y);
    zoomBy(apart(event.clientX, event.clientY) / apart(held.x, held.y), cellAt(event));
    dragged = true;
  } else if (dragged || Math.hypot(event.clientX - held.fromX, event.clientY - held.fromY) > DRAG) {
    dragged = true;
    view.left -= (event.clientX - held.x) / geometry().cell;
    view.top -= (event.clientY - held.y) / geometry().cell;
    draw();
  }
  held.x = event.clientX;
  held.y = event.clientY;
});
for (const end of ["pointerup", "pointercancel", "pointerleave"]) {
  canvas.addEventListener(end, (event) => pointers.delete(event.pointerId));
}
canvas.addEventListener("click", (event) => {
  const cell = cellAt(event);
  if (dragged || !cell) return;
  pinned = !(pinned && cursor?.row === cell.row && cursor?.column === cell.column);
  point(cell);
});
canvas.addEventListener("wheel", (event) => {
  if (!event.ctrlKey && !event.metaKey) return; // the page must still scroll
  event.preventDefault();
  zoomBy(event.deltaY < 0 ? 1.25 : 0.8, cellAt(event) ?? cursor);
}, { passive: false });
canvas.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const step = STEPS[event.key];
  if (step) {
    const { row, column } = cursor ?? { row: 0, column: -step[1] };
    const to = { row: row + (cursor ? step[0] : 0), column: column + step[1] };
    if (rows[to.row] === undefined || columns[to.column] === undefined) return void event.preventDefault();
    pinned = true;
    cursor = to;
    showCursor();
    point(to);
  } else if (event.key === "+" || event.key === "=") zoomBy(1.5);
  else if (event.key === "-") zoomBy(1 / 1.5);
  else if (event.key === "0") zoomBy(1 / MOST_ZOOM);
  else if (event.key === "Enter") reading.querySelector("a:last-child")?.click();
  else return;
  event.preventDefault();
});

part("in").addEventListener("click", () => zoomBy(1.5));
part("out").addEventListener("click", () => zoomBy(1 / 1.5));
part("whole").addEventListener("click", () => zoomBy(1 / MOST_ZOOM));
part("png").addEventListener("click", savePicture);

async function savePicture() {
  const cell = Math.max(4, Math.min(24, Math.round(2400 / Math.max(rows.length, columns.length))));
  const [across, down] = [cell * columns.length, cell * rows.length];
  const picture = document.createElement("canvas");
  picture.width = Math.max(across + MARGIN + 12, 480);
  picture.height = down + MARGIN + 36;
  const context = picture.getContext("2d");
  context.fillStyle = css("low");
  context.fillRect(0, 0, picture.width, picture.height);
  context.imageSmoothingEnabled = false;
  context.drawImage(cells, MARGIN, MARGIN, across, down);
  drawLabels(context, { left: 0, top: 0, across, down, cell, at: null });
  context.fillStyle = css("high");
  context.font = `13px ${getComputedStyle(canvas).fontFamily}`;
  context.textAlign = "left";
  context.fillText(frame.dataset.title, MARGIN, down + MARGIN + 18);
  const blob = await new Promise((done) => picture.toBlob(done, "image/png"));
  const save = link(URL.createObjectURL(blob), "");
  save.download = frame.dataset.file;
  save.click();
  URL.revokeObjectURL(save.href);
}

function restart() {
  readColours();
  paintCells();
  draw();
}

frame.hidden = false;
restart();
new ResizeObserver(draw).observe(canvas.parentElement);
window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", restart);
