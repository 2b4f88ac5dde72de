// Drafts: <form data-draft="/desk/intakes/ID" data-version="7"> saves itself 800 ms after the last change, when
// a field is left and when the page goes away; never while an input method is composing. When somebody saved
// in between, both texts are shown and none is lost.

import { problem, refreshAll } from "./live.js";

const PAUSE = 800;

class Draft {
  constructor(form) {
    this.form = form;
    this.version = Number(form.dataset.version);
    // A browser that reloads a page may put back what stood in its fields, an older version among them.
    const version = form.elements.namedItem("version");
    if (version) version.value = this.version;
    this.status = form.querySelector("[data-draft-status]");
    this.saved = this.text();
    this.saving = null;
    // What was sent and never answered: it may have been stored all the same.
    this.unanswered = [];
    form.addEventListener("compositionstart", () => (this.composing = true));
    form.addEventListener("compositionend", () => {
      this.composing = false;
      this.soon();
    });
    form.addEventListener("input", () => this.soon());
    form.addEventListener("change", () => this.now());
    form.addEventListener("focusout", () => this.now());
    addEventListener("pagehide", () => this.now(true));
    document.addEventListener("visibilitychange", () => document.hidden && this.now(true));
  }

  /** The form as it would be sent, without token and version. */
  text() {
    const data = new FormData(this.form);
    data.delete("csrf");
    data.delete("version");
    return new URLSearchParams(data).toString();
  }

  soon() {
    clearTimeout(this.timer);
    if (!this.composing) this.timer = setTimeout(() => this.now(), PAUSE);
  }

  changed() {
    return !this.composing && !this.stopped && this.text() !== this.saved;
  }

  /** Saves what changed, and what is typed meanwhile; resolves with whether the server has all of it. */
  now(leaving = false) {
    clearTimeout(this.timer);
    if (leaving) return this.changed() ? this.send(this.text(), true) : Promise.resolve(true);
    this.saving ??= this.saveAll().finally(() => (this.saving = null));
    return this.saving;
  }

  async saveAll() {
    while (this.changed()) {
      if (!(await this.send(this.text(), false))) return false;
    }
    return true;
  }

  async send(text, leaving) {
    const body = new URLSearchParams(text);
    body.set("version", this.version);
    body.set("csrf", document.body.dataset.csrf);
    this.unanswered.push(text);
    try {
      const answer = await fetch(this.form.dataset.draft, {
        method: "POST",
        body,
        keepalive: leaving,
        headers: { Accept: "application/json", "X-Quiet": "1" },
      });
      if (answer.status === 409) return await this.conflict();
      if (answer.ok) this.took(text, await answer.json());
      else this.say(await problem(answer), "bad");
      return answer.ok;
    } catch {
      this.say(this.status?.dataset.offline ?? "", "warn");
      this.timer = setTimeout(() => this.now(), 3 * PAUSE);
      return false;
    }
  }

  took(text, answer) {
    this.version = answer.version;
    this.saved = text;
    this.unanswered = [];
    const version = this.form.elements.namedItem("version");
    if (version) version.value = answer.version;
    this.say(answer.said ?? "", "");
    refreshAll(["draft"]);
  }

  /** Somebody else saved: their text is fetched and shown beside each field that differs. Where it is what this page
   *  sent itself, only the answer was lost: resolves with true, and the page goes on from there. */
  async conflict() {
    const answer = await fetch(this.form.dataset.draft, { headers: { Accept: "application/json" } });
    if (!answer.ok) return this.say(await problem(answer), "bad");
    const theirs = await answer.json();
    this.version = theirs.version;
    if (this.unanswered.some((text) => this.isStored(text, theirs.fields))) return true;
    for (const [name, value] of Object.entries(theirs.fields)) {
      const field = this.form.elements.namedItem(name);
      if (!field || !("value" in field) || typeof value !== "string" || field.value === value) continue;
      const other = document.createElement("blockquote");
      other.className = "theirs";
      other.textContent = `${this.status?.dataset.theirs ?? ""} ${value}`;
      field.parentElement.querySelector(".theirs")?.remove();
      field.after(other);
    }
    this.say(this.status?.dataset.conflict ?? "", "warn");
    return false;
  }

  /** Whether the stored fields say what `text` says. */
  isStored(text, fields) {
    const sent = new URLSearchParams(text);
    const same = ([name, value]) => typeof value !== "string" || (sent.get(name) ?? "").trim() === value;
    return Object.entries(fields).every(same);
  }

  say(text, kind) {
    if (!this.status) return;
    this.status.textContent = text;
    this.status.className = kind;
  }
}

const drafts = new Map();

/** The draft of a form. */
export function draftOf(form) {
  return drafts.get(form);
}

/** Starts every draft form that is not started yet. */
export function start() {
  for (const form of document.querySelectorAll("form[data-draft]")) {
    if (!drafts.has(form)) drafts.set(form, new Draft(form));
  }
}

// A button of the form sends the whole form with its version: a save under way must be through before, or the form
// would be refused as older than what its own page has just saved.
document.addEventListener("submit", (event) => {
  const draft = drafts.get(event.target);
  if (!draft) return;
  clearTimeout(draft.timer);
  if (!draft.saving) {
    draft.stopped = true;
    return;
  }
  event.preventDefault();
  const { target, submitter } = event;
  draft.saving.then((kept) => {
    // The button may have been drawn anew with what the save brought.
    const button = submitter?.isConnected ? submitter : document.getElementById(submitter?.id ?? "");
    if (kept) target.requestSubmit(button);
  });
});
document.addEventListener("live:swapped", start);
start();
