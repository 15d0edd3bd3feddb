import ReconcileModel

/// Regular expressions for values with a form of their own, as ECMAScript has them.
extension SchemaRenderer {
    /// Braces that belong together around a name, or that are doubled.
    static let pattern = #"^([^{}]|\{\{|\}\}|\{[^{}\n]*[^\s{}][^{}\n]*\})*$"#

    /// Days, hours and minutes, no part longer than the whole may be.
    static func durationPattern(longestDays days: Int) -> String {
        let parts = [(days, "d"), (days * 24, "h"), (days * 1_440, "m")].map { "(\(number(upTo: $0))\($1))?" }
        return "^(?=.*[1-9])\(parts.joined())$"
    }

    /// So many days, weeks, months or years.
    static let offsetPattern: String = {
        let units = CalendarOffset.Unit.allCases.map { "\(number(upTo: $0.century))\($0.rawValue)" }
        return "(\(units.joined(separator: "|")))"
    }()

    static let dayPattern = "^(today|[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])|[+-]\(offsetPattern))$"

    /// Whole numbers from 0 on.
    private static func number(upTo largest: Int) -> String {
        let digits = String(largest)
        var parts = digits.count > 1 ? ["[0-9]{1,\(digits.count - 1)}"] : []
        for (index, digit) in digits.enumerated() {
            guard let number = digit.wholeNumberValue, number > 0 else { continue }
            let rest = digits.count - index - 1
            parts.append("\(digits.prefix(index))[0-\(number - 1)]\(rest > 0 ? "[0-9]{\(rest)}" : "")")
        }
        return "0*(\((parts + [digits]).joined(separator: "|")))"
    }
}
