import Foundation
import JSON
import Testing
import TestSupport

/// The bytes are a contract: they were Foundation's where names are sorted, and those of hand-written writers elsewhere.
struct JSONWriterTests {
    static let texts = [
        "", "plain", "quote \" and \\ backslash", "a/b </script>", "line\nline\r\nline\ttab",
        "\u{8}\u{C}\u{B}\u{0}\u{1F}",
        "\u{7F}\u{80}\u{85}\u{9F}\u{A0}", "\u{2027}\u{2028}\u{2029}\u{202A}",
        "\u{FEFF}\u{FFFD}\u{10FFFF}\u{D7FF}\u{E000}",
        "Fête 🎉 日本語 — النادي 👩‍💻 e\u{301}", "ends with \\", "\\u0041", "Â\u{9F}", "\u{C2}\u{80}",
    ]
    static let numbers = [
        0, -0.0, 1, -1, 0.1, 1.5, 100, 1e15, 1e16, 1e21, 1e-7, -1e-300, .leastNonzeroMagnitude, .pi, 0x1p53,
        .greatestFiniteMagnitude,
    ]
    static let nested: JSON = [
        "b": [], "a": [:], "B": [[], [:], [[]], ["x": ["y": [1, ["z": .null]]]]], "": [true, false, .null], "é": "/",
        "e\u{301}e": .number(0.5), "a10": 1, "a2": .integer(.max), "_": .integer(.min),
    ]

    @Test(arguments: texts)
    func `texts are written as Foundation writes them where names are sorted`(text: String) throws {
        let value: JSON = [[.string(text)], [text: .string(text)]]
        #expect(try value.text(.sorted) == foundation(value))
        #expect(try value.text(.pretty) == tame(foundation(value, .prettyPrinted)))
    }

    @Test func `nested and empty values are written as Foundation writes them`() throws {
        #expect(try Self.nested.text(.sorted) == foundation(Self.nested))
        #expect(try Self.nested.text(.pretty) == tame(foundation(Self.nested, .prettyPrinted)))
        for value: JSON in [[], [:], [[]], [[:]], ["a": []], ["a": [:]], .null, true, 7, "text"] {
            #expect(try value.text(.sorted) == foundation(value))
            #expect(try value.text(.pretty) == tame(foundation(value, .prettyPrinted)))
        }
    }

    @Test(arguments: numbers)
    func `numbers are written as Foundation writes them`(number: Double) throws {
        #expect(try JSON.array([.number(number)]).text(.sorted) == foundation([.number(number)]))
    }

    @Test func `what is no number is null`() {
        #expect(JSON.array([.number(.nan), .number(.infinity), .number(-.infinity)]).text(.line) == "[null,null,null]")
    }

    @Test func `the limits of integers are written digit by digit`() {
        #expect(
            JSON.array([.integer(.min), .integer(.max)]).text(.compact) == "[-9223372036854775808,9223372036854775807]"
        )
    }

    @Test(arguments: texts)
    func `other styles escape by number, and for one line also what some readers break lines at`(text: String) {
        #expect(JSON.string(text).text(.compact) == quoted(text) { $0.value < 0x20 })
        #expect(
            JSON.string(text).text(.line)
                == quoted(text) { scalar in
                    scalar.value < 0x20 || 0x7F...0x9F ~= scalar.value || 0x2028...0x2029 ~= scalar.value
                }
        )
    }

    @Test func `names stay in the order given, or are sorted by their bytes`() {
        let value: JSON = ["b": 1, "a": 2, "é": 3, "A": 4, "z": 5, "a": 6]
        #expect(value.text(.compact) == #"{"b":1,"a":2,"é":3,"A":4,"z":5,"a":6}"#)
        #expect(value.text(.line) == value.text(.compact))
        #expect(JSON.object(["b": 1, "é": 3, "A": 4, "z": 5]).text(.sorted) == #"{"A":4,"b":1,"z":5,"é":3}"#)
    }

    @Test(arguments: 1...200 as ClosedRange<UInt64>)
    func `any value is written as Foundation writes it, and read again as what it was`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let value = JSON.array([.random(depth: 4, using: &random)])
        #expect(try value.text(.sorted) == foundation(value))
        #expect(try value.text(.pretty) == tame(foundation(value, .prettyPrinted)))
        for style in [JSONWriter.Style.compact, .line, .sorted, .pretty] {
            #expect(try JSONDecoder().decode(JSON.self, from: Data(value.bytes(style))) == value)
        }
        #expect(value.text(.line).allSatisfy { !$0.isNewline })
    }

    @Test(arguments: 1...50 as ClosedRange<UInt64>)
    func `what is written part by part is what is written as a whole`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let values = (0..<Int.random(in: 0...4, using: &random)).map { _ in JSON.random(depth: 3, using: &random) }
        let whole: JSON = ["first": 1, "values": .array(values), "none": [:], "last": "x"]
        for style in [JSONWriter.Style.compact, .line] {
            var writer = JSONWriter(style, reserving: 64)
            writer.object { writer in
                writer.member("first", 1)
                writer.name("values")
                writer.array { writer in
                    for value in values { writer.write(value) }
                }
                writer.name("none")
                writer.object { _ in }
                writer.member("last", "x")
            }
            #expect(writer.bytes == whole.bytes(style))
        }
    }
}

/// What Foundation's encoder makes of a value.
/// With what a terminal obeys, or what turns the direction of a line, escaped.
private func tame(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
        switch scalar.value {
        case 0x7F...0x9F: result += "\\u00\(String(scalar.value, radix: 16))"
        case 0x2028...0x202E, 0x2066...0x2069: result += "\\u\(String(scalar.value, radix: 16))"
        default: result.unicodeScalars.append(scalar)
        }
    }
}

private func foundation(_ value: JSON, _ more: JSONEncoder.OutputFormatting = []) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, more]
    return String(decoding: try encoder.encode(Encoded(value: value)), as: UTF8.self)
}

private struct Encoded: Encodable {
    var value: JSON

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch value {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let values): try container.encode(values.map(Encoded.init))
        case .object(let members):
            try container.encode(Dictionary(members.map { ($0.name, Encoded(value: $0.value)) }) { _, last in last })
        }
    }
}

/// A string, scalar by scalar, as the writers did it that this one replaced.
private func quoted(_ text: String, escaped: (Unicode.Scalar) -> Bool) -> String {
    let inside = text.unicodeScalars.map { scalar in
        switch scalar {
        case "\"": return "\\\""
        case "\\": return "\\\\"
        case "\n": return "\\n"
        case "\r": return "\\r"
        case "\t": return "\\t"
        case _ where escaped(scalar):
            let digits = String(scalar.value, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: return String(scalar)
        }
    }
    return "\"\(inside.joined())\""
}

extension JSON {
    /// No two names of an object are the same. Fractions stay fractions: whole ones are read as integers.
    fileprivate static func random(depth: Int, using random: inout SeededGenerator) -> JSON {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 5), using: &random) {
        case 0: return .null
        case 1: return .bool(.random(using: &random))
        case 2: return .integer(.random(in: .min ... .max, using: &random))
        case 3: return .number(.random(in: -1...1, using: &random) * 1e-9)
        case 4: return .string(text(using: &random))
        case 5:
            return .array(
                (0..<Int.random(in: 0..<5, using: &random)).map { _ in .random(depth: depth - 1, using: &random) }
            )
        default:
            var members: Members = [:]
            for _ in 0..<Int.random(in: 0..<6, using: &random) {
                members[text(using: &random)] = .random(depth: depth - 1, using: &random)
            }
            return .object(members)
        }
    }

    private static func text(using random: inout SeededGenerator) -> String {
        var scalars = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0..<12, using: &random) {
            let limit: UInt32 = random.chance(70) ? 0xA0 : random.chance(50) ? 0x2_0000 : 0x2030
            Unicode.Scalar(UInt32.random(in: 0..<limit, using: &random)).map { scalars.append($0) }
        }
        return String(scalars)
    }
}
