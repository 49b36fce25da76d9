// The code under test: deletes the tokens that have expired, and says which.

import { deleteAccessTokens, listAccessTokens } from "codecatalyst-pat";

export async function deleteExpired(token, options) {
  const expired = [];
  for await (const { id, expiresTime } of listAccessTokens(token, options)) {
    if (expiresTime && expiresTime < new Date()) expired.push(id);
  }
  const report = { deleted: [], failed: [] };
  for await (const { id, status, error } of deleteAccessTokens(token, expired, options)) {
    if (status === "deleted") report.deleted.push(id);
    else report.failed.push(`${id}: ${error.name}`);
  }
  return report;
}
