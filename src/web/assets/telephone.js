// A telephone of the bundled switch, for the page that shows it: registers a number, follows what is heard,
// sends what its owner does, speaks prompts aloud, rings and records. It draws nothing.

const MOST_RECORDED = 8 * 1024 * 1024;

/** Events: "heard" (detail: one notice), "phase" (detail: what the telephone shows), "lost", "recording". */
export class Telephone extends EventTarget {
  #number = "";
  #key = "";
  #stream = null;
  #last = 0;
  #recording = null;
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

  /** Takes a number, or takes up again the one this tab had before it was reloaded. */
  async connect(number) {
    this.#number = number;
    this.#key = sessionStorage.getItem(`telephone ${number}`) ?? "";
    const known = this.#key && (await fetch(this.#address("")).catch(() => null))?.ok;
    if (!known) {
      const answer = await fetch(`/switch/phones/${encodeURIComponent(number)}`, { method: "PUT" });
      if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).error ?? `${answer.status}`);
      this.#key = (await answer.json()).key;
      this.#last = 0;
      sessionStorage.setItem(`telephone ${number}`, this.#key);
    }
    this.#listen();
  }

  #listen() {
    this.#stream?.close();
    const stream = new EventSource(this.#address("/events", { after: this.#last }));
    // What was heard before this page came is shown, but not spoken again.
    let old = this.#last === 0;
    stream.addEventListener("message", (event) => {
      const { heard, ...phase } = JSON.parse(event.data);
      for (const notice of heard) {
        if (notice.seq <= this.#last) continue;
        this.#last = notice.seq;
        this.dispatchEvent(new CustomEvent("heard", { detail: notice }));
        if (!old) this.#react(notice);
      }
      old = false;
      this.phase = phase;
      this.dispatchEvent(new CustomEvent("phase", { detail: phase }));
    });
    stream.addEventListener("error", () => {
      if (stream.readyState !== EventSource.CLOSED || this.#stream !== stream) return;
      sessionStorage.removeItem(`telephone ${this.#number}`);
      this.dispatchEvent(new CustomEvent("lost"));
    });
    this.#stream = stream;
  }

  #react(notice) {
    if (notice.what === "say" || notice.what === "voice") this.#speak(notice);
    else if (notice.what === "play") this.#play(notice.url);
    else if (notice.what === "record") this.#record(notice);
    if (["pressed", "ended", "connecting", "fetched"].includes(notice.what)) this.hush();
    if (notice.what === "ended") this.#drop();
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

  #play(url) {
    const place = new URL(url);
    if (!this.speaks || place.origin !== location.origin) return;
    const sound = new Audio(place.href);
    this.sound = sound;
    sound.addEventListener("ended", () => this.order("heard").catch(() => {}));
    sound.play().catch(() => {});
  }

  /** Stops what is being spoken. */
  hush() {
    if ("speechSynthesis" in window) speechSynthesis.cancel();
    this.sound?.pause();
    this.sound = null;
  }

  async #post(address, body, headers = { "Content-Type": "application/json" }) {
    const answer = await fetch(address, { method: "POST", body, headers });
    if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).error ?? `${answer.status}`);
  }

  /** One of press, answer, hang-up, say, heard, record. */
  order(order, more = {}) {
    return this.#post(this.#address("/order"), JSON.stringify({ order, ...more }));
  }

  /** Calls a line. */
  call(to, withheld = false) {
    return this.#post(this.#address("/call"), JSON.stringify({ to, withheld }));
  }

  /** A key; one that ends a running recording hands it over. */
  async press(key) {
    tone(key);
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

let audio = null;

/** A tone of so many hertz for so many seconds; silent where the browser does not allow sound yet. */
export function sound(hertz, seconds, second = 0) {
  return new Promise((done) => {
    try {
      audio ??= new AudioContext();
      const volume = audio.createGain();
      volume.gain.value = 0.06;
      volume.connect(audio.destination);
      for (const pitch of [hertz, second].filter(Boolean)) {
        const source = audio.createOscillator();
        source.frequency.value = pitch;
        source.connect(volume);
        source.start();
        source.stop(audio.currentTime + seconds);
      }
    } catch {
      // No sound is no fault: everything is shown as well.
    }
    setTimeout(done, seconds * 1000);
  });
}

const ROWS = [697, 770, 852, 941];
const COLUMNS = [1209, 1336, 1477];
const KEYS = "123456789*0#";

/** The two tones of a key. */
function tone(key) {
  const at = KEYS.indexOf(key);
  if (at >= 0) sound(ROWS[Math.floor(at / 3)], 0.12, COLUMNS[at % 3]);
}

/** Rings until the returned function is called. */
export function ring() {
  const bell = () => sound(440, 0.8, 480);
  bell();
  const timer = setInterval(bell, 3000);
  return () => clearInterval(timer);
}

/** Follows the keys of the keyboard while nobody is typing. */
export function keyboard(press) {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.target instanceof Element && event.target.matches("input, textarea, select, [contenteditable]")) return;
    if (KEYS.includes(event.key)) press(event.key);
  });
}
