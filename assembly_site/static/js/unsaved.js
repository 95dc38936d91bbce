// Keeps what is typed into a long form in this browser until the server says that it is saved.
// Texts are kept by person, address and opening of the form; the server fills them in again.
const OLDEST = 30 * 24 * 60 * 60 * 1000; // milliseconds
const EVERY = 3000; // lists and date pickers tell nobody that they have changed a value

// A browser that keeps nothing, or is full, must not stop anybody from writing.
const store = {
  keys: () => attempt(() => Object.keys(localStorage)) ?? [],
  getItem: (key) => attempt(() => localStorage.getItem(key)),
  setItem: (key, value) => attempt(() => localStorage.setItem(key, value)),
  removeItem: (key) => attempt(() => localStorage.removeItem(key)),
};

const place = document.getElementById("unsaved");
const token = document.querySelector("input[name=_kept]");
if (place && token) keepTextsOf(token.form);

function keepTextsOf(form) {
  const prefix = `unsaved:${place.dataset.user}:${location.pathname}:`;
  // A form that comes back with a mistake goes on under the name it had.
  token.value ||= crypto.getRandomValues(new Uint32Array(4)).join("x").slice(0, 40);
  const key = prefix + token.value;
  const before = "isUnsaved" in place.dataset ? null : written(form);
  let last = before;
  let isSending = false;

  forgetTheSaved();
  offer(prefix, key, (typed) => {
    isSending = true;
    bring(form, typed);
  });
  keep();

  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
  setInterval(() => document.hidden || keep(), EVERY);
  document.addEventListener("visibilitychange", keep);
  form.addEventListener("submit", (event) => {
    keep();
    // A preview opens beside the form, which stays unsaved.
    isSending = event.submitter?.formTarget !== "_blank";
    if (event.submitter?.name === "_discard") store.removeItem(key);
  });
  addEventListener("pageshow", () => (isSending = false));
  addEventListener("beforeunload", (event) => {
    keep();
    if (!isSending && last !== before) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "s" && event.code !== "KeyS") return;
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    form.requestSubmit(form.elements._continue ?? form.elements._save);
  });

  function keep() {
    const now = written(form);
    if (now === last && last !== null) return;
    last = now;
    if (now === before) store.removeItem(key);
    else store.setItem(key, JSON.stringify({ at: Date.now(), typed: JSON.parse(now) }));
  }
}

// The form as pairs of name and value; files cannot be kept.
function written(form) {
  const pairs = [...new FormData(form)].filter(
    ([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken",
  );
  return JSON.stringify(pairs);
}

function offer(prefix, own, bringBack) {
  const found = store
    .keys()
    .filter((key) => key.startsWith(prefix) && key !== own)
    .map((key) => ({ key, ...read(key) }))
    .filter(({ key, at, typed }) => {
      if (typed && Date.now() - at < OLDEST) return true;
      store.removeItem(key);
      return false;
    })
    .sort((one, other) => other.at - one.at);
  for (const { key, at, typed } of found) {
    const box = document.getElementById("unsaved-offer").content.firstElementChild.cloneNode(true);
    const time = box.querySelector("time");
    time.dateTime = new Date(at).toISOString();
    time.textContent = clock(new Date(at));
    box.querySelector("[data-do=bring]").addEventListener("click", () => bringBack(typed));
    box.querySelector("[data-do=throw]").addEventListener("click", () => {
      store.removeItem(key);
      box.remove();
    });
    place.append(box);
  }
}

// The server shows the form with the text in it, rows included, and saves nothing.
function bring(form, typed) {
  const sent = document.createElement("form");
  sent.method = "post";
  sent.hidden = true;
  const secret = ["csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value];
  for (const [name, value] of [...typed, secret, ["_refill", "1"]]) {
    const field = document.createElement("textarea"); // an input would lose the line breaks
    field.name = name;
    field.value = value;
    sent.append(field);
  }
  document.body.append(sent);
  sent.submit();
}

// The server leaves a cookie for each text that it has saved.
function forgetTheSaved() {
  for (const [, saved] of document.cookie.matchAll(/(?:^|; )saved-(\w+)=/g)) {
    store
      .keys()
      .filter((key) => key.startsWith("unsaved:") && key.endsWith(`:${saved}`))
      .forEach((key) => store.removeItem(key));
    document.cookie = `saved-${saved}=; max-age=0; path=/admin/; samesite=lax`;
  }
}

function clock(moment) {
  const two = (number) => String(number).padStart(2, "0");
  const time = `${two(moment.getHours())}:${two(moment.getMinutes())}`;
  if (moment.toDateString() === new Date().toDateString()) return time;
  return `${two(moment.getDate())}.${two(moment.getMonth() + 1)}, ${time}`;
}

function read(key) {
  try {
    return JSON.parse(store.getItem(key));
  } catch {
    return null;
  }
}

function attempt(act) {
  try {
    return act();
  } catch {
    return null;
  }
}
