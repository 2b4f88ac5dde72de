// Two people write into one form: what each alone changed is taken from each; where both changed one field, both texts
// are shown and none is lost.

/** A form's text as values under their names. */
function valuesOf(text) {
  const sent = new URLSearchParams(text);
  return (name) => sent.getAll(name);
}

/** Names that are the page's own, and no answers. */
const OWN = ["csrf", "version"];

/** The form as the server would tell it: the values under every name, none where nothing is ticked. */
export function fieldsOf(form) {
  const data = new FormData(form);
  const controls = [...form.elements].filter(({ name, type }) => name && type !== "submit" && !OWN.includes(name));
  return Object.fromEntries(controls.map(({ name }) => [name, data.getAll(name)]));
}

/** Puts a form's text back into it. */
export function fill(form, text) {
  const values = valuesOf(text);
  for (const name of Object.keys(fieldsOf(form))) put(form.elements.namedItem(name), values(name));
}

/** Whether two lists of values say the same; ends of lines and spaces around a text do not count. */
function same(some, others) {
  const plain = (values) => JSON.stringify(values.map((value) => value.replace(/\r\n?/g, "\n").trim()).filter(Boolean));
  return plain(some) === plain(others);
}

/** Puts into `form` what only the other one changed. `theirs` are the stored values under every name of the form,
 *  `saved` is the text that this page started from, `sent` are texts of this page that may have been stored. Gives what
 *  both changed, each with the field and their values; nothing (undefined) where their form has other questions. */
export function merge(form, theirs, saved, sent) {
  const mine = valuesOf(new URLSearchParams(new FormData(form)));
  const base = valuesOf(saved);
  const own = sent.map(valuesOf);
  const contested = [];
  for (const [name, values] of Object.entries(theirs)) {
    const field = form.elements.namedItem(name);
    if (!field) return undefined;
    const known = [base, ...own].some((text) => same(text(name), values));
    if (known || same(mine(name), values)) continue;
    if (same(mine(name), base(name))) put(field, values);
    else contested.push({ field, values });
  }
  return contested;
}

function put(field, values) {
  const boxes = field instanceof RadioNodeList ? [...field] : [field];
  for (const box of boxes) {
    if (box.type === "checkbox" || box.type === "radio") box.checked = values.includes(box.value);
    else box.value = values[0] ?? "";
  }
}

/** Shows their values beside the field, as a quotation after `words`. */
export function show({ field, values }, words) {
  const [first, ...others] = field instanceof RadioNodeList ? [...field] : [field];
  const place = first.closest(others.length ? "fieldset" : "p") ?? first.parentElement;
  place.querySelector(".theirs")?.remove();
  const quotation = document.createElement("blockquote");
  quotation.className = "theirs";
  quotation.textContent = `${words} ${named([first, ...others], values) || "–"}`;
  place.append(quotation);
}

/** Values as the person reads them: the words of options and boxes, not their codes. */
function named(controls, values) {
  const chosen = (one) => values.includes(one.value);
  const [first] = controls;
  if (first instanceof HTMLSelectElement) return [...first.options].filter(chosen).map((option) => option.text).join(", ");
  if (first.type === "checkbox") return controls.filter(chosen).map((box) => box.labels[0]?.textContent.trim()).join(", ");
  return values.join(", ");
}
