//! One page of a list: what is sent, what comes of the reply, and how it fails.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::{Played, play, play_each};

#[wasm_bindgen_test]
async fn a_page_is_asked_for_by_exactly_this() -> Played {
    play(
        "
        fetches(reply(200, '{\"items\":[]}'));
        await request(2, token, [], { endpoint: `${origin}/api/`, pageSize: 7 });
        const [{ url, init, more }] = sent;
        is(url, `${origin}/api/v1/accessTokens`);
        same([init.method, init.body, more], ['POST', '{\"maxResults\":7}', []]);
        const json = 'application/json';
        same({ ...init.headers }, { authorization: `Bearer ${token}`, accept: json, 'content-type': json });
        same([init.redirect, init.credentials, init.cache], ['manual', 'omit', 'no-store']);
        ",
    )
    .await
}

#[wasm_bindgen_test]
async fn the_last_of_the_marks_is_the_page_that_is_asked_for() -> Played {
    play(
        "
        fetches(reply(200, '{\"items\":[]}'));
        const mark = '\\u0000\"\\\\' + 'm'.repeat(9_990);
        await request(2, token, ['first', mark], { endpoint: origin });
        same(JSON.parse(sent[0].init.body), { maxResults: 10, nextToken: mark });
        ",
    )
    .await
}

#[wasm_bindgen_test]
async fn a_page_gives_its_tokens_with_dates_and_the_next_mark() -> Played {
    play(
        "
        const items = [
            { id: '1', name: 'Laptop \u{1F600}', expiresTime: '2027-01-02T03:04:05.678Z' },
            { id: '2', name: 'x\\u0007', expiresTime: null },
        ];
        fetches(reply(200, JSON.stringify({ items, nextToken: 'm' })));
        const page = await request(2, token, [], { endpoint: origin });
        same(Object.keys(page).sort(), ['items', 'nextToken']);
        is(page.nextToken, 'm');
        const [first, second] = page.items;
        ok(first.expiresTime instanceof Date, 'it is a date');
        same(first, items[0]);
        same(second, { id: '2', name: 'x\\u0007' });
        ",
    )
    .await
}

#[wasm_bindgen_test]
async fn what_is_no_page_is_an_unexpected_response() -> Played {
    let rows = [
        "''",
        "'null'",
        "'[]'",
        "'<html>'",
        "'{\"items\":[{}]}'",
        "'{\"items\":[]'",
        "'{\"items\":[],\"nextToken\":\"seen\"}'",
        "'{\"items\":[' + '{\"id\":\"1\",\"name\":\"n\"},'.repeat(9_999) + '{}]}'",
    ];
    let script = "
        fetches(reply(200, row));
        const { failure } = await settled(request(2, token, ['seen'], { endpoint: origin }));
        same([failure.name, failure.status, failure.attempts], ['UnexpectedResponseError', 200, 1]);
        same([failure.retryable, failure.outcomeUnknown, sent.length], [false, false, 1]);
    ";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn a_page_that_breaks_off_is_asked_for_again() -> Played {
    play(
        "
        const broken = streams(200, { start: (body) => (body.enqueue(utf8('{\"items\":')), body.error('gone')) });
        fetches(broken, reply(503), reply(200, '{\"items\":[]}'));
        same(await request(2, token, [], { endpoint: origin }), { items: [] });
        is(sent.length, 3);
        ",
    )
    .await
}

#[wasm_bindgen_test]
async fn an_abort_ends_a_page_at_once_with_nothing_unknown() -> Played {
    play(
        "
        const controller = new AbortController();
        fetches(() => (controller.abort('enough'), new Promise(() => {})));
        const { failure } = await settled(request(2, token, [], { endpoint: origin, signal: controller.signal }));
        same([failure.name, failure.cause, failure.outcomeUnknown], ['AbortError', 'enough', false]);
        ",
    )
    .await
}

#[wasm_bindgen_test]
async fn a_list_has_options_of_its_own() -> Played {
    let rows = [
        "[{ pageSize: 0 }, 'options.pageSize must be an integer from 1 to 10, not 0.']",
        "[{ pageSize: 11 }, 'not more.']",
        "[{ pageSize: '5' }, 'options.pageSize must be a number, not string.']",
        "[{ concurrency: 1 }, 'options.concurrency is not an option.']",
        "[{ pagesize: 1 }, 'Did you mean pageSize?']",
    ];
    let script = "
        const [options, expected] = row;
        const { failure } = await settled(request(2, token, [], { endpoint: origin, ...options }));
        is(failure.name, 'InvalidArgumentError');
        has(failure.message, expected);
        is(sent.length, 0);
    ";
    play_each(&rows, script).await
}
