// A PDF that takes a moment: shows that it is being made, then opens it. The server keeps it, so that opening costs nothing more.
for (const frame of document.querySelectorAll("[data-making]")) {
  const making = frame.querySelector("[role=status]");
  for (const link of frame.querySelectorAll("[data-made]")) {
    link.addEventListener("click", async (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      making.hidden = false;
      try {
        await (await fetch(link.href)).arrayBuffer();
      } finally {
        making.hidden = true;
        window.location.assign(link.href);
      }
    });
  }
}
