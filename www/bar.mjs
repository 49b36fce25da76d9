// The bar at the end: what is under way, how it ended, and what can be done next.

import { describeWait } from "/codecatalyst-pat/describe-wait.js";
import { describeStop } from "/codecatalyst-pat/stoppable.js";
import { setText } from "./components/dom.mjs";
import { element, setVisible } from "./dom.mjs";
import { createDetails } from "./notice.mjs";
import { describeProgress } from "./outcomes.mjs";
import { rowsIn } from "./rows.mjs";

/** @import { Row } from "./rows.mjs" */
/** @import { Notice, State, Task } from "./state.mjs" */

const TITLE = document.title;

/**
 * The bar is there only while tokens are selected or there is something to say.
 * @param {State} state
 * @param {Row[]} visible
 */
export function renderBar(state, visible) {
  const { task, notice, selected } = state;
  renderProgress(task);
  renderStatus(state);
  setText(element("selection"), describeSelection(state, visible));
  renderActions(state);
  setVisible("bar", task || notice || selected.size > 0);
}

/** @param {Task | undefined} task */
function renderProgress(task) {
  setVisible("progress", task?.kind === "delete");
  if (task?.kind !== "delete") document.title = TITLE;
}

/**
 * The notice on screen. Its details aren't created again, so they stay open.
 * @type {Notice | undefined}
 */
let renderedNotice;

/** @param {State} state */
function renderStatus({ rows = [], task, notice }) {
  setText(element("status-title"), task || !notice ? "" : `${notice.title}.`);
  setText(element("status-text"), task ? describeTask(task, rows) : (notice?.text ?? ""));
  element("status").dataset.tone = task ? "" : (notice?.tone ?? "");
  setVisible("dismiss", !task && notice);
  if (renderedNotice === notice) return;
  renderedNotice = notice;
  element("status-details").replaceChildren(...createDetails(notice));
}

/** @param {Task} task */
export function describeLoading({ found, wait }) {
  const text = `Loading your tokens…${found > 0 ? ` ${found} so far` : ""}`;
  const waiting = wait();
  return waiting ? `${text}${found > 0 ? "." : ""} ${describeWait(waiting)}` : text;
}

/**
 * @param {Task} task
 * @param {Row[]} rows
 */
function describeTask(task, rows) {
  if (task.kind !== "delete") return describeLoading(task);
  const { done, text } = describeProgress(rows.filter(({ id }) => task.ids.has(id)));
  const total = task.ids.size;
  Object.assign(element("progress", HTMLProgressElement), { max: total, value: done });
  document.title = `${done}/${total} · ${TITLE}`;
  if (task.run?.isStopping) return `${describeStop(task.run.underWayCount)} ${text}`;
  const wait = task.wait();
  return `Deleting: ${text}${wait ? `. ${describeWait(wait)}` : ""}`;
}

/**
 * @param {State} state
 * @param {Row[]} visible
 */
function describeSelection({ selected, task }, visible) {
  if (task || selected.size === 0) return "";
  // Users must not delete what they don't see without being told.
  const hidden = selected.size - visible.filter(({ id }) => selected.has(id)).length;
  return `${selected.size} selected${hidden > 0 ? `, ${hidden} of them hidden by the filter` : ""}`;
}

/** @param {State} state */
function renderActions({ rows = [], task, notice, selected, serverSignIn }) {
  const failed = rowsIn(rows, "failed").length;
  const unknown = rowsIn(rows, "unknown").length;
  setVisible("cancel", task);
  setText(element("cancel"), task?.run?.isStopping ? "Cancel now" : "Cancel");
  setText(element("check"), `Check ${unknown} unknown`);
  setText(element("retry"), `Retry ${failed} failed`);
  setText(element("delete"), `Delete ${selected.size} selected…`);
  const needsSignIn = notice?.needsSignIn && !serverSignIn;
  const canDelete = !task && !needsSignIn;
  renderNext([
    ["sign-in-again", !task && needsSignIn],
    ["try-again", !task && notice?.retry],
    ["check", canDelete && unknown > 0],
    ["retry", canDelete && failed > 0],
    ["delete", canDelete && selected.size > 0],
  ]);
}

/**
 * Shows what can be done next. The first that can is what most users will want: it stands out, and it
 * alone.
 * @param {[id: string, isPossible: unknown][]} actions
 */
function renderNext(actions) {
  const first = actions.find(([, isPossible]) => isPossible)?.[0];
  for (const [id, isPossible] of actions) {
    setVisible(id, isPossible);
    element(id).classList.toggle("primary", id === first);
  }
}
