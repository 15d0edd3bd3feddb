import Emulation

/// What a run can see of an organization, and what it must make of it.
struct ModelView {
    /// Why nothing of it can be read: then nothing of it may change.
    enum Obstacle: Equatable {
        case database, calendar, columns
    }

    var obstacle: Obstacle?
    /// Whether its calendar may only be read.
    var isReadOnly = false
    let readings: [TextField: ColumnReading]
    /// Pages that ask for an event, by id.
    let pages: [String: ModelPage]
    /// Those of them that cannot be read whole, or not be found: nothing of theirs may change.
    var hiddenPages: Set<String> = []
    /// Events of which the account sees the times alone.
    var hiddenEvents: Set<String> = []

    /// The columns that give texts.
    var sources: [TextField: String] {
        readings.compactMapValues { reading in
            if case .column(let id) = reading { return id }
            return nil
        }
    }

    /// The texts that pages decide.
    var fields: Set<TextField> { Set(sources.keys) }

    /// What the event of a page must show in what pages decide; nil where the page asks for none, or cannot be read.
    func event(of page: String) -> ModelPage.Event? {
        guard !hiddenPages.contains(page) else { return nil }
        return pages[page]?.event(sources)
    }
}

extension ModelOrganization {
    /// The columns that give texts in the next run.
    var sources: [TextField: String] { ModelView(readings: columns.readings(memory), pages: pages).sources }

    /// The texts that pages decide in the next run.
    var fields: Set<TextField> { Set(sources.keys) }

    /// Its calendar: the one that is declared, or that carries the mark of its database.
    func calendar(in world: World) -> GoogleCalendar? {
        if let calendar { return world.google.calendars[calendar] }
        return world.google.calendars.values.filter { $0.description?.contains(database) == true }.min { $0.id < $1.id }
    }

    /// - Parameter isListingCut: whether Notion leaves the first pages out of every listing.
    func view(of world: World, isListingCut: Bool = false) -> ModelView {
        var view = ModelView(readings: columns.readings(memory), pages: pages)
        let role = calendar(in: world)?.role(of: World.serviceAccount) ?? .owner
        if world.notion.databases[database]?.isShared == false {
            view.obstacle = .database
        } else if view.readings.values.contains(where: \.isError) {
            view.obstacle = .columns
        } else if role < .reader {
            view.obstacle = .calendar
        }
        view.isReadOnly = role < .writerWithoutPrivateAccess
        if role < .writer {
            let hidden = calendar(in: world)?.liveEvents.filter { $0.fields["visibility"] == "private" } ?? []
            view.hiddenEvents = Set(hidden.map(\.id))
            let theirs = pages.keys.filter { view.hiddenEvents.contains($0.replacing("-", with: "")) }
            view.hiddenPages.formUnion(theirs)
        }
        view.hiddenPages.formUnion(isListingCut ? Array(pages.keys) : unreadable(world, view))
        return view
    }

    /// Pages of which a value is not shown.
    private func unreadable(_ world: World, _ view: ModelView) -> [String] {
        guard case .column(ModelColumns.location)? = view.readings[.location] else { return [] }
        switch columns.columns[ModelColumns.location]?.kind {
        case .rollup: return columns.hidesRelation ? Array(pages.keys) : []
        case .people:
            let isHidden = world.notion.integrations.values.contains { !$0.canReadUsers }
            return isHidden ? pages.filter { $0.value.location != nil }.map(\.key) : []
        case .select, .text, nil: return []
        }
    }
}
