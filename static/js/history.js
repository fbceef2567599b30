// One year under the pointer in all the charts at once, and its numbers from the table below them.
const charts = document.querySelector("[data-charts]");
const heads = [...document.querySelectorAll(".history-table thead th")].map((head) => head.textContent);
const rows = [...document.querySelectorAll(".history-table tbody tr")].reverse();
const DAY = 86_400_000;
const days = rows.map((row) => Date.parse(row.dataset.on) / DAY);
const reading = document.createElement("p");
reading.className = "history-reading";
charts.append(reading);

function nearest(day) {
  return days.reduce((best, each, at) => (Math.abs(each - day) < Math.abs(days[best] - day) ? at : best), 0);
}

function show(at) {
  for (const drawing of charts.querySelectorAll("svg")) {
    const { left, right } = drawing.dataset;
    const share = (days[at] - days[0]) / (days.at(-1) - days[0]);
    const x = Number(left) + share * (right - left);
    const cursor = drawing.querySelector("[data-cursor]");
    cursor.setAttribute("x1", x);
    cursor.setAttribute("x2", x);
    cursor.classList.add("chart-cursor-shown");
  }
  reading.replaceChildren(...[...rows[at].cells].map((cell, place) => {
    const part = document.createElement("span");
    const name = Object.assign(document.createElement("b"), { textContent: heads[place] });
    part.append(name, ` ${cell.textContent}`);
    return part;
  }));
  reading.classList.add("history-reading-shown");
}

function hide() {
  for (const each of charts.querySelectorAll(".chart-cursor-shown")) each.classList.remove("chart-cursor-shown");
  reading.classList.remove("history-reading-shown");
}

charts.addEventListener("pointermove", (event) => {
  const drawing = event.target.closest("svg");
  if (!drawing || days.length < 2) return hide();
  const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(drawing.getScreenCTM().inverse());
  const { left, right } = drawing.dataset;
  show(nearest(days[0] + ((point.x - left) / (right - left)) * (days.at(-1) - days[0])));
});
charts.addEventListener("pointerleave", hide);
