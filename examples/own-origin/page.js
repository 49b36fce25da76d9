// Shows the user's access tokens, and deletes them. The bearer token stays in this page's memory.

import { deleteAccessToken, listAccessTokens } from "codecatalyst-pat";
import { explainError, formatError } from "codecatalyst-pat/format-error";

const options = { endpoint: `${location.origin}/codecatalyst` };
const form = document.querySelector("form");
const show = document.querySelector("button");
const status = document.querySelector("[role=status]");
const list = document.querySelector("ul");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const bearer = form.elements.bearer.value;
  show.disabled = true;
  list.replaceChildren();
  status.textContent = "Loading…";
  try {
    for await (const token of listAccessTokens(bearer, options)) list.append(row(bearer, token));
    status.textContent = `Access tokens: ${list.children.length}`;
  } catch (error) {
    status.textContent = formatError(error);
  } finally {
    show.disabled = false;
  }
});

function row(bearer, { id, name }) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.textContent = `Delete ${name}`;
  button.addEventListener("click", () => remove(bearer, id, item, button));
  item.append(button);
  return item;
}

async function remove(bearer, id, item, button) {
  if (!confirm(`${button.textContent}?`)) return;
  button.disabled = true;
  status.textContent = "Deleting…";
  try {
    await deleteAccessToken(bearer, id, options);
    item.remove();
    status.textContent = "Deleted.";
  } catch (error) {
    // Somebody else has deleted it, or we have, by a call whose outcome was unknown.
    if (error.name === "ResourceNotFoundException") item.remove();
    button.disabled = false;
    status.textContent = describe(error);
  }
}

function describe(error) {
  if (!error.outcomeUnknown) return formatError(error);
  const { title, advice } = explainError(error);
  return `${title}. ${advice}`;
}
