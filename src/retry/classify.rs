//! Which errors of the service are worth another try.

use crate::error::RetryKind;

/// The names by which AWS services throttle.
///
/// The list of the AWS SDKs, in
/// [their classification of errors](https://github.com/smithy-lang/smithy-typescript/blob/main/packages/core/src/submodules/retry/service-error-classification/constants.ts).
pub const THROTTLING_NAMES: [&str; 14] = [
    "BandwidthLimitExceeded",
    "EC2ThrottledException",
    "LimitExceededException",
    "PriorRequestNotComplete",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "RequestThrottled",
    "RequestThrottledException",
    "SlowDown",
    "ThrottledException",
    "Throttling",
    "ThrottlingException",
    "TooManyRequestsException",
    "TransactionInProgressException",
];

/// The names by which AWS services tell of a passing fault, from the same source.
pub const TRANSIENT_NAMES: [&str; 3] =
    ["TimeoutError", "RequestTimeout", "RequestTimeoutException"];

/// Whether an error of the service is worth another try.
///
/// # Examples
///
/// ```
/// use codecatalyst_pat::error::RetryKind;
/// use codecatalyst_pat::retry::classify;
///
/// assert_eq!(classify(503, "InternalServerException"), RetryKind::Transient);
/// assert_eq!(classify(400, "SlowDown"), RetryKind::Throttling);
/// assert_eq!(classify(400, "RequestTimeout"), RetryKind::Transient);
/// assert_eq!(classify(404, "ResourceNotFoundException"), RetryKind::Never);
/// ```
pub fn classify(status: u16, name: &str) -> RetryKind {
    match status {
        _ if THROTTLING_NAMES.contains(&name) => RetryKind::Throttling,
        429 => RetryKind::Throttling,
        _ if TRANSIENT_NAMES.contains(&name) => RetryKind::Transient,
        408 | 500 | 502 | 503 | 504 => RetryKind::Transient,
        _ => RetryKind::Never,
    }
}
