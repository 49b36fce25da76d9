//! The token and the id: what is refused, and how it is named.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::{Played, play, play_each};

/// Values that are no string, and how a message calls them.
const NO_STRING: [&str; 12] = [
    "[undefined, 'undefined']",
    "[null, 'null']",
    "[7, 'number']",
    "[NaN, 'number']",
    "[true, 'boolean']",
    "[10n, 'bigint']",
    "[Symbol('x'), 'symbol']",
    "[{}, 'object']",
    "[['x'], 'array']",
    "[new String('x'), 'object']",
    "[hostile(), 'object']",
    "[Object.create(null), 'object']",
];

#[wasm_bindgen_test]
async fn a_token_that_is_neither_string_nor_function_is_refused_by_its_type() -> Played {
    let script = "
        const { message } = await refuses(row[0], 'id');
        has(message, 'token must be a string or a function');
        has(message, row[1]);
    ";
    play_each(&NO_STRING, script).await
}

#[wasm_bindgen_test]
async fn a_token_function_that_gives_no_string_is_refused_by_the_type() -> Played {
    let script = "
        for (const give of [() => row[0], async () => row[0]]) {
            const { message } = await refuses(give, 'id');
            has(message, 'token');
            has(message, row[1]);
        }
    ";
    // A promise that comes to a hostile object can't come to anything: it throws when asked whether it is a promise.
    let rows: Vec<_> = NO_STRING
        .into_iter()
        .filter(|row| !row.contains("hostile"))
        .collect();
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn an_id_that_is_no_string_is_refused_by_its_type() -> Played {
    let script = "
        const { message } = await refuses(token, row[0]);
        has(message, 'id must be a string');
        has(message, row[1]);
    ";
    play_each(&NO_STRING, script).await
}

#[wasm_bindgen_test]
async fn an_id_that_is_a_function_or_a_revoked_proxy_is_refused() -> Played {
    let rows = ["() => 'id'", "class {}", "revoked()", "revoked(() => {})"];
    let script = "has((await refuses(token, row)).message, 'id must be a string');";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn an_id_that_could_mean_another_path_is_refused() -> Played {
    let rows = [
        "''",
        "'.'",
        "'..'",
        "'\\ud83d'",
        "'\\ude00a'",
        "'a\\ud83d'",
        "'x'.repeat(37)",
        "'😀'.repeat(37)",
        "'x'.repeat(1_000_000)",
    ];
    let script = "has((await refuses(token, row)).message, 'id must');";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn a_token_that_does_not_fit_a_header_is_refused_and_not_quoted() -> Played {
    let rows = [
        "''",
        "' '",
        "'two words'",
        "'line\\nend'",
        "'tab\\t'",
        "'nul\\0'",
        "'del\\x7f'",
        "'é'",
        "'\\ud83d'",
        "'😀'",
        "'\\u0141'",
    ];
    let script = "
        for (const credential of [row, () => row, async () => row]) {
            const { message } = await refuses(credential, 'id');
            has(message, 'token must');
            ok(row.length < 2 || !message.includes(row), `the token is not quoted: ${message}`);
        }
    ";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn the_token_comes_first_then_the_id() -> Played {
    play(
        "
        has((await refuses('an-id', secret() + secret())).message, 'token comes first');
        has((await refuses(7, 7, 7)).message, 'token');
        has((await refuses(token, 7, 7)).message, 'id');
        has((await refuses(token, 'id', 7)).message, 'options');
        ",
    )
    .await
}

#[wasm_bindgen_test]
async fn every_visible_ascii_character_fits_a_token() -> Played {
    play(
        "
        const visible = String.fromCharCode(...Array.from({ length: 0x7e - 0x20 }, (_, index) => 0x21 + index));
        fetches(reply(200));
        for (const credential of ['!', '~', visible, visible.repeat(30)]) {
            await succeeds({}, credential);
            is(sent.at(-1).init.headers.authorization, `Bearer ${credential}`);
        }
        ",
    )
    .await
}

#[wasm_bindgen_test]
async fn any_function_that_gives_a_string_is_a_token_function() -> Played {
    let rows = [
        "(token) => () => token",
        "(token) => async () => token",
        "(token) => () => thenable(token)",
        "(token) => () => thenable(thenable(token))",
        "(token) => () => OtherPromise.resolve(token)",
        "(token) => new Proxy(() => token, {})",
        "(token) => (() => token).bind(null)",
        "(token) => ({ method() { return token; } }).method",
        "(token) => () => new Promise((resolve) => later(() => resolve(token)))",
    ];
    let script = "
        fetches(reply(200));
        await succeeds({}, row(token));
        is(sent[0].init.headers.authorization, `Bearer ${token}`);
    ";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn a_function_that_can_not_be_called_is_refused() -> Played {
    let rows = [
        "class {}",
        "revoked(() => {})",
        "hostile(new Error('no'), () => {})",
    ];
    let script = "
        const failure = await refuses(row, 'id');
        has(failure.message, 'token');
        ok(failure.cause instanceof Error, 'the cause is what the host threw');
    ";
    play_each(&rows, script).await
}
