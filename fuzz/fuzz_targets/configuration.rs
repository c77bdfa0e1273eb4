//! Whatever the plain data, reading it ends in a configuration, which written and read again is
//! the same and draws no complaint.

#![no_main]

use libfuzzer_sys::fuzz_target;
use momentum_lab::configuration::{Configuration, Value};

fuzz_target!(|bytes: &[u8]| {
    let Ok(value) = serde_json::from_slice::<Value>(bytes) else { return };
    let (configuration, _) = Configuration::read(&value);

    let written = configuration.to_value();
    let (again, errors) = Configuration::read(&written);
    assert!(errors.is_empty(), "{errors:?}");
    assert_eq!(again.to_value(), written);

    let text = serde_json::to_string(&written).expect("plain data is JSON");
    let read: Value = serde_json::from_str(&text).expect("what was written can be read");
    assert_eq!(read, written);
});
