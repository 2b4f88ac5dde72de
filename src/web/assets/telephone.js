// A telephone of the bundled switch, for the page that shows it: registers a number, follows what is heard,
// sends what its owner does, speaks prompts aloud, plays recordings, records, and carries sound to and from the
// pages it is connected with. It draws nothing.

import { KEYS, busy, holdMusic, keyTone, ringing, sound } from "./tones.js";
import { Voices } from "./voices.js";

const MOST_RECORDED = 8 * 1024 * 1024;

/** Events: "heard" (detail: one notice), "phase" (detail: what the telephone shows), "lost", "recording",
 *  "held" and "holding" (detail: whether the other side lets this one wait, or this one the other). */
export class Telephone extends EventTarget {
  #number = "";
  #key = "";
  #stream = null;
  #last = 0;
  #recording = null;
  #tone = null;
  #playing = null;
  voices = new Voices((to, kind, body) => this.#post(this.#address("/signal"), JSON.stringify({ to, kind, body })));
  phase = { phase: "idle" };
  speaks = true;

  get number() {
    return this.#number;
  }

  get connected() {
    return this.#stream !== null && this.#stream.readyState !== EventSource.CLOSED;
  }

  get recording() {
    return this.#recording !== null;
  }

  #address(what, query = {}) {
    const asked = new URLSearchParams({ key: this.#key, ...query });
    return `/switch/phones/${encodeURIComponent(this.#number)}${what}?${asked}`;
  }

  /** Takes a number, or takes up again the one this tab had before it was reloaded. The extension of a desk
   *  needs the permit that the desk's page was given. */
  async connect(number, permit = null) {
    this.#number = number;
    this.#key = sessionStorage.getItem(`telephone ${number}`) ?? "";
    const known = this.#key && (await fetch(this.#address("")).catch(() => null))?.ok;
    if (!known) {
      const answer = await fetch(`/switch/phones/${encodeURIComponent(number)}`, {
        method: "PUT",
        body: JSON.stringify({ sound: "RTCPeerConnection" in window, ...(permit ? { permit } : {}) }),
        headers: { "Content-Type": "application/json" },
      });
      if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).error ?? `${answer.status}`);
      const { key, ice_servers } = await answer.json();
      this.#key = key;
      this.voices.help(ice_servers ?? []);
      sessionStorage.setItem("telephone help", JSON.stringify(ice_servers ?? []));
      this.#last = 0;
      sessionStorage.setItem(`telephone ${number}`, this.#key);
    } else this.voices.help(JSON.parse(sessionStorage.getItem("telephone help") ?? "[]"));
    this.#listen();
  }

  #listen() {
    this.#stream?.close();
    const stream = new EventSource(this.#address("/events", { after: this.#last }));
    // What was heard before this page came is shown, but not spoken again.
    let old = this.#last === 0;
    stream.addEventListener("message", (event) => {
      const { heard, ...phase } = JSON.parse(event.data);
      const news = heard.filter(({ seq }) => seq > this.#last);
      for (const notice of news) {
        this.#last = notice.seq;
        this.dispatchEvent(new CustomEvent("heard", { detail: notice }));
        if (!old) this.#react(notice);
      }
      if (old) this.#resume(news);
      old = false;
      this.phase = phase;
      this.dispatchEvent(new CustomEvent("phase", { detail: phase }));
    });
    stream.addEventListener("error", async () => {
      if (stream.readyState !== EventSource.CLOSED || this.#stream !== stream) return;
      // A page that is being left, or a switch that started anew? Only the switch can tell.
      const answer = await fetch(this.#address("")).catch(() => null);
      if (this.#stream !== stream) return;
      if (answer?.ok) this.#listen();
      else if (!answer) setTimeout(() => this.#stream === stream && this.#listen(), 3000);
      if (!answer || answer.ok) return;
      sessionStorage.removeItem(`telephone ${this.#number}`);
      this.dispatchEvent(new CustomEvent("lost"));
    });
    this.#stream = stream;
  }

  #react(notice) {
    const { what } = notice;
    if (what === "say" || what === "voice") this.#speak(notice);
    else if (what === "play") this.#play(notice.url);
    else if (what === "record") this.#record(notice);
    else if (what === "peer") this.voices.meet(notice);
    else if (what === "peer-gone") this.voices.leave(notice);
    else if (what === "signal") this.voices.signal(notice);
    else if (what === "held") this.#held(notice.on);
    else if (what === "holding") this.#holding(notice.peers);
    if (["pressed", "ended", "connecting", "connected", "fetched"].includes(what)) this.hush();
    if (what === "connecting") this.#sounding(ringing());
    else if (["connected", "dialled", "ended", "say", "play", "fetched"].includes(what)) this.#sounding(null);
    if ((what === "dialled" && notice.outcome === "busy") || (what === "ended" && notice.reason === "busy")) busy();
    if (what === "ended") this.#over();
  }

  /** A page that is loaded anew in the middle of a conversation takes the sound up again. */
  #resume(news) {
    const there = new Map();
    let [held, holding] = [false, []];
    for (const notice of news) {
      if (notice.what === "peer") there.set(notice.peer, notice);
      else if (notice.what === "peer-gone") there.delete(notice.peer);
      else if (notice.what === "held") held = notice.on;
      else if (notice.what === "holding") holding = notice.peers;
      else if (notice.what === "connected" || notice.what === "ended") {
        there.clear();
        [held, holding] = [false, []];
      }
    }
    for (const { peer } of there.values()) this.voices.meet({ peer, offers: true });
    if (held) this.#held(true);
    if (holding.length) this.#holding(holding);
  }

  /** One tone at a time; null ends it. */
  #sounding(stop) {
    this.#tone?.();
    this.#tone = stop;
  }

  #held(yes) {
    this.voices.held(yes);
    this.#sounding(yes ? holdMusic() : null);
    this.dispatchEvent(new CustomEvent("held", { detail: yes }));
  }

  /** The switch confirms who of the others waits. */
  #holding(peers) {
    this.voices.hold(peers);
    this.dispatchEvent(new CustomEvent("holding", { detail: peers.length > 0 }));
  }

  #over() {
    this.voices.close();
    this.#drop();
    for (const what of ["held", "holding"]) this.dispatchEvent(new CustomEvent(what, { detail: false }));
  }

  #speak({ what, text, language }) {
    if (!this.speaks || !("speechSynthesis" in window)) return;
    const words = new SpeechSynthesisUtterance(text);
    words.lang = language ?? document.documentElement.lang;
    const voice = speechSynthesis.getVoices().find((voice) => voice.lang.replace("_", "-").startsWith(words.lang));
    if (voice) words.voice = voice;
    // The switch waits an estimated time for a prompt; this says that it is over.
    if (what === "say") words.addEventListener("end", () => this.order("heard").catch(() => {}));
    speechSynthesis.speak(words);
  }

  /** Plays a recording of the line. The page may have been reached under another name than the line's own. */
  #play(url) {
    const { pathname, search } = new URL(url, location.href);
    if (!this.speaks) return;
    const player = new Audio(`${location.origin}${pathname}${search}`);
    this.#playing = player;
    player.addEventListener("ended", () => {
      if (this.#playing === player) this.order("heard").catch(() => {});
    });
    player.play().catch(() => {});
  }

  /** Stops what is being spoken. */
  hush() {
    if ("speechSynthesis" in window) speechSynthesis.cancel();
    this.#playing?.pause();
    this.#playing = null;
  }

  /** Lets the other side wait with music, or takes it back. */
  hold(yes) {
    return this.order("hold", { on: yes });
  }

  async #post(address, body, headers = { "Content-Type": "application/json" }) {
    const answer = await fetch(address, { method: "POST", body, headers });
    if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).error ?? `${answer.status}`);
  }

  /** One of press, answer, hang-up, say, hold, heard, record. */
  order(order, more = {}) {
    return this.#post(this.#address("/order"), JSON.stringify({ order, ...more }));
  }

  /** Calls a line. */
  call(to, withheld = false) {
    return this.#post(this.#address("/call"), JSON.stringify({ to, withheld }));
  }

  /** A key; one that ends a running recording hands it over. */
  async press(key) {
    keyTone(key);
    this.hush();
    if (this.#recording?.finishKeys.includes(key)) return this.finish(key);
    return this.order("press", { keys: key });
  }

  /** Hangs up; a running recording is kept. */
  async hangUp() {
    this.hush();
    if (this.#recording) return this.finish(null, true);
    return this.order("hang-up");
  }

  async #record({ most_seconds, finish_keys, beep }) {
    if (!navigator.mediaDevices || !window.MediaRecorder) {
      this.dispatchEvent(new CustomEvent("recording", { detail: "no-microphone" }));
      return;
    }
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      if (this.phase.phase !== "record") return stop(stream);
      if (beep) await sound(1000, 0.25);
      const recorder = new MediaRecorder(stream);
      const parts = [];
      recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
      const limit = setTimeout(() => this.finish(null), most_seconds * 1000);
      this.#recording = { stream, recorder, parts, limit, began: Date.now(), finishKeys: finish_keys };
      recorder.start(1000);
      this.dispatchEvent(new CustomEvent("recording", { detail: "on" }));
    } catch {
      this.dispatchEvent(new CustomEvent("recording", { detail: "no-microphone" }));
    }
  }

  /** Ends the recording and hands it over. */
  async finish(key, left = false) {
    const made = this.#recording;
    if (!made) return;
    this.#recording = null;
    clearTimeout(made.limit);
    await new Promise((done) => {
      made.recorder.addEventListener("stop", done, { once: true });
      made.recorder.stop();
    });
    stop(made.stream);
    this.dispatchEvent(new CustomEvent("recording", { detail: "off" }));
    const type = (made.recorder.mimeType || "audio/webm").split(";")[0];
    const sound = new Blob(made.parts, { type });
    const seconds = Math.max(1, Math.round((Date.now() - made.began) / 1000));
    if (sound.size === 0 || sound.size > MOST_RECORDED) return this.order(left ? "hang-up" : "record", left ? {} : { seconds });
    const query = { seconds, left, ...(key ? { by: key } : {}) };
    return this.#post(this.#address("/recording", query), sound, { "Content-Type": type });
  }

  #drop() {
    if (!this.#recording) return;
    clearTimeout(this.#recording.limit);
    this.#recording.recorder.stop();
    stop(this.#recording.stream);
    this.#recording = null;
    this.dispatchEvent(new CustomEvent("recording", { detail: "off" }));
  }
}

function stop(stream) {
  for (const track of stream.getTracks()) track.stop();
}

/** Follows the keys of the keyboard while nobody is typing. */
export function keyboard(press) {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.target instanceof Element && event.target.matches("input, textarea, select, [contenteditable]")) return;
    if (KEYS.includes(event.key)) press(event.key);
  });
}
