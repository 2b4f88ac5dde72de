// What was typed and not yet stored when a page went away: kept by the tab until the next page of the tab, which takes
// it up where it shows the same form, and forgets it in any case.

const PREFIX = "left:";

/** Keeps the form's text and the text that it was saved as. */
export function leave(address, text, saved) {
  try {
    sessionStorage.setItem(PREFIX + address, JSON.stringify({ text, saved }));
  } catch {
    // Without storage the page still sends its text while it goes.
  }
}

/** What was left at this address, once. */
export function left(address) {
  try {
    const kept = sessionStorage.getItem(PREFIX + address);
    sessionStorage.removeItem(PREFIX + address);
    return kept && JSON.parse(kept);
  } catch {
    return null;
  }
}

/** Forgets what other forms left: nobody but the next page may find it. */
export function forget() {
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
  } catch {
    // Nothing was kept either.
  }
}
