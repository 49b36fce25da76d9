// Where there is no WebAssembly, the error says so, and nothing is sent.

import { CodeCatalystError, deleteAccessToken } from "codecatalyst-pat";

const [endpoint, bearer] = process.argv.slice(-2);
const error = await deleteAccessToken(bearer, "token-0", { endpoint }).catch((thrown) => thrown);
if (!(error instanceof CodeCatalystError) || error.name !== "InitializationError") throw error;
if (error.attempts !== 0 || !error.message.includes("WebAssembly")) throw error;
console.log(`Node ${process.version}: 1 check`);
