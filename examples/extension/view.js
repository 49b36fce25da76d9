// The parts that the popup is made of.

import { isDeleted, isRunning, mayRemove } from "./state.js";
import { expiry, outcome } from "./words.js";

export const element = (id) => document.getElementById(id);

/** A new element. What is put into it becomes text: names and messages come from the network and must not become markup. */
function tag(name, properties = {}, ...children) {
  const created = Object.assign(document.createElement(name), properties);
  created.append(...children.filter((child) => child !== undefined));
  return created;
}

/** Puts a text into a live region. The same text once more counts as a change. */
export function say(region, text) {
  region.replaceChildren(tag("span", { textContent: text }));
}

/** A button that does nothing for now. Not `disabled`: that would take the focus from who uses the keyboard. */
export function allow(button, allowed) {
  if (allowed) button.removeAttribute("aria-disabled");
  else button.setAttribute("aria-disabled", "true");
}

/** A token, what became of its deletion, and the button that asks for one. */
export function row(token, state) {
  const words = token.deletion && outcome(token.deletion);
  const { text, isPast } = expiry(token);
  const what = tag(
    "div",
    { className: "what" },
    tag("strong", { textContent: token.name }),
    tag("span", { className: isPast ? "past" : "quiet", textContent: text }),
    tag("code", { textContent: token.id }),
  );
  const made = tag("li", {}, what, control(token, state), words?.text && notice(words));
  made.dataset.status = token.deletion?.status ?? "";
  return made;
}

// What has the id here takes the focus when the rows are made anew. A deleted token has no button any more; then its sign does.
function control(token, state) {
  const made = isDeleted(token) ? gone() : deleteButton(token, state);
  made.dataset.id = token.id;
  return made;
}

function deleteButton(token, state) {
  const label = isRunning(token) ? "Deleting…" : "Delete";
  const button = tag("button", { type: "button", textContent: label });
  button.setAttribute("aria-label", `${label} ${token.name}`);
  allow(button, mayRemove(state, token.id));
  return button;
}

const gone = () => tag("span", { className: "gone", textContent: "Deleted", tabIndex: -1 });

/** Title, text, and the facts for who wants to know more. */
export function notice({ tone, title, text, facts = {} }) {
  const made = tag(
    "div",
    { className: "notice" },
    tag("p", {}, tag("b", { textContent: title }), ` ${text}`),
    details(facts),
  );
  made.dataset.tone = tone;
  return made;
}

function details(facts) {
  const known = Object.entries(facts).filter(([, value]) => value !== undefined && value !== "");
  if (known.length === 0) return undefined;
  const list = known.flatMap(([term, value]) => [
    tag("dt", { textContent: term }),
    tag("dd", { textContent: value }),
  ]);
  return tag("details", {}, tag("summary", { textContent: "Details" }), tag("dl", {}, ...list));
}
