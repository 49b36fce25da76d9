// The page under test. It calls the service itself.

import { deleteExpired } from "../../delete-expired.js";

const form = document.querySelector("form");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const output = form.querySelector("output");
  output.value = "Deleting…";
  const { deleted, failed } = await deleteExpired(form.elements.bearer.value);
  output.value = `Deleted: ${deleted.length}. Failed: ${failed.join(", ") || "none"}.`;
});
