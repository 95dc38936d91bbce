// Sends the chosen pictures one by one and says of each what became of it. One that fails does not
// stop the others, and can be sent again. Without this the form sends all of them at once.

const form = document.querySelector("[data-upload]");
const field = form.querySelector("input[type=file]");
const row = form.querySelector("[data-upload-row]");
const words = row.dataset;
const list = form.querySelector("[data-upload-files]");
const summary = form.querySelector("[data-upload-summary]");
const queue = [];
const count = { added: 0, refused: 0, left: 0 };
let busy = false;

form.addEventListener("submit", (event) => {
  event.preventDefault();
  form.querySelector("[data-upload-now]").hidden = false;
  [...field.files].forEach((file, place) => {
    const entry = draw(file);
    count.left += 1;
    if (place >= Number(form.dataset.maxFiles)) refuse(entry, words.tooMany);
    else if (file.size > Number(form.dataset.maxBytes)) refuse(entry, tooLarge(file));
    else queue.push(entry);
  });
  // What is in the queue is not sent a second time.
  field.value = "";
  field.required = false;
  run();
});

window.addEventListener("beforeunload", (event) => {
  if (busy) event.preventDefault();
});

async function run() {
  if (busy) return;
  busy = true;
  say();
  while (queue.length) await send(queue.shift());
  busy = false;
  field.required = true;
  form.querySelector("[data-upload-after]").hidden = !count.added;
}

function draw(file) {
  const item = row.content.firstElementChild.cloneNode(true);
  const part = (name) => item.querySelector(`[data-${name}]`);
  const entry = {
    file,
    item,
    name: part("name"),
    progress: part("progress"),
    state: part("state"),
    again: part("again"),
  };
  entry.name.textContent = file.name;
  entry.progress.setAttribute("aria-label", file.name);
  entry.again.setAttribute("aria-label", `${entry.again.textContent}: ${file.name}`);
  entry.state.textContent = words.waiting;
  entry.again.addEventListener("click", () => {
    count.refused -= 1;
    count.left += 1;
    item.classList.remove("upload__file--refused");
    entry.again.hidden = true;
    entry.progress.hidden = false;
    entry.state.textContent = words.waiting;
    queue.push(entry);
    run();
  });
  list.append(item);
  return entry;
}

function send(entry) {
  const data = new FormData(form);
  data.delete(field.name);
  data.append(field.name, entry.file);
  if (freshToken()) data.set("csrfmiddlewaretoken", freshToken());
  const request = new XMLHttpRequest();
  entry.progress.value = 0;
  entry.state.textContent = words.sending;
  return new Promise((done) => {
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) entry.progress.value = (100 * event.loaded) / event.total;
    });
    request.upload.addEventListener("load", () => {
      entry.state.textContent = words.copying;
    });
    request.addEventListener("loadend", () => {
      take(entry, request);
      done();
    });
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.send(data);
  });
}

// Whoever signed in anew in another tab has a new token, which this page does not know.
function freshToken() {
  return document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
}

function take(entry, request) {
  const answer = read(request);
  if (!request.status || request.status >= 500) refuse(entry, words.failed);
  else if (!answer) refuse(entry, words.signedOut);
  else if (answer.why) refuse(entry, answer.why);
  else if (answer.refused.length) refuse(entry, answer.refused[0].why);
  else accept(entry, answer.added[0]);
}

// Where somebody was signed out there is a page instead of data.
function read(request) {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return null;
  }
}

function accept(entry, picture) {
  count.left -= 1;
  count.added += 1;
  entry.item.classList.add("upload__file--added");
  entry.progress.hidden = true;
  entry.state.textContent = words.added;
  const link = document.createElement("a");
  link.href = picture.address;
  link.target = "_blank";
  link.textContent = picture.title;
  entry.name.replaceChildren(link);
  const image = new Image(96, 54);
  image.src = picture.thumbnail;
  image.alt = "";
  image.className = "thumbnail";
  entry.item.prepend(image);
  say();
}

function refuse(entry, why) {
  count.left -= 1;
  count.refused += 1;
  entry.item.classList.add("upload__file--refused");
  entry.progress.hidden = true;
  entry.state.textContent = why;
  entry.again.hidden = entry.file.size > Number(form.dataset.maxBytes);
  say();
}

function tooLarge(file) {
  return words.tooLarge.replace("{size}", Math.ceil(file.size / 1024 / 1024));
}

function say() {
  summary.textContent = summary.dataset.says.replace(/\{(\w+)\}/g, (_all, name) => count[name]);
}
