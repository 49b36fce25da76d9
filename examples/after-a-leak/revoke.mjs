// Deletes one access token and proves by listing that it is gone: node revoke.mjs ID
// The exit code is 0 only if the token was there before and isn't any more.

import { deleteAccessToken, listAccessTokens } from "codecatalyst-pat";
import { fromProfile } from "codecatalyst-pat/aws";
import { formatError } from "codecatalyst-pat/format-error";

const [id] = process.argv.slice(2);
const token = fromProfile({ profile: "codecatalyst" });
const options = { endpoint: process.env.AWS_ENDPOINT_URL_CODECATALYST };

process.exitCode = 1;
try {
  const found = await find();
  if (!found) console.log("You own no token with this id: it is gone already, or the id is wrong.");
  else if (await isGoneAfterDeletion()) {
    console.log(`Gone: ${found.name}`);
    process.exitCode = 0;
  } else console.log(`Still there: ${found.name}. Run this again.`);
} catch (error) {
  console.log(`Not sure: your tokens can't be listed. ${formatError(error)}`);
}

async function find() {
  for await (const item of listAccessTokens(token, options)) if (item.id === id) return item;
}

// Whatever the deletion says, the list decides: a lost reply proves nothing either way.
async function isGoneAfterDeletion() {
  try {
    await deleteAccessToken(token, id, options);
  } catch (error) {
    console.log(formatError(error));
  }
  return !(await find());
}
