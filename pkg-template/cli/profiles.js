// The profiles that somebody can sign in with.

import { readConfig } from "../aws/config.js";

/**
 * The names of the profiles with an `sso_session`, from the AWS CLI's files; none if these can't be
 * read.
 *
 * @param {NodeJS.ProcessEnv} env
 */
export async function profileNames(env) {
  const config = await readConfig({}, env).catch(() => undefined);
  const profiles = [...(config?.profiles ?? [])];
  return profiles.filter(([, settings]) => settings.has("sso_session")).map(([name]) => name);
}
