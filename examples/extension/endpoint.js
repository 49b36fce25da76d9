// Where requests go. manifest.json names the same origin twice: as the host that needs no CORS, and
// as the only one that the policy allows. FIPS: https://codecatalyst-fips.global.api.aws in both.
export const endpoint = "https://codecatalyst.global.api.aws";
