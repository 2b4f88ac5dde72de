// Drafts: <form data-draft="/desk/intakes/ID" data-version="7"> saves itself 800 ms after the last change, when
// a field is left and when the page goes away; never while an input method is composing. When somebody saved
// in between, both texts are shown and none is lost.

import { problem, refreshAll } from "./live.js";

const PAUSE = 800;

class Draft {
  constructor(form) {
    this.form = form;
    this.version = Number(form.dataset.version);
    this.status = form.querySelector("[data-draft-status]");
    this.saved = this.text();
    this.sending = null;
    this.again = false;
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

  /** Saves what changed; resolves when the server has it. */
  async now(leaving = false) {
    clearTimeout(this.timer);
    const text = this.text();
    if (this.composing || this.stopped || text === this.saved) return this.sending;
    if (this.sending && !leaving) {
      this.again = true;
      return this.sending;
    }
    this.sending = this.send(text, leaving);
    await this.sending;
    this.sending = null;
    if (this.again) {
      this.again = false;
      await this.now();
    }
  }

  async send(text, leaving) {
    const body = new URLSearchParams(text);
    body.set("version", this.version);
    body.set("csrf", document.body.dataset.csrf);
    try {
      const answer = await fetch(this.form.dataset.draft, {
        method: "POST",
        body,
        keepalive: leaving,
        headers: { Accept: "application/json", "X-Quiet": "1" },
      });
      if (answer.ok) this.took(text, await answer.json());
      else if (answer.status === 409) await this.conflict();
      else this.say(await problem(answer), "bad");
    } catch {
      this.say(this.status?.dataset.offline ?? "", "warn");
      this.timer = setTimeout(() => this.now(), 3 * PAUSE);
    }
  }

  took(text, answer) {
    this.version = answer.version;
    this.saved = text;
    const version = this.form.elements.namedItem("version");
    if (version) version.value = answer.version;
    this.say(answer.said ?? "", "");
    refreshAll(["draft"]);
  }

  /** Somebody else saved: their text is fetched and shown beside each field that differs. */
  async conflict() {
    const answer = await fetch(this.form.dataset.draft, { headers: { Accept: "application/json" } });
    if (!answer.ok) return this.say(await problem(answer), "bad");
    const theirs = await answer.json();
    for (const [name, value] of Object.entries(theirs.fields)) {
      const field = this.form.elements.namedItem(name);
      if (!field || !("value" in field) || typeof value !== "string" || field.value === value) continue;
      const other = document.createElement("blockquote");
      other.className = "theirs";
      other.textContent = `${this.status?.dataset.theirs ?? ""} ${value}`;
      field.parentElement.querySelector(".theirs")?.remove();
      field.after(other);
    }
    this.version = theirs.version;
    this.say(this.status?.dataset.conflict ?? "", "warn");
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

document.addEventListener("submit", (event) => {
  const draft = drafts.get(event.target);
  if (draft) {
    clearTimeout(draft.timer);
    draft.stopped = true;
  }
});
document.addEventListener("live:swapped", start);
start();
