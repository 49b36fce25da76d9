//! The tests of how calls run and end.

tests! {
    aborts:
    an_abort_ends_the_call_at_every_stage
    any_abort_reason_becomes_the_cause
    an_abort_without_a_reason_has_the_default_reason_as_its_cause
    a_signal_whose_reason_is_missing_or_unreadable_still_aborts
    a_timeout_signal_rejects_with_a_timeout_error
    a_signal_that_has_already_timed_out_rejects_before_anything_is_sent
    an_abort_after_a_2xx_body_has_begun_is_ignored
    an_abort_before_a_2xx_body_has_begun_leaves_the_outcome_unknown
    an_abort_after_the_call_has_settled_is_ignored
    an_abort_cancels_the_request_in_flight
    late_results_after_an_abort_are_ignored
    a_signal_that_fires_when_it_is_listened_to_ends_the_call
    a_custom_signal_object_is_listened_to
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
    timeouts:
    a_fetch_that_never_settles_times_out
    a_timed_out_attempt_is_retried_with_its_own_timeout
    the_timeout_covers_the_body
    headers_and_body_share_one_timer
    a_2xx_whose_body_begins_and_never_ends_resolves_at_the_timeout
    the_timeout_defaults_to_ten_seconds_and_is_rounded_up
    a_timeout_beyond_the_range_of_timers_does_not_fire_immediately
    the_timeout_does_not_cover_the_token_function
    a_late_response_after_a_timeout_is_ignored
    a_clock_that_jumps_or_stops_does_not_change_the_timeout
}
