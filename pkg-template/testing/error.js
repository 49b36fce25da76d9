// The errors that the service answers with.

/** @import { Reply, ReplyHeaders } from "./types.d.ts" */

/** An error reply in the shape of AWS restJson1: its name in a header, its message in the body. */
export class ServiceError extends Error {
  /**
   * @param {number} status
   * @param {string} name
   * @param {string} message
   * @param {ReplyHeaders} [headers]
   */
  constructor(status, name, message, headers) {
    super(message);
    this.status = status;
    this.name = name;
    this.headers = headers;
  }

  /** @returns {Reply} */
  get reply() {
    const headers = { "x-amzn-errortype": this.name, ...this.headers };
    return { status: this.status, headers, body: { message: this.message } };
  }
}

/** @param {string} message */
export const validationError = (message) => new ServiceError(400, "ValidationException", message);

export const accessDenied = () =>
  new ServiceError(403, "AccessDeniedException", "The bearer token is missing or not valid.");

// The same reply for an unknown id and for another user's token: only the user who created a token
// can delete it, and no reply tells which ids other users own.
export const notFound = () =>
  new ServiceError(404, "ResourceNotFoundException", "The access token was not found.");

/**
 * @param {number} status
 * @param {ReplyHeaders} [headers]
 */
export const unknownOperation = (status, headers) =>
  new ServiceError(status, "UnknownOperationException", "There is no such operation.", headers);

/** @param {number} limit */
export const quotaExceeded = (limit) =>
  new ServiceError(
    402,
    "ServiceQuotaExceededException",
    `A user can have at most ${limit} access tokens.`,
  );

/** @param {number} limit */
export const bodyTooLarge = (limit) =>
  new ServiceError(
    413,
    "RequestEntityTooLargeException",
    `A body can have at most ${limit} bytes.`,
  );

export const unsupportedMediaType = () =>
  new ServiceError(415, "UnsupportedMediaTypeException", "The body must be application/json.");
