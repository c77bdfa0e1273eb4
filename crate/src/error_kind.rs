//! Why a value is refused: a code and the values that a text about it needs, so that every
//! language can say it, and that text in English. No error is worded anywhere else.

use std::fmt;

/// How a reason is put into words.
#[derive(Clone, Copy, Debug)]
pub struct Wording {
    /// What every language knows it by.
    pub code: &'static str,
    /// In English and lower case, with the names of values in braces.
    pub text: &'static str,
    /// The names of its values.
    pub values: &'static [&'static str],
}

macro_rules! reasons {
    ($(
        $(#[$doc:meta])*
        $name:ident $({ $($value:ident: $kind:ty),+ })? = $code:literal, $text:literal;
    )*) => {
        /// What is wrong with a value. The fields of a variant are what its text puts between
        /// braces.
        #[derive(Clone, Debug, PartialEq)]
        pub enum ErrorKind {
            $(
                $(#[$doc])*
                $name $({ $(
                    #[doc = concat!("`{", stringify!($value), "}` of the text.")]
                    $value: $kind
                ),+ })?,
            )*
        }

        impl ErrorKind {
            /// The wording of every reason.
            pub const ALL: &'static [Wording] = &[$(Wording {
                code: $code,
                text: $text,
                values: &[$($(stringify!($value)),+)?],
            }),*];

            /// The same for all values.
            pub fn wording(&self) -> &'static Wording {
                #[derive(Clone, Copy)]
                enum Place { $($name),* }
                // Where it stands in the table.
                let place = match self { $(Self::$name { .. } => Place::$name,)* };
                &Self::ALL[place as usize]
            }

            /// What the text puts between braces, in the order of the wording's `values`.
            fn contents(&self) -> Vec<&dyn fmt::Display> {
                match self {
                    $(Self::$name $({ $($value),+ })? => vec![$($($value),+)?],)*
                }
            }
        }
    };
}

reasons! {
    /// No plain data, or nested too deeply, or with too many items.
    Unreadable = "unreadable", "not plain data of moderate size";
    /// A configuration has no such field.
    NoSuchField = "no-such-field", "no such field";
    /// A surface or an optimizer has no such parameter.
    NoSuchParameter = "no-such-parameter", "no such parameter";
    /// A change on the way names nothing that can change there.
    NoSuchNumber = "no-such-number", "no such number to change";
    /// More changes on the way than a run may have.
    TooManyChanges { most: usize } = "too-many-changes", "more than {most} changes on the way";
    /// No run at all, or more than a lab holds.
    RunCount { count: usize, most: usize } = "run-count", "{count} runs are not in 1 to {most}";
    /// One optimizer and a list of runs are given both.
    BesideRuns = "beside-runs", "given beside runs";

    /// An object was expected.
    NotAnObject { value: String } = "not-an-object", "{value} is not an object";
    /// A list was expected.
    NotAList { value: String } = "not-a-list", "{value} is not a list";
    /// A list of so many numbers was expected.
    NotNumbers { value: String, count: usize } =
        "not-numbers", "{value} is not a list of {count} numbers";
    /// A number of moderate size was expected.
    NotACoordinate { value: String, farthest: f64 } =
        "not-a-coordinate", "{value} is not a number in -{farthest} to {farthest}";
    /// An empty view.
    NoRectangle { left: f64, right: f64, bottom: f64, top: f64 } =
        "no-rectangle", "{left} to {right} by {bottom} to {top} is no rectangle";

    /// Ends of a range that leave nothing between them.
    NoRange { low: f64, high: f64 } = "no-range", "{low} to {high} is no range";

    /// A surface without an identifier.
    UnnamedSurface { value: String } = "unnamed-surface", "{value} does not say which surface";
    /// An identifier that no surface has.
    UnknownSurface { value: String } = "unknown-surface", "{value} is not a known surface";
    /// An optimizer without an identifier.
    UnnamedOptimizer { value: String } =
        "unnamed-optimizer", "{value} does not say which optimizer";
    /// An identifier that no optimizer has.
    UnknownOptimizer { value: String } = "unknown-optimizer", "{value} is not a known optimizer";

    /// A number beyond the accepted ones.
    OutOfRange { value: String, lowest: f64, highest: f64 } =
        "out-of-range", "{value} is not in {lowest} to {highest}";
    /// A fraction where whole numbers count.
    NotWhole { value: String } = "not-whole", "{value} is not a whole number";
    /// A number was expected.
    NotANumber { value: String } = "not-a-number", "{value} is not a number";
    /// True or false was expected.
    NotAToggle { value: String } = "not-a-toggle", "{value} is not true or false";
    /// None of the options.
    NotAnOption { value: String, options: String } =
        "not-an-option", "{value} is not one of {options}";
    /// A text was expected.
    NotAText { value: String } = "not-a-text", "{value} is not a text";
    /// Something that ends a computation was expected; only JavaScript has one.
    NotASignal { value: String } = "not-a-signal", "{value} is not an AbortSignal";
    /// Something to call was expected; only JavaScript has one.
    NotAFunction { value: String } = "not-a-function", "{value} is not a function";
    /// More characters than accepted.
    TooLong { longest: usize } = "too-long", "longer than {longest} characters";

    // Links.

    /// A field or parameter is given more than once.
    Repeated { value: String } = "repeated", "given again; {value} does not count";
    /// A link of a version that is not known.
    LinkVersion { value: String, newest: u32 } =
        "link-version", "{value} is not a version up to {newest}; read as version {newest}";
    /// Complaints that are left out.
    MoreErrors { count: usize } = "more-complaints", "{count} more values that do not count";

    // Formulas; positions count characters from 1.

    /// A formula goes on without an operator.
    FormulaOperator { position: usize, found: String } =
        "formula-operator", "at character {position}: expected an operator, found {found}";
    /// A sign is missing from a formula.
    FormulaSign { position: usize, wanted: char, found: String } =
        "formula-sign", "at character {position}: expected '{wanted}', found {found}";
    /// A formula ends before a sign that must come.
    FormulaSignAtEnd { position: usize, wanted: char } =
        "formula-sign-at-end", "at character {position}: expected '{wanted}', found the end";
    /// A formula lacks something to calculate with.
    FormulaOperand { position: usize, found: String } =
        "formula-operand",
        "at character {position}: expected a number, a name or '(', found {found}";
    /// A formula ends where something to calculate with must come.
    FormulaOperandAtEnd { position: usize } =
        "formula-operand-at-end",
        "at character {position}: expected a number, a name or '(', found the end";
    /// Parentheses, powers or signs in each other beyond the accepted depth.
    FormulaDepth { position: usize, deepest: usize } =
        "formula-depth", "at character {position}: nested deeper than {deepest} levels";
    /// A formula whose evaluation keeps too many values waiting.
    FormulaHeight { position: usize, highest: usize } =
        "formula-height", "at character {position}: more than {highest} values wait for what is nested";
    /// A number in a formula that is not finite.
    FormulaNumber { position: usize, number: String } =
        "formula-number", "at character {position}: {number} is too large";
    /// A decimal point alone.
    FormulaDigits { position: usize } = "formula-digits", "at character {position}: expected digits";
    /// A word in a formula that means nothing.
    FormulaName { position: usize, name: String, known: String } =
        "formula-name",
        "at character {position}: \"{name}\" is neither {known} nor a known function";
    /// A product without a sign that may be read in two ways, such as 1/xy.
    FormulaProduct { position: usize } =
        "formula-product",
        "at character {position}: 1/xy can be read in two ways; write * and parentheses";
    /// Bars that pair up in no way or in several, such as |x|y|.
    FormulaBars { position: usize } =
        "formula-bars",
        "at character {position}: it is unclear which | belongs to which; write abs(x) for |x|";
    /// A formula whose evaluation costs too much.
    FormulaWork { work: usize, most: usize } =
        "formula-work",
        "too much to compute: {work} operations, counted by their cost, are more than {most}";

    // Scripts of an export.

    /// A surface is shaped by a switch or a menu.
    ScriptNumbers = "script-numbers", "a script knows only numbers";
    /// A formula is a constant.
    ScriptConstant = "script-constant", "a formula without x and y has no slope";
    /// A part of a formula is infinite or undefined everywhere.
    ScriptNotFinite = "script-not-finite", "a constant part of it is not finite";
    /// A formula has a power that Python computes otherwise.
    ScriptPower = "script-power",
        "a script cannot repeat a power whose exponent varies, unless its base is a positive \
         number";
    /// A schedule without a translation.
    ScriptSchedule { schedule: String } =
        "script-schedule", "a script knows no schedule \"{schedule}\"";
    /// A change on the way that the rule's formula does not express.
    ScriptChange { parameter: String } =
        "script-change", "a script cannot repeat a change of {parameter} on the way";
    /// A change on the way by which the rule takes another formula.
    ScriptForm { step: usize } =
        "script-form", "a script knows no rule that takes another form after {step} steps";
    /// `torch.optim` has no such optimizer.
    TorchClass { optimizer: &'static str } =
        "torch-class", "torch.optim has no class that makes these steps of {optimizer}";
    /// A change on the way from or to a momentum of 0.
    TorchVelocity = "torch-velocity",
        "torch.optim remembers no velocity while the momentum is 0, so a script cannot repeat a \
         change from or to it";
    /// A change on the way of a number that is raised to the power of the steps made.
    TorchLatest { parameter: String } = "torch-latest",
        "torch.optim counts as if {parameter} had always been the latest, so a script cannot \
         repeat a change of it";
}

impl ErrorKind {
    /// What every language knows it by.
    pub fn code(&self) -> &'static str {
        self.wording().code
    }

    /// What the text puts between braces, by name.
    pub fn values(&self) -> impl Iterator<Item = (&'static str, &dyn fmt::Display)> {
        self.wording().values.iter().copied().zip(self.contents())
    }
}

impl fmt::Display for ErrorKind {
    /// The text in English, in lower case.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = |name: &str| {
            self.values().find(|(known, _)| *known == name).map(|(_, value)| value.to_string())
        };
        f.write_str(&fill(self.wording().text, value))
    }
}

impl std::error::Error for ErrorKind {}

impl Wording {
    /// The wording with this code, if there is one.
    pub fn find(code: &str) -> Option<&'static Self> {
        ErrorKind::ALL.iter().find(|wording| wording.code == code)
    }

    /// The text in English, with each value as `value` gives it.
    pub fn filled(&self, value: impl Fn(&str) -> Option<String>) -> String {
        fill(self.text, value)
    }
}

/// A text with values in place of the names in braces.
fn fill(text: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, (name, after))) =
        rest.split_once('{').and_then(|(before, named)| Some((before, named.split_once('}')?)))
    {
        filled += before;
        filled += &value(name).unwrap_or_default();
        rest = after;
    }
    filled + rest
}

/// Whether a character cannot be seen, or changes the direction in which the text around it runs.
fn is_unseen(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'
                | '\u{1160}'
                | '\u{17b4}'
                | '\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

/// Text from elsewhere as a message quotes it: characters that cannot be seen, and those that change
/// the direction of the text around them, are written as escapes such as `\u{202e}`.
pub(crate) fn visible(text: impl IntoIterator<Item = char>) -> String {
    let mut shown = String::new();
    for character in text {
        if is_unseen(character) {
            shown.extend(character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_text_names_the_values_of_its_reason() {
        for Wording { code, text, values } in ErrorKind::ALL {
            let named = text.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
            let named: BTreeSet<_> = named.map(|(name, _)| name).collect();
            assert_eq!(named, values.iter().copied().collect(), "{code}: {text}");
        }
    }

    #[test]
    fn unseen_characters_are_shown_as_escapes() {
        let shown = |text: &str| visible(text.chars());
        assert_eq!(shown("bowl, Ångström 小球 ≤ 💥"), "bowl, Ångström 小球 ≤ 💥");
        for character in
            "\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}\u{200e}\
            \u{200f}\u{61c}\u{200b}\u{200d}\u{feff}\u{0}\u{7f}\u{85}\u{e0041}\n"
                .chars()
        {
            let expected = format!("a\\u{{{:x}}}b", character as u32);
            assert_eq!(shown(&format!("a{character}b")), expected);
        }
    }
}
