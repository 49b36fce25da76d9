import * as pkg from "codecatalyst-pat";
import { report } from "../../../report.mjs";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

export async function GET(request) {
  const { host, endpoint, bearer } = Object.fromEntries(new URL(request.url).searchParams);
  return new Response(await report(pkg, host, [endpoint, bearer]));
}
