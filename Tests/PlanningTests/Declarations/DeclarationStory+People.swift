import ReconcileModel
import TestSupport

/// What people do between two runs.
extension DeclarationStory {
    /// - Parameter run: the number of the next one.
    mutating func letPeopleAct(before run: Int) {
        var made = RandomDeclaration(random: generator(0, run: run))
        declaration = made.edited(declaration)
        for number in pages.keys.sorted() {
            let random = generator(number, run: run)
            var authors = RandomPage(random: random, zone: declaration.zone)
            if let page = pages[number] { pages[number] = authors.edited(page) }
            letReadersAct(on: number, generator(number, run: 10 + run))
        }
        if random.chance(30) { letOwnersAct(&made) }
        // Deletes are forgotten after a day.
        if random.chance(50) { world.recentDeletes = 0 }
        guard random.chance(12) else { return }
        isStateLost = true
        (world.links, world.grants, origins) = ([:], [], nil)
        given = [:]
    }

    /// What those do who may write to the calendar.
    private mutating func letReadersAct(on number: Int, _ generator: SeededGenerator) {
        var random = generator
        guard let id = own[number]?.first, own[number]?.count == 1, var live = world.events[id], let event = live.event,
            random.chance(50)
        else { return }
        live.etag = etag()
        switch Int.random(in: 0..<10, using: &random) {
        case 0: live.event?.summary = "Changed by hand"
        case 1, 2:
            let days = [-20, -5, -1, 1, 5, 20].randomElement(using: &random) ?? 1
            live.event?.start = event.start.moved(days: days)
            live.event?.end = event.end.moved(days: days)
        case 3: live.event?[.color] = .text("grape")
        case 4: live.event?[.color] = .empty
        case 5: live.event?.location = "Elsewhere"
        case 6: live.event?.description = random.chance(50) ? nil : "By hand"
        case 7 where !hasCopy(of: number): live.status = .cancelled
        case 8, 9:
            guard event.recurrence == nil else { break }
            addCopy(of: live, isChanged: random.chance(50), number)
            return
        default: break
        }
        world.events[id] = live
        if live.status == .cancelled { own[number] = [] }
    }

    private func hasCopy(of number: Int) -> Bool {
        world.events[EventID(rawValue: "copy\(number)")] != nil
    }

    /// With all its marks, as Google copies events; a changed one is a person's.
    private mutating func addCopy(of live: LiveEvent, isChanged: Bool, _ number: Int) {
        let id = EventID(rawValue: "copy\(number)")
        // Of an event that is not as it was written a copy is not either.
        let isOriginal = live.id.isDerived(from: .number(number)) && isAsWritten(live)
        guard world.events[id] == nil, isChanged || isOriginal else { return }
        var copy = live
        (copy.id, copy.etag, copy.created) = (id, etag(), "2026-11-01T10:00:00.000Z")
        copy.address = "https://www.google.com/calendar/event?eid=\(id)"
        copy.isAsWritten = !isChanged
        if isChanged { copy.event?.summary = "My own" }
        world.events[id] = copy
        if !isChanged { own[number]?.append(id) }
    }

    /// Whether nobody touched it since a run wrote it.
    private func isAsWritten(_ live: LiveEvent) -> Bool {
        world.links.values.contains { $0.event == live.id && $0.written.etag == world.events[live.id]?.etag }
            && live.marks?.hash == world.links[live.marks?.page ?? .number(0)]?.written.hash
    }

    private mutating func letOwnersAct(_ made: inout RandomDeclaration) {
        if case .existing(var calendar) = world.calendar {
            calendar.summary = "Renamed by hand"
            calendar.etag = etag()
            world.calendar = .existing(calendar)
        }
        for scope in RandomDeclaration.scopes where random.chance(40) {
            rules.removeAll { $0.scope == scope }
            if random.chance(70) { rules.append(LiveAccessRule(made.role(for: scope), scope)) }
        }
    }
}

extension EventTime {
    fileprivate func moved(days: Int) -> EventTime {
        switch self {
        case .date(let date): .date(date.adding(days: days))
        case .instant(let instant): .instant(instant.adding(seconds: days * 86_400))
        }
    }
}
