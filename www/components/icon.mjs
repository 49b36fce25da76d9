// Icons as elements: unlike pictures, they take the colour of the text, in forced colours too.

const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  copy: "M5.5 5.5v-3h8v8h-3 M2.5 5.5h8v8h-8z",
  close: "M4 4l8 8 M12 4l-8 8",
};

/** @param {keyof typeof PATHS} name */
export function createIcon(name) {
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  const icon = document.createElementNS(SVG, "svg");
  icon.setAttribute("viewBox", "0 0 16 16");
  icon.setAttribute("aria-hidden", "true");
  icon.classList.add("icon");
  icon.append(path);
  return icon;
}
