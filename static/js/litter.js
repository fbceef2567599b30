// Shows as many rows as there are young; without this script all rows are there, and the first ones count.
const count = document.querySelector("#id_count");
const rows = [...document.querySelectorAll("[data-young]")];

function show() {
  const wanted = Math.max(1, Number(count.value) || 1);
  for (const row of rows) row.hidden = Number(row.dataset.young) > wanted;
}

count.addEventListener("input", show);
show();
