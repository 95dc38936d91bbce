// Says every half minute, while the form is looked at, that it is open; shows who else has it open.
const EVERY = 30000; // milliseconds
const line = document.getElementById("presence");
let next;

if (line) {
  beat();
  document.addEventListener("visibilitychange", beat);
  addEventListener("pagehide", () => navigator.sendBeacon(line.dataset.url, words({ leave: "1" })));
}

async function beat() {
  clearTimeout(next);
  if (document.hidden) return;
  next = setTimeout(beat, EVERY);
  try {
    const answer = await fetch(line.dataset.url, { method: "POST", body: words({}) });
    if (answer.redirected || answer.status === 403) say(line.dataset.signedOut);
    else if (answer.ok) say((await answer.json()).sentence);
  } catch {
    // Without a network there is no news; the next beat asks again.
  }
}

function say(sentence) {
  // Read out only when there is something new.
  if (line.textContent !== sentence) line.textContent = sentence;
}

function words(more) {
  const body = new FormData();
  const { csrfmiddlewaretoken, _base } = document.querySelector("input[name=_kept]").form.elements;
  body.set("csrfmiddlewaretoken", csrfmiddlewaretoken.value);
  body.set("_base", _base.value);
  for (const [name, value] of Object.entries(more)) body.set(name, value);
  return body;
}
