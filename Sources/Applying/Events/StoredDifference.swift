import CalendarAPI
import Mapping
import ReconcileModel

/// A content that Google did not store as it was sent: a conference block removed from a text, say.
///
/// It is remembered in the link and on the event, so that nobody takes it for somebody's edit and writes it again and again.
struct StoredDifference: Sendable {
    /// Over what Google has, among all managed fields.
    let hash: ContentHash
    let warning: Warning

    /// Nil where it stands there as it was sent.
    ///
    /// - Parameters:
    ///   - live: what Google answered to the write.
    ///   - fields: those that were sent.
    ///     Those of the page that were not sent must be known to be right.
    init?(_ desired: DesiredEvent, in live: LiveEvent, fields: some Sequence<EventField>) {
        guard let event = live.event else { return nil }
        let changed = desired.event.differences(from: event).filter(fields.contains)
        guard !changed.isEmpty else { return nil }
        hash = ContentHash(of: event.limited(to: Set(desired.event.fields)))
        let lost = changed.map { Self.words($0, desired.event, event) }.joined(separator: "; ")
        warning = Warning(
            code: "stored_differently",
            message: "\"\(desired.event.summary)\": Google did not store what was sent: \(lost).",
            page: desired.page
        )
    }

    private static func words(_ field: EventField, _ sent: EventContent, _ stored: EventContent) -> String {
        let (sent, stored) = changes(from: sent.text(of: field) ?? "", to: stored.text(of: field) ?? "")
        if stored.isEmpty { return "the \(field.rawValue) lost \"\(sent)\"" }
        if sent.isEmpty { return "the \(field.rawValue) gained \"\(stored)\"" }
        return "in the \(field.rawValue) \"\(sent)\" became \"\(stored)\""
    }

    /// The parts of two texts between their common beginning and their common end, cut where they are long.
    private static func changes(from one: String, to other: String) -> (String, String) {
        var (one, other) = (one[...], other[...])
        while let first = one.first, first == other.first { (one, other) = (one.dropFirst(), other.dropFirst()) }
        while let last = one.last, last == other.last { (one, other) = (one.dropLast(), other.dropLast()) }
        func shortened(_ text: Substring) -> String { text.count > 80 ? "\(text.prefix(79))…" : String(text) }
        return (shortened(one), shortened(other))
    }

    /// The one more call that notes the digest on the event, on the condition that nobody changed it since.
    func marking(_ live: LiveEvent, _ marks: EventMarks, _ event: EventContent) -> EventCall {
        var marks = marks
        marks.stored = hash
        return .patch(live.id, EventPatch(fields: [], event: event, marks: marks), ifMatch: live.etag.condition)
    }
}

extension LiveEvent {
    /// Why an answer to a write does not prove that it was carried out; nil: it does.
    ///
    /// The marks and times are stored as they are sent; of texts Google may make something else.
    func doubt(of event: EventContent, _ fields: some Sequence<EventField>, _ marks: EventMarks) -> CalendarError? {
        guard carries(marks) else {
            return .unconfirmed(reason: "the event that was answered does not carry what was sent")
        }
        let times = fields.filter { $0.kind == .time }
        guard let stored = self.event, !event.differences(from: stored).contains(where: times.contains) else {
            return .unconfirmed(reason: "the event that was answered has other times than those sent")
        }
        return nil
    }

    /// Whether it has the marks that a write of ours sent: what people write leaves those that were there.
    func carries(_ marks: EventMarks) -> Bool {
        self.marks?.page == marks.page && (marks.hash == nil || self.marks?.hash == marks.hash)
            && (marks.organization == nil || self.marks?.organization == marks.organization)
    }
}
