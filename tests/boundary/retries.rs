//! Again or not: order, waits, and the budget.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::{Played, play, play_each};

#[wasm_bindgen_test]
async fn what_may_pass_is_tried_again() -> Played {
    let rows = [
        "throws('gone')",
        "rejects('gone')",
        "deaf",
        "reply(408)",
        "reply(429)",
        "reply(500)",
        "reply(502)",
        "reply(503)",
        "reply(504)",
        "reply(400, '{\"code\": \"SlowDown\"}')",
        "streams(500, { start: (body) => body.error('gone') })",
    ];
    let script = "
        fetches(row, reply(200));
        is((await succeeds({ timeoutMs: 5 })).attempts, 2);
    ";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn what_will_not_pass_is_not_tried_again() -> Played {
    let rows = [
        "400", "401", "402", "403", "404", "409", "418", "501", "505", "599",
    ];
    let script = "
        fetches(reply(row), reply(200));
        is((await fails()).attempts, 1);
        is(sent.length, 1, 'requests');
    ";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn there_are_as_many_attempts_as_the_caller_allows() -> Played {
    let rows = [
        "[undefined, 3]",
        "[1, 1]",
        "[2, 2]",
        "[10, 10]",
        "[1e300, 36]",
    ];
    // 36 is what a full budget of 500 can pay for, at 14 a retry.
    let script = "
        fetches(reply(500));
        is((await fails({ maxAttempts: row[0] })).attempts, row[1]);
    ";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn the_token_function_is_asked_before_every_attempt() -> Played {
    play(
        "
        const order = [];
        const tokens = [secret(), secret(), secret()];
        const give = () => (order.push('token'), tokens[sent.length]);
        const send = (step) => (request) => (order.push('fetch'), step(request));
        fetches(send(reply(503)), send(throws('gone')), send(reply(200)));
        await succeeds({}, give);
        same(order, ['token', 'fetch', 'token', 'fetch', 'token', 'fetch']);
        same(sent.map(({ init }) => init.headers.authorization), tokens.map((token) => `Bearer ${token}`));
        same(tokens.flatMap(traces), []);
        ",
    )
    .await
}

#[wasm_bindgen_test]
async fn the_token_function_is_called_with_nothing() -> Played {
    play(
        "
        fetches(reply(200));
        await succeeds({}, function (...given) {
            is(given.length, 0, 'arguments');
            ok(this === undefined || this === globalThis, 'no this of ours');
            return token;
        });
        ",
    )
    .await
}

#[wasm_bindgen_test]
async fn a_token_that_does_not_exist_after_an_open_outcome_was_deleted() -> Played {
    let rows = [
        "[throws('gone')]",
        "[deaf]",
        "[reply(500)]",
        "[reply(429), reply(503)]",
    ];
    let script = "
        fetches(...row, reply(404, null, { 'x-amzn-requestid': 'r-9' }));
        const outcome = await succeeds({ timeoutMs: 5 });
        same(outcome, { attempts: row.length + 1, alreadyDeleted: true, requestId: 'r-9' });
    ";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn a_token_that_does_not_exist_after_throttling_was_never_there() -> Played {
    play(
        "
        fetches(reply(429), reply(404));
        const failure = await fails();
        is(failure.name, 'ResourceNotFoundException');
        is(failure.outcomeUnknown, false);
        ",
    )
    .await
}

#[wasm_bindgen_test]
async fn waits_grow_from_attempt_to_attempt_and_more_after_throttling() -> Played {
    let rows = ["[503, [50, 100, 200]]", "[429, [1_000, 2_000, 4_000]]"];
    let script = "
        replace(Math, 'random', () => 1);
        const { setTimeout } = globalThis;
        const waits = [];
        replace(globalThis, 'setTimeout', (act, ms) => (waits.push(ms), setTimeout(act, 0)));
        fetches(() => new Promise((resolve) => resolve(response(row[0]))));
        await fails({ maxAttempts: 4, timeoutMs: 9_999 });
        same(waits.filter((ms) => ms !== 9_999), row[1]);
    ";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn a_random_source_that_is_replaced_gives_no_unfit_wait() -> Played {
    let rows = [
        "NaN",
        "-5",
        "1e300",
        "Infinity",
        "'x'",
        "undefined",
        "null",
        "10n",
        "Symbol('x')",
        "{}",
        "hostile()",
    ];
    let script = "
        replace(Math, 'random', () => row);
        fetches(reply(503), reply(200));
        await succeeds();
        const [, wait] = timers.asked;
        ok(Number.isInteger(wait) && wait >= 0 && wait <= 50, `a wait: ${wait}`);
    ";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn the_service_says_how_long_to_wait() -> Played {
    let rows = [
        "[{ 'retry-after': '2' }, 2_000]",
        "[{ 'retry-after': '0' }, 0]",
        "[{ 'x-amz-retry-after': '150' }, 150]",
        "[{ 'retry-after': 'soon' }, 0]",
        "[{ 'retry-after': '-1' }, 0]",
        "[{ 'retry-after': 'Thu, 01 Jan 1970 00:00:15 GMT' }, 5_000]",
        "[{ 'retry-after': 'Thu, 01 Jan 1970 00:00:05 GMT' }, 0]",
    ];
    let script = "
        replace(Date, 'now', () => 10_000);
        const { setTimeout } = globalThis;
        const waits = [];
        replace(globalThis, 'setTimeout', (act, ms) => (waits.push(ms), setTimeout(act, 0)));
        fetches(async () => response(503, null, row[0]), async () => response(200));
        await succeeds({ timeoutMs: 9_999 });
        same(waits.filter((ms) => ms !== 9_999), [row[1]]);
    ";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn who_is_asked_to_wait_too_long_is_told_so_at_once() -> Played {
    let rows = [
        "[{ 'retry-after': '21' }, 21_000]",
        "[{ 'x-amz-retry-after': '20001' }, 20_001]",
        "[{ 'retry-after': '99999999999999999999' }, 4_294_967_295]",
    ];
    let script = "
        fetches(reply(503, null, row[0]));
        const failure = await fails();
        same([failure.attempts, failure.retryAfterMs, failure.retryable], [1, row[1], true]);
    ";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn calls_to_one_origin_share_a_budget_and_others_do_not_touch_it() -> Played {
    play(
        "
        fetches(reply(500));
        // 35 retries at 14 are 490 of 500.
        is((await fails({ maxAttempts: 36 })).attempts, 36);
        is((await fails({ endpoint: `${origin}/prefix` })).attempts, 1);
        is((await fails({ endpoint: origin.toUpperCase() })).attempts, 1);
        is((await fails({ endpoint: `${origin}:8443` })).attempts, 3);
        ",
    )
    .await
}

#[wasm_bindgen_test]
async fn a_success_gives_the_budget_something_back() -> Played {
    play(
        "
        fetches(reply(500));
        await fails({ maxAttempts: 36 });
        fetches(reply(200));
        for (let calls = 0; calls < 4; calls += 1) await succeeds();
        fetches(reply(500));
        is((await fails()).attempts, 2);
        ",
    )
    .await
}
