/// Content lines of iCalendar under construction: folded at 75 octets, ended with CRLF.
///
/// A fold never cuts a character of UTF-8 in two, which the standard allows and many readers do not survive.
/// <https://www.rfc-editor.org/rfc/rfc5545#section-3.1>
struct ContentLines {
    private(set) var bytes: [UInt8] = []
    /// Octets on the line so far, without its end.
    private var column = 0

    /// Octets that a line may have, without its end.
    private static let width = 75

    init(reserving octets: Int) { bytes.reserveCapacity(octets) }

    /// A whole line, of which the caller knows that nothing in it needs to be escaped.
    mutating func line(_ text: String) {
        for scalar in text.unicodeScalars { put(scalar) }
        end()
    }

    /// A property whose value is free text.
    ///
    /// Everything that some reader takes for the end of a line becomes `\n`: the separators of Unicode, a lone carriage return.
    /// Other control characters are left out, but for the tab, which the standard allows.
    /// <https://www.rfc-editor.org/rfc/rfc5545#section-3.3.11>
    mutating func text(_ name: String, _ value: String) {
        for scalar in name.unicodeScalars { put(scalar) }
        put(":")
        var followsCarriageReturn = false
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\", ";", ",": put(escaped: scalar)
            case "\n" where followsCarriageReturn: break
            case "\n", "\r", "\u{0B}", "\u{0C}", "\u{85}", "\u{2028}", "\u{2029}": put(escaped: "n")
            case "\t": put(scalar)
            case "\0"..<" ", "\u{7F}"..<"\u{A0}": break
            default: put(scalar)
            }
            followsCarriageReturn = scalar == "\r"
        }
        end()
    }

    private mutating func put(escaped scalar: Unicode.Scalar) {
        put("\\")
        put(scalar)
    }

    private mutating func put(_ scalar: Unicode.Scalar) {
        let octets = UTF8.width(scalar)
        if column + octets > Self.width {
            bytes += [UInt8(ascii: "\r"), UInt8(ascii: "\n"), UInt8(ascii: " ")]
            column = 1
        }
        bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        column += octets
    }

    private mutating func end() {
        bytes += [UInt8(ascii: "\r"), UInt8(ascii: "\n")]
        column = 0
    }
}
