// The sound of a conversation as people see it: both levels, mute. Markup: screens/phone_sound.html.

const BEAT = 100;
/** What is left of a level after one beat without sound. */
const FALL = 0.85;

/** Draws the sound of `phone` into `panel`; `trying` carries out a deed and tells the person when it fails. */
export function soundPanel(phone, panel, trying) {
  const find = (name) => panel.querySelector(`[data-part="${name}"]`);
  const { voices } = phone;
  let beat = null;
  let held = false;
  const shown = { own: 0, others: 0 };

  const tell = () => {
    const words = panel.dataset;
    const texts = { "two-way": words.twoWay, listening: words.listening, off: "" };
    find("sound-state").textContent = held ? words.held : voices.holding ? words.holding : texts[voices.state];
  };

  const draw = () => {
    // Up at once and down slowly, as needles do: a short sound is seen too.
    for (const [who, level] of Object.entries(voices.levels())) {
      shown[who] = Math.max(level, shown[who] * FALL);
      find(`level-${who}`).value = shown[who];
    }
  };

  // Only on the telephone of /phone: a desk lets callers wait through the service.
  const hold = panel.parentElement.querySelector('[data-part="hold"]');
  const press = (button, yes) => button.setAttribute("aria-pressed", String(yes));

  voices.addEventListener("state", ({ detail }) => {
    panel.dataset.sound = detail;
    find("mute").disabled = detail !== "two-way";
    if (detail === "off") {
      clearInterval(beat);
      beat = null;
      // With nobody to hear the needles lie down at once: no further beat would let them fall.
      shown.own = shown.others = 0;
      press(find("mute"), false);
    } else beat ??= setInterval(draw, BEAT);
    draw();
    tell();
  });

  phone.addEventListener("phase", ({ detail }) => {
    panel.hidden = detail.phase !== "connected";
    if (hold) hold.hidden = panel.hidden;
  });
  phone.addEventListener("held", ({ detail }) => {
    held = detail;
    tell();
  });
  phone.addEventListener("holding", ({ detail }) => {
    if (hold) press(hold, detail);
    tell();
  });

  find("mute").addEventListener("click", () => {
    voices.mute(!voices.muted);
    press(find("mute"), voices.muted);
  });
  hold?.addEventListener("click", () => trying(() => phone.hold(!voices.holding)));
}
