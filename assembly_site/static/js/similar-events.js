// While a title is typed, events that may be the same are shown below it. The server finds them.
const place = document.getElementById("similar-events");
const titles = ["kk", "ru", "en"].map((code) => document.getElementById(`id_title_${code}`));
const WAIT = 500; // milliseconds after the last key
let timer;
let last = "";

async function look(title) {
  if (title === last) return;
  last = title;
  const address = new URL(place.dataset.url, location.href);
  address.searchParams.set("title", title);
  address.searchParams.set("but", place.dataset.but);
  const day = document.getElementById("id_occurrences-0-first_day");
  if (day?.value) address.searchParams.set("day", day.value);
  const response = await fetch(address, { credentials: "same-origin" });
  // A slow answer to an older text must not stand under a newer one.
  if (response.ok && title === last) place.innerHTML = await response.text();
}

for (const input of titles.filter(Boolean)) {
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => look(input.value.trim()), WAIT);
  });
}
