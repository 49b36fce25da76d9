// A Worker that runs the checks for whoever asks.

import * as pkg from "codecatalyst-pat";
import { report } from "./report.mjs";

export default {
  /** @param {Request} request */
  async fetch(request) {
    const { host, endpoint, bearer } = Object.fromEntries(new URL(request.url).searchParams);
    try {
      return new Response(await report(pkg, host, [endpoint, bearer]));
    } catch (error) {
      return new Response(String(error), { status: 500 });
    }
  },
};
