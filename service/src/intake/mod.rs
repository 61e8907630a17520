//! 信息采集: from the pledge over the drafts and files to the submission, the withdrawal and the amended submission.

mod submitted;

pub use submitted::{Submitted, SubmittedFile};
