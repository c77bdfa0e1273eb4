//! Whatever the link, reading it ends in a configuration, which written as a link and read again
//! is the same and draws no complaint.

#![no_main]

use libfuzzer_sys::fuzz_target;
use momentum_lab::link::{MOST_COMPLAINTS, read, write};

fuzz_target!(|text: &str| {
    let (configuration, errors) = read(text);
    assert!(errors.len() <= MOST_COMPLAINTS);
    // The only reason against a link is its length.
    let Ok(link) = write(&configuration) else { return };

    let (again, errors) = read(&link);
    assert!(errors.is_empty(), "{link}: {errors:?}");
    assert_eq!(again.to_value(), configuration.to_value(), "{link}");
    assert_eq!(write(&again).as_ref(), Ok(&link));
});
