extension ZoneRules {
    /// Reads a TZif file of any version; nil where it is none, is damaged, or counts leap seconds.
    ///
    /// From version 2 on a block of 64-bit times and a rule for the future follow the one of 32-bit times, which is then
    /// skipped. A later version than we know is read like the last one, as the format promises.
    package init?(tzif bytes: [UInt8]) {
        var reader = TZifReader(bytes[...])
        guard let header = reader.header() else { return nil }
        if header.version >= UInt8(ascii: "2") {
            guard reader.skip(header.size(ofTimes: 4)), let second = reader.header(),
                let block = reader.block(second, timeSize: 8), let footer = reader.footer()
            else { return nil }
            let future = RecurringRule(footer)
            guard footer.isEmpty || future != nil else { return nil }
            self.init(block, future: future)
        } else {
            guard let block = reader.block(header, timeSize: 4) else { return nil }
            self.init(block, future: nil)
        }
    }

    private init(_ block: TZifReader.Block, future: RecurringRule?) {
        self.init(earliestOffset: block.offsets.first ?? 0, transitions: block.transitions, future: future)
    }
}

/// Takes a TZif file apart, front to back, trusting no number in it.
struct TZifReader {
    struct Header {
        var version: UInt8
        var utcIndicators, standardIndicators, leapSeconds, transitions, types, characters: Int

        func size(ofTimes size: Int) -> Int {
            transitions * (size + 1) + types * 6 + characters + leapSeconds * (size + 4) + standardIndicators
                + utcIndicators
        }
    }

    struct Block {
        /// Of each type; never empty.
        var offsets: [Int]
        var transitions: [ZoneRules.Transition]
    }

    /// The largest known file has some 250 transitions; the format allows for more than memory holds.
    private static let mostTransitions = 20_000
    /// A day and two hours, as the format recommends.
    private static let offsets = -89_999...93_599

    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    mutating func header() -> Header? {
        guard rest.count >= 44, rest.prefix(4).elementsEqual("TZif".utf8) else { return nil }
        let version = rest[rest.startIndex + 4]
        rest = rest.dropFirst(20)
        var counts: [Int] = []
        for _ in 0..<6 { counts.append(number(bytes: 4, isSigned: false)) }
        let header = Header(
            version: version,
            utcIndicators: counts[0],
            standardIndicators: counts[1],
            leapSeconds: counts[2],
            transitions: counts[3],
            types: counts[4],
            characters: counts[5]
        )
        guard header.transitions <= Self.mostTransitions, header.types <= 256, header.characters <= 65_536,
            header.leapSeconds <= 1_000, header.standardIndicators <= 256, header.utcIndicators <= 256
        else { return nil }
        return header
    }

    mutating func skip(_ count: Int) -> Bool {
        guard rest.count >= count else { return false }
        rest = rest.dropFirst(count)
        return true
    }

    mutating func block(_ header: Header, timeSize: Int) -> Block? {
        // Times that count leap seconds are no POSIX times, which all of this program, and both services, go by.
        guard rest.count >= header.size(ofTimes: timeSize), header.types > 0, header.leapSeconds == 0 else {
            return nil
        }
        var instants: [Int] = []
        for _ in 0..<header.transitions { instants.append(number(bytes: timeSize, isSigned: true)) }
        let types = rest.prefix(header.transitions).map { Int($0) }
        rest = rest.dropFirst(header.transitions)
        var offsets: [Int] = []
        for _ in 0..<header.types {
            offsets.append(number(bytes: 4, isSigned: true))
            rest = rest.dropFirst(2)
        }
        rest = rest.dropFirst(header.characters + header.standardIndicators + header.utcIndicators)
        guard types.allSatisfy({ $0 < offsets.count }), offsets.allSatisfy(Self.offsets.contains),
            zip(instants, instants.dropFirst()).allSatisfy(<)
        else { return nil }
        return Block(
            offsets: offsets,
            transitions: zip(instants, types).map { ZoneRules.Transition(instant: $0, offset: offsets[$1]) }
        )
    }

    /// The text between two line feeds at the end.
    mutating func footer() -> String? {
        guard rest.first == UInt8(ascii: "\n"), let end = rest.dropFirst().firstIndex(of: UInt8(ascii: "\n")),
            end - rest.startIndex <= 256
        else { return nil }
        return String(validating: rest[(rest.startIndex + 1)..<end], as: UTF8.self)
    }

    /// Big-endian; the caller has made sure that there are so many bytes.
    private mutating func number(bytes: Int, isSigned: Bool) -> Int {
        let value = rest.prefix(bytes).reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
        rest = rest.dropFirst(bytes)
        guard isSigned else { return Int(truncatingIfNeeded: value) }
        return bytes == 4 ? Int(Int32(truncatingIfNeeded: value)) : Int(Int64(truncatingIfNeeded: value))
    }
}
