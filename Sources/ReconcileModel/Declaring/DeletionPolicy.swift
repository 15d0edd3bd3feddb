/// `deletions:` of a declaration.
package enum DeletionPolicy: String, CaseIterable, Sendable {
    case auto, never
}
