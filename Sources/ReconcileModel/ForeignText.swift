// Text that somebody else wrote, on its way to a terminal, a log or a CI job that reads its own output.

extension String {
    /// On one line and without characters that a terminal would obey: text from outside never moves the cursor.
    package var printable: String {
        // Most text is plain.
        guard utf8.contains(where: { !(0x20..<0x7F).contains($0) }) else { return withoutCommands }
        var result = ""
        for scalar in unicodeScalars {
            switch scalar.value {
            case 0x0A, 0x0D, 0x2028, 0x2029: result += "⏎"
            case 0x09: result += " "
            // Controls, and marks that reverse the direction of the whole rest of a line.
            case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: result += "�"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result.withoutCommands
    }

    /// `printable`, where a line begins with it: not as one of our own messages does, nor as a command to the CI job.
    package var printableAtLineStart: String {
        let text = printable
        for opening in Self.openings {
            guard let start = text.start(of: opening) else { continue }
            let split = text.index(start, offsetBy: opening.count - 1)
            return "\(text[..<split]) \(text[split...])"
        }
        return text
    }

    /// What a line of ours, or a command, begins with.
    private static let openings = ["error:", "warning:", "notice:", "info:", "debug:", "trace:", "critical:", "::"]

    /// Where this begins with `opening`, as people and programs take it: behind spaces, in any case.
    fileprivate func start(of opening: String) -> Index? {
        guard let start = firstIndex(where: { !$0.isWhitespace }) else { return nil }
        return self[start...].prefix(opening.count).lowercased() == opening ? start : nil
    }
}

extension String {
    /// What is about to be printed, without what CI services take for commands: `::error…` at the beginning of a line, and
    /// `##[error]…`, `##vso[…]` and the like anywhere in it.
    ///
    /// The last look at everything that leaves the program: nothing of our own looks like that.
    package var withoutCommands: String {
        guard utf8.contains(where: { $0 == UInt8(ascii: "#") || $0 == UInt8(ascii: ":") || $0 == 0x0D }) else {
            return self
        }
        // Some take a carriage return for the end of a line; we write none.
        let text = utf8.contains(0x0D) ? String(String.UnicodeScalarView(unicodeScalars.filter { $0 != "\r" })) : self
        return text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { Self.withoutColons(Substring($0)) }
            .joined(separator: "\n")
            .replacingBracketCommands(" #")
    }

    /// JSON text that means the same and holds no such commands, which can only stand within its strings.
    package var jsonWithoutCommands: String { replacingBracketCommands("\\u0023") }

    /// The two colons apart, where a line begins with them, behind spaces of any kind.
    private static func withoutColons(_ line: Substring) -> String {
        let colon = UInt8(ascii: ":")
        guard let first = line.utf8.first(where: { $0 != 0x20 }), first == colon || first == 0x09 || first >= 0x80
        else {
            return String(line)
        }
        guard let start = line.firstIndex(where: { !$0.isWhitespace }), line[start...].hasPrefix("::") else {
            return String(line)
        }
        let split = line.index(after: start)
        return "\(line[..<split]) \(line[split...])"
    }

    /// Puts something else in the place of the second `#` where letters and a bracket follow.
    private func replacingBracketCommands(_ second: String) -> String {
        guard utf8.contains(UInt8(ascii: "#")) else { return self }
        var result = String.UnicodeScalarView()
        var rest = unicodeScalars[...]
        while let scalar = rest.popFirst() {
            result.append(scalar)
            guard scalar == "#", rest.first == "#" else { continue }
            let behind = rest.dropFirst()
            guard behind.drop(while: { $0.properties.isAlphabetic || $0 == "-" || $0 == "_" }).first == "[" else {
                continue
            }
            result.append(contentsOf: second.unicodeScalars)
            rest = behind
        }
        return String(result)
    }
}
