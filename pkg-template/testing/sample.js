// Sample users and tokens, used when the service starts without users.

import { createHash } from "node:crypto";

/** @import { User } from "./index.d.ts" */

const DAY_MS = 86_400_000;

/** Two users' bearer tokens and access tokens. */
export const sample = {
  // Like those of AWS SSO: over 1,000 characters, with a colon inside.
  bearer: `${sampleSecret("head", 64)}:${sampleSecret("tail", 1_100)}`,
  otherBearer: sampleSecret("other", 200),
  tokens: sampleTokens([
    ["4d5a1f0c-8a35-4c0e-9a57-2f6f4b1f7c01", "Laptop, git over HTTPS", 211],
    ["b07c8f7e-61d2-4f6b-8d0b-6a0b8f3f1d02", "VS Code on the laptop", 148],
    ["0c9e4c52-3d7b-4e53-b7cf-51d5f0a9aa03", "Old laptop", -203],
    ["e2f6d1b8-9b0f-4d5a-a3f1-7f2f6e0c5b04", "Deploy job (staging)", 3],
    ["71a3b9d4-5c2e-47f0-8e6d-0d9c1b2a3e05", "Deploy job (production)", 26],
    ["c85d2e7f-0f14-4b8a-9c3d-e4f5a6b7c806", "Mirror to backup server", undefined],
    ["3f9b6a1c-d8e7-4260-b5a4-93827161f507", "Migration, March", -31],
    ["a6c0e8d2-7b31-4f95-8642-1b3d5f7a9c08", 'Build & test "nightly"', 1],
    ["5e7d9f1b-2a4c-4e68-90b2-d4f6a8c0e209", "Büro-Rechner", 89],
    ["d1b3f5a7-c9e0-4284-a6c8-e0f2b4d6f810", "Workshop 2, shared screen", -1],
    ["8c2a4e6f-1b3d-45f7-8a9c-0e1d2c3b4a11", "IntelliJ", 320],
    ["f4e2d0c8-b6a4-4927-8f5e-3d1c0b9a8712", "tmp", -340],
  ]),
  otherTokens: sampleTokens([
    ["92d4b6f8-0a1c-4e3d-8f5a-7b9c1d3e5f13", "Desktop", 64],
    ["6b8d0f2a-4c6e-4108-9a2b-4c6d8e0f1a14", "Release script", -12],
  ]),
};

/** @returns {User[]} */
export function sampleUsers() {
  return [
    { name: "ana", bearer: sample.bearer, tokens: sample.tokens },
    { name: "ben", bearer: sample.otherBearer, tokens: sample.otherTokens },
  ];
}

/**
 * Generated rather than stored: a literal this long would look like a leaked secret.
 * @param {string} label
 * @param {number} length
 */
function sampleSecret(label, length) {
  let text = "";
  while (text.length < length) {
    text += createHash("sha512").update(`sample ${label} ${text.length}`).digest("base64url");
  }
  return text.slice(0, length);
}

/** @param {[id: string, name: string, days: number | undefined][]} rows */
function sampleTokens(rows) {
  return rows.map(([id, name, days]) => ({ id, name, expiresTime: daysFromNow(days) }));
}

/** @param {number | undefined} days */
function daysFromNow(days) {
  return days === undefined ? undefined : new Date(Date.now() + days * DAY_MS);
}
