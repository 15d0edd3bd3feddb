import ReconcileModel

/// A rule in plain words: `every 2 weeks on Tue until 2026-12-01`.
enum ReadableRule {
    /// The same as an RRULE, without its name; nil where it is none of the forms.
    static func rule(_ text: String) throws(RecurrenceProblem) -> String? {
        var words = text.lowercased().replacing(",", with: " ").split(whereSeparator: \.isWhitespace).map(String.init)
        guard let frequency = frequency(&words) else { return nil }
        var parts = frequency
        if words.first == "on" {
            words.removeFirst()
            guard frequency.first == "FREQ=WEEKLY" else {
                throw RecurrenceProblem("days of the week go with weekly, or with a number of weeks")
            }
            parts.append("BYDAY=" + (try days(&words)).joined(separator: ","))
        }
        if let end = try end(&words) { parts.append(end) }
        guard words.isEmpty else {
            throw RecurrenceProblem("\"\(words.joined(separator: " "))\" is not understood")
        }
        return parts.joined(separator: ";")
    }

    private static func frequency(_ words: inout [String]) -> [String]? {
        let adverbs = ["daily": "DAILY", "weekly": "WEEKLY", "monthly": "MONTHLY", "yearly": "YEARLY"]
        if let first = words.first, let frequency = adverbs[first] {
            words.removeFirst()
            return ["FREQ=\(frequency)"]
        }
        guard words.first == "every", words.count >= 2 else { return nil }
        let number = Int(words[1])
        guard words.count >= (number == nil ? 2 : 3) else { return nil }
        let nouns = ["day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "year": "YEARLY"]
        let noun = number == nil ? words[1] : words[2]
        let singular = noun.hasSuffix("s") ? String(noun.dropLast()) : noun
        guard let frequency = nouns[singular] else { return nil }
        words.removeFirst(number == nil ? 2 : 3)
        guard let number, number != 1 else { return ["FREQ=\(frequency)"] }
        return ["FREQ=\(frequency)", "INTERVAL=\(number)"]
    }

    private static let dayNames = [
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    ]

    private static func days(_ words: inout [String]) throws(RecurrenceProblem) -> [String] {
        var days: [String] = []
        while let word = words.first {
            let matching = dayNames.indices.filter { dayNames[$0].hasPrefix(word) }
            if word == "and", !days.isEmpty {
                words.removeFirst()
            } else if word.count >= 2, matching.count == 1, let index = matching.first {
                let day = RecurrenceRule.weekdays[index]
                if !days.contains(day) { days.append(day) }
                words.removeFirst()
            } else {
                break
            }
        }
        guard !days.isEmpty else { throw RecurrenceProblem("\"on\" is not followed by days such as Mon, Wed") }
        return days
    }

    private static func end(_ words: inout [String]) throws(RecurrenceProblem) -> String? {
        guard let first = words.first else { return nil }
        if first == "until" {
            guard words.count >= 2, let day = CivilDate(words[1]) else {
                throw RecurrenceProblem("\"until\" is not followed by a day such as 2026-12-01")
            }
            words.removeFirst(2)
            return "UNTIL=\(BasicTime.text(day))"
        }
        if first == "for" { words.removeFirst() }
        guard words.count >= 2, let number = words.first, Int(number) != nil, ["times", "time"].contains(words[1])
        else {
            return nil
        }
        words.removeFirst(2)
        return "COUNT=\(number)"
    }
}
