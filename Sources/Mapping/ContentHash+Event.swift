import Foundation
package import ReconcileModel
import Signing

extension ContentHash {
    /// The digest of the managed fields of an event: the first half of SHA-256 over a serialization in which every field has
    /// its name and its length, so that no two contents look alike.
    ///
    /// The zone in which an event is shown is not part of it. Changing anything here makes every event look edited once.
    package init(of event: CalendarEvent, fields: Set<EventField>) {
        var bytes = Data("reconcile content 1".utf8)
        for field in fields.sorted() {
            Self.append(field.rawValue, to: &bytes)
            Self.append(Self.text(of: field, in: event), to: &bytes)
        }
        self.init(rawValue: Digest.hex(Digest.sha256(bytes).prefix(16)))
    }

    private static func text(of field: EventField, in event: CalendarEvent) -> String? {
        switch field {
        case .summary: event.summary
        case .description: event.description
        case .location: event.location
        case .start: text(of: event.start)
        case .end: text(of: event.end)
        }
    }

    private static func text(of time: EventTime) -> String {
        switch time {
        case .date(let date): "date \(date)"
        case .instant(let timestamp): "instant \(timestamp.secondsSince1970)"
        }
    }

    private static func append(_ text: String?, to bytes: inout Data) {
        guard let text else {
            bytes.append(0)
            return
        }
        bytes.append(1)
        withUnsafeBytes(of: UInt64(text.utf8.count).bigEndian) { bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: text.utf8)
    }
}
