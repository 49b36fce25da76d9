//! Hosts that lack something, or where somebody has put something else in its place.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::{Played, play, play_each};

/// What is no function.
const NO_FUNCTION: [&str; 6] = ["undefined", "null", "5", "'fetch'", "{}", "[]"];

#[wasm_bindgen_test]
async fn without_fetch_nothing_is_sent_and_the_outcome_is_known() -> Played {
    let script = "
        replace(globalThis, 'fetch', row);
        const failure = await fails();
        const { name, attempts, outcomeUnknown, status } = failure;
        same([name, attempts, outcomeUnknown, status], ['NetworkError', 0, false, undefined]);
        has(failure.message, 'fetch');
    ";
    play_each(&NO_FUNCTION, script).await
}

#[wasm_bindgen_test]
async fn without_fetch_at_all_nothing_is_sent_either() -> Played {
    play(
        "
        replace(globalThis, 'fetch', undefined);
        delete globalThis.fetch;
        if (typeof fetch === 'undefined') is((await fails()).name, 'NetworkError');
        ",
    )
    .await
}

#[wasm_bindgen_test]
async fn a_fetch_that_can_not_be_looked_up_is_none() -> Played {
    play(
        "
        define(globalThis, 'fetch', { get: throws('no') });
        const { name, attempts } = await fails();
        same([name, attempts], ['NetworkError', 0]);
        ",
    )
    .await
}

#[wasm_bindgen_test]
async fn fetch_is_looked_up_at_every_request() -> Played {
    play(
        "
        const before = globalThis.fetch;
        fetches(() => (replace(globalThis, 'fetch', undefined), response(503)), reply(200));
        const failure = await fails();
        same([failure.name, failure.attempts, failure.outcomeUnknown], ['NetworkError', 1, true]);
        replace(globalThis, 'fetch', before);
        await succeeds();
        ",
    )
    .await
}

#[wasm_bindgen_test]
async fn any_function_may_be_in_the_place_of_fetch() -> Played {
    let rows = [
        "(fetch) => new Proxy(fetch, {})",
        "(fetch) => fetch.bind(null)",
        "(fetch) => async (...given) => fetch(...given)",
        "(fetch) => Object.assign((...given) => fetch(...given), { call: null, apply: null, bind: null })",
    ];
    let script = "
        fetches(reply(200));
        replace(globalThis, 'fetch', row(globalThis.fetch));
        await succeeds();
    ";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn a_function_that_can_not_be_called_is_in_the_place_of_fetch() -> Played {
    let rows = ["class {}", "revoked(() => {})", "hostile('no', () => {})"];
    let script = "
        replace(globalThis, 'fetch', row);
        const end = await call(token, 'id', { endpoint: origin, maxAttempts: 1 });
        is(end.failure.name, 'NetworkError');
        ok(Object.hasOwn(end.failure, 'cause'), 'there is a cause');
    ";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn a_host_that_lacks_a_part_fails_before_it_sends() -> Played {
    let script = "
        for (const part of ['AbortController', 'setTimeout']) {
            const before = globalThis[part];
            replace(globalThis, part, row);
            const { name, attempts, outcomeUnknown } = await fails();
            replace(globalThis, part, before);
            same([name, attempts, outcomeUnknown], ['NetworkError', 0, false], part);
        }
    ";
    play_each(&NO_FUNCTION, script).await
}

#[wasm_bindgen_test]
async fn a_timer_that_fires_at_once_is_a_limit_that_ran_out() -> Played {
    play(
        "
        replace(globalThis, 'setTimeout', (act) => (act(), 1));
        fetches(deaf);
        is((await fails({ maxAttempts: 2 })).name, 'TimeoutError');
        ",
    )
    .await
}

#[wasm_bindgen_test]
async fn a_host_without_clear_timeout_or_a_class_of_bytes_is_still_one() -> Played {
    let script = "
        for (const part of ['clearTimeout', 'Uint8Array', 'Request', 'AbortSignal', 'DOMException', 'Response']) {
            const before = globalThis[part];
            fetches(reply(503, 'body'), streams(200, parts(utf8('{}'))));
            const served = [response(503, 'body'), response(200, '{}')];
            fetches(() => served.shift());
            replace(globalThis, part, row);
            const end = await call(token, 'id', { endpoint: origin });
            replace(globalThis, part, before);
            is(end.outcome?.attempts, 2, part);
            timers.open.forEach((timer) => clearTimeout(timer));
        }
    ";
    play_each(&["undefined", "{}"], script).await
}
