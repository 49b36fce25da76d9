//! What is left when a call is over: no timer, no listener, no request under way. After every play the stage looks for these
//! too; here many calls make small remains large.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::{Played, play, play_each};

#[wasm_bindgen_test]
async fn a_signal_shared_by_a_thousand_calls_gathers_no_listeners() -> Played {
    play(
        "
        const { signal } = new AbortController();
        fetches(reply(200));
        for (let calls = 0; calls < 1_000; calls += 1) await succeeds({ signal }, () => token);
        is(listeners.now, 0, 'listeners');
        ok(listeners.most > 0 && listeners.most <= 2, `a few listeners at a time, not ${listeners.most}`);
        is(timers.open.size, 0, 'timers');
        ",
    )
    .await
}

#[wasm_bindgen_test]
async fn a_thousand_failed_calls_leave_nothing_on_their_signal() -> Played {
    play(
        "
        const { signal } = new AbortController();
        fetches(reply(404));
        for (let calls = 0; calls < 1_000; calls += 1) await fails({ signal });
        is(listeners.now, 0, 'listeners');
        is(timers.open.size, 0, 'timers');
        ",
    )
    .await
}

#[wasm_bindgen_test]
async fn the_same_listener_is_taken_off_that_was_put_on() -> Played {
    let rows = [
        "[reply(200)]",
        "[reply(404)]",
        "[throws('gone')]",
        "[hangs]",
        "[reply(503), deaf]",
        "[streams(500)]",
    ];
    let script = "
        const on = [];
        const off = [];
        const signal = ownSignal({
            addEventListener: (...given) => on.push(given),
            removeEventListener: (...given) => off.push(given),
        });
        fetches(...row);
        await call(() => token, 'id', { endpoint: origin, signal, timeoutMs: 5, maxAttempts: 2 });
        ok(on.length > 0, 'the signal was listened to');
        is(off.length, on.length, 'listeners taken off');
        for (const [type, listener] of on) {
            ok(off.some(([gone, same]) => gone === type && same === listener), 'each is taken off');
        }
    ";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn what_a_timer_gives_is_what_is_cleared() -> Played {
    let rows = [
        "0",
        "'timer'",
        "undefined",
        "null",
        "Symbol('timer')",
        "({})",
        "hostile()",
    ];
    let script = "
        const cleared = [];
        replace(globalThis, 'setTimeout', () => row);
        replace(globalThis, 'clearTimeout', (timer) => cleared.push(timer));
        fetches(reply(200));
        await succeeds();
        ok(cleared.length === 1 && Object.is(cleared[0], row), 'this timer is cleared, once');
    ";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn many_calls_take_no_more_memory_than_a_few() -> Played {
    let rows = [
        "reply(200)",
        "reply(404, JSON.stringify({ message: 'x'.repeat(5_000) }), { 'x-amzn-requestid': 'x'.repeat(5_000) })",
        "throws(new Error('gone'))",
    ];
    let script = "
        fetches(row);
        const few = async (times) => {
            for (let calls = 0; calls < times; calls += 1) {
                await call(token, 'id', { endpoint: `https://${calls % 7}.example`, maxAttempts: 1 });
            }
            return memory.buffer.byteLength;
        };
        const before = await few(50);
        is(await few(500), before, 'bytes');
    ";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn a_call_that_ended_lets_go_of_its_request() -> Played {
    let rows = ["[deaf]", "[hangs]", "[streams(500)]", "[streams(200)]"];
    let script = "
        fetches(...row);
        await call(token, 'id', { endpoint: origin, timeoutMs: 1, maxAttempts: 1 });
        is(sent[0].signal.aborted, true);
    ";
    play_each(&rows, script).await
}
