import { deleteAccessToken } from "codecatalyst-pat";
import { endpoint, token } from "./service.mjs";

const [id] = process.argv.slice(2);
try {
  const { attempts } = await deleteAccessToken(token, id, { endpoint });
  console.log(`Deleted. Requests sent: ${attempts}`);
} catch (error) {
  if (error.name === "ResourceNotFoundException") console.log("You own no token with this id.");
  else if (error.outcomeUnknown) console.log("It may be deleted or not. Calling again is safe.");
  else console.log(`${error.name}, status ${error.status}: ${error.message}`);
}
