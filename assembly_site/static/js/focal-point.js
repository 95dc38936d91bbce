// The point of a picture by click and by arrow keys, and the crops as they will be once saved.
// The two inputs of numbers hold the truth; all else follows them.

const work = document.querySelector("[data-focal-work]");
const inputs = [0, 1].map((part) => document.getElementById(`id_focal_point_${part}`));
const file = document.getElementById("id_image");



function start() {
  const picture = work.querySelector("[data-focal-picture]");
  const whole = picture.querySelector("img");
  const crops = [...work.querySelectorAll("[data-focal-crop]")];

  picture.tabIndex = 0;
  picture.setAttribute("role", "button");
  picture.setAttribute("aria-label", work.dataset.label);
  picture.setAttribute("aria-describedby", "focal-help");

  picture.addEventListener("click", (event) => {
    const box = whole.getBoundingClientRect();
    if (event.detail === 0) return; // Enter or a screen reader: there is no place in it
    set((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  });
  picture.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const far = event.shiftKey ? 0.1 : 0.01;
    const [x, y] = point();
    set(x + step[0] * far, y + step[1] * far);
  });
  for (const input of inputs) input.addEventListener("input", () => show(true));
  whole.addEventListener("load", () => show(false));
  file?.addEventListener("change", preview);
  show(false);

  function point() {
    return inputs.map((input) => clamp((Number.parseFloat(input.value) || 0) / 100, 0, 1));
  }

  function set(...values) {
    values.forEach((value, part) => {
      inputs[part].value = Math.round(clamp(value, 0, 1) * 100);
    });
    show(true);
  }

  function show(moved) {
    const [x, y] = point();
    for (const circle of picture.querySelectorAll("circle")) {
      circle.setAttribute("cx", `${x * 100}%`);
      circle.setAttribute("cy", `${y * 100}%`);
    }
    if (!moved && !work.dataset.moved) return; // what is stored is shown as it was stored
    work.dataset.moved = "yes";
    for (const crop of crops) {
      if (crop.src !== whole.src) crop.src = whole.src;
      const [wide, high] = crop.dataset.focalCrop.split(":").map(Number);
      crop.style.objectPosition = position(x, y, whole.naturalWidth / whole.naturalHeight, wide / high);
    }
    if (moved) {
      const words = { left: Math.round(x * 100), top: Math.round(y * 100) };
      work.querySelector("[data-focal-status]").textContent = work.dataset.says.replace(
        /\{(\w+)\}/g,
        (_all, name) => words[name],
      );
    }
  }

  // A file that was just chosen, made small: the page itself is not to hold 20 megabytes.
  async function preview() {
    const chosen = file.files[0];
    if (!chosen) return;
    let bitmap;
    try {
      bitmap = await createImageBitmap(chosen);
    } catch {
      return; // the server says what is wrong with it
    }
    const scale = Math.min(1, 1200 / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    work.dataset.moved = "yes";
    whole.src = canvas.toDataURL("image/jpeg", 0.85);
    work.hidden = false;
    document.querySelector("[data-focal-later]")?.remove();
  }
}

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function clamp(value, least, most) {
  return Math.min(most, Math.max(least, value));
}

// The same cut as the server makes: centred on the point, and never beyond the edge.
function position(x, y, image, crop) {
  if (image >= crop) return `${along(x, crop / image)}% 50%`;
  return `50% ${along(y, image / crop)}%`;
}

function along(middle, part) {
  if (part >= 1) return 50;
  return (clamp(middle - part / 2, 0, 1 - part) / (1 - part)) * 100;
}

if (work && inputs.every(Boolean)) start();
