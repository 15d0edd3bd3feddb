/// Whether a state can be relied on.
package enum StateCondition: Sendable, Equatable {
    case missing, sound
    case damaged(StateError)
}
