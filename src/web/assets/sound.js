// A recording that cannot be played: asks once more for the reason and tells it.

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
