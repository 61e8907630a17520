//! What was tried against the running product, story by story; each failed on the code that it was tried on.
//!
//! Stories that need no sockets run on both engines in `service`:
//!
//! * a known identity number opens an account: `a_code_for_the_own_account_never_opens_another_one_however_late_its_body_comes`,
//!   `in_whatever_order_two_connections_arrive_a_code_opens_no_account_but_its_own`;
//! * one administrator alone becomes a reviewer: `an_administrator_alone_gets_no_token_and_becomes_nobody`;
//! * anybody locks a staff name: `strangers_who_fail_keep_nobody_out_of_where_they_signed_in_before`;
//! * three messages to one number over three provinces: `a_number_gets_one_message_a_minute_five_an_hour_and_ten_a_day`;
//! * blind guesses pass the puzzle: `of_blind_guesses_at_most_one_in_thirty_passes_wherever_they_go`;
//! * a link takes a case: `looking_at_a_case_keeps_it_from_nobody_and_the_first_verdict_does`;
//! * names stand in addresses: `what_is_searched_for_stands_in_no_address_and_is_found_by_its_own_session_for_half_an_hour`;
//! * fifty equal registrations are told different things: `fifty_equal_registrations_at_once_make_one_account_and_get_one_answer`;
//! * a trail is written anew: `a_forged_or_shortened_trail_is_found_on_sqlite` (in `store`);
//! * one client slows everybody's sign-in, and memory is not given back: `a_hundred_sign_ins_of_strangers_leave_no_memory_behind`
//!   (beside this folder);
//! * a reviewer books credits for themselves by results of somebody else: `nobody_decides_on_results_that_book_credits_for_themselves`;
//! * a pass is booked twice: `what_was_converted_under_another_name_is_not_booked_once_more_when_the_name_is_corrected`;
//! * one broken file keeps every other waiting: `a_file_that_is_gone_is_told_and_keeps_no_other_waiting` (beside this folder);
//! * a small sheet fills the memory: `a_small_file_that_becomes_very_many_cells_is_refused_while_it_is_read` (in `server`);
//! * keys are gone after a cut, or made anew beside data: `nothing_works_on_a_database_whose_keys_file_is_gone` (beside this folder).

mod cookies;
mod forms;
mod nul;
mod sockets;
mod withheld;
