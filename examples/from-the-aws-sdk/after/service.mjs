import { fromProfile } from "codecatalyst-pat/aws";

export const token = fromProfile({ profile: "codecatalyst" });

// The SDK reads this variable by itself. Without it, requests go to the service.
export const endpoint = process.env.AWS_ENDPOINT_URL_CODECATALYST;
