//! The tests of what `fetch` resolves with or rejects with.

tests! {
    bodies:
    a_character_can_be_split_between_chunks
    a_chunk_can_be_a_view_into_a_larger_buffer
    an_endless_error_body_is_read_up_to_a_limit_and_cancelled
    an_endless_2xx_body_is_judged_by_its_beginning_and_cancelled
    a_2xx_body_that_breaks_off_is_judged_by_what_came
    every_body_is_read_to_its_end_or_cancelled
    a_body_that_ends_is_drained_so_that_its_connection_can_be_used_again
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
    fetch_results:
    non_response_values_are_network_errors
    non_response_values_are_retried
    any_kind_of_promise_can_resolve
    any_kind_of_promise_can_reject
    a_response_without_readable_headers_is_still_a_response
    an_unreadable_error_body_is_a_network_error
    a_2xx_body_that_breaks_off_before_anything_came_leaves_the_outcome_unknown
    a_2xx_body_that_cannot_be_read_leaves_the_outcome_unknown
    chunks_can_be_any_value
    endless_empty_chunks_hit_the_chunk_limit
    each_response_property_is_read_once
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
