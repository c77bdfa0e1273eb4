//! How Python writes the values that a rule hands to `torch.optim`.

/// A number that Python reads as the same 64-bit float.
pub(super) fn number(value: f64) -> String {
    format!("{value:?}")
}

/// A tuple of two numbers.
pub(super) fn pair(first: f64, second: f64) -> String {
    format!("({first:?}, {second:?})")
}

/// `True` or `False`.
pub(super) fn truth(value: bool) -> String {
    (if value { "True" } else { "False" }).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_read_as_python() {
        assert_eq!(number(1e-10), "1e-10");
        assert_eq!(number(50.0), "50.0");
        assert_eq!(number(1e300), "1e300");
        assert_eq!(pair(0.9, 0.999), "(0.9, 0.999)");
        assert_eq!(truth(true), "True");
    }
}
