// The certificate authorities to trust, where the AWS CLI is told which.

import { readFile } from "node:fs/promises";
import { systemCode } from "../system-code.js";
import { usageError } from "./cli-error.js";
import { escapeInput } from "./format.js";

/** @typedef {{ path: string, source: string }} Bundle */

/**
 * What Node 22.19, 24.5 and newer have
 * (https://nodejs.org/api/tls.html#tlssetdefaultcacertificatescerts).
 *
 * @typedef {object} CertificateStore
 * @property {(certificates: string[]) => void} [setDefaultCACertificates]
 * @property {(type: "extra") => string[]} [getCACertificates]
 */

/**
 * Makes this process trust the authorities of `AWS_CA_BUNDLE` or the profile's `ca_bundle`, and no
 * others, as in botocore. Those of `NODE_EXTRA_CA_CERTS` stay trusted.
 *
 * Gives what to know about it if there is no connection; empty if there is nothing. Throws a `CliError`
 * if there are no such certificates.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {ReadonlyMap<string, unknown>} [settings] of the profile
 */
export async function useCaBundle(env, settings) {
  const bundle = findBundle(env, settings);
  if (!bundle) return "";
  const tls = /** @type {CertificateStore} */ (await import("node:tls"));
  if (!tls.setDefaultCACertificates)
    return `${bundle.source} is set, but this Node ignores it: set NODE_EXTRA_CA_CERTS to that file too.`;
  const text = await readFile(bundle.path, "utf8").catch((error) => {
    throw bundleError(bundle, `can't be read (${systemCode(error) ?? "no code"})`);
  });
  try {
    tls.setDefaultCACertificates([text, ...(tls.getCACertificates?.("extra") ?? [])]);
  } catch {
    throw bundleError(bundle, "isn't a list of certificates in PEM form");
  }
  return "";
}

/**
 * The first that is set, in botocore's order.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {ReadonlyMap<string, unknown>} [settings]
 * @returns {Bundle | undefined}
 */
function findBundle(env, settings) {
  const paths = Object.entries({
    AWS_CA_BUNDLE: env.AWS_CA_BUNDLE,
    "ca_bundle of the profile": settings?.get("ca_bundle"),
    REQUESTS_CA_BUNDLE: env.REQUESTS_CA_BUNDLE,
  });
  const [source, path] = paths.find(([, value]) => value) ?? [];
  return source === undefined ? undefined : { source, path: String(path) };
}

/**
 * @param {Bundle} bundle
 * @param {string} problem
 */
const bundleError = ({ source, path }, problem) =>
  usageError(`The file that ${source} names ${problem}: ${escapeInput(path)}`);
