/// Why a run was not begun or not carried through although nothing went wrong: whoever asked for it may be told, and that is not an
/// error of any service.
///
/// The raw values are the codes of the failures.
package enum RunRefusal: String, CaseIterable, Sendable {
    /// Another run has the state.
    case locked = "state_locked"
    /// The service is to end.
    case stopping
    /// Somebody ended it.
    case cancelled
    /// The state was written with another Google account.
    case accountChanged = "account_changed"
    /// There is no key of a service.
    case noKey = "credentials_missing"
    /// The organization was disabled in the meantime.
    case disabled
    /// The organization is not to be written to, for it is on hold.
    case leftAlone = "skipped"
    /// A safety rule does not let the organization's changes through.
    case heldBack = "blocked"
}

extension Failure {
    package init(_ refusal: RunRefusal, message: String, hint: String? = nil) {
        self.init(code: Code(rawValue: refusal.rawValue), message: message, hint: hint)
    }

    /// Nil for what went wrong.
    package var refusal: RunRefusal? { RunRefusal(rawValue: code.rawValue) }
}
