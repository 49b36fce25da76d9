//! What the service answers.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::{Played, play, play_each};

#[wasm_bindgen_test]
async fn any_2xx_resolves_whatever_the_body_says() -> Played {
    let rows = [
        "[200, '{}']",
        "[200, '']",
        "[200, 'not json']",
        "[200, '{\"message\": \"no\", \"code\": \"AccessDeniedException\"}']",
        "[200, new Uint8Array([0xff, 0xfe])]",
        "[201, 'x'.repeat(200_000)]",
        "[204, null]",
        "[299, null]",
    ];
    let script = "
        fetches(reply(...row));
        same(await succeeds(), { attempts: 1, alreadyDeleted: false });
    ";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn the_six_exceptions_keep_their_name_message_and_request_id() -> Played {
    let rows = [
        "[400, 'ValidationException']",
        "[402, 'ServiceQuotaExceededException']",
        "[403, 'AccessDeniedException']",
        "[404, 'ResourceNotFoundException']",
        "[409, 'ConflictException']",
        "[429, 'ThrottlingException']",
    ];
    let script = "
        const [status, name] = row;
        const headers = { 'x-amzn-errortype': `${name}:http://example.com/`, 'x-amzn-requestid': 'r-1' };
        fetches(reply(status, JSON.stringify({ message: 'because' }), headers));
        const retryable = status === 429;
        const expected = { name, message: 'because', status, requestId: 'r-1', attempts: 1, retryable, outcomeUnknown: false };
        same(await fails({ maxAttempts: 1 }), expected);
    ";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn a_page_that_sees_no_header_still_gets_the_name_and_the_message() -> Played {
    let rows = ["'code'", "'__type'"];
    let script = "
        const body = { [row]: 'aws.protocols#ConflictException', Message: 'because' };
        fetches(() => ({ status: 400, headers: { get: () => null }, body: response(200, JSON.stringify(body)).body }));
        const { name, message, requestId } = await fails();
        same([name, message, requestId], ['ConflictException', 'because', undefined]);
    ";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn a_body_may_be_anything() -> Played {
    let rows = [
        "null",
        "''",
        "'<!doctype html><title>502</title>'",
        "'null'",
        "'[]'",
        "'\"text\"'",
        "'{'",
        "'{\"message\": 5, \"code\": {}}'",
        "'{\"message\": \"\\\\ud83d\"}'",
        "new Uint8Array([0x7b, 0xff, 0x7d])",
        "'['.repeat(65_536)",
        "'{\"message\":\"' + 'x'.repeat(65_536)",
        "'\\ufeff{}'",
    ];
    let script = "
        fetches(reply(403, row));
        const { name, status } = await fails();
        same([name, status], ['AccessDeniedException', 403]);
    ";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn a_redirect_is_not_followed_and_not_tried_again() -> Played {
    let rows = [
        "[301, () => response(301, null, { location: 'https://evil.example' })]",
        "[307, () => Response.redirect('https://evil.example', 307)]",
        "[304, () => response(304)]",
        "[undefined, () => ({ type: 'opaqueredirect', status: 0, headers: new Headers(), body: null })]",
    ];
    let script = "
        fetches(row[1]);
        const failure = await fails();
        is(failure.name, 'UnexpectedResponseError');
        is(failure.status, row[0], 'status');
        is(failure.retryable, false);
    ";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn a_character_may_be_split_between_two_parts_of_a_body() -> Played {
    play(
        "
        const bytes = utf8(JSON.stringify({ message: 'é ☃ 😀' }));
        fetches(streams(400, parts(...Array.from(bytes, (byte) => Uint8Array.of(byte)))));
        is((await fails()).message, 'é ☃ 😀');
        ",
    )
    .await
}

#[wasm_bindgen_test]
async fn a_part_of_a_body_may_be_a_view_into_something_larger() -> Played {
    play(
        "
        const bytes = utf8(`{\"message\": \"no\"}{\"message\": \"because\"}{}`);
        fetches(streams(400, parts(bytes.subarray(17, 39))));
        is((await fails()).message, 'because');
        ",
    )
    .await
}

#[wasm_bindgen_test]
async fn an_endless_body_is_read_to_a_limit_and_cancelled() -> Played {
    let script = "
        let bytes = 0;
        const pull = (body) => (body.enqueue(new Uint8Array(row)), (bytes += row));
        fetches(streams(400, { pull }));
        is((await fails()).name, 'ValidationException');
        is(sent[0].body, 'cancelled');
        ok(bytes < 1_000_000, `no more was read than is needed: ${bytes}`);
    ";
    play_each(&["1", "1_000", "65_536", "200_000"], script).await
}

#[wasm_bindgen_test]
async fn an_endless_body_of_a_2xx_is_cancelled() -> Played {
    play(
        "
        fetches(streams(200, { pull: (body) => body.enqueue(new Uint8Array(1_000)) }));
        await succeeds();
        is(sent[0].body, 'cancelled');
        ",
    )
    .await
}

#[wasm_bindgen_test]
async fn a_part_larger_than_the_limit_is_not_copied_as_a_whole() -> Played {
    play(
        "
        const before = memory.buffer.byteLength;
        fetches(streams(400, parts(new Uint8Array(3_000_000))));
        await fails();
        ok(memory.buffer.byteLength - before < 1_000_000, 'memory hardly grew');
        ",
    )
    .await
}

#[wasm_bindgen_test]
async fn a_header_that_quotes_the_token_leaves_no_trace() -> Played {
    let rows = [
        "'x-amzn-errortype'",
        "'x-amzn-requestid'",
        "'retry-after'",
        "'x-amz-retry-after'",
    ];
    let script = "
        fetches(reply(400, null, { [row]: `${token} is not welcome` }));
        await fails();
    ";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn a_header_of_any_length_makes_no_unfit_text() -> Played {
    let rows = [
        "'x'.repeat(100_000)",
        "'é'.repeat(2_000)",
        "' '.repeat(9_000)",
        "'a\\tb'",
        "'\\x80\\x9f'",
    ];
    let script = "
        const headers = { get: () => row };
        fetches(() => ({ status: 400, headers, body: null }));
        const { requestId, name } = await fails();
        ok((requestId ?? '').length <= 1_000 && name.length <= 1_000, 'short');
        ok(!/[\\p{Cc}]/u.test((requestId ?? '') + name), 'one line');
    ";
    play_each(&rows, script).await
}

#[wasm_bindgen_test]
async fn a_message_of_any_length_makes_no_unfit_text() -> Played {
    let rows = [
        "'x'.repeat(60_000)",
        "'😀'.repeat(15_000)",
        "'a\\r\\nb\\0c\\x7fd\\x85e\\u2028f'",
        "'\\ud83d'.repeat(2_000)",
    ];
    let script = "
        fetches(reply(400, JSON.stringify({ message: row, code: row })));
        await fails();
    ";
    play_each(&rows, script).await
}
