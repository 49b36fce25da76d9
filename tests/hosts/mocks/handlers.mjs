// How msw answers in the service's place, in Node and in a page. What goes elsewhere it lets through.

import { HttpResponse, http } from "msw";

const ORIGIN = "https://codecatalyst.global.api.aws";
const headers = { "x-amzn-errortype": "ConflictException" };

export const handlers = [
  http.delete(`${ORIGIN}/v1/accessTokens/:id`, ({ params: { id } }) =>
    HttpResponse.json({ message: `${id} is in use.` }, { status: 409, headers }),
  ),
];

/** Fails unless a call gets that answer. */
export async function checkHandlers({ deleteAccessToken }) {
  const error = await deleteAccessToken("a:token", "one").catch((thrown) => thrown);
  if (error.name !== "ConflictException" || error.message !== "one is in use.") throw error;
}
