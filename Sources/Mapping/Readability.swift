import NotionAPI

/// Whether a value was shown to us whole. One that was not must never count as empty: it would clear the event's field, or
/// take the event away.
enum Readability: Equatable {
    case readable
    /// It has another form than its type promises, or Notion did not compute it.
    case unreadable
    /// It names a person of whom Notion gives no more than an id.
    case hidesUser

    init(of value: PropertyValue) {
        switch value {
        case .unknown, .malformed, .formula(.unsupported), .rollup(.unsupported), .rollup(.incomplete):
            self = .unreadable
        case .rollup(.array(let values)):
            let parts = values.map { Readability(of: $0) }
            self = parts.first { $0 == .unreadable } ?? parts.first { $0 != .readable } ?? .readable
        case .people(let users): self = users.allSatisfy(\.isShown) ? .readable : .hidesUser
        case .createdBy(let user), .lastEditedBy(let user): self = user.isShown ? .readable : .hidesUser
        case .title(let text), .richText(let text):
            self = text.hidesUser ? .hidesUser : text.hidesMention ? .unreadable : .readable
        // A place is a point on the map at least.
        case .place(let place?): self = place == NotionPlace() ? .unreadable : .readable
        default: self = .readable
        }
    }
}
