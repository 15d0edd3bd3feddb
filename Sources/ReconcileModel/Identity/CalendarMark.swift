/// The last line of the description of a calendar that we created: how it is recognized when the link table is lost
/// or the answer to its creation never arrived.
package struct CalendarMark: Hashable, Codable, Sendable {
    package var prefix: String
    package var database: DatabaseID

    package init(prefix: String, database: DatabaseID) { (self.prefix, self.database) = (prefix, database) }

    private static let lead = "reconcile: organization "
    private static let middle = ", Notion database "

    /// `reconcile: organization acm, Notion database 6cfb47c1-0c05-5d6d-bf24-11c6f27fc36e`
    package var line: String { "\(Self.lead)\(prefix)\(Self.middle)\(database)" }

    /// Finds the mark in a calendar's description, also where people wrote below it, and where Google made HTML of the lines.
    package init?(in description: String) {
        for lead in description.ranges(of: Self.lead).reversed() {
            let before = description[..<lead.lowerBound].last
            guard before.map({ $0.isNewline || $0 == ">" }) ?? true else { continue }
            let rest = description[lead.upperBound...].prefix { !$0.isNewline && $0 != "<" }
            guard let comma = rest.firstIndex(of: ",") else { continue }
            let tail = rest[comma...]
            guard tail.hasPrefix(Self.middle),
                let database = DatabaseID(parsing: String(tail.dropFirst(Self.middle.count)))
            else { continue }
            self.init(prefix: String(rest[..<comma]), database: database)
            return
        }
        return nil
    }

    /// `text` without any mark line, and without the blank lines that stood before it.
    package static func removed(from text: String) -> String {
        var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        lines.removeAll { $0.hasPrefix(lead) && CalendarMark(in: String($0)) != nil }
        while let last = lines.last, last.allSatisfy(\.isWhitespace) { lines.removeLast() }
        return lines.joined(separator: "\n")
    }

    /// A description that carried this mark, without it; also where lines became HTML, so that it is none of its own.
    package func withdrawn(from text: String) -> String {
        let rest = Self.removed(from: text)
        return CalendarMark(in: rest) == nil ? rest : rest.replacing(line, with: "")
    }

    /// A description that ends with this mark.
    package func appended(to text: String?) -> String {
        let body = Self.removed(from: text ?? "")
        return body.isEmpty ? line : "\(body)\n\n\(line)"
    }
}
