/// What looking at a page alone told, after a complete listing did not have it (or had it without a date).
package enum Absence: Hashable, Codable, Sendable {
    case trashed, archived, undated, moved, filteredOut, cancelled
    /// 404, while its data source is readable and completely listed, of a page that was seen there once.
    case gone
    /// Its database is not the organization's any more, and a person allowed that its event is replaced.
    case replaced
    /// 404, of a page that was never seen: it may always have been somewhere else.
    case neverSeen
    /// Alive, dated and in its data source: the listing should have had it, so nothing follows.
    case present
    /// It could not be looked at.
    case unknown(String)
}
