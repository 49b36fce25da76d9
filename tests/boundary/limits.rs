//! The time limit of an attempt, and the timer behind it.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::{Played, play, play_each};

#[wasm_bindgen_test]
async fn a_fetch_that_never_settles_runs_into_the_limit() -> Played {
    let script = "
        fetches(row);
        const failure = await fails({ timeoutMs: 1, maxAttempts: 1 });
        is(failure.name, 'TimeoutError');
        is(failure.attempts, 1);
        is(failure.retryable, true);
        is(failure.outcomeUnknown, true);
        is(sent[0].signal.aborted, true);
    ";
    play_each(&["deaf", "hangs"], script).await
}

#[wasm_bindgen_test]
async fn an_attempt_out_of_time_is_tried_again_under_a_limit_of_its_own() -> Played {
    play(
        "
        fetches(deaf, hangs, reply(200));
        is((await succeeds({ timeoutMs: 5 })).attempts, 3);
        same(timers.asked, [5, 0, 5, 0, 5]);
        same(sent.slice(0, 2).map(({ signal }) => signal.aborted), [true, true]);
        ",
    )
    .await
}

#[wasm_bindgen_test]
async fn the_limit_holds_for_the_body_too() -> Played {
    play(
        "
        fetches(streams(500));
        const failure = await fails({ timeoutMs: 1, maxAttempts: 1 });
        is(failure.name, 'TimeoutError');
        is(failure.status, 500);
        is(failure.outcomeUnknown, true);
        is(sent[0].body, 'cancelled');
        ",
    )
    .await
}

#[wasm_bindgen_test]
async fn head_and_body_share_one_timer() -> Played {
    play(
        "
        fetches(streams(400, parts(utf8('{'), utf8('}'))));
        await fails({ timeoutMs: 1_234 });
        same(timers.asked, [1_234]);
        ",
    )
    .await
}

#[wasm_bindgen_test]
async fn a_2xx_whose_body_never_ends_resolves_at_the_limit() -> Played {
    play(
        "
        fetches(streams(200));
        is((await succeeds({ timeoutMs: 1 })).attempts, 1);
        is(sent[0].body, 'cancelled');
        ",
    )
    .await
}

#[wasm_bindgen_test]
async fn the_limit_is_ten_seconds_unless_the_caller_says_otherwise() -> Played {
    let rows = [
        "[undefined, 10_000]",
        "[1, 1]",
        "[0.1, 1]",
        "[1.5, 2]",
        "[5e-324, 1]",
    ];
    let script = "
        fetches(reply(200));
        await succeeds({ timeoutMs: row[0] });
        same(timers.asked, [row[1]]);
    ";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn a_limit_longer_than_a_timer_can_be_does_not_end_at_once() -> Played {
    let rows = [
        "2 ** 31",
        "2 ** 32",
        "2 ** 32 + 1",
        "2 ** 53",
        "Number.MAX_VALUE",
    ];
    let script = "
        fetches(async () => (await pause(20), response(200)));
        is((await succeeds({ timeoutMs: row, maxAttempts: 1 })).attempts, 1);
        ok(timers.asked.every((ms) => ms > 0 && ms <= 2 ** 31 - 1), `the timer can be set: ${timers.asked}`);
    ";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn the_token_function_may_take_longer_than_an_attempt() -> Played {
    play(
        "
        fetches(reply(200));
        await succeeds({ timeoutMs: 1 }, async () => (await pause(30), token));
        same(timers.asked, [1]);
        ",
    )
    .await
}

#[wasm_bindgen_test]
async fn a_reply_after_the_limit_reaches_nobody() -> Played {
    let rows = [
        "() => response(200)",
        "() => { throw new Error('too late'); }",
    ];
    let script = "
        fetches(() => pause(20).then(row));
        is((await fails({ timeoutMs: 1, maxAttempts: 1 })).name, 'TimeoutError');
        await pause(30);
    ";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn a_clock_that_jumps_or_stands_still_changes_no_limit() -> Played {
    let rows = ["0", "NaN", "-1e18", "1e18", "Infinity"];
    let script = "
        replace(Date, 'now', () => row);
        fetches(reply(503), reply(200));
        await succeeds();
        same(timers.asked, [10_000, 0, 10_000]);
    ";
    play_each(&rows, script).await
}
