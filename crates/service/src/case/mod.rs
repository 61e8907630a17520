//! The case, whatever it is about: handing in, moving on, claiming, its files and what is told about it. It knows no line;
//! what a kind does beyond this is behind `Kind`.

mod access;
mod along;
mod claim;
mod door;
mod end;
mod entered;
mod entering;
mod event;
mod files;
mod hand_in;
mod kind;
mod late;
mod left;
mod once;
mod one_sheet;
mod opened;
mod preloaded;
mod proofs;
mod second;
mod submitted;
mod summary;
mod timeline;
mod told;
mod uploads;
mod warned;

pub use entered::Proof;
pub use files::{file_ahead, file_view};
pub use hand_in::bureau_path;
pub use kind::{Kinds, Printed};
pub use proofs::{asks_for_proof, fault_name, page_of, remove_proof, upload_proof};
pub use submitted::SubmittedFile;

pub(crate) use access::{
    bureau_name, bureau_of_person, count_lookup, count_reveal, find, known_bureau, may, note_lookup, open_beside, stands_to,
    waiting,
};
pub(crate) use along::{bring_along, let_go, line_up_others};
pub(crate) use claim::{claim, hold_of, is_own, moved_on, reviewer, version};
pub(crate) use door::{Door, bring, is_there, lock_slot, slot_view};
pub(crate) use end::take_back;
pub(crate) use entered::{account_of, keep_proof, may_enter, named, to_second, with_proof};
pub(crate) use entering::{Entered, Entering, MOST, document_kinds, enter, entered_line, entered_view, keeper, refused};
pub(crate) use event::{By, line, note_typing};
pub(crate) use files::{keep_bytes, kept_row, original_bytes, own_bytes, view_bytes};
pub(crate) use hand_in::{HandIn, hand_in};
pub(crate) use kind::{Annulled, Asked, Basis, Beginning, Body, Decided, Kind, OnBehalf, Prepared, Recorded, Revoked, labels};
pub(crate) use late::{late, urge};
pub(crate) use left::{last_decision, rounds};
pub(crate) use once::{once, promise, tell_handed_in};
pub(crate) use one_sheet::{Held, Sheet, hand_in_sheet, handing_in, sheet_slot, sheet_slots, show, take_away};
pub(crate) use opened::{done_here, open, open_in};
pub(crate) use preloaded::{give, open_preloaded};
pub(crate) use second::{desk_of, desk_without, reviewers_above};
pub(crate) use submitted::{file_of_mark, fingerprints, open_body, seal_body};
pub(crate) use summary::{file_of, files_of, summary};
pub(crate) use timeline::{name_at, newest_reason, timeline, timeline_item};
pub(crate) use told::{Told, forwarded, returned, short, without_numbers};
pub(crate) use uploads::{UploadFor, accepted, are_there, count_upload, uncount_upload, uploads_left};
pub(crate) use warned::{laid_beside, may_begin, warned, warnings};
