import Foundation
import JSON
import ReconcileModel

/// The names of our marks among an event's private extended properties.
///
/// <https://developers.google.com/workspace/calendar/api/guides/extended-properties>
enum MarkKey {
    static let page = "notionPageId"
    static let organization = "reconcileOrg"
    static let database = "reconcileDatabase"
    static let hash = "reconcileHash"
    static let stored = "reconcileStored"
    static let event = "reconcileEvent"
    static let settings = "reconcileSet"

    static let all = [page, organization, database, hash, stored, event, settings]
}

extension EventMarks {
    /// An object of texts, in a text: `{"busy":"false","color":"tomato"}`.
    private static func text(of settings: [EventField: String]) -> String {
        let members = settings.map { (name: $0.key.rawValue, value: JSON.string($0.value)) }
        return JSON.object(JSON.Members(members)).text(.sorted)
    }

    /// Nil where it is none of ours.
    static func settings(_ text: String?) -> [EventField: String]? {
        guard let text, let named = try? JSONDecoder().decode([String: String].self, from: Data(text.utf8)) else {
            return nil
        }
        let pairs = named.compactMap { name, value in EventField(rawValue: name).map { ($0, value) } }
        return Dictionary(pairs) { first, _ in first }
    }

    /// The value of `extendedProperties`. Google merges it in a PATCH: other people's properties stay.
    var json: JSON { json { _ in nil } }

    /// The same for a PATCH: what Google made of an earlier content must not stay beside another one.
    var patchJSON: JSON { json { $0 == MarkKey.stored || $0 == MarkKey.settings ? .null : nil } }

    /// The same for a PATCH that leaves none of our other marks.
    var clearingJSON: JSON { json { _ in .null } }

    /// The same for a PATCH that leaves none of them.
    static var noneJSON: JSON {
        .object(["private": .object(JSON.Members(MarkKey.all.map { (name: $0, value: JSON.null) }))])
    }

    /// - Parameter absent: what stands for a mark that has no value: nothing, which leaves it alone, or `null`, which deletes it.
    private func json(absent: (String) -> JSON?) -> JSON {
        func value(_ key: String, _ text: String?) -> JSON? { text.map { .string($0) } ?? absent(key) }
        return .object(of: [
            "private": .object(of: [
                MarkKey.page: .string(page.rawValue),
                MarkKey.organization: value(MarkKey.organization, organization),
                MarkKey.database: value(MarkKey.database, database?.rawValue),
                MarkKey.hash: value(MarkKey.hash, hash?.rawValue),
                MarkKey.stored: value(MarkKey.stored, stored?.rawValue),
                MarkKey.event: value(MarkKey.event, event?.rawValue),
                MarkKey.settings: value(MarkKey.settings, settings.map(Self.text)),
            ])
        ])
    }
}
