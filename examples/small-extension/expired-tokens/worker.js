import { formatError } from "./codecatalyst-pat/format-error.js";
import { deleteAccessTokens, listAccessTokens } from "./codecatalyst-pat/streaming.js";

// Here and not in the popup, whose requests end when it closes.
chrome.runtime.onMessage.addListener(({ token }, _, sendResponse) => {
  deleteExpired(token).catch(formatError).then(sendResponse);
  return true; // The response comes later.
});

async function deleteExpired(token) {
  const expired = [];
  for await (const { id, expiresTime } of listAccessTokens(token))
    if (expiresTime < new Date()) expired.push(id);
  const failures = [];
  for await (const { id, error } of deleteAccessTokens(token, expired))
    if (error) failures.push(`${id}: ${formatError(error)}`);
  return [`${expired.length - failures.length} deleted.`, ...failures].join(" ");
}
