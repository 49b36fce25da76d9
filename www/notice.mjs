// The facts behind a notice.

import { create, createFactList } from "./components/dom.mjs";

/** @import { Notice } from "./state.mjs" */

/**
 * A notice's facts, on request; nothing if it has none.
 * @param {Notice | undefined} notice
 */
export function createDetails(notice) {
  const list = createFactList(notice?.facts);
  return list ? [create("details", {}, create("summary", {}, "Details"), list)] : [];
}
