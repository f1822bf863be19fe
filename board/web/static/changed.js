// Says that the claim on the page has changed since the page was opened. It never loads the page again by itself, since
// a form on it may be half filled.
"use strict";

const notice = document.querySelector("[data-version]");

if (notice) {
  const { json, page, version, every } = notice.dataset;
  const timer = setInterval(async () => {
    if (document.hidden) return;
    // Without an answer it asks again later.
    const claim = await fetch(json).then((answer) => (answer.ok ? answer.json() : null)).catch(() => null);
    if (!claim || claim.version === version || notice.textContent) return;
    clearInterval(timer);
    const link = document.createElement("a");
    link.href = page;
    link.textContent = "Load it again";
    notice.append("This claim has changed since you opened the page. ", link);
  }, Number(every));
}
