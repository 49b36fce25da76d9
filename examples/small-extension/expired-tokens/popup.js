const form = document.querySelector("form");
const [input, button, output] = form.elements;

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  button.disabled = true;
  output.value = "Deleting…";
  output.value = await chrome.runtime.sendMessage({ token: input.value.trim() });
  button.disabled = false;
});
