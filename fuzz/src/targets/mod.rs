//! What must hold whatever comes in. The targets of cargo-fuzz call this, and the native tests do, with
//! the seeds and some thousands of inputs made of them.

pub mod dates;
pub mod ids;
pub mod lists;
pub mod messages;
pub mod responses;

/// Checks one input. Panics if something doesn't hold.
pub type Target = fn(&[u8]);

/// Every target and its name, which is also that of its folder of seeds.
pub const TARGETS: [(&str, Target); 5] = [
    ("dates", dates::check),
    ("ids", ids::check),
    ("lists", lists::check),
    ("messages", messages::check),
    ("responses", responses::check),
];

/// The bearer token of every call. Inputs may quote it; what callers see may not.
const TOKEN: &str = "aoaMARKED:MEUCmarked==";
