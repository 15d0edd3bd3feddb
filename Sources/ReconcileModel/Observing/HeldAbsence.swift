/// A page that was looked at alone and whose event stays for now, held back by a limit or for want of proof.
///
/// Looking at each of hundreds again at every run would tell nothing new. Nothing is deleted on the word of such a memory.
package struct HeldAbsence: Hashable, Codable, Sendable {
    package var absence: Absence
    /// When it was looked at, RFC 3339 in UTC; nil: in this run.
    package var seenAt: String?

    package init(_ absence: Absence, seenAt: String? = nil) { (self.absence, self.seenAt) = (absence, seenAt) }
}

extension Absence {
    /// Under what it is remembered; nil for what is to be looked at again in any case.
    package var word: String? {
        switch self {
        case .trashed: "trashed"
        case .archived: "archived"
        case .undated: "undated"
        case .moved: "moved"
        case .filteredOut: "filtered_out"
        case .cancelled: "cancelled"
        case .gone: "gone"
        case .neverSeen: "never_seen"
        case .replaced, .present, .unknown: nil
        }
    }

    package init?(word: String) {
        let all: [Absence] = [.trashed, .archived, .undated, .moved, .filteredOut, .cancelled, .gone, .neverSeen]
        guard let found = all.first(where: { $0.word == word }) else { return nil }
        self = found
    }

    /// Why it lets the page's event go; nil where it is no proof.
    package var reason: Reason? {
        switch self {
        case .trashed: .trashed
        case .archived: .archived
        case .undated: .undated
        case .moved: .moved
        case .filteredOut: .filteredOut
        case .cancelled: .cancelled
        case .gone: .gone
        case .replaced: .databaseChanged
        case .neverSeen, .present, .unknown: nil
        }
    }

    /// Whether it lets the page's event go.
    package var isProof: Bool { reason != nil }
}
