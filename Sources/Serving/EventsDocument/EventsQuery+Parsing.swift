import Foundation
import ReconcileModel
import ZoneData

extension EventsQuery {
    /// The parameters that do not mean anything, all of them.
    package struct Mistakes: Error, Equatable, CustomStringConvertible {
        /// One sentence each, without a full stop.
        package var problems: [String]

        package init(problems: [String]) { self.problems = problems }

        /// For the answer with status 400.
        package var description: String {
            let more = problems.count - Self.mostTold
            let told = problems.prefix(Self.mostTold) + (more > 0 ? ["and \(more) more"] : [])
            return told.joined(separator: "; ") + "."
        }

        /// A long query must not get an answer that is longer still.
        private static let mostTold = 10
    }

    /// The largest `limit`; without one, all events are answered.
    package static let maximalLimit = 1_000
    /// The largest `offset`: the largest number that every client has.
    package static let maximalOffset = Int(Int32.max)
    /// How many Unicode code points a text to look for may have.
    package static let maximalText = 200

    private enum Parameter: String, CaseIterable {
        case from, to, date, q, title, location, description, limit, offset
    }

    /// Reads the parameters of a request.
    ///
    /// - `from`, `to`, `date`: a day such as 2026-12-01 in the organization's zone, or (not `date`) an RFC 3339 time. Events that
    ///   overlap count; a day as `to` is included; where `to` is not after `from`, there are none.
    /// - `q`: title, location or description contains it, whatever case and accents; `title`, `location`, `description`: that one does.
    /// - `limit`: 1 to 1,000; `offset`: 0 and more.
    ///
    /// A text that is empty, as forms send it, is no condition. What only keeps an answer from coming out of a cache, or tells
    /// where a link was found, is none either: `_` and its like, and `utm_source` and its like.
    /// - Parameters:
    ///   - parameters: names and values, percent-decoded.
    ///   - timeZone: an IANA name; one that the system does not know counts as UTC.
    /// - Throws: `Mistakes` about every parameter that is unknown, given twice or malformed.
    package static func parse(
        _ parameters: some Sequence<(name: String, value: String)>,
        timeZone: String
    ) throws(Mistakes) -> EventsQuery {
        var reading = Reading()
        for (name, value) in parameters where !means(nothing: name, value) { reading.take(name, value) }
        var query = EventsQuery()
        let zone = ZoneDatabase.current.zone(timeZone) ?? .utc
        let (from, to) = (reading.time(.from), reading.time(.to))
        (query.from, query.to) = (from, to)
        if from != nil || to != nil { query.windows.append(EventWindow(from: from, to: to, zone: zone)) }
        if let day = reading.day(.date) { query.windows.append(EventWindow(from: day, to: day, zone: zone)) }
        query.anyText = reading.text(.q)
        query.texts[.title] = reading.text(.title)
        query.texts[.location] = reading.text(.location)
        query.texts[.description] = reading.text(.description)
        query.limit = reading.number(.limit, in: 1...maximalLimit)
        query.offset = reading.number(.offset, in: 0...maximalOffset) ?? 0
        guard reading.problems.isEmpty else { throw Mistakes(problems: reading.problems) }
        return query
    }

    /// <https://api.jquery.com/jQuery.ajax/> (`cache: false`), and what people append to a feed's address by hand.
    private static let meaningless: Set<String> = [
        "_", "_t", "_ts", "cb", "cachebust", "cachebuster", "cache-buster", "cache_buster", "nocache", "no-cache",
        "no_cache", "rand", "random", "t", "ts", "timestamp", "v", "fbclid", "gclid",
    ]

    private static func means(nothing name: String, _ value: String) -> Bool {
        let isNumber = value.isEmpty && !name.isEmpty && name.utf8.allSatisfy { (48...57).contains($0) }
        return isNumber || meaningless.contains(name.lowercased()) || name.hasPrefix("utm_")
    }

    /// The values by parameter, and what is wrong with them.
    private struct Reading {
        private var values: [Parameter: String] = [:]
        private(set) var problems: [String] = []

        /// <https://www.rfc-editor.org/rfc/rfc3339#section-5.6>
        private static var dateTime: Regex<Substring> {
            /[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})/
        }

        mutating func take(_ name: String, _ value: String) {
            guard let parameter = Parameter(rawValue: name) else {
                let known = Parameter.allCases.map(\.rawValue).joined(separator: ", ")
                return problems.append("there is no parameter \(quoted(name)); there are \(known)")
            }
            guard values.updateValue(value, forKey: parameter) == nil else {
                return problems.append("\(parameter) is given more than once")
            }
        }

        mutating func time(_ parameter: Parameter) -> EventTime? {
            guard let value = values[parameter] else { return nil }
            if let day = CivilDate(value) { return .date(day) }
            if value.wholeMatch(of: Self.dateTime) != nil, let instant = Timestamp(rfc3339: value) {
                return .instant(instant)
            }
            let hint = value.contains(" ") ? " (a + in it is written %2B)" : ""
            refuse(parameter, value, expected: "a day such as 2026-12-01 or a time such as 2026-12-01T18:00:00Z\(hint)")
            return nil
        }

        mutating func day(_ parameter: Parameter) -> EventTime? {
            guard let value = values[parameter] else { return nil }
            if let day = CivilDate(value) { return .date(day) }
            refuse(parameter, value, expected: "a day such as 2026-12-01")
            return nil
        }

        mutating func text(_ parameter: Parameter) -> SearchText? {
            guard let value = values[parameter], !value.isEmpty else { return nil }
            if value.unicodeScalars.count <= maximalText { return SearchText(value) }
            refuse(parameter, value, expected: "at most \(maximalText) characters")
            return nil
        }

        mutating func number(_ parameter: Parameter, in range: ClosedRange<Int>) -> Int? {
            guard let value = values[parameter] else { return nil }
            let isDigits = !value.isEmpty && value.utf8.allSatisfy { (48...57).contains($0) }
            if isDigits, let number = Int(value), range.contains(number) { return number }
            refuse(parameter, value, expected: "a whole number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }

        private mutating func refuse(_ parameter: Parameter, _ value: String, expected: String) {
            problems.append("\(parameter) is \(quoted(value)), expected \(expected)")
        }

        /// Enough of what a client sent to know it again.
        private func quoted(_ text: String) -> String {
            let visible = String(text.prefix(60).map { $0.isNewline || $0 == "\0" ? " " : $0 })
            return "\"\(visible)\(text.count > 60 ? "…" : "")\""
        }
    }
}
