/// What stands in the properties of a page that are told what became of its event, and what it says of itself.
package struct PageFeedback: Hashable, Codable, Sendable {
    package var title: String
    /// What stands there; fields without a value are not there.
    package var values: [FeedbackField: String]
    /// Why the page asks for no event, or cannot be read: `no date`, `left out: Status is Draft`. Nil where it asks for one.
    package var sentence: String?

    package init(title: String, values: [FeedbackField: String] = [:], sentence: String? = nil) {
        (self.title, self.values, self.sentence) = (title, values, sentence)
    }
}

extension PageFeedback {
    package static let onCalendar = "on the calendar"
    package static let undated = "no date"
    package static let cancelled = "cancelled"
    package static let waiting = "waiting for approval"

    /// - Parameter facts: what decided, in words; nil: Notion decided.
    package static func leftOut(_ facts: [String]?) -> String {
        guard let facts, !facts.isEmpty else { return "left out by the filter" }
        return "left out: \(facts.joined(separator: ", "))"
    }

    /// Whether a text is one that we write.
    package static func isOurs(_ text: String, in field: FeedbackField) -> Bool {
        let beginnings =
            switch field {
            case .link: ["https://www.google.com/calendar/", "https://calendar.google.com/"]
            case .status:
                [
                    onCalendar, undated, cancelled, waiting, "left out", "date not understood: ", "not understood: ",
                    "refused by Google: ",
                ]
            }
        return text.isEmpty || beginnings.contains(where: text.hasPrefix)
    }

    /// Notion takes no longer text: 2,000 UTF-16 units.
    /// <https://developers.notion.com/reference/request-limits>
    package static func fitted(_ sentence: String) -> String {
        let limit = 2_000
        guard sentence.utf16.count > limit else { return sentence }
        var cut = sentence
        while cut.utf16.count > limit - 1 { cut.removeLast() }
        return cut + "…"
    }
}
