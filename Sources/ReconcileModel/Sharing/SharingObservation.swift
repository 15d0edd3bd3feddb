/// Who may do what with an organization's calendar.
package enum SharingObservation: Hashable, Sendable {
    /// Nothing is declared of it, or there is no calendar yet.
    case notRead
    case read([LiveAccessRule])
    case unreadable(Failure)
}
