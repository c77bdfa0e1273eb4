//! Plain data of unknown shape: what a page, a link or a file hands over before it is checked.

use crate::error_kind::visible;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use std::cell::Cell;
use std::fmt;

/// Deepest nesting and most items of one list or object that are read; a configuration needs less.
const DEPTH: usize = 6;
const ITEMS: usize = 1024;

/// Most values that are read in all, whatever the nesting: enough for as many changes of as many runs
/// as a lab takes.
pub const MOST_VALUES: usize = 65_536;

/// Longest texts and names that are read, in bytes, all together.
pub const MOST_TEXT: usize = 1 << 20;

/// Plain data.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing: null, undefined.
    Nothing,
    /// On or off.
    Toggle(bool),
    /// A number, possibly not finite.
    Number(f64),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// Named fields in their order.
    Map(Vec<(String, Value)>),
}

impl Value {
    /// A map with these fields.
    pub(crate) fn map<'a>(fields: impl IntoIterator<Item = (&'a str, Self)>) -> Self {
        Self::Map(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    /// A list of numbers.
    pub(crate) fn numbers(numbers: &[f64]) -> Self {
        Self::List(numbers.iter().copied().map(Self::Number).collect())
    }

    fn is_number(&self) -> bool {
        matches!(self, Self::Number(_))
    }

    /// The field `name` of a map.
    pub fn field(&self, name: &str) -> Option<&Value> {
        match self {
            Self::Map(fields) => fields.iter().find(|(key, _)| key == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The same, unless it is null or undefined, which means that it is not given.
    pub fn given(&self, name: &str) -> Option<&Value> {
        self.field(name).filter(|value| **value != Self::Nothing)
    }

    /// The field `name` of a map, or item `name` of a list, to be changed; an absent field of a
    /// map is added.
    pub fn entry(&mut self, name: &str) -> Option<&mut Value> {
        match self {
            Self::Map(fields) => {
                let at = fields.iter().position(|(key, _)| key == name).unwrap_or_else(|| {
                    fields.push((name.to_owned(), Self::Nothing));
                    fields.len() - 1
                });
                Some(&mut fields[at].1)
            }
            Self::List(items) => items.get_mut(name.parse::<usize>().ok()?),
            _ => None,
        }
    }
}

/// As an error text shows it in any language: short, on one line.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => f.write_str("null"),
            Self::Toggle(value) => write!(f, "{value}"),
            Self::Number(value) if value.is_infinite() => {
                f.write_str(if *value > 0.0 { "∞" } else { "-∞" })
            }
            Self::Number(value) if *value == 0.0 || (1e-5..1e12).contains(&value.abs()) => {
                write!(f, "{value}")
            }
            Self::Number(value) => write!(f, "{value:e}"),
            Self::Text(text) => {
                let shown = visible(text.chars().take(40));
                let dots = if text.chars().count() > 40 { "…" } else { "" };
                write!(f, "\"{shown}{dots}\"")
            }
            Self::List(items) if items.len() <= 4 && items.iter().all(Self::is_number) => {
                let numbers: Vec<String> = items.iter().map(ToString::to_string).collect();
                write!(f, "[{}]", numbers.join(", "))
            }
            Self::List(_) => f.write_str("[…]"),
            Self::Map(_) => f.write_str("{…}"),
        }
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::Number(value)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Toggle(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Nothing => serializer.serialize_none(),
            Self::Toggle(value) => serializer.serialize_bool(*value),
            Self::Number(value) => serializer.serialize_f64(*value),
            Self::Text(value) => serializer.serialize_str(value),
            Self::List(items) => serializer.collect_seq(items),
            Self::Map(fields) => {
                serializer.collect_map(fields.iter().map(|(key, value)| (key, value)))
            }
        }
    }
}

impl<'de> serde::Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let left = Left { values: Cell::new(MOST_VALUES), text: Cell::new(MOST_TEXT) };
        Bounded { depth: DEPTH, left: &left }.deserialize(deserializer)
    }
}

/// What may still be read of the whole.
struct Left {
    values: Cell<usize>,
    text: Cell<usize>,
}

impl Left {
    fn take<E: Error>(of: &Cell<usize>, count: usize) -> Result<(), E> {
        of.set(of.get().checked_sub(count).ok_or_else(|| E::custom("too much"))?);
        Ok(())
    }
}

/// Reads at most `depth` further levels, so that cyclic objects end in an error.
#[derive(Clone, Copy)]
struct Bounded<'a> {
    depth: usize,
    left: &'a Left,
}

impl Bounded<'_> {
    fn deeper<E: Error>(self) -> Result<Self, E> {
        let depth = self.depth.checked_sub(1).ok_or_else(|| E::custom("nested too deeply"))?;
        Ok(Self { depth, ..self })
    }
}

impl<'de> DeserializeSeed<'de> for Bounded<'_> {
    type Value = Value;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        Left::take(&self.left.values, 1)?;
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Bounded<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("plain data")
    }
    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Nothing)
    }
    fn visit_none<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Nothing)
    }
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.deserialize(deserializer)
    }
    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Toggle(value))
    }
    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value as f64))
    }
    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value as f64))
    }
    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Number(value))
    }
    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Left::take(&self.left.text, value.len())?;
        Ok(Value::Text(value.to_owned()))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element_seed(self.deeper()?)? {
            items.push(item);
            if items.len() > ITEMS {
                return Err(A::Error::custom("too many items"));
            }
        }
        Ok(Value::List(items))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut fields = Vec::new();
        while let Some(key) = access.next_key::<String>()? {
            Left::take(&self.left.text, key.len())?;
            fields.push((key, access.next_value_seed(self.deeper()?)?));
            if fields.len() > ITEMS {
                return Err(A::Error::custom("too many fields"));
            }
        }
        Ok(Value::Map(fields))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use serde::de::IntoDeserializer;
    use serde::de::value::{Error, SeqDeserializer};

    /// Lists of 400 lists, down to a depth, that count how often one of their items is asked for.
    #[derive(Clone, Copy)]
    struct Nested<'a> {
        depth: usize,
        asked: &'a Cell<usize>,
    }

    impl<'de> Deserializer<'de> for Nested<'_> {
        type Error = Error;
        fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            self.asked.set(self.asked.get() + 1);
            match self.depth.checked_sub(1) {
                None => visitor.visit_f64(1.0),
                Some(depth) => {
                    let items = (0..400).map(|_| Self { depth, ..self });
                    visitor.visit_seq(SeqDeserializer::new(items))
                }
            }
        }
        serde::forward_to_deserialize_any! {
            bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
            unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier
            ignored_any
        }
    }

    impl<'de> IntoDeserializer<'de> for Nested<'_> {
        type Deserializer = Self;
        fn into_deserializer(self) -> Self {
            self
        }
    }

    fn asked(depth: usize) -> (bool, usize) {
        let asked = Cell::new(0);
        let read = Value::deserialize(Nested { depth, asked: &asked });
        (read.is_ok(), asked.get())
    }

    #[test]
    fn nested_lists_are_bounded_in_total() {
        assert_eq!(asked(1), (true, 401));
        // 400³ values are not read, nor even asked for.
        for depth in 2..=5 {
            assert_eq!(asked(depth), (false, MOST_VALUES), "{depth} levels");
        }
        let flat = |count: usize| vec![1.0; count].into_iter();
        let read = |count| Value::deserialize(SeqDeserializer::<_, Error>::new(flat(count)));
        assert!(read(ITEMS).is_ok() && read(ITEMS + 1).is_err());
    }

    #[test]
    fn texts_are_bounded_in_total() {
        let read = |count: usize, length: usize| {
            let texts = vec!["x".repeat(length); count].into_iter();
            Value::deserialize(SeqDeserializer::<_, Error>::new(texts)).is_ok()
        };
        assert!(read(1, MOST_TEXT) && !read(1, MOST_TEXT + 1));
        assert!(read(256, MOST_TEXT / 256) && !read(257, MOST_TEXT / 256));
    }
}
