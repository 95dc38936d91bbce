// The list follows the filters at once, without losing focus or history. Without this module the
// same form is sent with its button.

const form = document.getElementById("filter-form");
const parts = ["results", "presets"];
let latest = 0;

function addressOf(form) {
  const asked = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (value.trim()) asked.append(name, value.trim());
  }
  const query = asked.toString();
  return form.action + (query ? `?${query}` : "");
}

async function show(address, { remember }) {
  const turn = ++latest;
  let page;
  try {
    const response = await fetch(address, { headers: { Accept: "text/html" } });
    if (!response.ok) throw new Error(String(response.status));
    page = new DOMParser().parseFromString(await response.text(), "text/html");
  } catch {
    window.location.assign(address);
    return;
  }
  if (turn !== latest) return;
  for (const id of parts) {
    document.getElementById(id).replaceChildren(...page.getElementById(id).childNodes);
  }
  copyOptions(page);
  copyLinks(page);
  document.title = page.title;
  if (remember) history.pushState({ filters: true }, "", address);
}

// Each option keeps its element, so that the one in focus stays in focus.
function copyOptions(page) {
  const fresh = page.getElementById("filter-form");
  for (const box of form.querySelectorAll("input[type=checkbox]")) {
    const twin = fresh.querySelector(`input[name="${box.name}"][value="${box.value}"]`);
    if (!twin) continue;
    box.checked = twin.checked;
    box.disabled = twin.disabled && box !== document.activeElement;
    const label = box.closest("label");
    label.querySelector("span").textContent =
      twin.closest("label").querySelector("span").textContent;
  }
  for (const name of ["q", "from", "to"]) {
    const field = form.elements[name];
    if (field !== document.activeElement) field.value = fresh.elements[name].value;
  }
  for (const name of ["when", "sort"]) {
    form.querySelector(`input[name="${name}"]`)?.remove();
    const hidden = fresh.querySelector(`input[name="${name}"]`);
    if (hidden) form.prepend(hidden);
  }
}

// The view switch and the language links carry the same question on.
function copyLinks(page) {
  for (const selector of [".view-switch", ".site-languages", ".filter-box > summary"]) {
    const old = document.querySelector(selector);
    const fresh = page.querySelector(selector);
    if (old && fresh) old.replaceChildren(...fresh.childNodes);
  }
}

if (form) {
  form.addEventListener("change", (event) => {
    if (event.target.type === "date" && event.target.validity.badInput) return;
    show(addressOf(form), { remember: true });
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show(addressOf(form), { remember: true }).then(() => {
      const count = document.getElementById("count");
      count.tabIndex = -1;
      count.focus();
    });
  });
  window.addEventListener("popstate", () => show(window.location.href, { remember: false }));
}
