//! Objects for JavaScript, as data that is tested natively.

use serde::{Serialize, Serializer};

/// The properties of an object, in the caller's spelling and in the order in which they are shown.
///
/// One map for every shape, because structs with derived serialization made the download 1.1 KB
/// larger.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Properties(Vec<(&'static str, Value)>);

/// The value of a property.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A string.
    String(String),
    /// A number.
    Number(u32),
    /// A time, in milliseconds since 1970.
    Time(f64),
    /// A boolean.
    Boolean(bool),
    /// An array of objects.
    Objects(Vec<Properties>),
}

impl Properties {
    /// Adds a property.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::properties::Properties;
    ///
    /// let properties = Properties::default().with("id", "4f0b").with("attempts", 1_u32);
    /// assert_eq!(serde_json::to_string(&properties).unwrap(), r#"{"id":"4f0b","attempts":1}"#);
    /// ```
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.0.push((name, value.into()));
        self
    }

    /// Adds a property if there is a value.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::properties::Properties;
    ///
    /// let properties = Properties::default().with_some("status", None::<u32>);
    /// assert_eq!(properties, Properties::default());
    /// ```
    pub fn with_some(self, name: &'static str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::String(value.to_owned())
    }
}

impl From<u32> for Value {
    fn from(value: u32) -> Self {
        Self::Number(value)
    }
}

impl From<f64> for Value {
    fn from(ms: f64) -> Self {
        Self::Time(ms)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<Vec<Properties>> for Value {
    fn from(value: Vec<Properties>) -> Self {
        Self::Objects(value)
    }
}

impl Serialize for Properties {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (*name, value)))
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::String(string) => serializer.serialize_str(string),
            Self::Number(number) => serializer.serialize_u32(*number),
            Self::Time(ms) => serializer.serialize_f64(*ms),
            Self::Boolean(boolean) => serializer.serialize_bool(*boolean),
            Self::Objects(objects) => serializer.collect_seq(objects),
        }
    }
}
