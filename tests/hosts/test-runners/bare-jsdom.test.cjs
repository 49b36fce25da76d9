// This page lacks what every browser has. Importing needs none of it, and a call says what is missing.

const { writeFileSync } = require("node:fs");
const { CodeCatalystError, deleteAccessToken } = require("codecatalyst-pat");

test("says what the page lacks, and sends nothing", async () => {
  const { HOST, ENDPOINT, BEARER } = process.env;
  expect(typeof fetch).toBe("undefined");
  const call = deleteAccessToken(BEARER, "token-0", { endpoint: ENDPOINT });
  const error = await call.catch((thrown) => thrown);
  expect(error).toBeInstanceOf(CodeCatalystError);
  expect(error).toMatchObject({ name: "InitializationError", attempts: 0 });
  expect(error.cause.message).toContain("TextDecoder");
  writeFileSync("line.txt", `${HOST}: 1 check`);
});
