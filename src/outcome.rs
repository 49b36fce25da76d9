//! How a call ends, and the shapes of what callers get of it.

use crate::error::{CallError, Error, ResponseMetadata, RetryKind};
use crate::page::{AccessToken, Page};
use crate::properties::Properties;
use crate::text::concat;

/// A call that succeeded: the token is gone, or the page is there.
#[derive(Debug, PartialEq)]
pub struct Outcome {
    /// How many requests were started.
    pub attempts: u32,
    /// Whether the service said that the token does not exist, after an attempt that may have
    /// deleted it.
    pub already_deleted: bool,
    /// What is known of the last response.
    pub metadata: ResponseMetadata,
    /// The requested page; none for a deletion.
    pub page: Option<Page>,
}

impl Outcome {
    /// The properties of the object that callers of a deletion get.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::outcome::Outcome;
    /// use codecatalyst_pat::error::ResponseMetadata;
    ///
    /// let metadata = ResponseMetadata::default();
    /// let outcome = Outcome { attempts: 1, already_deleted: false, metadata, page: None };
    /// let json = serde_json::to_string(&outcome.delete_output()).unwrap();
    /// assert_eq!(json, r#"{"attempts":1,"alreadyDeleted":false}"#);
    /// ```
    pub fn delete_output(&self) -> Properties {
        Properties::default()
            .with("attempts", self.attempts)
            .with("alreadyDeleted", self.already_deleted)
            .with_some("requestId", self.metadata.request_id.as_deref())
    }

    /// The properties of the object that a page resolves with; nothing for a deletion.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::outcome::Outcome;
    /// use codecatalyst_pat::error::ResponseMetadata;
    /// use codecatalyst_pat::page::Page;
    ///
    /// let metadata = ResponseMetadata { status: Some(200), ..ResponseMetadata::default() };
    /// let page = Some(Page { items: vec![], next_token: Some("m".to_owned()) });
    /// let outcome = Outcome { attempts: 1, already_deleted: false, metadata, page };
    /// let json = serde_json::to_string(&outcome.page_output()).unwrap();
    /// assert_eq!(json, r#"{"items":[],"nextToken":"m","attempts":1,"status":200}"#);
    /// ```
    pub fn page_output(&self) -> Option<Properties> {
        let page = self.page.as_ref()?;
        let items: Vec<_> = page.items.iter().map(AccessToken::properties).collect();
        let properties = Properties::default()
            .with("items", items)
            .with_some("nextToken", page.next_token.as_deref())
            .with("attempts", self.attempts)
            .with_some("status", self.metadata.status.map(u32::from))
            .with_some("requestId", self.metadata.request_id.as_deref());
        Some(properties)
    }
}

impl AccessToken {
    /// The properties of the object that callers get.
    fn properties(&self) -> Properties {
        Properties::default()
            .with("id", self.id.as_str())
            .with("name", self.name.as_str())
            .with_some("expiresTime", self.expires_ms)
    }
}

impl CallError {
    /// The properties of the error object that callers catch.
    ///
    /// Where the outcome is unknown and the message is ours, the message says so too: a person in a
    /// hurry reads nothing else.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::error::{CallError, Error};
    ///
    /// let error = CallError::from(Error::Aborted);
    /// let json = serde_json::to_string(&error.properties()).unwrap();
    /// assert!(json.starts_with(r#"{"name":"AbortError","message":"The signal was aborted.","#));
    /// assert!(json.ends_with(r#","attempts":0,"retryable":false,"outcomeUnknown":false}"#));
    /// ```
    pub fn properties(&self) -> Properties {
        let message = self.error.message();
        let is_ours = !matches!(self.error, Error::Service(_));
        let hint = if self.outcome_unknown && is_ours {
            " It is not known whether the token was deleted; calling again is safe."
        } else {
            ""
        };
        let metadata = &self.metadata;
        Properties::default()
            .with("name", self.error.name())
            .with("message", concat(&[message, hint]).as_str())
            .with_some("status", metadata.status.map(u32::from))
            .with_some("requestId", metadata.request_id.as_deref())
            .with("attempts", self.attempts)
            .with("retryable", self.error.retry_kind() != RetryKind::Never)
            .with_some("retryAfterMs", metadata.retry_after_ms)
            .with("outcomeUnknown", self.outcome_unknown)
    }
}
