// Endpoints that the variables and the profile set, as botocore looks for them.

import { escapeUnsafe } from "../safe-text.js";
import { configurationError, quote } from "./error.js";

/** @typedef {import("./config.js").Config} Config */

/**
 * An endpoint, and what sets it.
 *
 * @typedef {{ url: string, source: string }} Endpoint
 */

/**
 * The endpoint that is set for a service; `undefined` if none is. `config` is needed only for those of
 * the profile.
 *
 * # Errors
 *
 * Throws a `SignInError` if the profile names services that don't exist.
 *
 * @param {string} service such as `sso_oidc`
 * @param {NodeJS.ProcessEnv} env
 * @param {Config} [config]
 * @param {string} [profile]
 * @returns {Endpoint | undefined}
 */
export function configuredEndpoint(service, env, config, profile = "") {
  const settings = config?.profiles.get(profile);
  const isIgnored =
    env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS ?? settings?.get("ignore_configured_endpoint_urls");
  if (String(isIgnored).toLowerCase() === "true") return undefined;
  const names = [`AWS_ENDPOINT_URL_${service.toUpperCase()}`, "AWS_ENDPOINT_URL"];
  const source = names.find((name) => env[name]);
  if (source !== undefined) return { url: String(env[source]), source };
  const url = serviceEndpoint(service, config, profile) || settings?.get("endpoint_url");
  return url
    ? { url: String(url), source: `endpoint_url of the profile ${quote(profile)}` }
    : undefined;
}

/**
 * @param {string} service
 * @param {Config | undefined} config
 * @param {string} profile
 */
function serviceEndpoint(service, config, profile) {
  const name = config?.profiles.get(profile)?.get("services");
  if (name === undefined) return undefined;
  const services = config?.services.get(String(name));
  if (!services?.size)
    throw configurationError(
      `The profile ${quote(profile)} has services = ${escapeUnsafe(name)}, but there is no such section.`,
    );
  const settings = services.get(service);
  return settings instanceof Map ? settings.get("endpoint_url") : undefined;
}

/**
 * Whether a secret may be sent there: by `https:`, or by `http:` to this machine only.
 *
 * @param {URL} url
 */
export function isSafe({ protocol, hostname }) {
  const isLoopback = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
  return protocol === "https:" || (protocol === "http:" && isLoopback);
}
