//! Lessons, and questions that are judged.

pub mod scene;
pub mod task;
