//! Many calls at once, and calls from inside of calls.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::{Played, play, play_each};

#[wasm_bindgen_test]
async fn calls_that_arrive_together_each_get_their_own_answer() -> Played {
    play(
        "
        fetches(async ({ url }) => {
            const id = url.split('/').at(-1);
            await pause(Number(id) % 3);
            return response(Number(id) % 2 ? 404 : 200, null, { 'x-amzn-requestid': `r-${id}` });
        });
        const ids = Array.from({ length: 200 }, (_, index) => String(index));
        const ends = await Promise.all(ids.map((id) => call(() => token, id, { endpoint: origin })));
        for (const [id, { outcome, failure }] of ends.entries()) {
            is((outcome ?? failure).requestId, `r-${id}`);
            is(failure?.name, id % 2 ? 'ResourceNotFoundException' : undefined);
        }
        ",
    )
    .await
}

#[wasm_bindgen_test]
async fn one_abort_ends_all_calls_that_share_the_signal() -> Played {
    play(
        "
        const controller = new AbortController();
        fetches(hangs);
        const calls = Array.from({ length: 100 }, () => call(token, 'id', { endpoint: origin, signal: controller.signal }));
        await pause();
        is(sent.length, 100, 'requests');
        controller.abort();
        for (const { failure } of await Promise.all(calls)) is(failure.name, 'AbortError');
        ",
    )
    .await
}

#[wasm_bindgen_test]
async fn calls_of_one_storm_share_the_budget() -> Played {
    play(
        "
        fetches(reply(500));
        const calls = Array.from({ length: 100 }, () => call(token, 'id', { endpoint: origin }));
        await Promise.all(calls);
        is(sent.length, 100 + Math.floor(500 / 14), 'requests');
        ",
    )
    .await
}

#[wasm_bindgen_test]
async fn a_call_may_be_made_from_wherever_the_caller_is_asked() -> Played {
    let rows = [
        "(again) => ({ credential: (token) => () => (again(), token) })",
        "(again) => ({ options: { get maxAttempts() { again(); return 3; } } })",
        "(again) => ({ options: new Proxy({}, { ownKeys: () => (again(), []) }) })",
        "(again) => ({ options: { signal: ownSignal({ get aborted() { again(); return false; } }) } })",
        "(again) => ({ options: { signal: ownSignal({ addEventListener: again, removeEventListener: again }) } })",
        "(again) => ({ step: () => (again(), response(503)) })",
        "(again) => ({ step: () => ({ get status() { again(); return 503; }, headers: { get: () => (again(), '0') } }) })",
        "(again, replace) => (replace(Math, 'random', () => (again(), 0)), {})",
        "(again, replace) => (replace(Date, 'now', () => (again(), 0)), {})",
    ];
    let script = "
        const more = [];
        const again = () => more.length < 5 && more.push(call(token, 'inner', { endpoint: origin }));
        const { credential, options = {}, step = reply(503) } = row(again, replace);
        fetches((request) => (request.url.endsWith('inner') || sent.length > 2 ? response(200) : step(request)));
        const end = await call(credential?.(token) ?? token, 'id', options);
        ok('outcome' in end, end.failure?.message);
        ok(more.length > 0, 'there were more calls');
        for (const { outcome } of await Promise.all(more)) is(outcome.attempts, 1);
    ";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn a_call_may_abort_another_one() -> Played {
    play(
        "
        const controllers = Array.from({ length: 20 }, () => new AbortController());
        fetches(({ url }) => {
            controllers[Number(url.split('/').at(-1)) - 1]?.abort('next');
            return deaf();
        });
        later(() => controllers.at(-1).abort('last'), 5);
        const calls = controllers.map(({ signal }, id) => call(token, String(id), { endpoint: origin, signal }));
        for (const { failure } of await Promise.all(calls)) is(failure.name, 'AbortError');
        ",
    )
    .await
}
