// Where requests go. The manifest names the same origin twice: as the host that the extension may talk to in spite of CORS, and in
// its policy as the only one. FIPS: https://codecatalyst-fips.global.api.aws, in both files.
export const endpoint = "https://codecatalyst.global.api.aws";
