// A visitor's own programme, kept on the device alone; where that keeps nothing, on the page.

const KEY = "my-programme";
const page = document.getElementById("stars").dataset;
const all = (selector) => document.querySelectorAll(selector);
const idsOf = (text) => text.split(",").map(Number);
let kept = new Set();
let isStored = true;

function read() {
  if (!isStored) return;
  try {
    const ids = JSON.parse(localStorage.getItem(KEY));
    kept = new Set(Array.isArray(ids) ? ids.filter(Number.isInteger) : []);
  } catch {
    isStored = false;
  }
}

function keep(change) {
  read();
  change(kept);
  try {
    localStorage.setItem(KEY, JSON.stringify([...kept]));
  } catch {
    isStored = false;
  }
  draw();
}

function asButton(link) {
  const { className, dataset } = link;
  const button = Object.assign(document.createElement("button"), { type: "button", className });
  button.dataset.event = dataset.event;
  link.replaceWith(button);
}

function draw() {
  all("a.star").forEach(asButton);
  for (const button of all("button.star")) {
    const isKept = kept.has(Number(button.dataset.event));
    button.setAttribute("aria-pressed", isKept);
    button.textContent = isKept ? page.on : page.off;
    const { textContent } = button.closest("article").querySelector("h1, h3");
    button.setAttribute("aria-label", `${button.textContent}: ${textContent}`);
  }
  for (const count of all(".star-count")) count.textContent = kept.size || "";
  for (const button of all("[data-take-over]")) {
    button.hidden &&= idsOf(button.dataset.takeOver).every((id) => kept.has(id));
  }
}

function refresh() {
  read();
  draw();
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("button, a");
  const { event, takeOff, takeOver, print } = button?.dataset ?? {};
  if (event) keep((ids) => ids.delete(+event) || ids.add(+event));
  if (takeOff) keep((ids) => idsOf(takeOff).forEach((id) => ids.delete(id)));
  if (takeOver) {
    keep((ids) => idsOf(takeOver).forEach((id) => ids.add(id)));
    button.textContent = button.dataset.done;
  }
  if (print) window.print();
});
all("[data-print]").forEach((button) => (button.hidden = false));
addEventListener("storage", refresh);
addEventListener("pageshow", refresh);
refresh();

// The filters replace the list.
for (const list of all("#results")) new MutationObserver(draw).observe(list, { childList: true });

if (location.pathname === page.mine && !location.search && kept.size) {
  location.replace(`${page.mine}?ids=${[...kept]}`);
}
