// Sound between this page and the others in one conversation: WebRTC, page to page. What the pages must tell
// each other travels through the switch (the `signal` function given); the sound never does.

import { context } from "./tones.js";

const CONSTRAINTS = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
/** Quieter than this (dB under full) is silence on the meter. */
const FLOOR = 60;

/** Loudness of a stream between 0 and 1, measured in this page. */
class Meter {
  #source = null;
  #analyser = null;
  #samples = new Float32Array(1024);

  constructor(stream) {
    const audio = context();
    if (!audio) return;
    this.#source = audio.createMediaStreamSource(stream);
    this.#analyser = audio.createAnalyser();
    this.#analyser.fftSize = this.#samples.length;
    this.#source.connect(this.#analyser);
  }

  level() {
    if (!this.#analyser) return 0;
    this.#analyser.getFloatTimeDomainData(this.#samples);
    const power = this.#samples.reduce((sum, sample) => sum + sample * sample, 0) / this.#samples.length;
    return power > 0 ? Math.min(1, Math.max(0, 1 + (10 * Math.log10(power)) / FLOOR)) : 0;
  }

  close() {
    this.#source?.disconnect();
  }
}

/** Ends one connection. */
function shut({ wire, meter, player }) {
  for (const { track } of wire.getSenders()) track?.stop();
  wire.close();
  meter?.close();
  player.srcObject = null;
}

/** Events: "state" (detail: "off", "two-way", "listening"; the latter where there is no microphone). */
export class Voices extends EventTarget {
  #send;
  #servers = [];
  #peers = new Map();
  #own = null;
  #asked = null;
  #ownMeter = null;
  #muted = false;
  #waiting = new Set();
  #held = false;
  state = "off";

  /** `send(peer, kind, body)` takes a signal to the other page. */
  constructor(send) {
    super();
    this.#send = send;
  }

  /** Servers that help through routers; none as a rule. */
  help(servers) {
    this.#servers = servers.map((url) => ({ urls: url }));
  }

  get muted() {
    return this.#muted;
  }

  get holding() {
    return this.#waiting.size > 0;
  }

  /** Somebody whose sound can be heard; `offers`: this page opens the connection. */
  async meet({ peer, offers }) {
    const known = this.#open(peer, offers);
    if (offers) await this.#in(known, () => this.#offer(known));
  }

  leave({ peer }) {
    const known = this.#peers.get(peer);
    if (!known) return;
    this.#peers.delete(peer);
    shut(known);
    if (this.#peers.size === 0) this.close();
  }

  /** What the other page says. */
  async signal({ peer, kind, body }) {
    let known = this.#peers.get(peer);
    if (kind === "offer") {
      // Both offered at once (two pages loaded anew): the one that opened the connection has its way.
      if (known?.opens && known.wire.signalingState === "have-local-offer") return;
      // A page that was loaded anew starts over.
      if (known?.wire.remoteDescription) known = this.#open(peer, false);
      known ??= this.#open(peer, false);
    }
    if (known) await this.#in(known, () => this.#take(known, kind, JSON.parse(body)));
  }

  #open(peer, opens) {
    const before = this.#peers.get(peer);
    if (before) shut(before);
    const wire = new RTCPeerConnection({ iceServers: this.#servers });
    const player = before?.player ?? new Audio();
    player.autoplay = true;
    const known = { peer, opens: before?.opens ?? opens, wire, player, meter: null, turn: Promise.resolve() };
    wire.addEventListener("icecandidate", ({ candidate }) => {
      if (candidate?.candidate) this.#send(peer, "candidate", JSON.stringify(candidate)).catch(() => {});
    });
    wire.addEventListener("track", ({ streams, track }) => {
      const stream = streams[0] ?? new MediaStream([track]);
      known.player.srcObject = stream;
      known.player.play().catch(() => {});
      known.meter?.close();
      known.meter = new Meter(stream);
    });
    this.#peers.set(peer, known);
    this.#apply();
    return known;
  }

  /** One thing after another for each connection, and nothing for one that is closed. */
  #in(known, deed) {
    known.turn = known.turn.then(async () => {
      if (known.wire.signalingState === "closed") return;
      try {
        await deed();
      } catch (trouble) {
        // Signals of a connection that was replaced meanwhile; the new one goes its own way.
        console.debug("signal", trouble);
      }
    });
    return known.turn;
  }

  async #offer(known) {
    await this.#speakInto(known);
    await known.wire.setLocalDescription(await known.wire.createOffer());
    await this.#send(known.peer, "offer", JSON.stringify(known.wire.localDescription));
  }

  async #take(known, kind, body) {
    if (kind === "candidate") return known.wire.addIceCandidate(body);
    await known.wire.setRemoteDescription(body);
    if (kind === "answer") return undefined;
    await this.#speakInto(known);
    await known.wire.setLocalDescription(await known.wire.createAnswer());
    return this.#send(known.peer, "answer", JSON.stringify(known.wire.localDescription));
  }

  async #speakInto({ wire }) {
    const own = await this.#microphone();
    if (wire.signalingState === "closed" || wire.getSenders().some((sender) => sender.track)) return;
    // A track for each connection: one of them may be silent while the others are not.
    if (own) for (const track of own.getTracks()) wire.addTrack(track.clone(), own);
    else if (wire.getTransceivers().length === 0) wire.addTransceiver("audio", { direction: "recvonly" });
    this.#apply();
  }

  /** The microphone, asked for once in a conversation; nothing where there is none or the person says no. */
  async #microphone() {
    this.#asked ??= navigator.mediaDevices
      ? navigator.mediaDevices.getUserMedia({ audio: CONSTRAINTS }).catch(() => null)
      : Promise.resolve(null);
    const asked = this.#asked;
    const own = await asked;
    if (this.#asked !== asked) {
      // The conversation ended while the browser was asking.
      for (const track of own?.getTracks() ?? []) track.stop();
      return null;
    }
    if (own && own !== this.#own) {
      this.#own = own;
      this.#ownMeter = new Meter(own);
    }
    this.#become(own ? "two-way" : "listening");
    return own;
  }

  #become(state) {
    if (this.state === state) return;
    this.state = state;
    this.dispatchEvent(new CustomEvent("state", { detail: state }));
  }

  #apply() {
    for (const track of this.#own?.getTracks() ?? []) track.enabled = !this.#muted;
    for (const { peer, player, wire } of this.#peers.values()) {
      const silent = this.#held || this.#waiting.has(peer);
      player.muted = silent;
      for (const { track } of wire.getSenders()) if (track) track.enabled = !this.#muted && !silent;
    }
  }

  /** The own microphone off or on. */
  mute(yes) {
    this.#muted = yes;
    this.#apply();
  }

  /** These of the others wait: they hear nobody, and nobody hears them. */
  hold(peers) {
    this.#waiting = new Set(peers);
    this.#apply();
  }

  /** The other side lets this one wait. */
  held(yes) {
    this.#held = yes;
    this.#apply();
  }

  /** Loudness between 0 and 1: of the own microphone, and of the loudest of the others. */
  levels() {
    const others = Array.from(this.#peers.values(), ({ meter }) => meter?.level() ?? 0);
    return { own: this.#ownMeter?.level() ?? 0, others: Math.max(0, ...others) };
  }

  /** What the browser itself measured of each connection: state, packets received, energy of their sound. */
  async measured() {
    return Promise.all(
      Array.from(this.#peers.values(), async ({ wire }) => {
        const reports = [...(await wire.getStats()).values()];
        const inbound = reports.find(({ type, kind }) => type === "inbound-rtp" && kind === "audio");
        const { packetsReceived = 0, totalAudioEnergy = 0 } = inbound ?? {};
        return { state: wire.connectionState, packetsReceived, totalAudioEnergy };
      }),
    );
  }

  /** The conversation is over. */
  close() {
    for (const known of this.#peers.values()) shut(known);
    this.#peers.clear();
    for (const track of this.#own?.getTracks() ?? []) track.stop();
    this.#ownMeter?.close();
    Object.assign(this, { state: "off" });
    this.#own = this.#asked = this.#ownMeter = null;
    this.#muted = this.#held = false;
    this.#waiting.clear();
    this.dispatchEvent(new CustomEvent("state", { detail: "off" }));
  }
}
