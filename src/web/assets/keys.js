// Keys: an element with data-key="Alt+1" is clicked (a field: focused) by that key. Nothing fires while an
// input method is composing, and a key without Alt or Ctrl, other than F-keys, never while typing.

function typing(target) {
  return target instanceof Element && target.matches("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
}

function name(event) {
  const parts = [];
  if (event.ctrlKey || event.metaKey) parts.push("Ctrl");
  if (event.altKey) parts.push("Alt");
  if (event.shiftKey && event.key.length > 1) parts.push("Shift");
  // With Alt held some layouts give another letter: the place of the key tells the digit.
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(event.code);
  const letter = /^Key([A-Z])$/.exec(event.code);
  parts.push(digit?.[1] ?? (event.altKey ? letter?.[1] : undefined) ?? (event.key.length === 1 ? event.key.toUpperCase() : event.key));
  return parts.join("+");
}

function press(element) {
  if (element.matches("input:not([type=checkbox], [type=radio], [type=submit]), textarea, select")) element.focus();
  else {
    element.focus();
    element.click();
  }
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
  const key = name(event);
  const bare = !event.ctrlKey && !event.metaKey && !event.altKey && !/^F[0-9]+$/.test(event.key);
  if (bare && typing(event.target)) return;
  const all = [...document.querySelectorAll("[data-key]")];
  const hit = all.find((element) => element.dataset.key === key && !element.disabled && element.offsetParent !== null);
  if (!hit) return;
  event.preventDefault();
  press(hit);
});

// The folded entries of the bar give way to Escape and to whatever else is pressed.
const more = document.querySelector(".bar .more");
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !more?.open) return;
  more.open = false;
  more.querySelector("summary").focus();
});
document.addEventListener("click", (event) => {
  if (more?.open && !more.contains(event.target)) more.open = false;
});
