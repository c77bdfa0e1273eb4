//! Percent-encoding, RFC 3986.

use std::fmt::Write as _;

/// Marks that every address may hold and that no Markdown takes for its own.
const BARE: &[u8] = b"-._+,:/";

/// The same text, with all but letters, digits and few marks encoded.
pub(super) fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || BARE.contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            escape(byte, &mut encoded);
        }
    }
    encoded
}

/// Encodes a mark at the end, which would be taken for that of the sentence around.
pub(super) fn close(text: &mut String) {
    if let Some(last) = text.pop() {
        match u8::try_from(last) {
            Ok(byte) if byte.is_ascii_punctuation() => escape(byte, text),
            _ => text.push(last),
        }
    }
}

fn escape(byte: u8, into: &mut String) {
    // Writing to a text cannot fail.
    let _ = write!(into, "%{byte:02X}");
}

/// The text that was encoded. A `%` without two hexadecimal digits stands for itself, and bytes
/// that are no UTF-8 become U+FFFD: nothing that has a meaning contains either.
pub(super) fn decode(text: &str) -> String {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        let pair = match after {
            [high, low, ..] if *first == b'%' => digit(*high).zip(digit(*low)),
            _ => None,
        };
        match pair {
            Some((high, low)) => {
                bytes.push(16 * high + low);
                rest = &after[2..];
            }
            None => bytes.push(*first),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_encoded_can_be_decoded() {
        let text = "(x^2 - y)^2*2 + 100% & #ü_\u{1f600}";
        let encoded = encode(text);
        assert!(encoded.starts_with("%28x%5E2%20-%20y%29%5E2%2A2%20+%20100%25"), "{encoded}");
        assert!(
            encoded.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'%' || BARE.contains(&b))
        );
        assert_eq!(decode(&encoded), text);
    }

    #[test]
    fn what_is_no_code_stands_for_itself() {
        for text in ["%", "4%", "%zz", "%4", "%+4", "100%&"] {
            assert_eq!(decode(text), text);
        }
        assert_eq!(decode("%ff%41%c3"), "\u{fffd}A\u{fffd}");
    }

    #[test]
    fn no_mark_stands_at_the_end() {
        for (text, closed) in [("a=2.", "a=2%2E"), ("a=x", "a=x"), ("a=%29", "a=%29"), ("", "")] {
            let mut text = text.to_owned();
            close(&mut text);
            assert_eq!(text, closed);
        }
    }
}
