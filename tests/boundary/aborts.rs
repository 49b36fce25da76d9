//! The caller's signal, at every moment of a call.

use wasm_bindgen_test::wasm_bindgen_test;

use super::thrown::ANYTHING;
use crate::{Played, play, play_each};

/// Each moment at which a call can be aborted: gives what the call needs, and calls `abort` when the moment is there.
///
/// `attempts` is how many requests were started by then, `unknown` whether one of them may have deleted the token.
const MOMENTS: [&str; 9] = [
    "({ moment: 'before the call', attempts: 0, before: true })",
    "({ moment: 'while the token function works', attempts: 0, credential: (abort) => (abort(), deaf()) })",
    "({ moment: 'a while after it was asked', attempts: 0, credential: (abort) => (later(abort), deaf()) })",
    "({ moment: 'as it gives the token', attempts: 0, credential: (abort, token) => (abort(), token) })",
    "({ moment: 'inside fetch', attempts: 1, unknown: true, steps: (abort) => [() => (abort(), deaf())] })",
    "({ moment: 'while no reply comes', attempts: 1, unknown: true, steps: (abort) => [(sent) => (later(abort), hangs(sent))] })",
    "({ moment: 'between head and body', attempts: 1, unknown: true, steps: (abort) => [streams(500, { pull: () => later(abort) })] })",
    "({ moment: 'in the middle of a body', attempts: 1, steps: (abort) => [
        streams(404, { start: (body) => (body.enqueue(utf8('{')), later(abort)) })] })",
    "({ moment: 'while waiting to retry', attempts: 1, unknown: true, steps: (abort) => [
        () => (later(abort), response(503, null, { 'retry-after': '20' }))] })",
];

#[wasm_bindgen_test]
async fn an_abort_ends_the_call_at_every_moment() -> Played {
    let script = "
        const controller = new AbortController();
        const reason = new Error(row.moment);
        const abort = () => controller.abort(reason);
        if (row.before) abort();
        fetches(...(row.steps?.(abort) ?? []));
        const credential = row.credential ? () => row.credential(abort, token) : token;
        const failure = await fails({ signal: controller.signal }, credential);
        is(failure.name, 'AbortError');
        is(failure.retryable, false);
        is(failure.attempts, row.attempts, 'attempts');
        is(failure.outcomeUnknown, row.unknown ?? false, 'outcomeUnknown');
        keeps(failure, reason);
    ";
    play_each(&MOMENTS, script).await
}

#[wasm_bindgen_test]
async fn whatever_the_reason_is_it_is_the_cause() -> Played {
    let script = "
        const controller = new AbortController();
        const reason = row ?? Symbol('undefined gets a reason of the host');
        fetches((sent) => (later(() => controller.abort(reason)), hangs(sent)));
        const failure = await fails({ signal: controller.signal });
        is(failure.name, attempt(() => reason.name) === 'TimeoutError' ? 'TimeoutError' : 'AbortError');
        keeps(failure, reason);
    ";
    play_each(&ANYTHING, script).await
}

#[wasm_bindgen_test]
async fn an_abort_without_a_reason_has_that_of_the_host_as_its_cause() -> Played {
    play(
        "
        const controller = new AbortController();
        fetches((sent) => (later(() => controller.abort()), hangs(sent)));
        const failure = await fails({ signal: controller.signal });
        is(failure.name, 'AbortError');
        is(failure.cause.name, 'AbortError');
        keeps(failure, controller.signal.reason);
        ",
    )
    .await
}

#[wasm_bindgen_test]
async fn an_aborted_signal_without_a_reason_still_aborts() -> Played {
    let rows = [
        "ownSignal({ aborted: true })",
        "ownSignal({ aborted: true, get reason() { throw 'no'; } })",
        "ownSignal({ aborted: true, reason: hostile() })",
        "ownSignal({ aborted: true, reason: revoked() })",
    ];
    let script = "is((await fails({ signal: row })).name, 'AbortError');";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn a_signal_that_was_a_timeout_gives_a_timeout_error() -> Played {
    play(
        "
        fetches(hangs);
        const failure = await fails({ signal: AbortSignal.timeout(1) });
        is(failure.name, 'TimeoutError');
        is(failure.cause.name, 'TimeoutError');
        is(sent.length, 1, 'requests, for the time of another is over too');
        ",
    )
    .await
}

#[wasm_bindgen_test]
async fn a_timeout_before_the_call_gives_a_timeout_error_and_sends_nothing() -> Played {
    play(
        "
        const signal = AbortSignal.abort(new DOMException('late', 'TimeoutError'));
        const failure = await fails({ signal }, () => ok(false, 'the token function is not asked'));
        is(failure.name, 'TimeoutError');
        is(failure.attempts, 0);
        keeps(failure, signal.reason);
        ",
    )
    .await
}

#[wasm_bindgen_test]
async fn an_abort_after_the_head_of_a_2xx_changes_nothing() -> Played {
    play(
        "
        const controller = new AbortController();
        fetches(streams(200, { pull: () => later(() => controller.abort()) }, { 'x-amzn-requestid': 'r-1' }));
        const outcome = await succeeds({ signal: controller.signal });
        same(outcome, { attempts: 1, alreadyDeleted: false, requestId: 'r-1' });
        ",
    )
    .await
}

#[wasm_bindgen_test]
async fn an_abort_after_the_end_of_a_call_changes_nothing() -> Played {
    play(
        "
        const controller = new AbortController();
        fetches(reply(200));
        await succeeds({ signal: controller.signal });
        controller.abort();
        await pause();
        ",
    )
    .await
}

#[wasm_bindgen_test]
async fn an_abort_ends_the_request_that_is_under_way() -> Played {
    play(
        "
        const controller = new AbortController();
        fetches(() => (later(() => controller.abort()), deaf()));
        await fails({ signal: controller.signal });
        is(sent[0].signal.aborted, true);
        ",
    )
    .await
}

#[wasm_bindgen_test]
async fn what_fetch_and_the_token_function_do_after_an_abort_reaches_nobody() -> Played {
    let rows = ["'fetch'", "'token'", "'body'"];
    let script = "
        const controller = new AbortController();
        const abort = () => later(() => controller.abort());
        const failing = () => new Promise((_, reject) => later(() => reject(new Error('too late')), 20));
        const body = { getReader: () => ({ read: () => (abort(), failing()) }) };
        fetches(row === 'body' ? () => ({ status: 500, headers: new Headers(), body }) : () => (abort(), failing()));
        const credential = row === 'token' ? () => (abort(), failing()) : token;
        is((await fails({ signal: controller.signal }, credential)).name, 'AbortError');
        await pause(30);
    ";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn a_signal_of_another_kind_is_listened_to_all_the_same() -> Played {
    play(
        "
        const listeners = new Set();
        const signal = ownSignal({
            addEventListener: (type, listener) => listeners.add(listener),
            removeEventListener: (type, listener) => listeners.delete(listener),
        });
        const abort = () => (Object.assign(signal, { aborted: true, reason: 'stop' }), listeners.forEach((act) => act()));
        fetches((sent) => (later(abort), hangs(sent)));
        const failure = await fails({ signal });
        is(failure.name, 'AbortError');
        keeps(failure, 'stop');
        is(listeners.size, 0, 'listeners left');
        ",
    )
    .await
}
