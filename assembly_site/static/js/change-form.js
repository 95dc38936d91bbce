// Improves a form of the admin: names what the libraries leave without a name, counts letters,
// hides languages one does not work on, brings the focus to where a link leads or to what is
// wrong, ticks in the checklist what has been written.
// The titles that the rich text editor gives its buttons, and its words for kinds of paragraphs.
const WORDS = {
  paragraph: gettext("Paragraph"),
  "heading 2": gettext("Heading"),
  "heading 3": gettext("Smaller heading"),
  "unordered list": gettext("Bulleted list"),
  "ordered list": gettext("Numbered list"),
  "List properties": gettext("List properties"),
  blockquote: gettext("Quotation"),
  bold: gettext("Bold"),
  italic: gettext("Italic"),
  "insert link": gettext("Link"),
  "remove link": gettext("Remove the link"),
  undo: gettext("Undo"),
  redo: gettext("Redo"),
};

const labelOf = (field) => field?.labels?.[0]?.textContent.trim().replace(/:$/, "") ?? "";

function nameEditor(editor) {
  const name = labelOf(editor.closest(".prose-editor")?.querySelector("textarea"));
  if (name) editor.setAttribute("aria-label", name);
}

function nameButton(button) {
  const word = WORDS[button.title];
  if (!word) return;
  button.title = word;
  button.setAttribute("aria-label", word);
}

function nameOption(option) {
  const place = option.firstElementChild ?? option;
  const word = WORDS[place.textContent.toLowerCase()];
  if (word) place.textContent = word;
}

function nameSelection(selection) {
  const select = selection.closest(".select2")?.previousElementSibling;
  const name = labelOf(select) || select?.getAttribute("aria-label");
  if (!name) return;
  if (selection.matches("[aria-labelledby]")) {
    const chosen = document.getElementById(selection.getAttribute("aria-labelledby"));
    chosen?.setAttribute("aria-label", name);
  }
  selection.setAttribute("aria-label", name);
  selection.querySelector("input")?.setAttribute("aria-label", name);
}

const NAMES = [
  [".prose-editor > .ProseMirror, .prose-editor .tiptap", nameEditor],
  [".prose-menubar__button[title]", nameButton],
  [".prose-menubar__option", nameOption],
  [".select2-selection", nameSelection],
];

function nameAll(root) {
  for (const [selector, name] of NAMES) {
    if (root.matches?.(selector)) name(root);
    root.querySelectorAll?.(selector).forEach(name);
  }
}

nameAll(document);
new MutationObserver((changes) => {
  for (const change of changes) change.addedNodes.forEach(nameAll);
}).observe(document.body, { childList: true, subtree: true });

// How many letters there are of how many.
function count(field) {
  const number = field.nextElementSibling;
  const longest = Number(field.dataset.longest);
  number.textContent = `${[...field.value].length} / ${longest}`;
  number.classList.toggle("counter--over", [...field.value].length > longest);
}

for (const field of document.querySelectorAll("textarea[data-longest]")) {
  const number = Object.assign(document.createElement("span"), { className: "counter" });
  field.after(number);
  count(field);
  field.addEventListener("input", () => count(field));
}

// Whoever works on one language hides the others. What is wrong is never hidden.
const languages = document.querySelector(".language-columns");
const boxes = [...(languages?.querySelectorAll("input") ?? [])];
const hidden = () => boxes.filter((box) => !box.checked).map((box) => box.dataset.language);
const KEPT = "assembly-hidden-languages";

function hide(codes) {
  for (const box of boxes) box.checked = !codes.includes(box.dataset.language);
  languages.closest("form").dataset.without = codes.join(" ");
}

if (document.querySelector('.form-multiline > div > [class*="_kk"]') && languages) {
  const kept = (localStorage.getItem(KEPT) ?? "").split(" ").filter(Boolean);
  languages.hidden = false;
  hide(kept.filter((code) => !document.querySelector(`.form-multiline .errors[class*="_${code}"]`)));
  languages.addEventListener("change", (event) => {
    if (hidden().length === boxes.length) event.target.checked = true;
    hide(hidden());
    localStorage.setItem(KEPT, hidden().join(" "));
  });
}

// A link to a rich text leads to its editor, for the field itself is hidden.
function follow() {
  const field = document.getElementById(location.hash.slice(1));
  const editor = field?.closest(".prose-editor")?.querySelector("[contenteditable]");
  const place = editor ?? field?.nextElementSibling?.querySelector?.(".select2-selection") ?? field;
  if (!place) return;
  if (languages) hide(hidden().filter((code) => !field.id.endsWith(`_${code}`)));
  place.focus();
  if (place !== field) place.scrollIntoView({ block: "center" });
}

// The address keeps the place that was asked for before something was found wrong.
const mistakes = document.getElementById("error-summary");
addEventListener("load", mistakes ? () => mistakes.focus() : follow);
document.addEventListener("click", (event) => {
  // Once the browser has gone there itself.
  if (event.target.closest?.('a[href*="#"]')) setTimeout(follow);
});

for (const item of document.querySelectorAll("[data-needs]")) {
  const field = document.getElementById(item.dataset.needs);
  const tick = () => item.toggleAttribute("data-there", field.value.trim() !== "");
  field?.addEventListener("input", tick);
  field?.addEventListener("change", tick);
}
