//! One of many deletions: the gate that holds all of them back, and the check of their arguments.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::boundary::thrown::ANYTHING;
use crate::{Played, play, play_each};

#[wasm_bindgen_test]
async fn after_a_throttling_reply_the_next_deletion_waits() -> Played {
    play(
        "
        replace(Math, 'random', () => 0.05);
        fetches(reply(429), reply(200));
        const remove = (id, options) => request(1, token, id, { endpoint: origin, ...options });
        is((await settled(remove('a', { maxAttempts: 1 }))).failure.name, 'ThrottlingException');
        const before = timers.asked.length;
        is((await remove('b')).attempts, 1);
        const [held] = timers.asked.slice(before);
        ok(held > 0 && held <= 50, `it waits for what is left: ${held}`);
        ",
    )
    .await
}

#[wasm_bindgen_test]
async fn those_under_way_are_held_back_together() -> Played {
    play(
        "
        replace(Math, 'random', () => 0.05);
        let open = 0;
        fetches(async () => (open++ < 3 ? (await pause(), response(open === 1 ? 429 : 503)) : response(200)));
        const ends = ['a', 'b', 'c'].map((id) => request(1, token, id, { endpoint: origin }));
        const attempts = (await Promise.all(ends)).map((end) => end.attempts);
        same(attempts, [2, 2, 2]);
        ",
    )
    .await
}

#[wasm_bindgen_test]
async fn deletions_to_another_origin_and_single_ones_are_not_held() -> Played {
    play(
        "
        fetches(reply(429, '', { 'retry-after': '20' }), reply(200));
        const many = { endpoint: origin, maxAttempts: 1 };
        is((await settled(request(1, token, 'a', many))).failure.retryAfterMs, 20_000);
        is((await succeeds()).attempts, 1);
        is((await request(1, token, 'b', { endpoint: origin.replace('play', 'other') })).attempts, 1);
        ",
    )
    .await
}

#[wasm_bindgen_test]
async fn an_abort_ends_a_deletion_that_is_held_back() -> Played {
    play(
        "
        fetches(reply(429, '', { 'retry-after': '20' }));
        await settled(request(1, token, 'a', { endpoint: origin, maxAttempts: 1 }));
        const controller = new AbortController();
        const end = settled(request(1, token, 'b', { endpoint: origin, signal: controller.signal }));
        await pause();
        controller.abort();
        const { failure } = await end;
        same([failure.name, failure.attempts, failure.outcomeUnknown], ['AbortError', 0, false]);
        is(sent.length, 1);
        ",
    )
    .await
}

#[wasm_bindgen_test]
async fn a_check_gives_how_many_may_be_under_way_and_sends_nothing() -> Played {
    play(
        "
        is(await request(5, token, undefined, { endpoint: origin }), 4);
        is(await request(5, () => token, undefined, { concurrency: 64 }), 64);
        is(sent.length, 0);
        ",
    )
    .await
}

#[wasm_bindgen_test]
async fn a_check_refuses_what_a_deletion_would_refuse() -> Played {
    let rows = [
        "[7, {}, 'token must be']",
        "['two words', {}, 'token must hold']",
        "['t', { concurrency: 65 }, 'options.concurrency must be an integer from 1 to 64, not more.']",
        "['t', { concurrency: 0.5 }, 'not a fraction.']",
        "['t', { pageSize: 1 }, 'options.pageSize is not an option.']",
        "['t', { concurency: 1 }, 'Did you mean concurrency?']",
        "['t', { endpoint: 'ftp://x' }, 'options.endpoint']",
        "['t', 7, 'options must be an object']",
    ];
    let script = "
        const [credential, options, expected] = row;
        const { failure } = await settled(request(5, credential, undefined, options));
        is(failure.name, 'InvalidArgumentError');
        has(failure.message, expected);
    ";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn what_the_ids_threw_is_the_cause() -> Played {
    let script = "
        const { failure } = await settled(request(5, token, ['ids', row], {}));
        is(failure.message, 'ids could not be read: it threw.');
        keeps(failure, row);
    ";
    play_each(&ANYTHING, script).await
}

#[wasm_bindgen_test]
async fn what_the_ids_threw_does_not_quote_the_token() -> Played {
    play(
        "
        const { failure } = await settled(request(5, token, ['ids', new Error(token)], {}));
        ok(!quotes(failure, token), 'the token is kept out');
        ",
    )
    .await
}
