import Foundation
import JSON
package import ReconcileModel
import Recurring

/// The part of Google's event resource that we read.
///
/// Any field but the id may be missing or of an unexpected kind: one odd event must not hide all others.
/// <https://developers.google.com/workspace/calendar/api/v3/reference/events>
package struct GoogleEvent: Hashable, Sendable {
    package let id: EventID
    package let etag: ETag?
    /// `confirmed`, `tentative` or `cancelled`; nil where Google left it out.
    package let status: String?
    /// The page id that `notionPageId` holds, as it was written; nil on events nobody marked.
    package let markedPage: String?
    package let markedOrganization: String?
    package let markedDatabase: String?
    package let markedHash: String?
    package let markedStored: String?
    package let markedEvent: String?
    package let markedSettings: String?
    /// Nil where the times are missing, mixed or unreadable. Texts are kept of marked events only: those of strangers are not ours to
    /// compare, and cost memory.
    package let content: EventContent?
    /// Set on instances of a series.
    package let recurringEvent: EventID?
    /// When such an instance takes place by the rule.
    package let originalStart: EventTime?
    /// Whether it is a series.
    package let isRecurring: Bool
    package let created: String?
    package let updated: String?
    /// `default` for ours.
    package let eventType: String?
    /// `default`, `public`, `private` or `confidential`; nil where Google left it out, which means the first.
    package let visibility: String?
    /// Whether somebody is invited beside the calendar itself.
    package let hasGuests: Bool
    /// Whether it has a title that is shown to us, which need not be kept.
    package let hasSummary: Bool
    /// Where people find it; of marked events only.
    package let address: String?
    /// `calendar#event`
    package let kind: String?

    /// What to ask Google for: all that is decoded, nothing else.
    static let fields =
        "id,etag,status,\(EventField.allCases.map(\.googleMask).joined(separator: ",")),"
        + "recurringEventId,originalStartTime(date,dateTime,timeZone),created,updated,extendedProperties/private,eventType,kind,htmlLink,"
        + "attendees(email,self)"
}

extension GoogleEvent {
    /// Whether it is what Google answers to a write: a resource with its version.
    var isResource: Bool { kind == "calendar#event" && etag?.rawValue.isEmpty == false }

    /// Whether its content may be hidden from us: to an account without access to private events they have times and no details.
    package var mayBeHidden: Bool { status != "cancelled" && markedPage == nil && (isPrivate || !hasSummary) }

    package var isPrivate: Bool { visibility == "private" || visibility == "confidential" }

    /// - Parameter role: what the account may do with the calendar; nil: not known, then the event has to speak for itself.
    func isHidden(from role: CalendarRole?) -> Bool {
        guard mayBeHidden else { return false }
        return role.map { !$0.seesPrivateEvents } ?? (isPrivate && !hasSummary)
    }
}

extension GoogleEvent: Decodable {
    private struct Attendee: Decodable {
        /// Whether it is the calendar itself.
        var isSelf: Bool?

        enum CodingKeys: String, CodingKey { case isSelf = "self" }
    }

    private enum PropertiesKey: String, CodingKey { case `private` }

    private enum MarksKey: String, CodingKey {
        case notionPageId, reconcileOrg, reconcileDatabase, reconcileHash, reconcileStored, reconcileEvent, reconcileSet
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: JSONKey.self)
        func text(_ key: JSONKey) -> String? {
            values.contains(key) ? try? values.decode(String.self, forKey: key) : nil
        }

        id = EventID(rawValue: try values.decode(String.self, forKey: "id"))
        etag = text("etag").map(ETag.init(rawValue:))
        status = text("status")
        let marks =
            values.contains("extendedProperties")
            ? try? values.nestedContainer(keyedBy: PropertiesKey.self, forKey: "extendedProperties")
                .nestedContainer(keyedBy: MarksKey.self, forKey: .private) : nil
        func mark(_ key: MarksKey) -> String? { marks.flatMap { try? $0.decodeIfPresent(String.self, forKey: key) } }
        markedPage = mark(.notionPageId)
        markedOrganization = mark(.reconcileOrg)
        markedDatabase = mark(.reconcileDatabase)
        markedHash = mark(.reconcileHash)
        markedStored = mark(.reconcileStored)
        markedEvent = mark(.reconcileEvent)
        markedSettings = mark(.reconcileSet)
        let isMarked = markedPage != nil
        func time(_ key: JSONKey) -> GoogleTime? {
            values.contains(key) ? try? values.decode(GoogleTime.self, forKey: key) : nil
        }
        let recurrence =
            values.contains("recurrence") ? (try? values.decode([String].self, forKey: "recurrence")) ?? [] : []
        isRecurring = !recurrence.isEmpty
        content = Self.content(isMarked: isMarked, recurrence) { field in
            let key = JSONKey(field.googleKey)
            guard field == .reminders else { return text(key) }
            return values.contains(key) ? (try? values.decode(GoogleReminders.self, forKey: key))?.text : nil
        } times: { field in
            time(JSONKey(field.googleKey))
        }
        originalStart = time("originalStartTime")?.eventTime
        recurringEvent = text("recurringEventId").map(EventID.init(rawValue:))
        (created, updated, eventType) = (text("created"), text("updated"), text("eventType"))
        (visibility, kind) = (text("visibility"), text("kind"))
        address = isMarked ? text("htmlLink").flatMap { $0.isEmpty ? nil : $0 } : nil
        hasSummary = values.contains(JSONKey(EventField.summary.googleKey))
        let attendees =
            isMarked && values.contains("attendees") ? try? values.decode([Attendee].self, forKey: "attendees") : nil
        hasGuests = attendees?.contains { $0.isSelf != true } ?? false
    }
}

extension GoogleEvent {
    private static func content(
        isMarked: Bool,
        _ recurrence: [String],
        texts: (EventField) -> String?,
        times: (EventField) -> GoogleTime?
    ) -> EventContent? {
        let start = times(.start)
        guard let begin = start?.eventTime, let end = times(.end)?.eventTime else { return nil }
        let realEnd: EventTime
        switch (begin, end) {
        case (.date(let first), .date(let last)):
            // Events whose end equals their start exist, against the documentation; everybody shows them as one day.
            realEnd = .date(max(last, first.adding(days: 1)))
        case (.instant, .instant): realEnd = end
        case (.date, .instant), (.instant, .date): return nil
        }
        var content = EventContent(summary: "", from: begin, to: realEnd, displayZone: start?.timeZone)
        guard isMarked else { return content }
        for field in EventField.allCases where field.kind == .text || field.kind == .setting {
            content[field] = field.value(of: texts(field))
        }
        content[.recurrence] = FieldValue(Recurrence(google: recurrence, zone: start?.zone, from: begin)?.text)
        return content
    }
}
