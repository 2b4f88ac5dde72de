// The web phone: draws one telephone on the page of /phone.

import { soundPanel } from "./sound-panel.js";
import { Telephone, keyboard } from "./telephone.js";

const page = document.getElementById("phone");
const find = (name) => page.querySelector(`[data-part="${name}"]`);
const words = (name, value = "") => (page.dataset[name] ?? "").replace("{}", value);
const phone = new Telephone();
const log = find("heard");

/** A number for this tab: a mobile number that nobody has. */
function ownNumber() {
  const digits = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte % 10).join("");
  const number = sessionStorage.getItem("telephone") ?? `+86199${digits}`;
  sessionStorage.setItem("telephone", number);
  return number;
}

function tell(text) {
  find("trouble").textContent = text;
  find("trouble").hidden = !text;
}

async function trying(deed) {
  tell("");
  try {
    await deed();
  } catch (trouble) {
    tell(trouble.message);
  }
}

/** Keys pressed one after another stand in one entry. */
function add(kind, text, language) {
  const last = log.lastElementChild;
  if (kind === "pressed" && last?.dataset.kind === kind) {
    last.lastChild.textContent += text;
    return;
  }
  const entry = document.createElement("li");
  entry.dataset.kind = kind;
  const who = document.createElement("span");
  who.className = "who";
  who.textContent = words(`who${kind[0].toUpperCase()}${kind.slice(1)}`);
  const what = document.createElement("span");
  what.textContent = text;
  if (language) what.lang = language;
  entry.append(who, " ", what);
  log.append(entry);
  log.scrollTop = log.scrollHeight;
}

const LINES = {
  calling: ({ to }) => add("note", words("calling", to)),
  say: ({ text, language }) => add("line", text, language),
  play: () => add("line", words("playing")),
  pressed: ({ key }) => add("pressed", key),
  recorded: ({ seconds }) => add("note", words("recorded", seconds)),
  connecting: () => add("note", words("connecting")),
  connected: () => add("note", words("connected")),
  voice: ({ text }) => add("person", text),
  fault: ({ text }) => add("fault", text),
  ended: () => add("note", words("ended")),
};

phone.addEventListener("heard", ({ detail }) => LINES[detail.what]?.(detail));
phone.addEventListener("lost", () => tell(words("lost")));

soundPanel(phone, find("sound"), trying);

phone.addEventListener("phase", ({ detail }) => {
  const { phase } = detail;
  const idle = phase === "idle";
  page.dataset.phase = phase;
  const other = detail.from ?? detail.with ?? "";
  const alone = phase === "connected" && !other;
  find("state").textContent = alone ? words("alone") : words(`phase${phase[0].toUpperCase()}${phase.slice(1)}`, other);
  find("dial").hidden = !idle;
  find("answer").hidden = phase !== "ringing";
  find("hang-up").hidden = idle;
  find("say").hidden = phase !== "connected";
  if (phase !== "record") find("speak").hidden = true;
  const takesKeys = ["prompt", "gather", "record", "connected"].includes(phase);
  page.dataset.keys = takesKeys ? "yes" : "no";
  // Not `disabled`: the focus must not fall off a key between two prompts.
  for (const key of page.querySelectorAll("[data-digit]")) key.setAttribute("aria-disabled", String(!takesKeys));
});

phone.addEventListener("recording", ({ detail }) => {
  find("recording").hidden = detail !== "on";
  find("speak").hidden = detail !== "no-microphone";
});

for (const key of page.querySelectorAll("[data-digit]")) {
  key.addEventListener("click", () => {
    if (page.dataset.keys === "yes") trying(() => phone.press(key.dataset.digit));
  });
}
keyboard((key) => page.querySelector(`[data-digit="${CSS.escape(key)}"]`).click());

find("dial").addEventListener("submit", (event) => {
  event.preventDefault();
  log.replaceChildren();
  const { line, withheld } = event.target.elements;
  trying(async () => {
    if (!phone.connected) await phone.connect(ownNumber());
    // The page for one line never tells a number.
    await phone.call(line.value, withheld.type === "hidden" || withheld.checked);
    find("hang-up").focus();
  });
});
find("answer").addEventListener("click", () => trying(() => phone.order("answer")));
find("hang-up").addEventListener("click", () => trying(() => phone.hangUp()));
find("speak").addEventListener("click", () => trying(() => phone.order("record", { seconds: 5 })));
find("stop").addEventListener("click", () => trying(() => phone.finish(null)));
find("say").addEventListener("submit", (event) => {
  event.preventDefault();
  const { text } = event.target.elements;
  trying(async () => {
    await phone.order("say", { text: text.value });
    add("own", text.value);
    text.value = "";
  });
});
find("aloud").addEventListener("change", (event) => {
  phone.speaks = event.target.checked;
  if (!phone.speaks) phone.hush();
});

if (find("own")) find("own").textContent = ownNumber();
trying(() => phone.connect(ownNumber()));
