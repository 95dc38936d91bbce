// Inside a frame of another site: tells the page around it how high the list is, and nothing else.

function tell() {
  const height = Math.ceil(document.body.getBoundingClientRect().height);
  parent.postMessage({ assemblyListHeight: height }, "*");
}

if (parent !== window) {
  new ResizeObserver(tell).observe(document.body);
  addEventListener("message", ({ data }) => data === "assembly-list-height" && tell());
}
