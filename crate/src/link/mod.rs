//! A configuration as the part of an address after `#`: short, readable and editable by hand.
//!
//! ```text
//! v=1&surface=ravine&kappa=40&start=-8,2&run=momentum,lr:0.02,beta:0.5,step:100,lr:0.01&run=gd
//!
//! link   = part *( "&" part )
//! part   = "v=" version             absent: the newest
//!        | "surface=" id            absent: the first that has the parameters given
//!        | parameter "=" value      of that surface
//!        | "run=" id *( "," parameter ":" number-or-option ) *( change )
//!        | field "=" value          any other field of a configuration
//! change = ",step:" steps *( "," parameter ":" number )
//! value  = number | option | "true" | "false" | text | number "," number …
//! ```
//!
//! Parts come in any order; only `run` may come again. What is left out has its default: the runs
//! those of the first view with learning rates that suit the surface, start and view those of the
//! surface. Numbers are the shortest decimal ones that give the same 64 bits, so that a link gives
//! the same path everywhere. What a default or a name means must never change within a version:
//! such a change needs the next [`NEWEST`].
//!
//! Every character may be percent-encoded, once. Written are bare only letters, digits and
//! `-._+,:/`, and no mark at the end: what Markdown and chat programs take for something else, or
//! cut off, is encoded.

mod escape;
mod read;
mod write;

pub use read::read;
pub use write::write;

/// The version of links that are written, and the newest that is known.
pub const NEWEST: u32 = 1;

/// Longer links are neither read nor written; in bytes.
pub const LONGEST: usize = 16_384;

/// No more errors than this are given about one link.
pub const MOST_COMPLAINTS: usize = 24;

const VERSION: &str = "v";
const SURFACE: &str = "surface";
const RUN: &str = "run";
/// Within a run, begins a change on the way.
const STEP: &str = "step";
/// What errors about a link as a whole call it.
const WHOLE: &str = "link";

/// Names that no parameter of a surface may have, beside those of a configuration's fields.
pub const RESERVED_FOR_LINKS: [&str; 3] = [VERSION, SURFACE, RUN];

/// Names that no parameter of a run may have.
pub const RESERVED_IN_RUNS: [&str; 3] = ["id", "changes", STEP];
