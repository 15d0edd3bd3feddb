package import NotionAPI
package import ReconcileModel

/// Turns pages into the events they ask for. Pure: equal pages give equal outcomes.
package struct PageMapper: Sendable {
    private let mapping: SchemaMapping
    private let managedFields: Set<EventField>
    private let defaultDuration: Int
    private let timeZone: String

    package init(mapping: SchemaMapping, organization: Organization) {
        self.mapping = mapping
        managedFields = mapping.managedFields
        (defaultDuration, timeZone) = (organization.defaultDuration, organization.timeZone)
    }

    package func outcome(for page: NotionPage) -> PageOutcome {
        if page.isInTrash { return .trashed(page.id) }
        if page.isArchived { return .archived(page.id) }
        var notes = PageNotes(page: page.id)
        do throws(PageNotes.Problem) {
            notes.title = try text(of: mapping.title, in: page).flatMap(TextLimits.line)
            guard let date = try date(of: page) else { return .undated(page.id, title: notes.shownTitle) }
            let event = try event(of: page, at: date, notes: &notes)
            let hash = ContentHash(of: event, fields: managedFields)
            let desired = DesiredEvent(page: page.id, event: event, hash: hash, lastEdited: page.lastEditedTime)
            return .event(desired, notes.warnings)
        } catch {
            return .invalid(page.id, title: notes.shownTitle, notes.warning(of: error))
        }
    }

    /// What is to become of a page whose long values Notion did not give whole: its event stays as it is.
    ///
    /// - Parameter reason: one sentence.
    package func outcome(forUnfinished page: NotionPage, because reason: String) -> PageOutcome {
        var notes = PageNotes(page: page.id)
        notes.title = (try? text(of: mapping.title, in: page)).flatMap(TextLimits.line)
        return .invalid(page.id, title: notes.shownTitle, notes.warning(of: .unfinished(reason)))
    }

    private func event(
        of page: NotionPage,
        at date: NotionDate,
        notes: inout PageNotes
    ) throws(PageNotes.Problem) -> CalendarEvent {
        let interval: EventInterval
        do throws(EventInterval.Problem) {
            interval = try EventInterval(date, defaultDuration: defaultDuration)
        } catch { throw .date(error.description) }
        let location = try mapping.location.flatMap { property throws(PageNotes.Problem) in
            try text(of: property, in: page)
        }
        let description = try mapping.description.flatMap { property throws(PageNotes.Problem) in
            try text(of: property, in: page)
        }
        return CalendarEvent(
            summary: notes.summary(),
            description: notes.cut(description.flatMap(TextLimits.paragraphs), for: .description),
            location: notes.cut(location.flatMap(TextLimits.paragraphs), for: .location),
            start: interval.start,
            end: interval.end,
            displayZone: interval.isTimed ? interval.zone ?? timeZone : nil
        )
    }

    private func date(of page: NotionPage) throws(PageNotes.Problem) -> NotionDate? {
        let value = try value(of: mapping.date, in: page)
        guard value.type == mapping.date.type else { throw .date("the type of the date property changed meanwhile") }
        switch DateReading(value) {
        case .date(let date): return date
        case .none: return nil
        case .unusable(let reason): throw .date(reason)
        }
    }

    private func text(of property: PropertySchema, in page: NotionPage) throws(PageNotes.Problem) -> String? {
        let value = try value(of: property, in: page)
        // Another type than the schema had a moment ago: nobody looked whether that one fits.
        guard value.type == property.type, PropertyText.isReadable(value) else { throw .unreadable(property.name) }
        return PropertyText.text(of: value)
    }

    private func value(of property: PropertySchema, in page: NotionPage) throws(PageNotes.Problem) -> PropertyValue {
        guard !page.isPartial else { throw .partial }
        guard let value = page.value(of: property.id) else { throw .absent(property.name) }
        return value
    }
}
