// Reads the AWS CLI's configuration file the way the AWS CLI does.

import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

/**
 * The settings of a profile, by their lower-case names.
 *
 * @typedef {Map<string, string>} Settings
 */

/**
 * Gives the settings of each profile, by its name.
 *
 * A comment takes a whole line, never the end of one. A line that is indented deeper than the
 * setting above it is nested in that setting, and skipped.
 *
 * @param {string} text
 */
export function parseProfiles(text) {
  /** @type {Map<string, Settings>} */
  const profiles = new Map();
  /** @type {Settings | undefined} */
  let settings; // of the current section
  let indent = Infinity; // of the setting above; none at the start of a section
  for (const line of text.replace(/^\ufeff/, "").split(/\r?\n/)) {
    const content = line.trim();
    const depth = line.length - line.trimStart().length;
    if (content === "" || /^[#;]/.test(content) || depth > indent) continue;
    const heading = /^\[(.+?)\]/.exec(content)?.[1];
    indent = heading === undefined ? depth : Infinity;
    if (heading === undefined) addSetting(settings, content);
    else settings = openSection(profiles, heading);
  }
  return profiles;
}

/**
 * Gives the settings to add to: none for a section that is no profile.
 *
 * @param {Map<string, Settings>} profiles
 * @param {string} heading
 */
function openSection(profiles, heading) {
  const name = profileName(heading);
  if (name === undefined) return undefined;
  const settings = profiles.get(name) ?? new Map();
  profiles.set(name, settings);
  return settings;
}

/** @param {string} heading */
function profileName(heading) {
  if (heading === "default") return heading;
  const match = /^\s*profile\s+(?:"([^"]*)"|'([^']*)'|(\S+))\s*$/.exec(heading);
  return match?.[1] ?? match?.[2] ?? match?.[3];
}

/**
 * @param {Settings | undefined} settings
 * @param {string} content
 */
function addSetting(settings, content) {
  const [, name, value = ""] = /^(.*?)\s*[=:]\s*(.*)$/.exec(content) ?? [];
  if (name) settings?.set(name.toLowerCase(), value);
}

/**
 * The path of the configuration file, and the name to show to the user.
 *
 * @param {NodeJS.ProcessEnv} env
 */
export function configFile(env) {
  const custom = env.AWS_CONFIG_FILE;
  if (!custom) return { path: join(homedir(), ".aws/config"), displayName: "~/.aws/config" };
  return { path: custom.replace(/^~(?=[/\\]|$)/, homedir()), displayName: custom };
}

/**
 * All profiles of a file; none if there is no file.
 *
 * @param {string} path
 */
export async function readProfiles(path) {
  try {
    return parseProfiles(await readFile(path, "utf8"));
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
    /** @type {Map<string, Settings>} */
    const none = new Map();
    return none;
  }
}

/**
 * `ENOENT` and the like.
 *
 * @param {unknown} error
 */
export const errorCode = (error) => /** @type {NodeJS.ErrnoException} */ (error).code;
