// What the tests of the stand-in for the service share: the official client, and requests that it
// can't send.

import { request } from "node:http";
import { CodeCatalystClient, DeleteAccessTokenCommand } from "@aws-sdk/client-codecatalyst";
import { sample, startService } from "../../pkg-template/testing/index.js";

/** @import { OutgoingHttpHeaders } from "node:http" */

export const ID = sample.tokens[0].id;
export const PATH = `/v1/accessTokens/${ID}`;
export const AUTHORIZATION = { authorization: `Bearer ${sample.bearer}` };

const JSON_HEADERS = { ...AUTHORIZATION, "content-type": "application/json" };

/** Starts the service for one test. */
export async function start(t, options) {
  const service = await startService(options);
  t.after(() => service.close());
  return service;
}

/** A client of the AWS SDK that tries once. */
export function officialClient(t, service, bearer = sample.bearer) {
  const client = new CodeCatalystClient({
    endpoint: service.url,
    region: "us-west-2",
    token: { token: bearer },
    maxAttempts: 1,
  });
  t.after(() => client.destroy());
  return client;
}

export const deleteCommand = (id = ID) => new DeleteAccessTokenCommand({ id });

/** @param {{ items?: { id?: string }[] }} page */
export const idsIn = ({ items = [] }) => items.map(({ id }) => id);

/**
 * Sends a request as it is, for what the official client can't send or show.
 * @param {{ url: string }} service
 * @param {string} path
 * @param {{ method?: string, headers?: OutgoingHttpHeaders, body?: string | Buffer }} [options]
 * @returns {Promise<any>}
 */
export function send(service, path, { method = "GET", headers, body } = {}) {
  return new Promise((resolve, reject) => {
    const sent = request(`${service.url}/`, { path, method, headers }, async (response) => {
      try {
        const text = (await response.toArray()).join("");
        resolve({ status: response.statusCode, headers: response.headers, text });
      } catch (error) {
        reject(error);
      }
    });
    sent.on("error", reject).end(body);
  });
}

export const sendDelete = (service, path = PATH) =>
  send(service, path, { method: "DELETE", headers: AUTHORIZATION });

export const sendList = (service, body) =>
  send(service, "/v1/accessTokens", { method: "POST", headers: JSON_HEADERS, body });

export const hasToken = (service, id = ID) =>
  service.state().users.ana.some((token) => token.id === id);
