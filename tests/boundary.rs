//! The edge, in every host: one suite, against a mocked `fetch`.
//!
//! The tests are JavaScript modules in `tests/boundary`. Each is listed here, by its title with
//! underscores, so that the runner reports it under a name of its own; a test that is missing on
//! either side fails the suite. What must hold after every test is in `support/checks.js`.
//!
//! The variables `WASM_BINDGEN_USE_*` choose the host (see `scripts/hosts.mjs`). In Node,
//! ES modules need `WASM_BINDGEN_USE_NODE_EXPERIMENTAL`.

#![cfg(target_arch = "wasm32")]

#[path = "boundary/support.rs"]
mod support;

/// Lists the tests of a file.
macro_rules! tests {
    ($file:ident: $($name:ident)*) => {
        mod $file {
            use wasm_bindgen::prelude::*;
            use wasm_bindgen_futures::JsFuture;
            use wasm_bindgen_test::wasm_bindgen_test;

            use crate::support;

            #[wasm_bindgen_test]
            fn every_test_is_listed() {
                assert_eq!(support::names(stringify!($file)), [$(stringify!($name)),*]);
            }

            $(
                #[wasm_bindgen_test]
                async fn $name() -> Result<(), JsValue> {
                    support::connect();
                    let end = support::run(stringify!($file), stringify!($name));
                    JsFuture::from(end).await.map(drop)
                }
            )*
        }
    };
}

#[wasm_bindgen_test::wasm_bindgen_test]
fn every_file_is_listed() {
    let listed = [
        "aborts",
        "arguments",
        "bodies",
        "bulk",
        "callbacks",
        "causes",
        "concurrency",
        "fake_timers",
        "fetch_results",
        "globals",
        "leaks",
        "list_pages",
        "not_sent",
        "options",
        "prototypes",
        "realms",
        "requests",
        "responses",
        "retries",
        "thrown_values",
        "timeouts",
    ];
    assert_eq!(support::files(), listed);
}

tests! {
    aborts:
    an_abort_ends_the_call_at_every_stage
    any_abort_reason_becomes_the_cause
    an_abort_without_a_reason_has_the_default_reason_as_its_cause
    a_signal_whose_reason_is_missing_or_unreadable_still_aborts
    a_timeout_signal_rejects_with_a_timeout_error
    a_signal_that_has_already_timed_out_rejects_before_anything_is_sent
    an_abort_while_a_2xx_body_arrives_is_ignored
    an_abort_after_the_call_has_settled_is_ignored
    an_abort_cancels_the_request_in_flight
    late_results_after_an_abort_are_ignored
    a_signal_that_fires_when_it_is_listened_to_ends_the_call
    a_custom_signal_object_is_listened_to
}

tests! {
    arguments:
    a_token_that_is_neither_a_string_nor_a_function_is_refused_by_type
    a_token_function_that_does_not_return_a_string_is_refused_by_type
    an_id_that_is_not_a_string_is_refused_by_type
    an_id_that_is_a_function_or_a_revoked_proxy_is_refused
    an_id_that_could_change_the_path_is_refused
    a_token_that_is_invalid_in_a_header_is_refused_and_not_quoted
    the_token_is_checked_before_the_id_and_swapped_ones_are_pointed_out
    every_visible_ascii_character_is_valid_in_a_token
    any_function_that_returns_a_string_is_a_token_function
    a_token_function_can_return_an_object_with_the_token
    a_token_in_an_object_is_checked_as_any_other
    a_token_function_that_cannot_be_called_is_refused
}

tests! {
    bodies:
    a_character_can_be_split_between_chunks
    a_chunk_can_be_a_view_into_a_larger_buffer
    an_endless_error_body_is_read_up_to_a_limit_and_cancelled
    an_endless_2xx_body_is_judged_by_its_beginning_and_cancelled
    a_2xx_body_that_breaks_off_is_judged_by_what_came
    every_body_is_read_to_its_end_or_cancelled
    a_chunk_beyond_the_limit_is_not_copied_whole
    a_body_that_is_no_stream_is_read_by_text_or_json
    a_page_without_a_stream_is_not_the_answer_of_the_service
    a_body_without_a_stream_that_cannot_be_read_leaves_the_outcome_unknown
    the_timeout_covers_a_body_without_a_stream
    a_body_that_a_wrapper_has_read_confirms_nothing_and_the_message_says_so
    a_body_that_a_wrapper_is_reading_is_a_network_error_whose_cause_says_so
    a_body_that_a_wrapper_has_read_a_clone_of_is_read
}

tests! {
    bulk:
    after_a_throttling_response_the_next_deletion_waits
    deletions_in_flight_are_held_back_together
    while_more_than_the_limit_is_asked_for_nothing_is_sent
    other_origins_and_single_deletions_are_not_held_back
    an_abort_ends_a_deletion_that_is_held_back
    checking_bulk_options_returns_the_concurrency_and_sends_nothing
    checking_bulk_options_refuses_what_a_deletion_would_refuse
    a_value_thrown_by_the_ids_is_the_cause
    a_value_thrown_by_the_ids_does_not_leak_the_token
    a_signal_that_fired_between_two_calls_becomes_an_abort_error
    an_abort_reason_does_not_leak_the_token
}

tests! {
    callbacks:
    a_fetch_option_replaces_the_fetch_of_the_host
    a_fetch_option_makes_a_host_without_fetch_usable
    a_value_thrown_by_a_fetch_option_is_the_cause
    a_list_is_requested_by_its_fetch_option
    on_retry_is_called_before_each_wait_with_the_failure_of_the_attempt
    on_retry_is_not_called_where_nothing_is_retried
    on_retry_names_no_id_for_a_list
    on_retry_is_not_called_for_a_wait_that_the_throttle_imposes
    whatever_on_retry_throws_is_ignored
    whatever_on_retry_returns_is_ignored
    a_promise_of_on_retry_that_rejects_is_no_unhandled_rejection
    an_abort_by_on_retry_ends_the_wait_at_once
    on_retry_never_sees_the_token
    a_call_can_be_started_by_on_retry
}

tests! {
    causes:
    a_plain_cause_is_passed_on_as_it_is
    in_the_place_of_a_value_that_may_hold_the_token_stands_an_error_that_names_its_class
    an_error_whose_class_tells_the_token_is_replaced
    a_plain_cause_that_quotes_the_token_is_replaced
    fewer_than_16_characters_of_the_token_are_no_quotation
    a_token_that_is_too_short_to_be_a_secret_is_no_quotation
    a_cause_that_has_a_getter_or_throws_when_it_is_read_is_replaced
    a_cause_that_is_too_large_is_given_up_at_once
    an_array_is_not_read_once_its_length_is_known_to_be_too_much
    the_code_of_a_cause_that_is_replaced_is_kept
    a_cause_of_a_token_function_is_checked_though_its_token_is_not_known
    a_header_that_quotes_a_token_longer_than_what_is_read_of_it_leaves_no_trace
    an_id_that_is_the_token_is_neither_sent_nor_shown
}

tests! {
    concurrency:
    concurrent_calls_each_get_their_own_response
    one_abort_ends_every_call_that_shares_the_signal
    concurrent_calls_share_the_retry_quota
    a_call_can_start_another_call_from_any_callback
    a_call_can_abort_another_call
}

tests! {
    fake_timers:
    a_call_without_waits_needs_no_clock_to_advance
    backoff_follows_the_fake_clock
    a_retry_after_date_follows_the_fake_clock
    timeouts_follow_the_fake_clock
    an_abort_ends_a_wait_while_the_fake_clock_stands_still
    a_bulk_deletion_held_back_by_the_throttle_follows_the_fake_clock
    lost_microtasks_do_not_affect_this_call_or_later_ones
    a_body_whose_end_got_lost_is_read_all_the_same
    a_call_that_starts_under_fake_timers_can_end_under_the_real_ones
}

tests! {
    fetch_results:
    non_response_values_are_network_errors
    non_response_values_are_retried
    any_kind_of_promise_can_resolve
    any_kind_of_promise_can_reject
    a_response_without_readable_headers_is_still_a_response
    an_unreadable_error_body_is_a_network_error
    a_2xx_body_that_breaks_off_before_anything_came_is_ignored
    a_2xx_body_that_cannot_be_read_leaves_the_outcome_unknown
    chunks_can_be_any_value
    endless_empty_chunks_hit_the_chunk_limit
    each_response_property_is_read_once
}

tests! {
    globals:
    without_fetch_nothing_is_sent_and_the_outcome_is_known
    a_deleted_fetch_sends_nothing
    a_fetch_getter_that_throws_sends_nothing
    fetch_is_looked_up_for_every_request
    any_callable_can_replace_fetch
    a_fetch_that_cannot_be_called_is_a_network_error
    a_missing_host_api_fails_before_anything_is_sent
    a_timer_that_fires_immediately_is_a_timeout
    optional_host_apis_can_be_missing
}

tests! {
    leaks:
    a_signal_shared_by_a_thousand_calls_accumulates_no_listeners
    a_thousand_calls_at_a_time_put_one_listener_on_their_signal
    a_thousand_failed_calls_leave_no_listeners_on_their_signal
    every_listener_that_was_added_is_removed
    whatever_set_timeout_returns_is_passed_to_clear_timeout
    memory_does_not_grow_with_the_number_of_calls
    a_settled_call_aborts_its_unfinished_request
}

tests! {
    list_pages:
    a_list_request_has_exactly_these_parts
    the_next_token_selects_the_page
    a_page_has_items_with_dates_and_a_next_token
    an_invalid_page_is_an_unexpected_response
    a_page_that_breaks_off_is_requested_again
    an_abort_ends_a_list_request_with_a_known_outcome
    list_options_are_validated
    valid_list_options_pass_the_check_and_nothing_is_sent
    an_item_with_an_unreadable_expires_time_has_none
    an_expires_time_can_have_an_offset_or_lack_seconds_or_a_zone
}

tests! {
    not_sent:
    an_attempt_that_was_not_sent_is_retried_and_leaves_the_outcome_known
    any_other_attempt_leaves_the_outcome_unknown
    one_attempt_that_may_have_been_sent_is_enough_to_leave_the_outcome_unknown
    a_404_after_attempts_that_were_not_sent_is_a_404
    a_certificate_that_is_not_accepted_is_named_with_what_to_do
    a_body_that_breaks_off_with_such_a_code_was_an_answer_to_a_request_that_was_sent
    an_abort_whose_reason_has_such_a_code_may_have_come_too_late
    a_host_that_lacks_an_api_is_told_which
}

tests! {
    options:
    options_that_are_not_an_object_are_refused_by_type
    options_that_cannot_be_inspected_are_refused
    undefined_and_null_count_as_absent
    options_can_be_any_kind_of_object
    each_option_is_read_once
    an_option_of_the_wrong_type_is_refused_by_name_and_type
    an_option_that_cannot_be_inspected_is_refused_by_name
    a_controller_in_the_place_of_its_signal_is_pointed_out
    a_number_out_of_range_is_refused_by_the_name_of_its_option
    an_object_that_only_resembles_a_signal_is_refused
    an_unknown_option_is_refused_with_a_suggestion
    an_unknown_option_without_a_near_match_is_refused_by_name
    any_unknown_option_name_gives_a_valid_message
    a_very_long_endpoint_is_refused_or_kept_unchanged
}

tests! {
    prototypes:
    inherited_properties_are_not_options
    a_polluted_object_prototype_sets_no_option
    a_polluted_object_prototype_changes_no_request
}

tests! {
    realms:
    a_url_and_a_token_function_can_be_of_another_frame
    a_signal_of_another_frame_ends_the_call
    a_response_of_another_frame_is_read
}

tests! {
    requests:
    a_delete_request_has_exactly_these_parts
    the_host_accepts_the_request
    the_id_is_one_path_segment_whatever_it_contains
    an_endpoint_keeps_its_path
    an_endpoint_is_parsed_as_the_host_parses_it
    an_endpoint_that_could_leak_the_token_is_refused
    only_the_request_member_that_the_host_refuses_is_omitted
    without_a_request_class_every_member_is_sent
    feature_detection_never_sees_the_token
    each_attempt_is_a_new_request
    each_attempt_has_a_new_abort_controller
    changes_to_a_request_do_not_affect_the_next_attempt
}

tests! {
    responses:
    a_2xx_whose_body_is_blank_or_an_object_resolves
    a_2xx_with_anything_else_is_not_the_answer_of_the_service
    the_six_exceptions_keep_their_name_message_and_request_id
    without_readable_headers_the_body_gives_the_name_and_the_message
    without_a_name_any_other_body_of_an_error_is_not_the_answer_of_the_service
    a_body_that_says_anything_is_the_answer_of_the_service
    a_redirect_is_neither_followed_nor_retried
    a_header_that_quotes_the_token_leaves_no_trace
    a_header_of_any_length_gives_valid_text
    a_message_of_any_length_gives_valid_text
}

tests! {
    retries:
    transient_failures_are_retried
    permanent_failures_are_not_retried
    the_caller_limits_the_number_of_attempts
    the_token_function_is_called_before_every_attempt
    the_token_function_is_called_without_arguments
    not_found_after_an_unknown_outcome_counts_as_deleted
    a_not_found_page_of_something_else_never_counts_as_deleted
    not_found_after_throttling_is_an_error
    backoff_grows_with_each_attempt_and_is_longer_after_throttling
    an_invalid_random_number_gives_a_valid_delay
    retry_after_headers_set_the_delay
    a_retry_after_beyond_the_limit_rejects_immediately
    calls_to_one_origin_share_a_retry_quota
    a_success_refills_the_retry_quota
}

tests! {
    thrown_values:
    a_value_thrown_by_fetch_is_the_cause
    a_value_that_fetch_rejects_with_is_the_cause
    the_last_thrown_value_is_the_cause
    a_value_thrown_before_a_response_is_not_its_cause
    an_error_of_a_response_body_is_the_cause
    a_later_error_of_a_response_body_is_the_cause
    an_error_of_a_2xx_body_is_ignored
    a_value_thrown_by_the_token_function_is_the_cause
    a_value_that_the_token_function_rejects_with_is_the_cause
    a_later_failure_of_the_token_function_leaves_the_outcome_unknown
    a_value_thrown_by_an_option_is_the_cause_and_the_option_is_named
    a_value_thrown_by_the_options_object_is_the_cause
    a_value_thrown_when_adding_a_listener_is_the_cause
    a_value_thrown_when_removing_a_listener_is_ignored
    a_value_thrown_by_a_host_api_is_the_cause
    values_thrown_by_optional_host_apis_are_ignored
}

tests! {
    timeouts:
    a_fetch_that_never_settles_times_out
    a_timed_out_attempt_is_retried_with_its_own_timeout
    the_timeout_covers_the_body
    headers_and_body_share_one_timer
    a_2xx_whose_body_never_ends_resolves_at_the_timeout
    the_timeout_defaults_to_ten_seconds_and_is_rounded_up
    a_timeout_beyond_the_range_of_timers_does_not_fire_immediately
    the_timeout_does_not_cover_the_token_function
    a_late_response_after_a_timeout_is_ignored
    a_clock_that_jumps_or_stops_does_not_change_the_timeout
}
