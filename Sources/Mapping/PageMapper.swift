package import NotionAPI
package import ReconcileModel
package import ZoneData

/// Turns pages into the events they ask for. Pure: equal pages give equal outcomes.
package struct PageMapper: Sendable {
    private let mapping: SchemaMapping
    private let defaultDuration: Int
    private let timeZone: String
    private let zones: ZoneDatabase

    /// - Parameter zones: the rules of zones that pages name.
    package init(mapping: SchemaMapping, organization: Organization, zones: ZoneDatabase = .current) {
        (self.mapping, self.zones) = (mapping, zones)
        (defaultDuration, timeZone) = (organization.defaultDuration, organization.timeZone)
    }

    package func outcome(for page: NotionPage) -> PageOutcome {
        if page.isInTrash { return .trashed(page.id) }
        if page.isArchived { return .archived(page.id) }
        var notes = PageNotes(page: page.id)
        do throws(PageNotes.Problem) {
            notes.title = try text(of: mapping.title, in: page, as: .plain).flatMap(TextLimits.line)
            guard let date = try date(of: page) else { return .undated(page.id, title: notes.shownTitle) }
            let event = try event(of: page, at: date, notes: &notes)
            let desired = DesiredEvent(
                page: page.id,
                event: event,
                hash: ContentHash(of: event),
                formerHash: try formerHash(of: event, page),
                lastEdited: page.lastEditedTime
            )
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
        notes.title = (try? text(of: mapping.title, in: page, as: .plain)).flatMap(TextLimits.line)
        return .invalid(page.id, title: notes.shownTitle, notes.warning(of: .unfinished(reason)))
    }

    private func event(
        of page: NotionPage,
        at date: NotionDate,
        notes: inout PageNotes
    ) throws(PageNotes.Problem) -> EventContent {
        let interval: EventInterval
        do throws(EventInterval.Problem) {
            interval = try EventInterval(date, defaultDuration: defaultDuration, zones: zones)
        } catch { throw .date(error.description) }
        var content = EventContent(
            summary: notes.summary(),
            from: interval.start,
            to: interval.end,
            displayZone: interval.isTimed ? interval.zone ?? timeZone : nil
        )
        for (field, text) in try texts(of: page, as: .whole) {
            content[field] = FieldValue(text.map { notes.cut($0, for: field) })
        }
        return content
    }

    /// The hash that the texts of versions up to 0.1.0 give; nil where the event is the same. By it an update that only an
    /// upgrade causes is known.
    private func formerHash(of event: EventContent, _ page: NotionPage) throws(PageNotes.Problem) -> ContentHash? {
        let values = mapping.optional.values.compactMap { page.value(of: $0.id) }
        guard values.contains(where: PropertyText.dependsOnForm) else { return nil }
        var former = event
        for (field, text) in try texts(of: page, as: .plain) {
            former[field] = FieldValue(text.map { TextLimits.cut($0, to: field.longestText).text })
        }
        return former == event ? nil : ContentHash(of: former)
    }

    /// Of the fields that may be left to people, those that a column gives.
    private func texts(
        of page: NotionPage,
        as form: PropertyText.Form
    ) throws(PageNotes.Problem) -> [(field: EventField, text: String?)] {
        var texts: [(EventField, String?)] = []
        for field in EventField.optional {
            guard let property = mapping.optional[field] else { continue }
            texts.append((field, try text(of: property, in: page, as: form).flatMap(TextLimits.paragraphs)))
        }
        return texts
    }

    private func date(of page: NotionPage) throws(PageNotes.Problem) -> NotionDate? {
        let value = try value(of: mapping.date, in: page)
        guard value.type == mapping.date.type else { throw .date("the type of the date property changed meanwhile") }
        switch DateReading(value) {
        case .date(let date): return date
        case .none:
            try checkEmptiness(of: mapping.date, value, in: page)
            return nil
        case .unusable(let reason): throw .date(reason)
        }
    }

    private func text(
        of property: PropertySchema,
        in page: NotionPage,
        as form: PropertyText.Form
    ) throws(PageNotes.Problem) -> String? {
        let value = try value(of: property, in: page)
        // Another type than the schema had a moment ago: nobody looked whether that one fits.
        guard value.type == property.type else { throw .unreadable(property.name) }
        switch Readability(of: value) {
        case .readable: break
        case .unreadable: throw .unreadable(property.name)
        case .hidesUser: throw .hiddenUser(property.name)
        }
        let text = PropertyText(form: form).text(of: value)
        if text == nil { try checkEmptiness(of: property, value, in: page) }
        return text
    }

    /// - Throws: where a value may look empty only because we are not shown what it is computed from.
    private func checkEmptiness(
        of property: PropertySchema,
        _ value: PropertyValue,
        in page: NotionPage
    ) throws(PageNotes.Problem) {
        if let source = mapping.hiddenSources[property.id] {
            throw .hiddenSource(property.name, of: "the property \(source)")
        }
        for person in mapping.people[property.id] ?? [] {
            guard let value = page.value(of: person), Readability(of: value) == .hidesUser else { continue }
            throw .hiddenUser(property.name)
        }
        // A rollup has a member for each related page that we may see, also where that one's value is not set. The earliest of
        // their dates is nothing both where none is set and where none is shown.
        guard value == .rollup(.array([])) || value == .rollup(.date(nil)),
            let relation = mapping.relations[property.id],
            case .relation(let pages, _)? = page.value(of: relation), !pages.isEmpty
        else { return }
        throw .hiddenSource(property.name, of: "the related page")
    }

    private func value(of property: PropertySchema, in page: NotionPage) throws(PageNotes.Problem) -> PropertyValue {
        guard !page.isPartial else { throw .partial }
        guard let value = page.value(of: property.id) else { throw .absent(property.name) }
        return value
    }
}
