// Live regions: <section data-live="queue desk" data-src="/desk/queue"> is fetched anew when a notice names
// one of its topics. One event stream per page. Quiet forms (<form data-quiet>) are sent without leaving the
// page. Timers: <time data-since="milliseconds"> ticks by the server's clock.

const STALE_AFTER = 5000;
let lastBeat = Date.now();
let skew = 0;

/** Fetches one region anew and puts it in place; the focus stays on the element with the same id, and what was typed
 *  or chosen in a field with an id stays there. */
export async function refresh(region) {
  if (region.dataset.busy) {
    region.dataset.again = "1";
    return;
  }
  region.dataset.busy = "1";
  try {
    const answer = await fetch(region.dataset.src, { headers: { Accept: "text/html", "X-Fragment": "1" } });
    if (answer.redirected && new URL(answer.url).pathname === "/login") {
      location.reload();
      return;
    }
    if (answer.ok) swap(region, await answer.text());
  } catch {
    // The stale badge tells; the next notice or beat tries again.
  } finally {
    delete region.dataset.busy;
    if (region.dataset.again) {
      delete region.dataset.again;
      refresh(region);
    }
  }
}

function swap(region, text) {
  if (region.dataset.text === text) return;
  const focused = region.contains(document.activeElement) ? document.activeElement.id : "";
  const kept = [...region.querySelectorAll("input[id]:not([type=hidden]), select[id], textarea[id]")];
  const values = kept.map(({ id, value }) => [id, value]);
  region.innerHTML = text;
  region.dataset.text = text;
  for (const [id, value] of values) {
    const field = document.getElementById(id);
    const gone = field instanceof HTMLSelectElement && ![...field.options].some((option) => option.value === value);
    if (field && value && !gone) field.value = value;
  }
  if (focused) (document.getElementById(focused) ?? region).focus({ preventScroll: true });
  tick();
  region.dispatchEvent(new CustomEvent("live:swapped", { bubbles: true }));
}

/** Fetches every region that shows one of `topics`; all of them without topics. */
export function refreshAll(topics) {
  for (const region of document.querySelectorAll("[data-live][data-src]")) {
    const shown = region.dataset.live.split(/\s+/);
    if (!topics || topics.some((topic) => shown.includes(topic))) refresh(region);
  }
}

/** Tells the person something that went wrong; an empty text takes the notice away. */
export function notice(text) {
  const place = document.getElementById("notice");
  if (!place) return;
  place.textContent = text;
  place.hidden = !text;
}

function listen() {
  const stream = new EventSource("/live");
  stream.addEventListener("beat", (event) => {
    skew = Number(event.data) - Date.now();
    const wasStale = document.body.classList.contains("is-stale");
    lastBeat = Date.now();
    if (wasStale) {
      stale(false);
      refreshAll();
    }
  });
  stream.addEventListener("topic", (event) => {
    refreshAll(event.data === "all" ? undefined : [event.data]);
    document.dispatchEvent(new CustomEvent("live:topic", { detail: event.data }));
  });
  stream.addEventListener("condition", (event) => condition(event.data));
  stream.addEventListener("circuits", (event) => circuits(event.data));
  stream.addEventListener("error", () => {
    // After an error status the browser does not try again by itself.
    if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 1000 + Math.random() * 3000);
  });
}

/** Shows how the house stands, on the screens that have a place for it: it comes without the store, too. */
function condition(text) {
  const strip = document.getElementById("condition");
  if (!strip) return;
  const [mode, since, waiting, drill] = text.split(" ");
  strip.hidden = mode === "normal" && waiting === "0";
  strip.dataset.mode = mode;
  strip.querySelector("[data-words]").textContent = strip.dataset[mode];
  strip.querySelector("[data-waiting]").textContent = waiting;
  const began = strip.querySelector("[data-began]");
  began.hidden = since === "0";
  began.querySelector("time").dataset.since = since;
  const rehearsal = strip.querySelector("[data-drill]");
  rehearsal.hidden = drill === "0";
  rehearsal.querySelector("time").dataset.until = drill;
  tick();
}

/** Shows which providers are not asked for calls now, one line each: "until name", or "- name". */
function circuits(text) {
  const strip = document.getElementById("circuits");
  if (!strip || strip.dataset.text === text) return;
  strip.dataset.text = text;
  const lines = text === "none" ? [] : text.split("\n");
  strip.hidden = lines.length === 0;
  strip.replaceChildren(
    ...lines.map((line) => {
      const end = line.indexOf(" ");
      const [time, name] = [line.slice(0, end), line.slice(end + 1)];
      const words = time === "-" ? strip.dataset.trying : strip.dataset.open;
      const item = document.createElement("p");
      item.textContent = words.replace("{provider}", () => name).replace("{time}", () => time);
      return item;
    }),
  );
}

function stale(yes) {
  document.body.classList.toggle("is-stale", yes);
  const badge = document.getElementById("stale");
  if (badge && badge.hidden === yes) badge.hidden = !yes;
}

function tick() {
  for (const place of document.querySelectorAll("[data-since]")) {
    const seconds = Math.max(0, Math.floor((Date.now() + skew - Number(place.dataset.since)) / 1000));
    place.textContent = clock(seconds);
  }
  for (const place of document.querySelectorAll("[data-until]")) {
    const seconds = Math.max(0, Math.ceil((Number(place.dataset.until) - Date.now() - skew) / 1000));
    place.textContent = clock(seconds);
  }
}

function clock(seconds) {
  const two = (number) => String(number).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours ? `${hours}:${rest}` : rest;
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.matches("[data-quiet]") || event.defaultPrevented) return;
  event.preventDefault();
  notice("");
  const body = new URLSearchParams(new FormData(form, event.submitter));
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Quiet": "1" } });
    if (answer.ok) refreshAll();
    else notice(await problem(answer));
  } catch {
    notice(document.getElementById("stale")?.textContent ?? "");
  }
});

// Back to a form with what was typed in it: the browser still has it, the address alone does not.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-back]");
  if (!link || history.length < 2 || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  history.back();
});

/** The text of a problem document. */
export async function problem(answer) {
  try {
    const { title, missing } = await answer.json();
    return [title, ...(missing ?? [])].join("\n");
  } catch {
    return `${answer.status}`;
  }
}

listen();
setInterval(() => {
  tick();
  if (Date.now() - lastBeat > STALE_AFTER) stale(true);
}, 1000);
tick();
