//! Coded values: a closed set that is stored, typed in files and translated on screens under one spelling.

/// A spelling that is not in the set.
#[derive(Debug, Clone, thiserror::Error, PartialEq, Eq)]
#[error("unknown {noun} \"{text}\"; known are {known}")]
pub struct UnknownCode {
    /// What the set lists, as "case status".
    pub noun: &'static str,
    /// What was written.
    pub text: String,
    /// Every spelling there is.
    pub known: String,
}

/// Declares an enum whose values have one spelling each, used by the store, by TOML and JSON and as message id.
///
/// `domain::codes! { /// Doc. pub enum Kind, "kind of thing" { /// Doc. One = "one", Two = "two" } }`
#[macro_export]
macro_rules! codes {
    ($(#[$doc:meta])* $vis:vis enum $name:ident, $noun:literal {
        $($(#[$value_doc:meta])* $value:ident = $code:literal),+ $(,)?
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        $vis enum $name {
            $($(#[$value_doc])* #[serde(rename = $code)] $value),+
        }

        impl $name {
            /// Every value, in the order that screens list them.
            $vis const ALL: &'static [Self] = &[$(Self::$value),+];

            /// The stored and typed spelling.
            $vis fn as_str(self) -> &'static str {
                match self {
                    $(Self::$value => $code),+
                }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::code::UnknownCode;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|value| value.as_str() == text).ok_or_else(|| {
                    $crate::code::UnknownCode {
                        noun: $noun,
                        text: text.to_owned(),
                        known: Self::ALL.iter().map(|value| value.as_str()).collect::<Vec<_>>().join(", "),
                    }
                })
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str(self.as_str())
            }
        }
    };
}

#[cfg(test)]
mod tests {
    codes! {
        /// For the test.
        pub(super) enum Fruit, "fruit" { Apple = "apple", RedPear = "red_pear" }
    }

    #[test]
    fn every_code_is_read_back() {
        for fruit in Fruit::ALL {
            assert_eq!(fruit.as_str().parse(), Ok(*fruit));
        }
        let error = "plum".parse::<Fruit>().unwrap_err();
        assert_eq!(error.to_string(), "unknown fruit \"plum\"; known are apple, red_pear");
    }
}
