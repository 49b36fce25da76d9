// Imports the contender in the argument, deletes one token, and ends.

import { pathToFileURL } from "node:url";

const [file = "", origin = ""] = process.argv.slice(2);
const { connect } = await import(pathToFileURL(file).href);
await connect("x".repeat(28), origin)("4d5a1f0c-8a35-4c0e-9a57-2f6f4b1f7c01");
