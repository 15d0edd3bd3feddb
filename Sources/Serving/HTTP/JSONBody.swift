import Foundation

/// JSON as the service sends it: equal values give equal bytes.
enum JSONBody {
    static let contentType = "application/json; charset=utf-8"

    static func bytes(_ value: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Fails for numbers that JSON has not (infinities) only, and none of our documents has fractions.
        guard let data = try? encoder.encode(value) else { return Array(#"{"status":"error"}"#.utf8) }
        return Array(data)
    }
}
