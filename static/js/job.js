// A job that goes on: its part of the page is fetched again until it has ended, then the whole page once.
const SECONDS = 1.5;

async function look() {
  const shown = document.querySelector("[data-job]");
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) return location.reload();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-job]");
    if (!fresh || fresh.dataset.open !== "yes") return location.reload();
    update(shown, fresh);
  } catch {
    // Out of reach for a moment: what is shown stays, and is asked for again.
  }
  setTimeout(look, SECONDS * 1000);
}

function update(shown, fresh) {
  // Whole only where a button changes, so that nobody's finger finds another one under it.
  if (shown.dataset.state !== fresh.dataset.state || shown.querySelectorAll(".notice").length !== fresh.querySelectorAll(".notice").length) {
    return shown.replaceWith(fresh);
  }
  shown.querySelector(".job-words").textContent = fresh.querySelector(".job-words").textContent;
  shown.querySelector("progress").value = fresh.querySelector("progress").value;
}

setTimeout(look, SECONDS * 1000);
