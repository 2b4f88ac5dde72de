// Drafts: <form data-draft="/desk/intakes/ID" data-version="7"> saves itself 800 ms after the last change, when
// a field is left and when the page goes away; never while an input method is composing. When somebody saved
// in between, what only they changed is taken in; where both changed one field, both texts are shown.

import { forget, leave, left } from "./leaving.js";
import { problem, refreshAll } from "./live.js";
import { fieldsOf, fill, merge, show } from "./merging.js";

const PAUSE = 800;

class Draft {
  constructor(form) {
    this.form = form;
    this.version = Number(form.dataset.version);
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
    if (leaving) return this.leave();
    this.saving ??= this.saveAll().finally(() => (this.saving = null));
    return this.saving;
  }

  /** The page goes away: its text is sent without waiting, and kept for the next page, which may be made before that. */
  leave() {
    if (!this.changed()) return Promise.resolve(true);
    leave(this.form.dataset.draft, this.text(), this.saved);
    return this.send(this.text(), true);
  }

  /** Takes up what the page before could no longer see stored. */
  takeUp() {
    const kept = left(this.form.dataset.draft);
    if (!kept) return;
    const stored = { version: this.version, fields: fieldsOf(this.form) };
    fill(this.form, kept.text);
    this.saved = kept.saved;
    this.unanswered = [kept.text];
    if (this.takeIn(stored)) this.now();
  }

  /** As `now`, and asks the server even where nothing changed: its text may be newer than this page. */
  async settle() {
    if (this.saving && !(await this.saving)) return false;
    return (await this.send(this.text(), false)) && this.now();
  }

  /** Takes in what was stored since this page was made. */
  async check() {
    if (this.saving) await this.saving;
    const answer = await fetch(this.form.dataset.draft, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok) return;
    const theirs = await answer.json();
    if (theirs.version !== this.version) this.takeIn(theirs);
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
    this.since(answer.version, text);
    this.say(answer.said ?? "", "");
    refreshAll(["draft"]);
  }

  /** The page goes on from this version with this text; what it left while it was out of sight is older. */
  since(version, text) {
    left(this.form.dataset.draft);
    this.version = version;
    this.saved = text;
    this.unanswered = [];
    const field = this.form.elements.namedItem("version");
    if (field) field.value = version;
  }

  /** Somebody else saved. Resolves with whether this page can go on from their text by itself. */
  async conflict() {
    const answer = await fetch(this.form.dataset.draft, { headers: { Accept: "application/json" } });
    if (answer.ok) return this.takeIn(await answer.json());
    this.say(await problem(answer), "bad");
    return false;
  }

  takeIn(theirs) {
    const contested = merge(this.form, theirs.fields, this.saved, this.unanswered);
    if (!contested) {
      // Their form has a point more: saving this one would take it away.
      this.say(this.status?.dataset.outdated ?? "", "warn");
      return false;
    }
    const stored = Object.entries(theirs.fields).flatMap(([name, values]) => values.map((value) => [name, value]));
    this.since(theirs.version, new URLSearchParams(stored).toString());
    for (const one of contested) show(one, this.status?.dataset.theirs ?? "");
    if (contested.length) this.say(this.status?.dataset.conflict ?? "", "warn");
    else refreshAll(["draft"]);
    return contested.length === 0;
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
    if (drafts.has(form)) continue;
    const draft = new Draft(form);
    drafts.set(form, draft);
    draft.takeUp();
  }
}

// A button of the form sends the whole form with its version: what is stored must be known first, or the form would be
// refused as older than what its own page has just saved. A second press while the first is on its way does nothing.
document.addEventListener("submit", async (event) => {
  const draft = drafts.get(event.target);
  if (!draft) return;
  if (draft.settled) {
    draft.stopped = true;
    return;
  }
  event.preventDefault();
  if (draft.stopped || draft.settling) return;
  const { target, submitter } = event;
  draft.settling = true;
  draft.settled = await draft.settle().finally(() => (draft.settling = false));
  // The button may have been drawn anew with what the save brought.
  const button = submitter?.isConnected ? submitter : document.getElementById(submitter?.id ?? "");
  if (draft.settled) target.requestSubmit(button);
  draft.settled = false;
});

// A page that the browser kept may be older than what is stored by now.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const draft of drafts.values()) {
    draft.stopped = false;
    draft.check();
  }
});
document.addEventListener("live:swapped", start);
start();
forget();
