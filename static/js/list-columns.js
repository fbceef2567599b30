// Lets the columns of a list be moved: each gets a button that puts it one place further to the left.
for (const list of document.querySelectorAll("[data-columns]")) {
  for (const item of list.children) {
    if (item === list.firstElementChild) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button-plain";
    button.textContent = "↑";
    button.setAttribute("aria-label", `Move ${item.textContent.trim()} up`);
    button.addEventListener("click", () => {
      const before = item.previousElementSibling;
      if (before && before !== list.firstElementChild) before.before(item);
      button.focus();
    });
    item.append(button);
  }
}
