// The desk: when a caller is offered, the record comes up by itself, unless the agent is typing in another one;
// then the bar with its link waits. Forms that finish a record wait until its draft is saved.

import { draftOf, start } from "./draft.js";
import { notice } from "./live.js";

const work = document.getElementById("work");

/** Shows the record with this id. */
async function show(id) {
  const answer = await fetch(`/desk/work/${encodeURIComponent(id)}`, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return;
  work.innerHTML = await answer.text();
  work.dataset.shown = id;
  document.getElementById("no-work")?.remove();
  history.replaceState(null, "", `/desk?intake=${encodeURIComponent(id)}`);
  start();
}

/** The record of the caller in hand, if it is not the one that is shown. */
function follow() {
  const id = document.querySelector("#offer [data-intake]")?.dataset.intake;
  if (!id || work.dataset.shown === id) return;
  if (work.contains(document.activeElement) && work.querySelector("#intake")) return;
  show(id);
}

document.addEventListener("live:swapped", (event) => {
  if (event.target.id === "offer") follow();
});

// The link to the record in hand does not reload the page; the form gets the focus.
document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("#to-intake");
  if (!link) return;
  event.preventDefault();
  const id = new URL(link.href).searchParams.get("intake");
  const draft = draftOf(document.getElementById("intake"));
  if (draft) await draft.now();
  if (work.dataset.shown !== id) await show(id);
  work.querySelector("#intake select, #intake input:not([type=hidden]), #intake textarea")?.focus();
});

// Finishing waits for the last save; a refusal stays on the page, where what is missing can be filled in.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.dataset?.after || event.defaultPrevented) return;
  event.preventDefault();
  notice("");
  const draft = draftOf(document.getElementById(form.dataset.after));
  // What was not saved is told beside the form; a case must not be opened without it.
  if (draft && !(await draft.now())) return;
  const answer = await fetch(form.action, {
    method: "POST",
    body: new URLSearchParams(new FormData(form, event.submitter)),
    headers: { "X-Quiet": "1" },
  });
  if (answer.ok) {
    if (draft) draft.stopped = true;
    location.assign(form.id === "finish" ? "/desk" : `/desk?intake=${encodeURIComponent(work.dataset.shown)}`);
    return;
  }
  const { title, missing } = await answer.json().catch(() => ({ title: String(answer.status) }));
  notice([title, ...(missing ?? [])].join("\n"));
  document.getElementById("notice").scrollIntoView({ block: "nearest" });
});
