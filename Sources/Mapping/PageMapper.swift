package import NotionAPI
package import ReconcileModel
import Recurring
package import ZoneData

/// Turns pages into the events they ask for. Pure: equal pages give equal outcomes.
package struct PageMapper: Sendable {
    let mapping: SchemaMapping
    private let defaultDuration: Int
    private let timeZone: String
    private let zones: ZoneDatabase
    private let days: FilterDays
    /// Where events are looked after.
    let window: EventWindow

    /// - Parameters:
    ///   - now: when the run looks: what is today in the filter.
    ///   - zones: the rules of zones that pages name.
    package init(
        mapping: SchemaMapping,
        organization: Organization,
        now: Timestamp,
        zones: ZoneDatabase = .current
    ) {
        (self.mapping, self.zones) = (mapping, zones)
        days = FilterDays(now: now, zone: organization.timeZone, zones: zones)
        (defaultDuration, timeZone) = (organization.defaultDuration, organization.timeZone)
        window = organization.eventWindow(now: now, zones: zones)
    }

    package func outcome(for page: NotionPage) -> PageOutcome {
        var notes = PageNotes(page: page.id)
        return outcome(for: page, &notes)
    }

    /// What a page asks for, each step noted where `notes` have a trace.
    func outcome(for page: NotionPage, _ notes: inout PageNotes) -> PageOutcome {
        if page.isInTrash || page.isArchived {
            notes.begin(.place)
            notes.end(page.isInTrash ? "in the trash" : "archived")
            return page.isInTrash ? .trashed(page.id) : .archived(page.id)
        }
        let values = values(of: page)
        let verdict = mapping.filter?.verdict(of: values, days)
        notes.note(mapping.filter, verdict, values, days)
        switch verdict {
        case .passes?, nil: break
        case .fails(let facts)?: return .filteredOut(page.id, title: title(of: page), facts)
        case .unknown(let problem)?:
            notes.title = title(of: page)
            return notes.invalid(problem)
        }
        do throws(PageNotes.Problem) {
            let isCancelled = try isCancelled(values, &notes)
            if isCancelled, mapping.cancellation?.treatment == .remove {
                return .cancelled(page.id, title: title(of: page))
            }
            notes.title = try notes.text(.title, mapping.title, as: .plain, in: values).flatMap(TextLimits.line)
            let title = notes.shownTitle
            notes.end(title)
            notes.begin(.date, [mapping.date], values)
            guard let date = try date(of: mapping.date, in: values) else {
                notes.end("none")
                return .undated(page.id, title: title)
            }
            notes.end(date.start)
            let template = try template(values, &notes)
            var event = try event(in: values, at: date, template, notes: &notes)
            if isCancelled, case .prefix(let prefix)? = mapping.cancellation?.treatment {
                event.summary = notes.cut(prefix + event.summary, for: .summary)
                notes.begin(.title)
                notes.end(event.summary)
                event[.busy] = .text("false")
                event.isCancelled = true
            }
            var desired = DesiredEvent(
                page: page.id,
                event: event,
                hash: ContentHash(of: event),
                formerHash: try formerHash(of: event, values),
                lastEdited: page.lastEditedTime
            )
            desired.settings = Set(event.fields).subtracting(mapping.managedFields)
            // So that a declaration that speaks of it no more ends the series.
            if event.recurrence != nil { desired.settings.insert(.recurrence) }
            return .event(desired, notes.warnings)
        } catch {
            return notes.invalid(error)
        }
    }

    /// Whether the filter leaves a page out; false also where that cannot be told.
    ///
    /// Asks nothing but the properties of the filter.
    package func leavesOut(_ page: NotionPage) -> Bool {
        guard case .fails? = mapping.filter?.verdict(of: values(of: page), days) else { return false }
        return true
    }

    /// What is to become of a page whose long values Notion did not give whole: its event stays as it is.
    ///
    /// - Parameter reason: one sentence.
    package func outcome(forUnfinished page: NotionPage, because reason: String) -> PageOutcome {
        var notes = PageNotes(page: page.id)
        notes.title = title(of: page)
        return notes.invalid(.unfinished(reason))
    }

    private func values(of page: NotionPage) -> PageValues { PageValues(page: page, sources: mapping.sources) }

    /// Nil also where it cannot be read.
    private func title(of page: NotionPage) -> String? {
        (try? values(of: page).text(of: mapping.title, as: .plain)).flatMap(TextLimits.line)
    }

    private func event(
        in values: PageValues,
        at date: NotionDate,
        _ template: PageTemplate?,
        notes: inout PageNotes
    ) throws(PageNotes.Problem) -> EventContent {
        notes.begin(.time, [mapping.date] + [mapping.end].compactMap(\.self), values)
        let end = try mapping.end.flatMap { column throws(PageNotes.Problem) in try self.date(of: column, in: values) }
        let interval: EventInterval
        do throws(EventInterval.Problem) {
            let duration = template?.settings.duration ?? defaultDuration
            interval = try EventInterval(date, end: end, defaultDuration: duration, zones: zones)
        } catch { throw .date(error.description) }
        notes.end("\(interval.start) to \(interval.end)")
        if interval.isTimed { notes.remark("shown in \(interval.zone ?? timeZone)") }
        var texts: [EventField: FieldValue] = [:]
        for (field, text) in try self.texts(in: values, as: .whole, &notes) { texts[field] = FieldValue(text) }
        if let template { try apply(template, to: &texts, in: values, &notes) }
        var content = EventContent(
            summary: notes.summary(),
            from: interval.start,
            to: interval.end,
            displayZone: interval.isTimed ? interval.zone ?? timeZone : nil
        )
        for (field, value) in texts { content[field] = FieldValue(value.text.map { notes.cut($0, for: field) }) }
        for (field, value) in template?.settings.values ?? [:] { content[field] = value }
        if let source = mapping.optional[.recurrence] {
            notes.begin(.recurrence, source.columns, values)
            let recurrence = try recurrence(source, of: interval, in: values)
            notes.end(recurrence?.text)
            content[.recurrence] = FieldValue(recurrence?.text)
            if recurrence != nil, interval.isTimed { content.displayZone = zone(of: interval).identifier }
        }
        return content
    }

    /// Whose wall time a series keeps.
    private func zone(of interval: EventInterval) -> Zone {
        [interval.zone, timeZone].compactMap(\.self).lazy.compactMap(zones.zone).first(where: \.isKnownToGoogle) ?? .utc
    }

    /// How the page says that its event repeats; nil: it does not.
    private func recurrence(
        _ source: TextSource,
        of interval: EventInterval,
        in values: PageValues
    ) throws(PageNotes.Problem) -> Recurrence? {
        guard let text = try values.text(of: source, as: .plain)?.nonblank else { return nil }
        let zone = zone(of: interval)
        do throws(RecurrenceProblem) {
            return try RecurrenceReader(from: interval.start, to: interval.end, zone: zone, zones: zones).read(text)
        } catch {
            throw .recurrence(source.name, because: error.reason)
        }
    }

    /// The hash that the texts of versions up to 0.1.0 give; nil where the event is the same. By it an update that only an
    /// upgrade causes is known.
    private func formerHash(of event: EventContent, _ values: PageValues) throws(PageNotes.Problem) -> ContentHash? {
        let columns = mapping.optional.compactMapValues { source in
            if case .column(let column) = source { column } else { nil }
        }
        let given = columns.values.compactMap { values.page.value(of: $0.id) }
        guard given.contains(where: PropertyText.dependsOnForm) else { return nil }
        var former = event
        var silent = PageNotes(page: values.page.id)
        for (field, text) in try texts(in: values, as: .plain, &silent) where columns[field] != nil {
            former[field] = FieldValue(text.map { TextLimits.cut($0, to: field.longestText).text })
        }
        return former == event ? nil : ContentHash(of: former)
    }

    /// Of the fields that may be left to people, those that a column gives.
    private func texts(
        in values: PageValues,
        as form: PropertyText.Form,
        _ notes: inout PageNotes
    ) throws(PageNotes.Problem) -> [(field: EventField, text: String?)] {
        var texts: [(EventField, String?)] = []
        for field in EventField.texts {
            guard let source = mapping.optional[field] else { continue }
            let subject = MappingStep.Subject.text(field)
            let text = try notes.text(subject, source, as: form, in: values).flatMap(TextLimits.paragraphs)
            notes.end(text)
            texts.append((field, text))
        }
        return texts
    }

    /// When the page is, as far as can be told without its template.
    func times(of page: NotionPage) -> EventContent? {
        let values = values(of: page)
        guard let date = try? date(of: mapping.date, in: values) else { return nil }
        let end = mapping.end.flatMap { try? self.date(of: $0, in: values) }
        guard let interval = try? EventInterval(date, end: end, defaultDuration: defaultDuration, zones: zones) else {
            return nil
        }
        var event = EventContent(summary: "", from: interval.start, to: interval.end)
        if let source = mapping.optional[.recurrence] {
            event[.recurrence] = FieldValue((try? recurrence(source, of: interval, in: values))?.text)
        }
        return event
    }

    private func date(of column: PropertySchema, in values: PageValues) throws(PageNotes.Problem) -> NotionDate? {
        let value: PropertyValue
        do throws(PageNotes.Problem) { value = try values.value(of: column) } catch {
            if case .unreadable = error { throw .date("the type of the date property changed meanwhile") }
            throw error
        }
        switch DateReading(value) {
        case .date(let date): return date
        case .none:
            try values.checkEmptiness(of: column, value)
            return nil
        case .unusable(let reason): throw .date(reason)
        }
    }
}
