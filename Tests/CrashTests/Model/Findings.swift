import Emulation
import Foundation
import LinkStorage
import ReconcileModel

/// In what the services and the link table differ from the model. All empty: nothing lost, nothing twice.
struct Findings: CustomStringConvertible {
    /// Pages with more than one live event, organizations with more than one calendar.
    var duplicates: [String] = []
    /// Pages without an event, links without one, organizations without a calendar.
    var lost: [String] = []
    /// Events that are not as their page wants them, or that no page asks for.
    var wrong: [String] = []
    /// What is not ours, and is not as it was.
    var touched: [String] = []

    var isEmpty: Bool { duplicates.isEmpty && lost.isEmpty && wrong.isEmpty && touched.isEmpty }

    var description: String {
        [("duplicates", duplicates), ("lost", lost), ("wrong", wrong), ("touched", touched)]
            .filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1.joined(separator: "; "))" }.joined(separator: "\n")
    }
}

extension Findings {
    /// Compares everything: calendars, events, links, and what belongs to others.
    ///
    /// - Parameter strangers: what others had before the runs.
    init(_ world: World, _ state: StateSnapshot, organizations: [ModelOrganization], strangers: Strangers) {
        let marked = world.google.calendars.values.filter { $0.description?.contains("reconcile") == true }
        if marked.count > organizations.count { duplicates.append("\(marked.count) calendars of ours") }
        for organization in organizations {
            let calendars =
                organization.calendar.map { id in world.google.calendars.values.filter { $0.id == id } }
                ?? marked.filter { $0.description?.contains("organization \(organization.prefix),") == true }
            guard let calendar = calendars.first else {
                lost.append("calendar of \(organization.prefix)")
                continue
            }
            if calendars.count > 1 { duplicates.append("calendar of \(organization.prefix)") }
            let events = Dictionary(grouping: calendar.liveEvents.filter { $0.isMarked && $0.seriesID == nil }) {
                $0.marks["notionPageId"] ?? ""
            }
            compare(events, with: organization)
            compare(calendar, with: organization)
            compare(events, with: state.links[organization.prefix] ?? [:], calendar: calendar.id)
        }
        let given = Set(organizations.compactMap(\.calendar))
        touched += strangers.differences(from: Strangers(in: world, besides: given))
    }

    private mutating func compare(_ events: [String: [GoogleEvent]], with organization: ModelOrganization) {
        for (id, page) in organization.pages.sorted(by: { $0.key < $1.key }) {
            let copies = events[id] ?? []
            if copies.isEmpty { lost.append("event of \(page.title)") }
            if copies.count > 1 { duplicates.append("\(copies.count) events of \(page.title)") }
            let event = page.event(organization.sources)
            for copy in copies where copy.shown.limited(to: organization.fields) != event {
                wrong.append("\(copy.shown) is not \(event)")
            }
        }
        for id in events.keys.sorted() where organization.pages[id] == nil {
            wrong.append("an event of page \(id), which asks for none")
        }
    }

    private mutating func compare(_ calendar: GoogleCalendar, with organization: ModelOrganization) {
        let rules = calendar.rules.values.filter { !$0.isDeleted && $0.role != .owner }.map { rule in
            "\(rule.role.rawValue) \(rule.scopeValue.map { "\(rule.scopeType):\($0)" } ?? "public")"
        }
        guard !organization.sharing.isEmpty, rules.sorted() != organization.sharing.sorted() else { return }
        wrong.append("\(organization.prefix) is shared as \(rules.sorted()), not as \(organization.sharing)")
    }

    private mutating func compare(_ events: [String: [GoogleEvent]], with links: [PageID: Link], calendar: String) {
        for (id, copies) in events {
            guard let link = links[PageID(rawValue: id)] else {
                lost.append("link of page \(id)")
                continue
            }
            // Not its etag: that of a corrected event may be an older one, which only costs a comparison of fields.
            let isRight = copies.contains { $0.id == link.event.rawValue }
            if !isRight || link.calendar.rawValue != calendar { wrong.append("link of page \(id)") }
        }
        for page in links.keys where events[page.rawValue] == nil { wrong.append("link of page \(page), no event") }
    }
}

extension GoogleEvent {
    /// People's copies of our events carry our marks too; those that a test makes say so.
    static let copyMark = "copiedInTest"

    /// Whether it is ours.
    var isMarked: Bool { marks["notionPageId"] != nil && marks[Self.copyMark] == nil }

    /// What a calendar shows of it.
    var shown: ModelPage.Event {
        ModelPage.Event(
            title: summary ?? "",
            start: start.text,
            end: end.text,
            location: fields["location"]?.string,
            description: fields["description"]?.string,
            rule: fields["recurrence"]?.array?.compactMap(\.string).joined(separator: " ")
        )
    }
}

extension EventMoment {
    fileprivate var text: String {
        switch self {
        case .day(let day): day
        case .instant(let seconds, _): String(seconds)
        }
    }
}
