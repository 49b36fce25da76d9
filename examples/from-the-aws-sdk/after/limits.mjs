import { deleteAccessToken } from "codecatalyst-pat";
import { endpoint, token } from "./service.mjs";

const [id] = process.argv.slice(2);
const signal = AbortSignal.timeout(20_000); // the whole call
try {
  // timeoutMs is for one attempt.
  await deleteAccessToken(token, id, { endpoint, signal, timeoutMs: 500, maxAttempts: 2 });
  console.log("Deleted.");
} catch (error) {
  console.log(`${error.name} after ${error.attempts} attempts`);
}
