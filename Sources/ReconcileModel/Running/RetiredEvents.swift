/// What becomes of the events of an organization that somebody takes leave of.
package enum RetiredEvents: Sendable {
    /// They are deleted.
    case removed
    /// They stay, without our marks: from then on they are people's.
    case kept
}
