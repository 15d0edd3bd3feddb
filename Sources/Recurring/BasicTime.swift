import ReconcileModel

/// A time in the form of RFC 5545, without marks between the digits.
///
/// <https://www.rfc-editor.org/rfc/rfc5545#section-3.3.5>
enum BasicTime: Hashable, Sendable {
    case day(CivilDate)
    case wall(WallTime)
    case instant(Timestamp)

    /// Reads `20261201`, `20261201T180000` and `20261201T180000Z`; nil for anything else.
    init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 8 || (15...16).contains(bytes.count) else { return nil }
        func digits(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
        let date = "\(digits(0..<4))-\(digits(4..<6))-\(digits(6..<8))"
        guard bytes.count > 8 else {
            guard let day = CivilDate(date) else { return nil }
            self = .day(day)
            return
        }
        guard bytes[8] == UInt8(ascii: "T"), bytes.count == 15 || bytes[15] == UInt8(ascii: "Z"),
            let (wall, _) = WallTime.parse("\(date)T\(digits(9..<11)):\(digits(11..<13)):\(digits(13..<15))")
        else { return nil }
        self = bytes.count == 15 ? .wall(wall) : .instant(Timestamp(secondsSince1970: wall.secondsIgnoringZone))
    }

    /// The digits of a time that has no zone.
    static func text(_ wall: WallTime) -> String { wall.description.filter { $0 != "-" && $0 != ":" } }

    static func text(_ day: CivilDate) -> String { day.description.filter { $0 != "-" } }

    static func text(_ instant: Timestamp) -> String { instant.description.filter { $0 != "-" && $0 != ":" } }

    static func text(_ time: EventTime) -> String {
        switch time {
        case .date(let day): text(day)
        case .instant(let instant): text(instant)
        }
    }
}
