import Emulation

/// One organization in one run: what there was before and after, and what the run could see.
struct RunScene {
    let organization: ModelOrganization
    let view: ModelView
    let before: GoogleCalendar?
    let after: GoogleCalendar?

    init(_ organization: ModelOrganization, _ view: ModelView, _ before: World, _ after: World) {
        (self.organization, self.view) = (organization, view)
        self.before = organization.calendar(in: before)
        self.after = organization.calendar(in: after)
    }

    /// Our live events, by id.
    var eventsBefore: [String: GoogleEvent] { Self.ours(before) }
    var eventsAfter: [String: GoogleEvent] { Self.ours(after) }

    private static func ours(_ calendar: GoogleCalendar?) -> [String: GoogleEvent] {
        let ours = calendar?.liveEvents.filter(\.isMarked) ?? []
        return Dictionary(ours.map { ($0.id, $0) }) { first, _ in first }
    }
}

extension GoogleEvent {
    /// The page it is of.
    var page: String { marks["notionPageId"] ?? "" }
}
