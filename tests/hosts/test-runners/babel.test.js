import { writeFileSync } from "node:fs";
import * as pkg from "codecatalyst-pat";
import { report } from "./report.cjs";

test("all checks", async () => {
  const { HOST, ENDPOINT, BEARER } = process.env;
  writeFileSync("line.txt", await report(pkg, HOST, [ENDPOINT, BEARER]));
});
