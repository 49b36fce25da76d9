//! What `fetch` gives: promises of any kind, and things that are no response.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::{Played, play, play_each};

/// What is no response.
const NO_RESPONSE: [&str; 23] = [
    "undefined",
    "null",
    "5",
    "'ok'",
    "true",
    "200n",
    "Symbol('ok')",
    "[]",
    "({})",
    "() => response(200)",
    "Object.create(null)",
    "revoked()",
    "({ status: 'x' })",
    "({ status: '200', headers: new Headers() })",
    "({ status: NaN, headers: new Headers() })",
    "({ status: -200, headers: new Headers() })",
    "({ status: 99, headers: new Headers() })",
    "({ status: 1000, headers: new Headers() })",
    "({ status: 200n, headers: new Headers() })",
    "({ status: 1e300, headers: new Headers() })",
    "({ get status() { throw 'no'; }, headers: new Headers() })",
    "({ status: {}, headers: new Headers() })",
    "new Proxy({}, { get: (_, key) => (key === 'then' ? undefined : hostile()) })",
];

#[wasm_bindgen_test]
async fn what_is_no_response_is_no_reply() -> Played {
    let script = "
        fetches(() => row);
        const failure = await fails({ maxAttempts: 1 });
        is(failure.name, 'NetworkError');
        is(failure.outcomeUnknown, true);
        is(failure.status, undefined, 'status');
    ";
    play_each(&NO_RESPONSE, script).await
}

#[wasm_bindgen_test]
async fn what_is_no_response_is_tried_again() -> Played {
    let script = "
        fetches(async () => row, reply(200));
        is((await succeeds()).attempts, 2);
    ";
    play_each(&NO_RESPONSE, script).await
}

#[wasm_bindgen_test]
async fn any_kind_of_promise_will_do() -> Played {
    let rows = [
        "(value) => value",
        "(value) => Promise.resolve(value)",
        "(value) => new Promise((resolve) => later(() => resolve(value)))",
        "(value) => OtherPromise.resolve(value)",
        "(value) => thenable(value)",
        "(value) => thenable(thenable(value))",
        "(value) => thenable(Promise.resolve(value))",
        "(value) => ({ then: (resolve) => { resolve(value); resolve('more'); } })",
        "(value) => ({ then: (resolve, reject) => { resolve(value); reject('no'); } })",
        "(value) => ({ then: (resolve) => { resolve(value); throw 'no'; } })",
        "(value) => ({ then: (resolve) => { later(() => resolve(value)); } })",
        "(value) => Object.assign(() => {}, thenable(value))",
    ];
    let script = "
        fetches(() => row(response(200, null, { 'x-amzn-requestid': 'r-1' })));
        same(await succeeds(), { attempts: 1, alreadyDeleted: false, requestId: 'r-1' });
    ";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn any_kind_of_promise_may_fail() -> Played {
    let rows = [
        "({ then() { throw 'gone'; } })",
        "({ then: (_, reject) => reject('gone') })",
        "({ then: (_, reject) => { reject('gone'); reject('more'); } })",
        "({ get then() { throw 'gone'; } })",
        "thenable({ get then() { throw 'gone'; } })",
        "hostile('gone')",
        "OtherPromise.reject('gone')",
        "Object.defineProperty(Promise.resolve(), 'constructor', { get: throws('gone') })",
    ];
    let script = "
        fetches(() => row);
        keeps(await fails({ maxAttempts: 1 }), 'gone');
    ";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn a_reply_without_headers_is_still_a_reply() -> Played {
    let rows = [
        "undefined",
        "null",
        "{}",
        "5",
        "hostile()",
        "revoked()",
        "({ get: 5 })",
        "({ get: () => 5 })",
        "({ get: () => hostile() })",
        "({ get: throws('no') })",
    ];
    let script = "
        fetches(() => ({ status: 404, headers: row }));
        const failure = await fails();
        is(failure.name, 'ResourceNotFoundException');
        is(failure.status, 404);
        is(failure.requestId, undefined);
    ";
    play_each(&rows, script).await
}

/// Bodies that can't be read.
const NO_BODY: [&str; 11] = [
    "({})",
    "hostile()",
    "revoked()",
    "({ getReader: 5 })",
    "({ getReader: throws('no') })",
    "({ getReader: () => undefined })",
    "({ getReader: () => hostile() })",
    "({ getReader: () => ({ read: 5 }) })",
    "reads(throws('no'))",
    "reads(() => Promise.reject('no'))",
    "reads(() => hostile())",
];

#[wasm_bindgen_test]
async fn a_body_that_can_not_be_read_breaks_an_error_off() -> Played {
    let script = "
        fetches(() => ({ status: 500, headers: new Headers(), body: row }));
        const failure = await fails({ maxAttempts: 1 });
        is(failure.name, 'NetworkError');
        is(failure.status, 500);
        ok(Object.hasOwn(failure, 'cause'), 'there is a cause');
    ";
    play_each(&NO_BODY, script).await
}

#[wasm_bindgen_test]
async fn a_body_that_can_not_be_read_takes_nothing_from_a_2xx() -> Played {
    let script = "
        fetches(() => ({ status: 204, headers: new Headers(), body: row }));
        await succeeds();
    ";
    play_each(&NO_BODY, script).await
}

#[wasm_bindgen_test]
async fn parts_of_a_body_may_be_anything() -> Played {
    let rows = [
        "undefined",
        "null",
        "'text'",
        "5",
        "-1",
        "1e300",
        "{}",
        "[123, 125]",
        "Symbol('x')",
        "hostile()",
        "revoked()",
        "new ArrayBuffer(2)",
        "new Uint16Array(2)",
        "new DataView(new ArrayBuffer(2))",
    ];
    let script = "
        let left = 3;
        const body = reads(() => ({ done: left-- === 0, value: row }));
        fetches(() => ({ status: 400, headers: new Headers(), body }));
        is((await fails({ maxAttempts: 1 })).status, 400);
    ";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn a_body_of_endless_nothing_comes_to_an_end() -> Played {
    let rows = [
        "({ value: new Uint8Array(0) })",
        "({ done: false })",
        "({})",
        "undefined",
        "({ get done() { throw 'no'; } })",
        "({ get value() { throw 'no'; } })",
    ];
    let script = "
        let last = false;
        const body = reads(() => row, () => (last = true));
        fetches(() => ({ status: 400, headers: new Headers(), body }));
        is((await fails()).status, 400);
        is(last, false, 'read until it ended by itself');
    ";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn a_response_is_read_once() -> Played {
    play(
        "
        const read = [];
        const seen = { get: (target, key) => (read.push(String(key)), Reflect.get(target, key)) };
        fetches(() => new Proxy({ status: 400, type: 'basic', headers: new Headers(), body: null }, seen));
        await fails();
        same(read.filter((key) => key !== 'then').sort(), ['body', 'headers', 'status', 'type']);
        ",
    )
    .await
}
