import Foundation
import ReconcileModel
import Recurring

@testable import CalendarAPI
@testable import Mapping
@testable import NotionAPI

/// A data source, a page of it, and what a declaration says of both: mapped to an event.
enum PageInput {
    private struct Input: Decodable {
        var source: NotionDataSource
        var page: NotionPage
        var zone: String?
        var duration: Int?
        var location: String?
        var description: String?
        var recurrence: String?
    }

    static func check(_ data: Data) {
        guard let input = try? JSONDecoder().decode(Input.self, from: data) else { return }
        let properties = PropertyMapping(Self.declared(input))
        var organization = Organization(prefix: "acm", name: "ACM")
        organization.properties = properties
        organization.timeZone = input.zone.flatMap { TimeZone(identifier: $0) == nil ? nil : $0 } ?? "UTC"
        organization.defaultDuration = min(max(input.duration ?? 3600, 1), 2_592_000)
        let mapping: SchemaMapping
        do throws(Failure) {
            mapping = try SchemaMapping.resolve(organization, in: input.source)
        } catch {
            return require(!error.message.isEmpty, "an error has a message")
        }
        let mapper = PageMapper(
            mapping: mapping,
            organization: organization,
            now: Timestamp(secondsSince1970: 1_800_000_000)
        )
        let outcome = mapper.outcome(for: input.page)
        require(outcome == mapper.outcome(for: reordered(input.page)), "equal pages give equal outcomes")
        check(outcome, of: input.page, managing: mapping.managedFields)
    }

    private static func declared(_ input: Input) -> [EventField: String] {
        var names: [EventField: String] = [:]
        names[.location] = input.location
        names[.description] = input.description
        names[.recurrence] = input.recurrence
        return names
    }

    /// The same page, its properties put down in another order and in more room, which changes the order of a dictionary.
    private static func reordered(_ page: NotionPage) -> NotionPage {
        var page = page
        var properties: [String: PageProperty] = [:]
        properties.reserveCapacity(page.properties.count * 8)
        for (name, value) in page.properties.sorted(by: { $0.key > $1.key }) { properties[name] = value }
        page.properties = properties
        return page
    }

    private static func check(_ outcome: PageOutcome, of page: NotionPage, managing fields: Set<EventField>) {
        switch outcome {
        case .trashed(let id): require(id == page.id && page.isInTrash, "only what is in the trash is trashed")
        case .archived(let id): require(id == page.id && page.isArchived, "only what is archived is archived")
        case .undated(let id, let title): require(id == page.id && !title.isEmpty, "an undated page is named")
        case .filteredOut(let id, _, _), .cancelled(let id, _):
            require(id == page.id, "a page that is left out is named")
        case .invalid(let id, let title, let warning, _):
            require(id == page.id && !title.isEmpty && warning.page == id, "an invalid page is named")
        case .event(let desired, let warnings):
            require(desired.page == page.id && warnings.allSatisfy { $0.page == page.id }, "an event is of its page")
            require(!page.isInTrash && !page.isArchived && !page.isPartial, "only a living page asks for an event")
            check(desired, managing: fields)
        }
    }

    private static func check(_ desired: DesiredEvent, managing fields: Set<EventField>) {
        let event = desired.event
        checkTexts(of: event)
        switch (event.start, event.end) {
        case (.date(let first), .date(let last)): require(first < last, "a day is not empty")
        case (.instant(let first), .instant(let last)): require(first <= last, "an event ends after it began")
        case (.date, .instant), (.instant, .date): require(false, "both ends are days, or times")
        }
        require(Set(event.fields) == fields, "a page speaks of what it decides")
        require(desired.hash == ContentHash(of: event), "a hash is of the content")
        checkWritten(desired)
        checkSeries(event)
    }

    private static func checkSeries(_ event: EventContent) {
        guard let recurrence = event.recurrence else { return }
        require(recurrence.rule != nil, "a series has one rule")
        guard let series = Series(event) else { return require(false, "a rule that was written can be followed") }
        let occurrences = series.occurrences(in: [], limit: 50)
        require(!occurrences.isEmpty, "a series has an occurrence")
        for (one, next) in zip(occurrences, occurrences.dropFirst()) {
            require(one.start.order <= next.start.order, "occurrences follow each other")
        }
    }

    private static func checkTexts(of event: EventContent) {
        require(!event.summary.isEmpty && event.summary.unicodeScalars.count <= 1_024, "a title fits")
        require(!event.summary.contains(where: \.isNewline), "a title is one line")
        require((event.location?.unicodeScalars.count ?? 1) <= 1_024, "a location fits")
        require((event.description?.unicodeScalars.count ?? 1) <= 8_192, "a description fits")
        require(event.location != "" && event.description != "", "an empty text is none")
        for text in [event.summary, event.location, event.description].compactMap(\.self) {
            let controls = text.unicodeScalars.filter { $0.properties.generalCategory == .control }
            require(controls.allSatisfy { $0 == "\n" || $0 == "\t" }, "no control characters reach a calendar")
        }
    }

    /// What Google would hold after the write is what the page asks for: the next plan is empty.
    private static func checkWritten(_ desired: DesiredEvent) {
        let marks = EventMarks(page: desired.page, organization: "acm", hash: desired.hash)
        let body = EventBody(id: EventID(derivedFrom: desired.page), event: desired.event, marks: marks)
        guard let live = (try? JSONDecoder().decode(GoogleEvent.self, from: body.data))?.liveEvent(),
            let event = live.event
        else { return require(false, "what is written can be read") }
        require(live.marks == marks, "marks survive being written")
        let differences = desired.event.differences(from: event)
        require(differences.isEmpty, "an event is what was written: \(differences)")
    }
}
