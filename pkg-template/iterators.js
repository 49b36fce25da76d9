// Many requests behind one iterator: a list page by page, deletions side by side.

import { unsent } from "./error.js";
import { CHECK, DELETIONS, PAGE, request } from "./module.js";
import { snapshot } from "./options.js";

export const listAccessTokens = (token, options) => iterator(PAGE, pages, token, options);

export const deleteAccessTokens = (token, ids, options) =>
  iterator(DELETIONS, deletions, token, options, ids);

// A generator whose requests are cancelled when the loop around it is left, also in the middle of a step.
function iterator(operation, steps, token, options, ids) {
  const given = snapshot(options);
  const cancel = new AbortController();
  let isLeft = false;
  // What is thrown at us may quote the token, so the module makes the error of it.
  const unreadable = (place, cause) => request(operation | CHECK, token, [place, cause], given);
  const ask = (subject) => request(operation, token, subject, { ...given, signal: cancel.signal });

  async function* run() {
    const concurrency = await request(operation | CHECK, token, undefined, given);
    const signal = given?.signal;
    const pass = () => cancel.abort(signal.reason);
    try {
      if (signal?.aborted) pass();
      signal?.addEventListener("abort", pass);
    } catch (cause) {
      await unreadable("options.signal", cause);
    }
    try {
      yield* steps({ ask, unreadable, concurrency, ids, signal: cancel.signal });
    } catch (error) {
      if (!isLeft) throw error;
    } finally {
      cancel.abort();
      attempt(() => signal?.removeEventListener("abort", pass));
    }
  }

  const generator = run();
  const leave = generator.return.bind(generator);
  generator.return = (value) => {
    isLeft = true;
    cancel.abort();
    return leave(value);
  };
  return generator;
}

// What a foreign signal or a source of ids throws when it is let go has nobody left to hear it.
async function attempt(act) {
  try {
    await act();
  } catch {}
}

async function* pages({ ask }) {
  const marks = [];
  for (;;) {
    const { items, nextToken } = await ask(marks);
    yield* items;
    if (nextToken === undefined) return;
    marks.push(nextToken);
  }
}

async function* deletions({ ask, unreadable, concurrency, ids, signal }) {
  const seen = new Set();
  const results = []; // which nobody has taken yet
  let underWay = 0;
  let isPulling = false;
  let isOver = false;
  let broken;
  let wake;
  const news = () => wake?.();
  signal.addEventListener("abort", news);

  async function remove(id) {
    underWay += 1;
    results.push(
      await ask(id).then(
        (output) => ({ id, status: "deleted", ...output }),
        (error) => ({ id, status: "failed", error }),
      ),
    );
    underWay -= 1;
    news();
  }

  async function pull() {
    isPulling = true;
    try {
      const { done, value: id } = await source.next();
      isOver = done;
      if (!done && !signal.aborted && !seen.has(id)) {
        seen.add(id);
        remove(id);
      }
    } catch (cause) {
      broken = [cause];
      isOver = true;
    }
    isPulling = false;
    news();
  }

  const source = await opened(ids, unreadable);
  try {
    for (;;) {
      if (!isPulling && !isOver && !signal.aborted && underWay + results.length < concurrency)
        pull();
      if (results.length > 0) yield results.shift();
      else if (underWay === 0 && (isOver || signal.aborted)) break;
      else await new Promise((resolve) => (wake = resolve));
    }
    if (broken) await unreadable("ids", broken[0]);
    // Under a signal that has fired this sends nothing, and says why.
    if (signal.aborted) await ask("-");
  } finally {
    // One that still waits for its next id might never come to its end.
    const closed = isOver || attempt(() => source.return?.());
    if (!isPulling) await closed;
  }
}

async function opened(ids, unreadable) {
  let open;
  try {
    // Text is an iterable too, but of characters.
    if (typeof ids !== "string") open = ids?.[Symbol.asyncIterator] ?? ids?.[Symbol.iterator];
    if (typeof open === "function") return open.call(ids);
  } catch (cause) {
    await unreadable("ids", cause);
  }
  const kind = ids === null ? "null" : typeof ids;
  throw unsent(
    "InvalidArgumentError",
    `ids must be an iterable or async iterable of strings, not ${kind}.`,
  );
}
