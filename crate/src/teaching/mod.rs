//! Lessons, and questions that are judged.

pub mod lesson;
pub mod task;
