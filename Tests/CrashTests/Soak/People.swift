import Emulation
import TestSupport

/// People who keep working on both sides while runs come and go: on pages in Notion, and by hand on the calendars.
struct People {
    var random: SeededGenerator
    var organizations: [ModelOrganization]

    /// So many pages stay: an organization that is emptied is what limits are for.
    private static let fewest = 3

    /// Does a few things at random.
    mutating func work(on world: inout World) {
        for index in organizations.indices {
            var organization = organizations[index]
            for _ in 0..<Int.random(in: 1...5, using: &random) { edit(&organization, &world) }
            organizations[index] = organization
            guard let calendar = organization.calendar(in: world) else { continue }
            for _ in 0..<Int.random(in: 0...3, using: &random) {
                editByHand(calendar, sparing: organization.anchor, &world)
            }
        }
    }

    private mutating func edit(_ organization: inout ModelOrganization, _ world: inout World) {
        let index = Int.random(in: 0..<1000, using: &random)
        let number = Int.random(in: 0..<400, using: &random)
        switch Int.random(in: 0..<9, using: &random) {
        case 0: organization.addPages(1 + number % 3, to: &world)
        case 1: organization.edit(index, in: &world) { $0.title = "Title \(number)" }
        case 2: organization.edit(index, in: &world) { $0.time = .minutes(start: number * 60, length: 15 + number) }
        case 3: organization.edit(index, in: &world) { $0.time = .days(first: number, length: 1 + number % 5) }
        case 4: organization.edit(index, in: &world) { $0.location = number.isMultiple(of: 3) ? nil : "Room \(number)" }
        case 5:
            organization.edit(index, in: &world) { $0.description = number.isMultiple(of: 3) ? nil : "About \(number)" }
        case 6 where organization.pages.count > Self.fewest: organization.trash(index, in: &world)
        case 7 where organization.pages.count > Self.fewest: organization.removeDate(index, in: &world)
        default: organization.restore(index, in: &world)
        }
    }

    /// - Parameter anchor: a page whose event is left alone.
    private mutating func editByHand(_ calendar: GoogleCalendar, sparing anchor: String, _ world: inout World) {
        let number = Int.random(in: 0..<400, using: &random)
        // By id: a dictionary's order differs from process to process.
        let events = calendar.liveEvents.filter { $0.page != anchor }.sorted { $0.id < $1.id }
        guard let event = events.randomElement(using: &random) else { return }
        func edit(_ change: (inout GoogleEvent) -> Void) { world.editEvent(event.id, of: calendar.id, change) }
        // Of any other nobody could say whose it is while it is hidden, or once it was edited and the state is lost.
        let isCertain = event.id == event.page.replacing("-", with: "")
        switch Int.random(in: 0..<8, using: &random) {
        case 0: world.addEvent(to: calendar.id, "By hand \(number)", start: "2027-06-01")
        case 1 where isCertain: edit { $0.fields["summary"] = .string("Renamed \(number)") }
        case 2 where isCertain: edit { $0.fields["location"] = .string("Place \(number)") }
        case 3 where isCertain: edit { $0.fields["description"] = .string("Bring cake \(number)") }
        case 4: edit { $0.fields["status"] = "cancelled" }
        case 5:
            edit { event in
                event.fields["status"] = "cancelled"
                event.isPurged = true
            }
        case 6 where isCertain: edit { $0.fields["visibility"] = "private" }
        default:
            let marks = event.marks.merging([GoogleEvent.copyMark: "by hand"]) { _, new in new }
            world.addEvent(to: calendar.id, "Copy \(number)", start: "2027-06-02", marks: marks)
        }
    }
}
