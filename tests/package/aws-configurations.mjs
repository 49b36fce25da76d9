// Configurations of the AWS CLI, common and odd. What botocore makes of each is recorded in
// fixtures/botocore.json by tests/long/botocore.mjs.

import { PROFILES } from "./aws-profiles.mjs";
import { SETTINGS } from "./aws-settings.mjs";

export const CONFIGURATIONS = { ...PROFILES, ...SETTINGS };
