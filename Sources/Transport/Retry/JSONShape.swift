import Foundation

/// Tells whole JSON from cut JSON and from other things, without decoding it.
enum JSONShape {
    /// Whether the bytes are one object or array whose brackets all close.
    ///
    /// A connection that ends early is noticed elsewhere; this finds what a proxy or a server has cut or replaced.
    static func isComplete(_ body: Data) -> Bool {
        body.withUnsafeBytes { bytes in
            var scanner = Scanner()
            return bytes.allSatisfy { scanner.accepts($0) } && scanner.isAtEnd
        }
    }

    private struct Scanner {
        private var depth = 0
        private var hasStarted = false
        private var isInString = false
        private var isEscaped = false

        var isAtEnd: Bool { hasStarted && depth == 0 }

        mutating func accepts(_ byte: UInt8) -> Bool {
            if isInString {
                acceptInString(byte)
                return true
            }
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                guard !isAtEnd else { return false }
                (hasStarted, depth) = (true, depth + 1)
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                return depth >= 0
            case UInt8(ascii: "\""):
                isInString = depth > 0
                return isInString
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                break
            default:
                return depth > 0
            }
            return true
        }

        private mutating func acceptInString(_ byte: UInt8) {
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isInString = false
            }
        }
    }
}
