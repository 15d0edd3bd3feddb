/// `deletions:` of a declaration.
package enum DeletionPolicy: String, Codable, CaseIterable, Sendable {
    case auto
    /// Only what a person was shown and said yes to.
    case confirm
    case never
}
