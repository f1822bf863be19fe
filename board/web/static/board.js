// Puts changes into the list as they come. Without it the page is the same, as it was when it was opened.
"use strict";

const MOST = 200;
const list = document.querySelector("[data-live]");
const told = document.getElementById("told");

if (list && window.EventSource) {
  let count = 0;
  const source = new EventSource(list.dataset.live);
  source.addEventListener("open", () => {
    told.textContent = count ? told.textContent : "New changes appear here as they come.";
  });
  source.addEventListener("error", () => {
    told.textContent = "The connection is lost. Trying again.";
  });
  source.addEventListener("change", (event) => {
    const change = JSON.parse(event.data);
    const made = document.createElement("template");
    made.innerHTML = change.html; // made and escaped by the server, as the page itself
    const row = made.content.firstElementChild;
    if (document.getElementById(row.id)) return;
    row.classList.add("fresh");
    list.prepend(row);
    while (list.children.length > MOST) list.lastElementChild.remove();
    document.querySelector(".empty")?.remove();
    count += 1;
    told.textContent = count === 1 ? "One new change." : `${count} new changes.`;
  });
}

// Words that change no status are told by no event, so the page asks for them again now and then.
const words = document.querySelector("[data-again]");

if (words) {
  setInterval(async () => {
    if (document.hidden) return;
    const answer = await fetch(location.href).catch(() => null);
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.getElementById("last-words");
    if (now && now.innerHTML !== words.innerHTML) words.replaceChildren(...now.childNodes);
  }, 1000 * words.dataset.again);
}
