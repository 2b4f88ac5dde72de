// The agent's telephone on the desk: registers the extension, rings, answers, hangs up, sends keys.
// Markup: screens/desk_phone.html.

import { soundPanel } from "./sound-panel.js";
import { Telephone, keyboard } from "./telephone.js";
import { bell } from "./tones.js";

const desk = document.getElementById("desk-phone");
const find = (name) => desk.querySelector(`[data-part="${name}"]`);
const words = (name, value = "") => (desk.dataset[name] ?? "").replace("{}", value);
const phone = new Telephone();
// The desk shows a caller's number as everywhere else: its last digits. Short codes are no secret.
const masked = (number) => (number.length > 6 ? `***${number.slice(-4)}` : number);
const title = document.title;
let quiet = null;

async function trying(deed) {
  find("trouble").hidden = true;
  try {
    await deed();
  } catch (trouble) {
    find("trouble").textContent = trouble.message;
    find("trouble").hidden = false;
  }
}

// An offer is shown a moment before the telephone rings: F6 in between counts for that offer.
let promised = null;

/** The record of the caller who is offered, if one is. */
const offered = () => document.querySelector("#offer .ringing")?.dataset.intake ?? null;

document.addEventListener("keydown", (event) => {
  const plain = event.key === "F6" && !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey;
  if (!plain || event.isComposing || event.defaultPrevented || !find("answer").hidden || !offered()) return;
  event.preventDefault();
  promised = offered();
  find("state").textContent = words("willAnswer");
});

document.addEventListener("live:swapped", (event) => {
  if (event.target.id === "offer" && promised !== offered()) promised = null;
});

function ringing(yes, from) {
  if (yes && !quiet) quiet = bell();
  if (!yes && quiet) {
    quiet();
    quiet = null;
  }
  document.title = yes ? `☎ ${words("phaseRinging", from)}` : title;
}

soundPanel(phone, find("sound"), trying);

phone.addEventListener("phase", ({ detail }) => {
  const { phase } = detail;
  desk.dataset.phase = phase;
  const others = (detail.from ?? detail.with ?? detail.to ?? "").split(", ").map(masked).join(", ");
  const alone = phase === "connected" && !others;
  find("state").textContent = alone ? words("alone") : words(`phase${phase[0].toUpperCase()}${phase.slice(1)}`, others);
  find("answer").hidden = phase !== "ringing";
  find("hang-up").hidden = phase === "idle";
  find("talk").hidden = phase !== "connected";
  find("keys").hidden = !["prompt", "gather", "connected"].includes(phase);
  if (phase === "ringing" && promised && promised === offered()) trying(() => phone.order("answer"));
  else ringing(phase === "ringing", masked(detail.from ?? ""));
  if (phase !== "idle") promised = null;
});

phone.addEventListener("heard", ({ detail }) => {
  if (!["say", "voice"].includes(detail.what)) {
    if (detail.what === "ringing") find("heard").replaceChildren();
    return;
  }
  const entry = document.createElement("li");
  entry.textContent = detail.text;
  if (detail.language) entry.lang = detail.language;
  find("heard").append(entry);
});

phone.addEventListener("lost", () => {
  desk.dataset.phase = "lost";
  find("state").textContent = words("lost");
  find("connect").hidden = false;
  ringing(false);
});

find("answer").addEventListener("click", () => trying(() => phone.order("answer")));
find("hang-up").addEventListener("click", () => trying(() => phone.hangUp()));
find("connect").addEventListener("click", () => {
  // The permit of this page was for its own loading only.
  location.reload();
});
find("talk").addEventListener("submit", (event) => {
  event.preventDefault();
  const { text } = event.target.elements;
  trying(async () => {
    await phone.order("say", { text: text.value });
    text.value = "";
  });
});
for (const key of desk.querySelectorAll("[data-digit]")) {
  key.addEventListener("click", () => trying(() => phone.press(key.dataset.digit)));
}
keyboard((key) => {
  if (!find("keys").hidden) trying(() => phone.press(key));
});

trying(() => phone.connect(desk.dataset.extension, desk.dataset.permit));
