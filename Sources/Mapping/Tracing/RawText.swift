import NotionAPI
import ReconcileModel

/// Values as people find them in Notion's answers: dates with offset and zone, people and pages that are not shown among them.
enum RawText {
    /// Nil: empty.
    static func text(_ value: PropertyValue) -> String? {
        switch value {
        case .date(let date), .formula(.date(let date)), .rollup(.date(let date)): date.map(text)
        case .createdTime(let time), .lastEditedTime(let time): time
        case .people(let users): users.isEmpty ? nil : users.map(text).joined(separator: ", ")
        case .createdBy(let user), .lastEditedBy(let user): text(user)
        case .relation(let pages, let hasMore):
            pages.isEmpty ? nil : pages.map(\.rawValue).joined(separator: ", ") + (hasMore == true ? ", …" : "")
        case .rollup(.array(let values)):
            values.isEmpty ? nil : values.map { text($0) ?? "empty" }.joined(separator: ", ")
        case .rollup(.incomplete): "not computed whole"
        case .formula(.unsupported), .rollup(.unsupported): "not computed for integrations"
        case .unknown(let type), .malformed(let type): "a \(type) that cannot be read"
        default: PropertyText(form: .whole).text(of: value)
        }
    }

    private static func text(_ date: NotionDate) -> String {
        let range = [date.start, date.end].compactMap(\.self).joined(separator: " to ")
        return date.timeZone.map { "\(range) in \($0)" } ?? range
    }

    private static func text(_ user: NotionUser) -> String {
        user.isShown ? user.name ?? user.email ?? user.id : "\(user.id), who is not shown"
    }
}
