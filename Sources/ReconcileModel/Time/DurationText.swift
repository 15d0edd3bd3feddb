/// Lengths of time as declarations write them: `60m`, `1h30m`, `2d`.
package enum DurationText {
    /// The number of seconds that `text` means, or nil where it is no such text or too long to count.
    ///
    /// Days, hours and minutes (and seconds, where they are allowed) in this order, each at most once, at least one of them.
    package static func seconds(_ text: String, allowingSeconds: Bool = false) -> Int? {
        var (total, digits) = (0, "")
        var units: [(letter: Character, seconds: Int)] = [("d", 86_400), ("h", 3600), ("m", 60)]
        if allowingSeconds { units.append(("s", 1)) }
        for character in text {
            if character.isASCII, character.isNumber {
                digits.append(character)
                continue
            }
            guard let number = Int(digits), let index = units.firstIndex(where: { $0.letter == character })
            else { return nil }
            let (part, overflow) = number.multipliedReportingOverflow(by: units[index].seconds)
            let (sum, sumOverflow) = total.addingReportingOverflow(part)
            guard !overflow, !sumOverflow else { return nil }
            (total, digits) = (sum, "")
            units.removeFirst(index + 1)
        }
        return text.isEmpty || !digits.isEmpty ? nil : total
    }

    /// `1h30m`, as declarations have it.
    ///
    /// - Parameter seconds: positive.
    package static func text(_ seconds: Int) -> String {
        let parts = [
            (seconds / 86_400, "d"), (seconds / 3600 % 24, "h"), (seconds / 60 % 60, "m"), (seconds % 60, "s"),
        ]
        return parts.filter { $0.0 > 0 }.map { "\($0.0)\($0.1)" }.joined()
    }
}
