//! What is thrown at us, wherever it comes from: each call rejects with our shape, and the original is the cause.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::{Played, play, play_each};

/// Whatever can be thrown.
pub(crate) const ANYTHING: [&str; 21] = [
    "'gone'",
    "''",
    "undefined",
    "null",
    "7",
    "NaN",
    "true",
    "Symbol('gone')",
    "10n",
    "({ gone: true })",
    "Object.create(null)",
    "Object.freeze(['gone'])",
    "new Error('gone')",
    "new DOMException('gone', 'AbortError')",
    "new DOMException('late', 'TimeoutError')",
    "() => 'gone'",
    "thenable('gone')",
    "Promise.resolve('gone')",
    "revoked()",
    "hostile()",
    "hostile('hands off', function () {})",
];

#[wasm_bindgen_test]
async fn what_fetch_throws_is_the_cause() -> Played {
    let script = "
        fetches(throws(row));
        const failure = await fails({ maxAttempts: 1 });
        is(failure.name, 'NetworkError');
        is(failure.outcomeUnknown, true);
        keeps(failure, row);
    ";
    play_each(&ANYTHING, script).await
}

#[wasm_bindgen_test]
async fn what_fetch_rejects_with_is_the_cause() -> Played {
    let script = "
        fetches(rejects(row));
        const failure = await fails({ maxAttempts: 1 });
        is(failure.name, 'NetworkError');
        is(failure.outcomeUnknown, true);
        keeps(failure, row);
    ";
    play_each(&ANYTHING, script).await
}

#[wasm_bindgen_test]
async fn what_was_thrown_last_is_the_cause() -> Played {
    let script = "
        fetches(throws(new Error('before')), reply(503), throws(row));
        keeps(await fails(), row);
    ";
    play_each(&ANYTHING, script).await
}

#[wasm_bindgen_test]
async fn what_was_thrown_before_a_reply_is_not_its_cause() -> Played {
    play(
        "
        fetches(throws('before'), reply(400));
        const failure = await fails();
        is(failure.name, 'ValidationException');
        is(Object.hasOwn(failure, 'cause'), false);
        ",
    )
    .await
}

#[wasm_bindgen_test]
async fn what_breaks_the_body_of_an_error_is_the_cause() -> Played {
    let script = "
        fetches(streams(500, { start: (body) => body.error(row) }));
        const failure = await fails({ maxAttempts: 1 });
        is(failure.name, 'NetworkError');
        is(failure.status, 500);
        keeps(failure, row);
    ";
    play_each(&ANYTHING, script).await
}

#[wasm_bindgen_test]
async fn what_breaks_the_body_later_on_is_the_cause() -> Played {
    let script = "
        let pulls = 0;
        const pull = (body) => (++pulls > 2 ? body.error(row) : body.enqueue(utf8('{')));
        fetches(streams(500, { pull }));
        keeps(await fails({ maxAttempts: 1 }), row);
    ";
    play_each(&ANYTHING, script).await
}

#[wasm_bindgen_test]
async fn whatever_breaks_the_body_of_a_2xx_the_call_succeeds() -> Played {
    let script = "
        fetches(streams(200, { start: (body) => body.error(row) }));
        same(await succeeds(), { attempts: 1, alreadyDeleted: false });
    ";
    play_each(&ANYTHING, script).await
}

#[wasm_bindgen_test]
async fn what_the_token_function_throws_is_the_cause() -> Played {
    let script = "
        const failure = await fails({}, () => { throw row; });
        is(failure.name, 'InvalidArgumentError');
        has(failure.message, 'token');
        keeps(failure, row);
    ";
    play_each(&ANYTHING, script).await
}

#[wasm_bindgen_test]
async fn what_the_token_function_rejects_with_is_the_cause() -> Played {
    let script = "
        const failure = await fails({}, async () => { throw row; });
        is(failure.name, 'InvalidArgumentError');
        has(failure.message, 'token');
        is(failure.outcomeUnknown, false);
        keeps(failure, row);
    ";
    play_each(&ANYTHING, script).await
}

#[wasm_bindgen_test]
async fn what_the_token_function_throws_later_leaves_the_outcome_unknown() -> Played {
    let script = "
        let asked = 0;
        fetches(reply(503));
        const failure = await fails({}, () => { if (++asked > 1) throw row; return token; });
        is(failure.attempts, 1);
        is(failure.outcomeUnknown, true);
        keeps(failure, row);
    ";
    play_each(&ANYTHING, script).await
}

#[wasm_bindgen_test]
async fn what_an_option_throws_is_the_cause_and_the_option_is_named() -> Played {
    let script = "
        for (const name of ['endpoint', 'signal', 'timeoutMs', 'maxAttempts']) {
            const failure = await refuses(token, 'id', { get [name]() { throw row; } });
            has(failure.message, `options.${name}`);
            keeps(failure, row);
        }
    ";
    play_each(&ANYTHING, script).await
}

#[wasm_bindgen_test]
async fn what_options_throw_as_a_whole_is_the_cause() -> Played {
    let script = "
        const traps = [{ ownKeys: throws(row) }, { ownKeys: () => ['timeoutMs'], get: throws(row) }];
        for (const trap of [...traps, new Proxy({}, { get: () => throws(row) })]) {
            const failure = await refuses(token, 'id', new Proxy({}, trap));
            has(failure.message, 'options');
            keeps(failure, row);
        }
    ";
    play_each(&ANYTHING, script).await
}

#[wasm_bindgen_test]
async fn what_a_signal_throws_when_it_is_listened_to_is_the_cause() -> Played {
    let script = "
        const signal = ownSignal({ addEventListener: throws(row) });
        const failure = await fails({ signal });
        is(failure.attempts, 0);
        keeps(failure, row);
    ";
    play_each(&ANYTHING, script).await
}

#[wasm_bindgen_test]
async fn a_signal_that_throws_when_it_is_left_alone_harms_nobody() -> Played {
    let script = "
        fetches(reply(503), reply(200));
        const signal = ownSignal({ removeEventListener: throws(row) });
        is((await succeeds({ signal }, () => token)).attempts, 2);
    ";
    play_each(&ANYTHING, script).await
}

#[wasm_bindgen_test]
async fn what_a_part_of_the_host_throws_is_the_cause() -> Played {
    let script = "
        for (const part of ['setTimeout', 'AbortController']) {
            const before = globalThis[part];
            replace(globalThis, part, function () { throw row; });
            const failure = await fails();
            replace(globalThis, part, before);
            is(failure.name, 'NetworkError', part);
            is(failure.attempts, 0, part);
            keeps(failure, row, part);
        }
    ";
    play_each(&ANYTHING, script).await
}

#[wasm_bindgen_test]
async fn parts_of_the_host_that_one_can_do_without_may_throw_anything() -> Played {
    let script = "
        fetches(reply(503), reply(200));
        replace(Math, 'random', throws(row));
        replace(Date, 'now', throws(row));
        const { clearTimeout } = globalThis;
        replace(globalThis, 'clearTimeout', (timer) => { clearTimeout(timer); throw row; });
        is((await succeeds()).attempts, 2);
    ";
    play_each(&ANYTHING, script).await
}
