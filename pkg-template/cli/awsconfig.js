// The configuration file of the AWS CLI, read as the AWS CLI reads it.

import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

/**
 * The settings of each profile, by its name, each a map from lower-case names to values.
 *
 * Whole lines can be comments, but not the end of a line. What is indented more than the setting before belongs to that one.
 */
export function profilesIn(text) {
  const profiles = new Map();
  let settings; // of the section that the lines belong to
  let indent; // of the setting before; none at the beginning of a section
  for (const line of text.replace(/^\ufeff/, "").split(/\r?\n/)) {
    const content = line.trim();
    const depth = line.length - line.trimStart().length;
    if (content === "" || /^[#;]/.test(content) || depth > indent) continue;
    const heading = /^\[(.+?)\]/.exec(content)?.[1];
    indent = heading === undefined ? depth : undefined;
    if (heading !== undefined) settings = section(profiles, heading);
    else put(settings, content);
  }
  return profiles;
}

// Of other sections nothing is needed, so what is in them goes nowhere.
function section(profiles, heading) {
  const name = profileName(heading);
  if (name === undefined) return undefined;
  if (!profiles.has(name)) profiles.set(name, new Map());
  return profiles.get(name);
}

function profileName(heading) {
  if (heading === "default") return heading;
  const parts = /^\s*profile\s+(?:"([^"]*)"|'([^']*)'|(\S+))\s*$/.exec(heading);
  return parts?.[1] ?? parts?.[2] ?? parts?.[3];
}

function put(settings, content) {
  const [, name, value] = /^(.*?)\s*[=:]\s*(.*)$/.exec(content) ?? [];
  if (name) settings?.set(name.toLowerCase(), value);
}

/** Where the configuration is, as a path, and as it is called towards the person. */
export function configFile(env) {
  const given = env.AWS_CONFIG_FILE;
  if (!given) return { path: join(homedir(), ".aws/config"), called: "~/.aws/config" };
  return { path: given.replace(/^~(?=[/\\]|$)/, homedir()), called: given };
}

/** All profiles; none where there is no file. */
export async function readProfiles({ path }) {
  try {
    return profilesIn(await readFile(path, "utf8"));
  } catch (error) {
    if (error.code === "ENOENT") return new Map();
    throw error;
  }
}
