const { writeFileSync } = require("node:fs");
const pkg = require("codecatalyst-pat");
const { report } = require("./report.cjs");

test("all checks", async () => {
  const { HOST, ENDPOINT, BEARER } = process.env;
  writeFileSync("line.txt", await report(pkg, HOST, [ENDPOINT, BEARER]));
});
