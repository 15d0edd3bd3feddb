import ReconcileModel

// The values that have a form of their own.
extension Field {
    private static let longestPrefix = 64
    static let longestDays = 30

    /// `[a-z0-9][a-z0-9-_]*`, at most 64 characters.
    func prefix() throws(Diagnostic) -> String {
        let text = try text()
        guard Self.isPrefix(text) else {
            let lowercased = text.lowercased()
            throw mismatch(
                "lower-case letters, digits, - and _, beginning with a letter or digit",
                hint: Self.isPrefix(lowercased) ? "did you mean \(Excerpt.quoted(lowercased))?" : nil
            )
        }
        guard text.utf8.count <= Self.longestPrefix else {
            throw problem("\(quotedName) must be at most \(Self.longestPrefix) characters, not \(text.utf8.count)")
        }
        return text
    }

    /// The id of a Notion database, or of a data source, in any form that people copy.
    func notionReference() throws(Diagnostic) -> NotionReference {
        let text = try text()
        guard let id = DatabaseID(parsing: text) else {
            throw problem(
                "\(quotedName) holds no Notion id: \(Excerpt.quoted(text))",
                hint: "give the 32 digits of the id, or the URL of the database"
            )
        }
        return NotionReference(id: id)
    }

    func calendarID() throws(Diagnostic) -> CalendarID {
        let text = try text()
        guard text != "primary" else {
            throw problem(
                "\(quotedName) must not be \"primary\", the own calendar of the account that reconcile runs as",
                hint: "give the id of the organization's calendar, or remove the key to have one created"
            )
        }
        guard !text.contains(where: { $0.isWhitespace || $0 == "/" }), !text.allSatisfy({ $0 == "." }),
            text.unicodeScalars.allSatisfy(Self.isVisible)
        else {
            throw mismatch(
                "a calendar id, without spaces and slashes",
                hint: "Google shows it in the calendar's settings, under \"Integrate calendar\""
            )
        }
        return CalendarID(rawValue: text)
    }

    func timeZone(isKnown: (String) -> Bool) throws(Diagnostic) -> String {
        let text = try text()
        guard isKnown(text) else {
            let near = TimeZoneCatalog.nearest(to: text, isKnown: isKnown)
            throw problem(
                "unknown time zone \(Excerpt.quoted(text))",
                hint: near.map { "did you mean \(Excerpt.quoted($0))?" } ?? "use a name such as \"America/Phoenix\""
            )
        }
        return text
    }

    func percentage() throws(Diagnostic) -> Int { try integer(in: 0...100) }

    /// In seconds, positive, at most 30 days.
    func duration() throws(Diagnostic) -> Int {
        let expected = "a length of time from 1m to 30d"
        let text = try text(expected)
        guard let seconds = DurationText.seconds(text), (1...Self.longestDays * 86_400).contains(seconds) else {
            let isNumber = text.utf8.allSatisfy { (48...57).contains($0) }
            throw mismatch(expected, hint: isNumber ? "add the unit: m, h or d" : "write it as 60m, 1h30m or 2d")
        }
        return seconds
    }

    /// So many days, weeks, months or years.
    func offset() throws(Diagnostic) -> CalendarOffset {
        let expected = "a length of time such as 90d, 6w, 6mo or 2y, at most a hundred years"
        let text = try text(expected)
        if let offset = CalendarOffset(text) { return offset }
        let isNumber = text.utf8.allSatisfy { (48...57).contains($0) }
        let unsigned = CalendarOffset(signed: text).map { CalendarOffset(abs($0.count), $0.unit) }
        throw mismatch(
            expected,
            hint: unsigned.map { "write \($0)" } ?? (isNumber ? "add the unit: d, w, mo or y" : nil)
        )
    }

    func deletions() throws(Diagnostic) -> DeletionPolicy {
        let expected = "auto, confirm or never"
        let text = try text(expected)
        if let policy = DeletionPolicy(rawValue: text) { return policy }
        let near = Suggestion.nearest(to: text, among: DeletionPolicy.allCases.map(\.rawValue))
        throw mismatch(expected, hint: near.map { "did you mean \(Excerpt.quoted($0))?" })
    }

    /// What cannot be seen is not meant: it comes along when an id is copied from a web page.
    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned: false
        default: true
        }
    }

    private static func isPrefix(_ text: String) -> Bool {
        func isAlphanumeric(_ byte: UInt8) -> Bool { (97...122).contains(byte) || (48...57).contains(byte) }
        guard let first = text.utf8.first, isAlphanumeric(first) else { return false }
        return text.utf8.allSatisfy { isAlphanumeric($0) || [UInt8(ascii: "-"), UInt8(ascii: "_")].contains($0) }
    }
}
