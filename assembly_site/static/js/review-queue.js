// The arrow keys walk the rows of the queue; without this the Tab key does.
const links = [...document.querySelectorAll("#review-queue th a")];

document.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const here = links.indexOf(document.activeElement);
  // Elsewhere on the page the arrows scroll, as everywhere.
  if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
  if (here < 0 && document.activeElement !== document.body) return;
  links[Math.min(Math.max(here + step, 0), links.length - 1)]?.focus();
  event.preventDefault();
});
