// The panel of phrases and articles: fetched when it is unfolded, searched while somebody types (never while an input method is
// composing), walked through with the arrow keys. One entry is open at a time: the one that has the focus.

import { notice, problem, refreshAll } from "./live.js";

const PAUSE = 150;
const panel = document.getElementById("advice");
const form = document.getElementById("advice-search");
const field = document.getElementById("advice-words");
const count = document.getElementById("advice-count");
const found = document.getElementById("advice-found");
let timer;
let asked = 0;

/** Fetches what fits the words. An answer that a later one has overtaken is dropped. */
async function search() {
  clearTimeout(timer);
  const own = ++asked;
  form.elements.namedItem("intake").value = document.getElementById("work").dataset.shown ?? "";
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      headers: { Accept: "text/html", "X-Fragment": "1" },
    });
    if (own !== asked) return;
    if (answer.redirected && new URL(answer.url).pathname === "/login") location.reload();
    else if (answer.ok) fill(await answer.text());
    else found.textContent = panel.dataset.fault;
  } catch {
    if (own === asked) found.textContent = panel.dataset.fault;
  }
}

/** Puts the entries in place: the first is open while somebody types; who is among them stays at the open one. */
function fill(text) {
  const open = found.querySelector(".entry[open]")?.id;
  const focused = found.contains(document.activeElement);
  found.innerHTML = text;
  // The place of the count stays, so that it is read out when it changes.
  const said = found.querySelector("[data-said]");
  count.textContent = said?.textContent ?? "";
  said?.remove();
  const kept = focused && open ? document.getElementById(open) : null;
  const first = kept ?? (field.value.trim() ? found.querySelector(".entry") : null);
  if (!first) return;
  first.open = true;
  if (focused) first.querySelector("summary").focus({ preventScroll: true });
}

/** Goes to the entry so many further; before the first one is the field. */
function step(by) {
  const heads = [...found.querySelectorAll(".entry > summary")];
  const at = heads.indexOf(document.activeElement) + by;
  if (at < 0) field.focus();
  else if (at < heads.length) {
    for (const head of heads) head.parentElement.open = head === heads[at];
    heads[at].focus();
    heads[at].parentElement.scrollIntoView({ block: "nearest" });
  }
}

function fold() {
  panel.open = false;
  panel.querySelector("summary").focus();
}

panel.addEventListener("toggle", (event) => {
  if (event.target !== panel || !panel.open) return;
  field.focus();
  search().then(() => panel.scrollIntoView({ block: "start" }));
});
field.addEventListener("compositionend", () => search());
field.addEventListener("input", (event) => {
  clearTimeout(timer);
  if (!event.isComposing) timer = setTimeout(search, PAUSE);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  search();
});
// "Told the caller": kept with the call, and shown here and beside the record.
found.addEventListener("submit", async (event) => {
  event.preventDefault();
  notice("");
  try {
    const body = new URLSearchParams(new FormData(event.target));
    const answer = await fetch(event.target.action, { method: "POST", body, headers: { "X-Quiet": "1" } });
    if (!answer.ok) notice(await problem(answer));
  } catch {
    notice(panel.dataset.fault);
  }
  search();
  refreshAll(["draft"]);
});
panel.addEventListener("keydown", (event) => {
  if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
  const ways = { ArrowDown: () => step(1), ArrowUp: () => step(-1), Escape: fold };
  const onEntry = event.target === field || event.target.matches("#advice-found .entry > summary");
  if (!ways[event.key] || (event.key !== "Escape" && !onEntry)) return;
  event.preventDefault();
  ways[event.key]();
});
// Another caller speaks another language, and another category asks for other articles.
document.addEventListener("live:swapped", (event) => {
  if (panel.open && ["offer", "side"].includes(event.target.id)) search();
});
