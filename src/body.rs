//! The body of a response, as far as anyone needs it.

use crate::date::Clock;
use crate::page::Page;
use crate::redact::is_blank;

/// How much of a body is read, in bytes.
///
/// The longest that the service may send is a page of a list whose text consists of escapes of six
/// characters; most are far shorter.
pub const MAX_BODY_LENGTH: usize = 131_072;

/// A value of parsed JSON, as the host holds it.
pub trait JsonValue: Sized {
    /// A member of an object; nothing for another value, or where the member is absent or `null`.
    fn member(&self, name: &str) -> Option<Self>;

    /// The elements of an array; nothing for another value.
    fn elements(&self) -> Option<Vec<Self>>;

    /// A string; nothing for another value.
    fn string(&self) -> Option<String>;
}

/// What kind of text a body is. It tells whether the service itself answered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum BodyKind {
    /// Nothing, or nothing but white space.
    #[default]
    Blank,
    /// A JSON object, or the beginning of one if the body broke off.
    Object,
    /// Anything else.
    Other,
    /// It can't be told: the body could not be read, or something else had read it before.
    Unknown,
}

/// What a body says.
#[derive(Debug, Clone, Default)]
pub struct Body {
    /// What kind of text it is.
    pub kind: BodyKind,
    /// `code`
    pub code: Option<String>,
    /// `__type`
    pub error_type: Option<String>,
    /// `message` or `Message`
    pub message: Option<String>,
    /// The page, if the body is one as the service promises it.
    pub page: Option<Page>,
}

impl Body {
    /// Reads what came of a body. `parse` is the host's parser of JSON; it is called only for what
    /// begins like an object.
    ///
    /// A body that broke off is judged by what came.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::body::{Body, BodyKind, JsonValue};
    /// # use codecatalyst_pat::date::Clock;
    /// # struct Json;
    /// # impl JsonValue for Json {
    /// #     fn member(&self, _: &str) -> Option<Self> { None }
    /// #     fn elements(&self) -> Option<Vec<Self>> { None }
    /// #     fn string(&self) -> Option<String> { None }
    /// # }
    /// # struct Epoch;
    /// # impl Clock for Epoch {
    /// #     fn now_ms(&self) -> f64 { 0.0 }
    /// #     fn parse_date_ms(&self, _: &str) -> Option<f64> { None }
    /// # }
    ///
    /// let no_json = |_: &str| None::<Json>;
    /// let kind = |text: &str, is_whole| Body::new(text.as_bytes(), is_whole, no_json, &Epoch).kind;
    /// assert_eq!(kind(" \n", true), BodyKind::Blank);
    /// assert_eq!(kind("<html>", true), BodyKind::Other);
    /// assert_eq!(kind("{\"mess", true), BodyKind::Other);
    /// assert_eq!(kind("{\"mess", false), BodyKind::Object);
    /// ```
    pub fn new<J: JsonValue>(
        text: &[u8],
        is_whole: bool,
        parse: impl FnOnce(&str) -> Option<J>,
        clock: &impl Clock,
    ) -> Self {
        let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
        let mut body = Self::default();
        body.kind = match text.trim_ascii() {
            [] => BodyKind::Blank,
            // What the service answers to a deletion: there is nothing to parse.
            b"{}" => BodyKind::Object,
            [b'{', ..] if !is_whole => BodyKind::Object,
            text @ [b'{', ..] => match std::str::from_utf8(text).ok().and_then(parse) {
                Some(object) => {
                    body.read_members(&object, clock);
                    BodyKind::Object
                }
                None => BodyKind::Other,
            },
            _ => BodyKind::Other,
        };
        body
    }

    fn read_members<J: JsonValue>(&mut self, object: &J, clock: &impl Clock) {
        let string = |name| object.member(name)?.string();
        let message = string("message");
        let is_blank = message.as_deref().is_none_or(is_blank);
        let other = is_blank.then(|| string("Message")).flatten();
        self.message = other.or(message);
        self.code = string("code");
        self.error_type = string("__type");
        self.page = Page::parse(object, clock);
    }

    /// A body of which nothing more is known.
    pub fn of_kind(kind: BodyKind) -> Self {
        Self {
            kind,
            ..Self::default()
        }
    }

    /// Whether it has a member that only an error of the service has.
    pub(crate) fn describes_error(&self) -> bool {
        self.code.is_some() || self.error_type.is_some() || self.message.is_some()
    }
}
