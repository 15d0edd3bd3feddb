/// What is known of one page: the event that it asks for, or why it asks for none.
package enum PageFinding: Hashable, Sendable {
    /// It asks for this event.
    case wants(DesiredEvent)
    /// It cannot be read: its event stays as it is.
    case invalid
    /// It asks for no event, with the proof; or it was looked at without finding one.
    ///
    /// `seenAt`: when an earlier run looked at it, RFC 3339 in UTC; nil: this one knows. A memory is no proof.
    case absent(Absence, seenAt: String? = nil)

    /// The event that the page asks for.
    package var desired: DesiredEvent? {
        guard case .wants(let desired) = self else { return nil }
        return desired
    }

    package var isInvalid: Bool {
        guard case .invalid = self else { return false }
        return true
    }

    /// Why the page asks for no event.
    package var absence: Absence? {
        guard case .absent(let absence, _) = self else { return nil }
        return absence
    }

    /// When an earlier run looked at the page, where this one did not.
    package var seenAt: String? {
        guard case .absent(_, let seenAt) = self else { return nil }
        return seenAt
    }
}

extension [PageID: PageFinding] {
    /// The events that pages ask for, in no order.
    package var desired: some Collection<DesiredEvent> { values.lazy.compactMap(\.desired) }

    /// Takes note of a page that may have been looked at before, and edited since: what asks for an event stands before what
    /// cannot be read, and that before an absence.
    package mutating func add(_ finding: PageFinding, of page: PageID) {
        switch (self[page], finding) {
        case (.wants, .invalid), (.wants, .absent), (.invalid, .absent): break
        case (.wants, .wants), (.invalid, .wants), (.invalid, .invalid), (.absent, _), (nil, _): self[page] = finding
        }
    }
}
