//! The tests of what callers and hosts hand over.

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
    a_cause_that_has_a_getter_or_throws_when_it_is_read_is_replaced
    a_cause_that_is_too_large_is_given_up_at_once
    an_array_is_not_read_once_its_length_is_known_to_be_too_much
    the_code_of_a_cause_that_is_replaced_is_kept
    a_cause_of_a_token_function_is_checked_though_its_token_is_not_known
}

tests! {
    quotations:
    a_plain_cause_that_quotes_the_token_is_replaced
    fewer_than_16_characters_of_the_token_are_no_quotation
    a_token_that_is_too_short_to_be_a_secret_is_no_quotation
    a_header_that_quotes_a_token_longer_than_what_is_read_of_it_leaves_no_trace
    an_id_that_is_the_token_is_neither_sent_nor_shown
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
    thrown_values:
    a_value_thrown_by_fetch_is_the_cause
    a_value_that_fetch_rejects_with_is_the_cause
    the_last_thrown_value_is_the_cause
    a_value_thrown_before_a_response_is_not_its_cause
    an_error_of_a_response_body_is_the_cause
    a_later_error_of_a_response_body_is_the_cause
    an_error_of_a_2xx_body_that_has_begun_is_ignored
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
