// Which requests other sites caused.

import { isLoopbackHost } from "../loopback-server.js";
import { OTHER_SITE, wrongHost } from "./refusal.js";

/** @import { IncomingHttpHeaders } from "node:http" */

/**
 * The refusal of a request that another site caused; undefined for one that is fine. A name can be
 * resolved to this machine (DNS rebinding), and a page of another site can send requests. The browser
 * reveals both in these headers. Other programs don't send the last two: they need a session like
 * everybody else.
 *
 * @param {IncomingHttpHeaders} headers
 * @param {number} port the server's own
 * @param {boolean} isApi
 */
export function refuseForeign({ host, origin, "sec-fetch-site": site }, port, isApi) {
  if (host === undefined || !isLoopbackHost(host) || portOf(host) !== port) return wrongHost(port);
  if (origin !== undefined && origin !== `http://${host.toLowerCase()}`) return OTHER_SITE;
  const allowed = isApi ? ["same-origin"] : ["same-origin", "none"];
  return site === undefined || allowed.includes(String(site)) ? undefined : OTHER_SITE;
}

/** @param {string} host */
const portOf = (host) => Number(/:(\d+)$/.exec(host)?.[1] ?? 80);
