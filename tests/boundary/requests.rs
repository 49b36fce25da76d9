//! What is sent.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::{Played, play, play_each};

#[wasm_bindgen_test]
async fn a_request_is_exactly_this() -> Played {
    play(
        "
        fetches(reply(200));
        await succeeds();
        const [{ url, init, more, self, signal }] = sent;
        is(url, `${origin}/v1/accessTokens/id`);
        is(init.method, 'DELETE');
        same(init.headers, { accept: 'application/json', authorization: `Bearer ${token}` });
        const { redirect, credentials, cache, referrerPolicy } = init;
        same([redirect, credentials, cache, referrerPolicy], ['manual', 'omit', 'no-store', 'no-referrer']);
        ok(signal instanceof AbortSignal, 'its signal is one of the host');
        const members = ['cache', 'credentials', 'headers', 'method', 'redirect', 'referrerPolicy', 'signal'];
        same(Reflect.ownKeys(init).sort(), members);
        is(more.length, 0, 'further arguments');
        ok(self === undefined || self === globalThis, 'its this is one that every host takes');
        ",
    )
    .await
}

#[wasm_bindgen_test]
async fn a_request_is_one_that_this_host_takes() -> Played {
    play(
        "
        fetches(({ url, init }) => {
            const request = new Request(url, init);
            is(request.method, 'DELETE');
            same([...request.headers].map(([name]) => name).sort(), ['accept', 'authorization']);
            same([request.redirect, request.credentials, request.cache], ['manual', 'omit', 'no-store']);
            is(request.referrerPolicy, 'no-referrer');
            is(request.body ?? null, null);
            return response(200);
        });
        await succeeds({ maxAttempts: 1 });
        ",
    )
    .await
}

#[wasm_bindgen_test]
async fn the_id_is_one_segment_of_the_path_whatever_it_holds() -> Played {
    let rows = [
        "['4f0b9c1e-5a57-4c0e-9a8f-0c1d2e3f4a5b', '4f0b9c1e-5a57-4c0e-9a8f-0c1d2e3f4a5b']",
        "['-._~', '-._~']",
        "['a/b', 'a%2Fb']",
        "['../..', '..%2F..']",
        "['...', '...']",
        "['%2e%2e', '%252e%252e']",
        "['a%b', 'a%25b']",
        "['a?b#c', 'a%3Fb%23c']",
        "['a\\\\b', 'a%5Cb']",
        "[' ', '%20']",
        "['a\\tb\\r\\n', 'a%09b%0D%0A']",
        "['\\0', '%00']",
        "[';,:@&=+$!*()', '%3B%2C%3A%40%26%3D%2B%24%21%2A%28%29']",
        "['é', '%C3%A9']",
        "['e\\u0301', 'e%CC%81']",
        "['\\u202e', '%E2%80%AE']",
        "['\\ufeffa', '%EF%BB%BFa']",
        "['\\ufffd', '%EF%BF%BD']",
        "['😀'.repeat(36), '%F0%9F%98%80'.repeat(36)]",
    ];
    let script = "
        fetches(reply(200));
        await succeeds({}, token, row[0]);
        is(sent[0].url, `${origin}/v1/accessTokens/${row[1]}`);
        is(new URL(sent[0].url).pathname, `/v1/accessTokens/${row[1]}`);
        is(decodeURIComponent(row[1]), row[0]);
    ";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn an_endpoint_keeps_its_path() -> Played {
    let rows = [
        "['https://example.com', 'https://example.com/v1/accessTokens/id']",
        "['https://example.com/', 'https://example.com/v1/accessTokens/id']",
        "['HTTPS://EXAMPLE.com:443/a/b//', 'https://example.com/a/b/v1/accessTokens/id']",
        "['http://localhost:8080', 'http://localhost:8080/v1/accessTokens/id']",
        "['http://127.0.0.1:1/x', 'http://127.0.0.1:1/x/v1/accessTokens/id']",
        "['http://[::1]:1', 'http://[::1]:1/v1/accessTokens/id']",
    ];
    let script = "
        fetches(reply(200));
        await succeeds({ endpoint: row[0] });
        is(sent[0].url, row[1]);
        is(new URL(sent[0].url).href, row[1]);
    ";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn an_endpoint_is_read_as_the_host_reads_it() -> Played {
    let rows = [
        "'https://example.com\\\\@other.example'",
        "'https://exa\\tmple.com'",
        "' https://example.com '",
        "'https:example.com'",
        "'https://example.com/a/../b'",
        "'https://example.com/%2e%2e/b'",
        "'https://example。com'",
        "'https://bücher.example'",
        "'https://0x7f.1'",
        "'http://2130706433:1'",
    ];
    let script = "
        fetches(reply(200));
        await succeeds({ endpoint: row });
        const { origin, pathname } = new URL(row);
        is(sent[0].url, `${origin}${pathname === '/' ? '' : pathname}/v1/accessTokens/id`);
        is(new URL(sent[0].url).href, sent[0].url);
    ";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn an_endpoint_that_could_carry_the_token_astray_is_refused() -> Played {
    let rows = [
        "''",
        "'example.com'",
        "'/v1'",
        "'ftp://example.com'",
        "'http://example.com'",
        "'http://localhost.example.com'",
        "'https://user@example.com'",
        "'https://user:word@example.com'",
        "'https://example.com?a'",
        "'https://example.com#a'",
        "'https://example.com\\t@evil.example'",
        "'https://\\ud83d@evil.example'",
        "'https:///'",
        "'javascript:alert(1)'",
    ];
    let script =
        "has((await refuses(token, 'id', { endpoint: row })).message, 'options.endpoint must');";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn a_member_that_the_host_refuses_is_left_out_alone() -> Played {
    let rows = ["'credentials'", "'cache'", "'referrerPolicy'"];
    let script = "
        const Before = Request;
        replace(globalThis, 'Request', class extends Before {
            constructor(url, init) {
                if (row in init) throw new Error(`this host has no ${row}`);
                super(url, init);
            }
        });
        fetches(reply(200));
        await succeeds();
        const { init } = sent[0];
        is(row in init, false, row);
        same(['credentials', 'cache', 'referrerPolicy'].filter((member) => !(member in init)), [row]);
        same([init.redirect, init.method], ['manual', 'DELETE']);
    ";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn without_a_request_class_every_member_is_sent() -> Played {
    let rows = ["undefined", "null", "5", "{}"];
    let script = "
        replace(globalThis, 'Request', row);
        fetches(reply(200));
        await succeeds();
        const { credentials, cache, referrerPolicy } = sent[0].init;
        same([credentials, cache, referrerPolicy], ['omit', 'no-store', 'no-referrer']);
    ";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn the_token_is_in_no_probe_of_the_host() -> Played {
    play(
        "
        const probes = [];
        const Before = Request;
        replace(globalThis, 'Request', class extends Before {
            constructor(...given) {
                super(...given);
                probes.push(given);
            }
        });
        fetches(reply(200));
        await succeeds();
        ok(!quotes(probes, token), 'the token was shown to nobody but fetch');
        ",
    )
    .await
}

#[wasm_bindgen_test]
async fn each_attempt_is_a_request_of_its_own() -> Played {
    play(
        "
        fetches(reply(503), reply(503), reply(200));
        await succeeds();
        is(new Set(sent.map(({ signal }) => signal)).size, 3, 'signals');
        is(new Set(sent.map(({ init }) => init.headers)).size, 3, 'headers');
        is(new Set(sent.map(({ url }) => url)).size, 1, 'urls');
        ",
    )
    .await
}

#[wasm_bindgen_test]
async fn what_is_done_with_a_request_does_not_reach_the_next_one() -> Played {
    play(
        "
        fetches(({ init }) => {
            init.headers.authorization = 'none';
            Object.assign(init, { method: 'POST', redirect: 'follow' });
            return response(503);
        }, reply(200));
        await succeeds();
        const { method, redirect, headers } = sent[1].init;
        same([method, redirect, headers.authorization], ['DELETE', 'manual', `Bearer ${token}`]);
        ",
    )
    .await
}
