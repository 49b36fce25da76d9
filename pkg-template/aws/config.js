// The profiles and sessions in the AWS CLI's two files.

import { escapeUnsafe } from "../safe-text.js";
import { systemCode } from "../system-code.js";
import { configurationError } from "./error.js";
import { placeOf, readText } from "./files.js";
import { IniError, parseIni } from "./ini.js";
import { sectionName } from "./section-name.js";

/** @typedef {import("./files.js").Place} Place */
/** @typedef {import("./ini.js").Settings} Settings */
/** @typedef {Map<string, Settings>} Sections */

/**
 * @typedef {object} Config
 * @property {Sections} profiles by name
 * @property {Sections} sessions the sso-session sections, by name
 * @property {Sections} services by name
 * @property {string} files which files these are from, to show to the user
 */

/**
 * Which files to read instead of the usual ones.
 *
 * @typedef {{ configFile?: string | undefined, credentialsFile?: string | undefined }} Files
 */

/**
 * Reads both files. A file that isn't there, or that this user may not read, counts as empty.
 *
 * # Errors
 *
 * Throws a `SignInError` if a file isn't UTF-8 or breaks the rules of `parseIni`.
 *
 * @param {Files} files
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Config>}
 */
export async function readConfig(files, env) {
  const config = files.configFile ?? env.AWS_CONFIG_FILE ?? "~/.aws/config";
  const credentials =
    files.credentialsFile ?? env.AWS_SHARED_CREDENTIALS_FILE ?? "~/.aws/credentials";
  const first = await readSections(placeOf(config, env));
  const second = await readSections(placeOf(credentials, env));
  const profiles = sectionsOf("profile", first.sections);
  for (const [name, settings] of second.sections)
    profiles.set(name, new Map([...(profiles.get(name) ?? []), ...settings]));
  return {
    profiles,
    sessions: sectionsOf("sso-session", first.sections),
    services: sectionsOf("services", first.sections),
    files: `${first.displayName} or ${second.displayName}`,
  };
}

/**
 * The sections whose heading is this word and a name. Like botocore, it checks only how the heading
 * begins. A later section of the same name replaces an earlier one.
 *
 * @param {string} kind
 * @param {Sections} sections
 */
function sectionsOf(kind, sections) {
  /** @type {Sections} */
  const found = new Map();
  for (const [heading, settings] of sections) {
    const isDefault = kind === "profile" && heading === "default";
    const name = heading.startsWith(kind) ? sectionName(heading) : undefined;
    if (isDefault) found.set(heading, settings);
    else if (name !== undefined) found.set(name, settings);
  }
  return found;
}

/** @param {Place} place */
async function readSections({ path, displayName }) {
  const shown = escapeUnsafe(displayName);
  try {
    const text = await readText(path);
    return { sections: parseIni(text ?? ""), displayName: shown };
  } catch (error) {
    if (systemCode(error) === "EACCES")
      return { sections: new Map(), displayName: `${shown} (which you may not read)` };
    throw configurationError(`${shown} can't be read: ${describe(error)}.`);
  }
}

/** @param {unknown} error */
function describe(error) {
  if (error instanceof IniError) return error.message;
  return error instanceof TypeError ? "it isn't UTF-8" : (systemCode(error) ?? "no code");
}
