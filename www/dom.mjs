// The few things that every part of the page does with the document.

export const element = (id) => document.getElementById(id);

/** A new element. What is put into it becomes text: much of it comes from the network and must not become markup. */
export function tag(name, properties = {}, ...children) {
  const created = Object.assign(document.createElement(name), properties);
  created.append(...children);
  return created;
}

/** Sets a text unless it is there already: a live region would say it again. */
export function say(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

/** A button that does nothing for now. Not `disabled`: that would take the focus from who uses the keyboard. */
export function allow(button, allowed) {
  if (allowed) button.removeAttribute("aria-disabled");
  else button.setAttribute("aria-disabled", "true");
}

export const isAllowed = (button) => button.getAttribute("aria-disabled") !== "true";

/** Names and values as a list, those without a value left out; nothing if none has one. */
export function factList(facts = {}) {
  const known = Object.entries(facts).filter(([, value]) => value !== undefined && value !== "");
  if (known.length === 0) return undefined;
  return tag(
    "dl",
    {},
    ...known.flatMap(([term, value]) => [tag("dt", {}, term), tag("dd", {}, String(value))]),
  );
}
