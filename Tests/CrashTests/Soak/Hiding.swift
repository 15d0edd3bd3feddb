import Emulation
import TestSupport

/// What is not shown to us for a while, in Notion or in Google. Nothing of it is gone.
enum Hiding: CaseIterable, Sendable {
    /// People's names.
    case users
    /// A whole database.
    case database
    /// What rollups gather.
    case relation
    /// All but the times of private events.
    case privateEvents
    /// A calendar is shared for reading alone.
    case writing
    /// A calendar shows when somebody is busy, and no event.
    case calendar
    /// The first pages of every listing.
    case listing
}

/// What is hidden at present.
struct Curtain: Sendable {
    private(set) var hidden: Set<Hiding> = []

    var isListingCut: Bool { hidden.contains(.listing) }

    /// Draws what is hidden during the next run.
    mutating func draw(_ people: inout People, on world: inout World) {
        hidden = []
        if people.random.chance(45), let one = Hiding.allCases.randomElement(using: &people.random) {
            hidden.insert(one)
            if people.random.chance(20) { hidden.insert(.users) }
        }
        let index = Int.random(in: people.organizations.indices, using: &people.random)
        hang(&people, index, on: &world)
    }

    /// Shows everything.
    mutating func lift(_ people: inout People, on world: inout World) {
        hidden = []
        hang(&people, 0, on: &world)
    }

    /// - Parameter index: of the organization whose database is hidden, where one is.
    private func hang(_ people: inout People, _ index: Int, on world: inout World) {
        for token in world.notion.integrations.keys {
            world.notion.integrations[token]?.canReadUsers = !hidden.contains(.users)
        }
        for (number, organization) in people.organizations.enumerated() {
            let isShared = !(hidden.contains(.database) && number == index)
            world.notion.databases[organization.database]?.isShared = isShared
            people.organizations[number].editColumns(in: &world) { $0.hidesRelation = hidden.contains(.relation) }
            if let given = organization.calendar { world.share(given, with: World.serviceAccount, as: role) }
        }
    }

    /// Of our account on a calendar that somebody else owns.
    private var role: AccessRole {
        if hidden.contains(.calendar) { return .freeBusyReader }
        if hidden.contains(.writing) { return .reader }
        return hidden.contains(.privateEvents) ? .writerWithoutPrivateAccess : .writer
    }
}
