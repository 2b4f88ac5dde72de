// A recording that cannot be played: asks once more for the reason and tells it. One that was played: tells how
// much of it, for the audit trail.

import { notice, problem } from "./live.js";

document.addEventListener(
  "error",
  async (event) => {
    const player = event.target;
    if (!(player instanceof HTMLAudioElement) || !player.getAttribute("src")) return;
    try {
      const answer = await fetch(player.getAttribute("src"), { headers: { Accept: "application/problem+json" } });
      notice(answer.ok ? "" : await problem(answer));
    } catch {
      notice(document.getElementById("stale")?.textContent ?? "");
    }
  },
  true,
);

/** Seconds of it that were really played, whatever was skipped. */
function played(player) {
  let seconds = 0;
  for (let part = 0; part < player.played.length; part++) seconds += player.played.end(part) - player.played.start(part);
  return Math.round(seconds);
}

function tell(event) {
  const player = event.target;
  if (!(player instanceof HTMLAudioElement) || !player.dataset.heard) return;
  const seconds = played(player);
  if (seconds === 0 || player.dataset.told === String(seconds)) return;
  player.dataset.told = String(seconds);
  fetch(player.dataset.heard, {
    method: "POST",
    body: new URLSearchParams({ seconds: String(seconds) }),
    headers: { "X-Quiet": "1", "X-CSRF": document.body.dataset.csrf },
    keepalive: true,
  }).catch(() => {});
}

document.addEventListener("pause", tell, true);
document.addEventListener("ended", tell, true);
