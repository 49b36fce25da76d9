//! Options of every kind of object, and of none.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::{Played, play, play_each};

#[wasm_bindgen_test]
async fn options_that_are_no_plain_object_are_refused_by_their_type() -> Played {
    let rows = [
        "[7, 'number']",
        "['', 'string']",
        "['https://example.com', 'string']",
        "[true, 'boolean']",
        "[10n, 'bigint']",
        "[Symbol('x'), 'symbol']",
        "[[], 'array']",
        "[[{}], 'array']",
        "[() => ({}), 'function']",
        "[class {}, 'function']",
    ];
    let script = "
        const { message } = await refuses(token, 'id', row[0]);
        has(message, 'options must be an object');
        has(message, row[1]);
    ";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn options_that_can_not_be_looked_into_are_refused() -> Played {
    let rows = ["revoked()", "revoked([])", "revoked(() => {})", "hostile()"];
    let script = "has((await refuses(token, 'id', row)).message, 'options');";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn undefined_and_null_count_as_absent() -> Played {
    let rows = [
        "undefined",
        "null",
        "({})",
        "({ endpoint: undefined, signal: undefined, timeoutMs: undefined, maxAttempts: undefined })",
        "({ endpoint: null, signal: null, timeoutMs: null, maxAttempts: null })",
    ];
    let script = "
        fetches(reply(503), reply(503), reply(200));
        is((await call(token, 'id', row)).outcome.attempts, 3);
        is(sent[0].url, 'https://codecatalyst.global.api.aws/v1/accessTokens/id');
        same(timers.asked, [10_000, 0, 10_000, 0, 10_000]);
    ";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn any_object_can_carry_options() -> Played {
    let rows = [
        "Object.assign(Object.create(null), given)",
        "Object.freeze(given)",
        "new Proxy(given, {})",
        "Object.defineProperties({}, Object.fromEntries(Object.entries(given).map(([key, value]) => [key, { value }])))",
        "Object.defineProperties({}, Object.fromEntries(Object.entries(given).map(([key, value]) => [key, { get: () => value }])))",
        "new (class Options { endpoint = given.endpoint; maxAttempts = given.maxAttempts; })()",
        "Object.assign(new Map(), given)",
        "Object.assign({ [Symbol('more')]: 1, [Symbol.toStringTag]: 'Options' }, given)",
    ];
    let script = "
        fetches(reply(503));
        const given = { endpoint: origin, maxAttempts: 2 };
        is((await call(token, 'id', row(given))).failure.attempts, 2);
        ok(sent[0].url.startsWith(origin), sent[0].url);
    ";
    let rows: Vec<_> = rows.iter().map(|row| format!("(given) => {row}")).collect();
    let rows: Vec<_> = rows.iter().map(String::as_str).collect();
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn what_an_object_inherits_is_no_option() -> Played {
    let rows = [
        "Object.create(evil)",
        "Object.create(Object.create(evil))",
        "new (class { get endpoint() { return evil.endpoint; } get more() { return 1; } })()",
        "new Proxy({}, { get: (_, key) => evil[key] })",
        "new Proxy(Object.create(null), { getPrototypeOf: () => evil })",
    ];
    let script = "
        const evil = { endpoint: 'https://evil.example', maxAttempts: 1, unknown: 1 };
        fetches(reply(503), reply(200));
        is((await call(token, 'id', row(evil))).outcome.attempts, 2);
        is(new URL(sent[0].url).host, 'codecatalyst.global.api.aws');
    ";
    let rows: Vec<_> = rows.iter().map(|row| format!("(evil) => {row}")).collect();
    let rows: Vec<_> = rows.iter().map(String::as_str).collect();
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn a_polluted_prototype_of_all_objects_sets_no_option() -> Played {
    play(
        "
        const evil = { endpoint: 'https://evil.example', maxAttempts: 1, timeoutMs: 1, signal: AbortSignal.abort() };
        for (const [name, value] of Object.entries(evil)) replace(Object.prototype, name, value);
        fetches(reply(503), reply(200));
        for (const options of [undefined, null, {}]) {
            sent.length = 0;
            is((await call(token, 'id', options)).outcome.attempts, 2);
            is(new URL(sent[0].url).host, 'codecatalyst.global.api.aws');
        }
        ",
    )
    .await
}

#[wasm_bindgen_test]
async fn a_polluted_prototype_of_all_objects_changes_no_request() -> Played {
    let rows = [
        "'method'",
        "'headers'",
        "'redirect'",
        "'signal'",
        "'credentials'",
        "'cache'",
        "'referrerPolicy'",
        "'body'",
        "'mode'",
        "'keepalive'",
        "'integrity'",
    ];
    let script = "
        fetches(reply(200));
        await succeeds();
        replace(Object.prototype, row, 'polluted');
        await succeeds();
        const members = ({ init }) => Reflect.ownKeys(init).sort();
        same(members(sent[1]), members(sent[0]));
        ok(sent[1].init[row] !== 'polluted', `${row} is not that of the prototype`);
    ";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn every_option_is_read_once() -> Played {
    play(
        "
        const read = [];
        const { signal } = new AbortController();
        const given = { endpoint: origin, signal, timeoutMs: 5_000, maxAttempts: 2 };
        const options = {};
        for (const [name, value] of Object.entries(given)) {
            Object.defineProperty(options, name, { enumerable: true, get: () => (read.push(name), value) });
        }
        fetches(reply(503));
        await call(token, 'id', options);
        same(read.sort(), Object.keys(given).sort());
        ",
    )
    .await
}

#[wasm_bindgen_test]
async fn an_option_of_the_wrong_type_is_refused_by_name_and_type() -> Played {
    let script = "
        const kinds = [
            [7, 'number'], ['7', 'string'], [true, 'boolean'], [10n, 'bigint'], [Symbol('x'), 'symbol'], [{}, 'object'],
            [[], 'array'], [() => 7, 'function'], [new Number(7), 'object'], [hostile(), 'object'],
        ];
        for (const [value, kind] of kinds.filter(([value]) => !row.takes.includes(typeof value))) {
            const { message } = await refuses(token, 'id', { [row.name]: value });
            has(message, `options.${row.name} must be`);
            has(message, kind);
        }
    ";
    let rows = [
        "({ name: 'endpoint', takes: ['string'] })",
        "({ name: 'signal', takes: [] })",
        "({ name: 'timeoutMs', takes: ['number'] })",
        "({ name: 'maxAttempts', takes: ['number'] })",
    ];
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn an_option_that_can_not_be_looked_into_is_refused_by_name() -> Played {
    let script = "
        for (const name of ['endpoint', 'signal', 'timeoutMs', 'maxAttempts']) {
            has((await refuses(token, 'id', { [name]: row })).message, `options.${name} must be`);
        }
    ";
    play_each(&["revoked()", "revoked([])", "revoked(() => {})"], script).await
}

#[wasm_bindgen_test]
async fn a_number_out_of_range_is_refused_by_the_name_of_its_option() -> Played {
    let rows = [
        "['timeoutMs', [0, -0, -1, NaN, Infinity, -Infinity]]",
        "['maxAttempts', [0, -0, -1, 0.5, 1.5, NaN, Infinity, -Infinity]]",
    ];
    let script = "
        const [name, values] = row;
        for (const value of values) {
            has((await refuses(token, 'id', { [name]: value })).message, `options.${name} must be`);
        }
    ";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn what_only_looks_like_a_signal_is_refused() -> Played {
    let rows = [
        "new EventTarget()",
        "new AbortController()",
        "({ aborted: false })",
        "({ aborted: 'no', addEventListener() {} })",
        "({ aborted: false, addEventListener: 5 })",
        "ownSignal({ get aborted() { throw 'no'; } })",
        "hostile()",
        "'abort'",
    ];
    let script = "
        has((await refuses(token, 'id', { signal: row })).message, 'options.signal must be an AbortSignal');
    ";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn an_unknown_option_is_refused_by_name_with_the_nearest_one() -> Played {
    let rows = [
        "['timeoutMS', 'timeoutMs']",
        "['timeout', 'timeoutMs']",
        "['Endpoint', 'endpoint']",
        "['endpont', 'endpoint']",
        "['singal', 'signal']",
        "['maxAttempt', 'maxAttempts']",
    ];
    let script = "
        const { message } = await refuses(token, 'id', { [row[0]]: 1 });
        has(message, `options.${row[0]} is not an option`);
        has(message, `Did you mean ${row[1]}?`);
    ";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn an_unknown_option_like_no_other_is_refused_by_name() -> Played {
    let rows = [
        "'retries'",
        "'x'",
        "'toString'",
        "'constructor'",
        "'0'",
        "'ключ'",
        "'😀'",
    ];
    let script = "
        const { message } = await refuses(token, 'id', { [row]: 1 });
        has(message, `options.${row} is not an option`);
        ok(!message.includes('Did you mean'), message);
    ";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn the_name_of_an_unknown_option_makes_no_unfit_message() -> Played {
    let rows = [
        "'x'.repeat(100_000)",
        "'a\\nb\\0c\\u2028d'",
        "'\\n'",
        "''",
        "'\\ud83d'",
    ];
    let script = "
        for (const credential of [token, () => token]) await refuses(credential, 'id', { [row]: 1 });
    ";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn a_very_long_endpoint_is_refused_or_kept_as_it_is() -> Played {
    let rows = ["2_049", "8_192", "9_000", "100_000"];
    let script = "
        fetches(reply(200));
        const endpoint = `${origin}/`.padEnd(row, 'x');
        const { outcome } = await call(token, 'id', { endpoint });
        if (outcome) is(sent[0].url, `${endpoint}/v1/accessTokens/id`);
    ";
    play_each(&rows, script).await
}
