import Foundation
import JSON
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

    /// The fields of the content that are not empty, and the marks beside them.
    func json() -> String { object.text(.sorted) }

    fileprivate var object: JSON {
        var members: JSON.Members = [:]
        for field in EventField.allCases { members[field.rawValue] = content.text(of: field).map(JSON.string) }
        members["displayZone"] = content.displayZone.map(JSON.string)
        members["cancelled"] = content.isCancelled ? .bool(true) : nil
        if !content.exceptions.isEmpty { members["exceptions"] = .array(content.exceptions.map(\.json)) }
        members["marks"] = marks.map { marks in
            .object(of: [
                "page": .string(marks.page.rawValue),
                "organization": marks.organization.map(JSON.string),
                "database": marks.database.map { .string($0.rawValue) },
                "hash": marks.hash.map { .string($0.rawValue) },
                "stored": marks.stored.map { .string($0.rawValue) },
                "event": marks.event.map { .string($0.rawValue) },
                "settings": marks.settings.map { settings in
                    .object(JSON.Members(settings.map { (name: $0.key.rawValue, value: .string($0.value)) }))
                },
            ])
        }
        return .object(members)
    }
}

extension EventImage: Decodable {
    private enum Key: String, CodingKey { case marks }

    package init(from decoder: any Decoder) throws {
        content = try EventContent(from: decoder).complete
        content.exceptions = content.exceptions.map { SeriesException($0.original, $0.content?.complete) }
        marks = try decoder.container(keyedBy: Key.self).decodeIfPresent(EventMarks.self, forKey: .marks)
    }
}

extension SeriesException {
    fileprivate var json: JSON {
        .object(of: ["original": .string(original.description), "content": content.map { EventImage($0).object }])
    }
}
