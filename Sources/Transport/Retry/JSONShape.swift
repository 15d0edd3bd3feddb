import Foundation

/// Tells whole JSON from cut JSON and from other things, without decoding it.
enum JSONShape {
    /// Whether the bytes are one object or array whose brackets all close.
    ///
    /// A connection that ends early is noticed elsewhere; this finds what a proxy or a server has cut or replaced.
    static func isComplete(_ body: Data) -> Bool { body.withUnsafeBytes { isComplete($0) } }

    private static func isComplete(_ body: UnsafeRawBufferPointer) -> Bool {
        var (depth, hasStarted) = (0, false)
        var bytes = body.makeIterator()
        while let byte = bytes.next() {
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                guard depth > 0 || !hasStarted else { return false }
                hasStarted = true
                depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                guard depth >= 0 else { return false }
            case UInt8(ascii: "\""):
                guard depth > 0, skipString(&bytes) else { return false }
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): break
            default: guard depth > 0 else { return false }
            }
        }
        return hasStarted && depth == 0
    }

    /// Whether the string ends.
    private static func skipString(_ bytes: inout UnsafeRawBufferPointer.Iterator) -> Bool {
        while let byte = bytes.next() {
            if byte == UInt8(ascii: "\"") { return true }
            if byte == UInt8(ascii: "\\") { _ = bytes.next() }
        }
        return false
    }
}
