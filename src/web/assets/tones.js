// The sounds a telephone makes by itself: keys, bell, ringing tone, busy tone, music on hold. All of them are
// made here; nothing is loaded. Where the browser allows no sound yet they are silent: everything is shown too.

let shared = null;

/** The page's audio context; null where the browser has none. */
export function context() {
  try {
    shared ??= new AudioContext();
    if (shared.state === "suspended") shared.resume().catch(() => {});
  } catch {
    shared = null;
  }
  return shared;
}

function play(pitches, seconds, loudness = 0.06, after = 0) {
  const audio = context();
  if (!audio) return;
  const volume = audio.createGain();
  const begin = audio.currentTime + after;
  volume.gain.setValueAtTime(0, begin);
  volume.gain.linearRampToValueAtTime(loudness, begin + 0.01);
  volume.gain.setValueAtTime(loudness, begin + Math.max(0.02, seconds - 0.03));
  volume.gain.linearRampToValueAtTime(0, begin + seconds);
  volume.connect(audio.destination);
  for (const pitch of pitches) {
    const source = audio.createOscillator();
    source.frequency.value = pitch;
    source.connect(volume);
    source.start(begin);
    source.stop(begin + seconds);
  }
}

/** A tone of so many hertz; resolves when it is over. */
export function sound(hertz, seconds) {
  play([hertz], seconds);
  return new Promise((done) => setTimeout(done, seconds * 1000));
}

const ROWS = [697, 770, 852, 941];
const COLUMNS = [1209, 1336, 1477];
export const KEYS = "123456789*0#";

/** The two tones of a key. */
export function keyTone(key) {
  const at = KEYS.indexOf(key);
  if (at >= 0) play([ROWS[Math.floor(at / 3)], COLUMNS[at % 3]], 0.12);
}

/** Repeats `once` every so many seconds until the returned function is called. */
function repeating(once, seconds) {
  once();
  const timer = setInterval(once, seconds * 1000);
  return () => clearInterval(timer);
}

/** The bell of the telephone that is called. */
export function bell() {
  return repeating(() => play([440, 480], 0.8), 3);
}

// China and Denmark: one second of tone, four of silence; pitches of the two networks.
const pitch = () => (document.documentElement.lang.startsWith("zh") ? 450 : 425);

/** What the caller hears while another telephone rings. */
export function ringing() {
  return repeating(() => play([pitch()], 1, 0.04), 5);
}

/** Four short tones: the other side is busy or gone. */
export function busy() {
  for (let at = 0; at < 4; at += 1) play([pitch()], 0.35, 0.04, at * 0.7);
}

// A slow broken chord, our own: root, fifth, octave, third.
const NOTES = [262, 392, 523, 659, 523, 392, 294, 440, 587, 698, 587, 440];

/** Music for who is on hold. */
export function holdMusic() {
  const bar = () => NOTES.forEach((note, at) => play([note], 0.55, 0.03, at * 0.6));
  return repeating(bar, NOTES.length * 0.6);
}
