// For pages of other sites: gives each frame of our list the height of its content.
(() => {
  const home = new URL(document.currentScript.src).origin;
  const frames = () =>
    [...document.querySelectorAll("iframe")].filter((frame) => frame.src.startsWith(`${home}/`));

  addEventListener("message", ({ origin, source, data }) => {
    const height = origin === home ? Number(data?.assemblyListHeight) : 0;
    const frame = frames().find((one) => one.contentWindow === source);
    if (frame && height > 0 && height < 10000) frame.style.height = `${height}px`;
  });

  // A frame that was there first has spoken before anyone listened.
  for (const frame of frames()) frame.contentWindow?.postMessage("assembly-list-height", "*");
})();
