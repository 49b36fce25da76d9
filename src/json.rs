//! A reader of JSON, for the bodies of replies.
//!
//! Small on purpose, and on UTF-16 code units, as JavaScript gives them: all of this is part of what callers download. It goes one
//! level deep, and again into what it finds there. Bodies may quote the token, so all text is overwritten in the end.

use zeroize::Zeroizing;

use crate::text::decode;

/// What stands in an object or in an array, one level deep.
#[derive(Debug, Default)]
pub struct Members<'a> {
    /// Each with its key, which is empty in an array.
    pub all: Vec<(Zeroizing<String>, Value<'a>)>,
    /// Whether the text ends where the object or the array does.
    pub is_whole: bool,
}

/// A value, as far as anybody here looks into it.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// A string.
    Text(Zeroizing<String>),
    /// An object or an array, which can be read in the same way.
    Nested(&'a [u16]),
    /// `null`.
    Null,
    /// A number or a boolean.
    Other,
}

impl<'a> Members<'a> {
    /// Reads a text, given as UTF-16 code units; of one that breaks off, what can be read.
    ///
    /// It looks at strings, brackets and commas. Of all else the spelling does not matter, as nobody here needs the value.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::json::Members;
    ///
    /// let json: Vec<u16> = r#"{"code": 7, "inner": {"code": "no"}, "message": "gone\u0021"}"#.encode_utf16().collect();
    /// let members = Members::read(&json);
    /// assert!(members.is_whole && members.all.len() == 3);
    /// assert_eq!(members.text("message"), Some("gone!"));
    /// assert_eq!(members.text("code"), None);
    /// ```
    pub fn read(text: &'a [u16]) -> Self {
        let mut scan = Scan {
            rest: text,
            nested: &[],
            depth: 0,
            key: None,
            found: Vec::new(),
            // Reserved as a whole: text that grows leaves copies of itself behind.
            raw: Zeroizing::new(Vec::with_capacity(text.len())),
        };
        // White space, or a mark of the byte order, may come before it.
        scan.skip_space();
        let is_array = scan.rest.first() == Some(&u16::from(b'['));
        if !is_array && scan.rest.first() != Some(&u16::from(b'{')) {
            return Self::default();
        }
        while scan.step(is_array).is_some() {}
        scan.skip_space();
        Self {
            all: scan.found,
            is_whole: scan.depth == 0 && scan.rest.is_empty(),
        }
    }

    /// The value of a key. Of members of one name the last counts, as in `JSON.parse`.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::json::Members;
    ///
    /// assert_eq!(Members::default().get("message"), None);
    /// ```
    pub fn get(&self, key: &str) -> Option<&Value<'a>> {
        let found = self.all.iter().rev().find(|(name, _)| **name == key);
        found.map(|(_, value)| value)
    }

    /// The value of a key, if it is a string.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::json::Members;
    ///
    /// assert_eq!(Members::default().text("message"), None);
    /// ```
    pub fn text(&self, key: &str) -> Option<&str> {
        match self.get(key) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }
}

struct Scan<'a> {
    rest: &'a [u16],
    /// The rest of the text from the start of a nested value on.
    nested: &'a [u16],
    depth: u32,
    key: Option<Zeroizing<String>>,
    found: Vec<(Zeroizing<String>, Value<'a>)>,
    /// The string that is being read. No string is longer than the text around it.
    raw: Zeroizing<Vec<u16>>,
}

impl<'a> Scan<'a> {
    fn take(&mut self) -> Option<u16> {
        let (unit, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*unit)
    }

    fn skip_space(&mut self) {
        while let Some((0x20 | 9..=13 | 0xFEFF, rest)) = self.rest.split_first() {
            self.rest = rest;
        }
    }

    /// Takes the next mark, string or part of a word in; nothing where the text ends, or what is read in it.
    fn step(&mut self, is_array: bool) -> Option<()> {
        let before = self.rest;
        let unit = self.take()?;
        match u8::try_from(unit) {
            Ok(b'"') => {
                let text = self.string()?;
                match self.key {
                    _ if self.depth > 1 => {}
                    Some(_) => self.value(Value::Text(text)),
                    None => self.key = Some(text),
                }
            }
            Ok(b'{' | b'[') => {
                self.depth += 1;
                match self.depth {
                    1 => self.await_member(is_array),
                    2 => self.nested = before,
                    _ => {}
                }
            }
            Ok(b'}' | b']') => {
                self.depth -= 1;
                match self.depth {
                    0 => return None,
                    1 => {
                        let length = self.nested.len() - self.rest.len();
                        self.value(Value::Nested(self.nested.get(..length)?));
                    }
                    _ => {}
                }
            }
            _ if self.depth > 1 => {}
            Ok(b',') => self.await_member(is_array),
            Ok(b'n') => self.value(Value::Null),
            Ok(byte) if byte.is_ascii_alphanumeric() || byte == b'-' => self.value(Value::Other),
            _ => {}
        }
        Some(())
    }

    /// A member comes next: in an array it has no key to wait for.
    fn await_member(&mut self, is_array: bool) {
        self.key = is_array.then(Zeroizing::default);
    }

    fn value(&mut self, value: Value<'a>) {
        if let Some(key) = self.key.take() {
            self.found.push((key, value));
        }
    }

    /// The rest of a string, up to its closing quote; nothing if there is none.
    fn string(&mut self) -> Option<Zeroizing<String>> {
        self.raw.clear();
        loop {
            let unit = self.take()?;
            let unit = match u8::try_from(unit) {
                Ok(b'"') => return Some(decode(&self.raw)),
                Ok(b'\\') => self.escaped()?,
                _ => unit,
            };
            self.raw.push(unit);
        }
    }

    /// What stands behind a backslash.
    fn escaped(&mut self) -> Option<u16> {
        let unit = self.take()?;
        Some(match u8::try_from(unit) {
            Ok(b'b') => 8,
            Ok(b't') => 9,
            Ok(b'n') => 10,
            Ok(b'f') => 12,
            Ok(b'r') => 13,
            Ok(b'u') => {
                let mut code = 0;
                for _ in 0..4 {
                    code = code << 4 | char::from(u8::try_from(self.take()?).ok()?).to_digit(16)?;
                }
                code as u16
            }
            _ => unit,
        })
    }
}
