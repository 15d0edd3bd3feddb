/// `deletions:` of a declaration.
package enum DeletionPolicy: String, Codable, CaseIterable, Sendable {
    case auto, never
}
