import ReconcileModel

/// The bytes of a file once they are known to be text that YAML allows.
struct SourceText {
    /// UTF-8 without byte order mark.
    let bytes: [UInt8]

    /// - Throws: the first place at which the bytes are not UTF-8, or hold a character that YAML forbids.
    init(_ data: [UInt8], file: String) throws(Diagnostic) {
        try Self.refuseUTF16(data, file: file)
        let bytes = data.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(data.dropFirst(3)) : data
        let skipped = data.count - bytes.count
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: bytes.span)
        } catch {
            throw Self.notUTF8(bytes, at: error.byteOffsets.lowerBound, skipped: skipped, file: file)
        }
        try Self.refuseForbiddenCharacters(bytes, file: file)
        self.bytes = bytes
    }

    /// Whether there is nothing but white space.
    var isBlank: Bool { bytes.allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) } }

    /// The place behind the last character.
    func end(file: String) -> SourceLocation { Self.location(of: bytes.count, in: bytes, file: file) }

    private static func refuseUTF16(_ data: [UInt8], file: String) throws(Diagnostic) {
        guard data.starts(with: [0xFF, 0xFE]) || data.starts(with: [0xFE, 0xFF]) else { return }
        throw Diagnostic(
            location: SourceLocation(file: file, line: 1, column: 1),
            message: "the file is UTF-16, not UTF-8",
            hint: "save it as UTF-8"
        )
    }

    private static func notUTF8(_ bytes: [UInt8], at offset: Int, skipped: Int, file: String) -> Diagnostic {
        let byte = bytes.indices.contains(offset) ? bytes[offset] : 0
        let hex = String(byte, radix: 16, uppercase: true)
        return Diagnostic(
            location: location(of: offset, in: bytes, file: file),
            message:
                "the file is not UTF-8: the byte 0x\(hex) at offset \(offset + skipped) is not part of a character",
            hint: "save it as UTF-8"
        )
    }

    private static func refuseForbiddenCharacters(_ bytes: [UInt8], file: String) throws(Diagnostic) {
        var offset = 0
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            guard isAllowed(scalar) else {
                let hex = String(scalar.value, radix: 16, uppercase: true)
                throw Diagnostic(
                    location: location(of: offset, in: bytes, file: file),
                    message:
                        "the character U+\(String(repeating: "0", count: max(0, 4 - hex.count)))\(hex) is not allowed",
                    hint: "remove it"
                )
            }
            offset += UTF8.width(scalar)
        }
    }

    /// The printable characters of YAML: <https://yaml.org/spec/1.2.2/#51-character-set>.
    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD: true
        case 0x10000...0x10FFFF: true
        default: false
        }
    }

    /// Line and column, in characters, of the byte at `offset`, before which the bytes are UTF-8.
    private static func location(of offset: Int, in bytes: [UInt8], file: String) -> SourceLocation {
        let before = String(decoding: bytes.prefix(offset), as: UTF8.self).unicodeScalars
        var (line, column) = (1, 1)
        var previous: Unicode.Scalar?
        for scalar in before {
            switch (previous, scalar) {
            case ("\r", "\n"): break
            // libyaml, which counts all other places, takes these five for ends of a line.
            case (_, "\n"), (_, "\r"), (_, "\u{85}"), (_, "\u{2028}"), (_, "\u{2029}"): (line, column) = (line + 1, 1)
            default: column += 1
            }
            previous = scalar
        }
        return SourceLocation(file: file, line: line, column: column)
    }
}
