import Foundation
package import ReconcileModel

/// The content of an event, and our marks on it, as the journal keeps them.
package struct EventImage: Hashable, Sendable {
    /// Speaks of all fields.
    package var content: EventContent
    /// Nil: of content that is yet to be written.
    package var marks: EventMarks?

    package init(_ content: EventContent) { self.content = content.complete }

    /// Nil where Google gave no content.
    package init?(_ live: LiveEvent) {
        guard let content = live.event else { return nil }
        self.init(content)
        marks = live.marks
    }

    /// Nil where there is none, or one that cannot be read.
    init?(json: String?) {
        guard let json, let image = try? JSONDecoder().decode(EventImage.self, from: Data(json.utf8)) else {
            return nil
        }
        self = image
    }

    func json() -> String? {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) }
    }
}

/// The fields of the content that are not empty, and the marks beside them.
extension EventImage: Codable {
    private enum Key: String, CodingKey { case marks }

    package init(from decoder: any Decoder) throws {
        content = try EventContent(from: decoder).complete
        marks = try decoder.container(keyedBy: Key.self).decodeIfPresent(EventMarks.self, forKey: .marks)
    }

    package func encode(to encoder: any Encoder) throws {
        try content.compact.encode(to: encoder)
        var values = encoder.container(keyedBy: Key.self)
        try values.encodeIfPresent(marks, forKey: .marks)
    }
}
