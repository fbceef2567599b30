// Tells how many rows of a list are ticked, and ticks or clears all rows of the page.
const form = document.querySelector("[data-ticked]");
const boxes = [...document.querySelectorAll(`input[type="checkbox"][form="${form?.id}"]`)];
if (form && boxes.length) {
  const count = form.querySelector("[data-count]");
  const all = document.createElement("button");
  all.type = "button";
  const ticked = () => boxes.filter((box) => box.checked).length;
  const tell = () => {
    form.toggleAttribute("data-any", ticked() > 0);
    count.textContent = `${ticked()} chosen on this page`;
    all.textContent = ticked() === boxes.length ? "Choose none" : "Choose all of this page";
  };
  all.addEventListener("click", () => {
    const on = ticked() !== boxes.length;
    for (const box of boxes) box.checked = on;
    tell();
  });
  for (const box of boxes) box.addEventListener("change", tell);
  form.append(all);
  tell();
}
