import ReconcileModel

/// Two values of a field, short enough for a line, and so that what makes them different can be seen.
struct ValueDifference {
    let before: String
    let after: String
    /// Both as they are printed, uncut and without quotation marks; nil where one is missing.
    private var whole: (before: String, after: String)?

    /// - Parameter limit: how many characters of each are shown; nil: all.
    init(_ before: String?, _ after: String?, limit: Int?) {
        guard let old = before.nonEmpty, let new = after.nonEmpty else {
            self.before = Self.quoted(before.nonEmpty?.printable, limit)
            self.after = Self.quoted(after.nonEmpty?.printable, limit)
            return
        }
        let (shownOld, shownNew) = Self.distinguishable(old, new)
        whole = (shownOld, shownNew)
        guard let limit, max(shownOld.count, shownNew.count) > limit else {
            (self.before, self.after) = ("\"\(shownOld)\"", "\"\(shownNew)\"")
            return
        }
        let same = zip(shownOld, shownNew).prefix { $0 == $1 }.count
        // What both have in common before the difference is shown as far as it helps to find the place.
        let start = same < limit - Self.context ? 0 : same - Self.context
        self.before = Self.excerpt(of: shownOld, from: start, limit)
        self.after = Self.excerpt(of: shownNew, from: start, limit)
    }

    /// Both texts, where one of them has more characters than that.
    func long(than limit: Int) -> (before: String, after: String)? {
        guard let whole, max(whole.before.count, whole.after.count) > limit else { return nil }
        return whole
    }

    /// One value, cut at its end.
    static func quoted(_ text: String?, _ limit: Int?) -> String {
        guard let text else { return "none" }
        return "\"\(limit.map { text.shortened(to: $0) } ?? text)\""
    }

    private static let context = 20

    private static func excerpt(of text: String, from start: Int, _ limit: Int) -> String {
        let rest = text.dropFirst(start)
        let lead = start > 0 ? "…" : ""
        return "\"\(lead)\(String(rest).shortened(to: limit - lead.count))\""
    }

    /// Both as they are printed; where they would look the same, with what cannot be seen written out.
    private static func distinguishable(_ old: String, _ new: String) -> (String, String) {
        let printed = (old.printable, new.printable)
        guard looks(printed.0) == looks(printed.1) else { return printed }
        let invisible = (escaped(old, isInvisible), escaped(new, isInvisible))
        guard invisible.0 == invisible.1 else { return invisible }
        // The same letters, composed in two ways.
        return (escaped(old) { !$0.isASCII }, escaped(new) { !$0.isASCII })
    }

    /// As it looks to people: without what has no width, every space a space.
    private static func looks(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .format: break
            case .spaceSeparator: result.append(" ")
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .format, .control, .lineSeparator, .paragraphSeparator: true
        case .spaceSeparator: scalar != " "
        default: false
        }
    }

    private static func escaped(_ text: String, _ mustBe: (Unicode.Scalar) -> Bool) -> String {
        text.unicodeScalars.reduce(into: "") { result, scalar in
            if mustBe(scalar) {
                result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }.printable
    }
}

extension String? {
    fileprivate var nonEmpty: String? { self == "" ? nil : self }
}
