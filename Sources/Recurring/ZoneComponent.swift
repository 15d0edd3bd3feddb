import CICal
import ReconcileModel
import Synchronization

/// The rules of a time zone as calendar programs are told them: a VTIMEZONE, by libical from the zone data of the system.
///
/// <https://www.rfc-editor.org/rfc/rfc5545#section-3.6.5>
package enum ZoneComponent {
    private static let known = Mutex<[String: [String]]>([:])

    /// Its lines, unfolded; nil where the system has no rules of that name, or it is UTC, whose times need none.
    package static func lines(of zone: String) -> [String]? {
        if let lines = known.withLock({ $0[zone] }) { return lines.isEmpty ? nil : lines }
        let lines = text(of: zone).map { trimmed($0, zone) } ?? []
        known.withLock { $0[zone] = lines }
        return lines.isEmpty ? nil : lines
    }

    private static func text(of zone: String) -> String? {
        ICalLibrary.run {
            guard let found = icaltimezone_get_builtin_timezone(zone),
                let component = icaltimezone_get_component(found),
                let text = icalcomponent_as_ical_string_r(component)
            else { return nil }
            defer { icalmemory_free_buffer(text) }
            return String(cString: text)
        }
    }

    /// Without what was over before 1970, under the name that the times have.
    private static func trimmed(_ text: String, _ zone: String) -> [String] {
        let unfolded = text.replacing("\r\n ", with: "").replacing("\r\n\t", with: "")
        let lines = unfolded.split(whereSeparator: \.isNewline).map(String.init)
        var observances: [(last: String, lines: [String])] = []
        var current: [String]?
        for line in lines {
            switch line {
            case "BEGIN:STANDARD", "BEGIN:DAYLIGHT": current = [line]
            case "END:STANDARD", "END:DAYLIGHT":
                if let own = current { observances.append((last: lastOnset(in: own), lines: own + [line])) }
                current = nil
            default: current?.append(line)
            }
        }
        let cut = "19700101"
        // The last of those before tells how it was then.
        let before = observances.filter { $0.last < cut }.max { $0.last < $1.last }
        let kept = [before].compactMap(\.self) + observances.filter { $0.last >= cut }
        guard !kept.isEmpty else { return [] }
        return ["BEGIN:VTIMEZONE", "TZID:\(zone)"] + kept.flatMap(\.lines) + ["END:VTIMEZONE"]
    }

    /// When it last begins, as text that can be compared.
    private static func lastOnset(in lines: [String]) -> String {
        var last = ""
        for line in lines {
            if line.hasPrefix("RRULE:") {
                guard let until = line.firstRange(of: "UNTIL=") else { return "9999" }
                last = max(last, String(line[until.upperBound...].prefix(8)))
            } else if line.hasPrefix("DTSTART:") || line.hasPrefix("RDATE:") {
                last = line.drop { $0 != ":" }.dropFirst().split(separator: ",").map { String($0.prefix(8)) }
                    .reduce(last, max)
            }
        }
        return last
    }
}
