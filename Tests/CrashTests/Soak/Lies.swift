import Emulation
import Foundation
import TestSupport

/// Answers of Google that say something else than what was done, to writes into one calendar. What is read is true.
struct Lies {
    private enum Body: CaseIterable {
        case object, nothing, page, other
    }

    /// - Returns: none, more often than not.
    static func draw(_ random: inout SeededGenerator, in world: World) -> [Fault] {
        guard random.chance(35) else { return [] }
        let calendars = world.google.calendars.values.filter { !$0.liveEvents.isEmpty && !$0.isPrimary }
        guard let calendar = calendars.sorted(by: { $0.id < $1.id }).randomElement(using: &random),
            let method = ["POST", "PATCH", "DELETE"].randomElement(using: &random)
        else { return [] }
        let name = calendar.id.prefix { $0 != "@" }
        let path = "/.calendars.\(name)[^/]*.events/"
        let action = action(&random, calendar)
        let occurrence: Fault.Occurrence? =
            random.chance(50) ? nil : .nth(number: Int.random(in: 1...2, using: &random))
        return [false, true].map { isBatched in
            Fault(action, occurrence, api: "google", method: method, path: path, inBatch: isBatched)
        }
    }

    private static func action(_ random: inout SeededGenerator, _ calendar: GoogleCalendar) -> Fault.Action {
        let isCarriedOut = random.chance(40)
        let body =
            switch Body.allCases.randomElement(using: &random) {
            case .object, nil: "{}"
            case .nothing: ""
            case .page: "<html><title>Sign in</title></html>"
            case .other: other(&random, calendar)
            }
        return isCarriedOut ? .misreport(status: 200, body: body) : .respond(status: 200, body: body)
    }

    /// Some event of the calendar as it is.
    private static func other(_ random: inout SeededGenerator, _ calendar: GoogleCalendar) -> String {
        let events = calendar.liveEvents.sorted { $0.id < $1.id }
        guard let event = events.randomElement(using: &random) else { return "{}" }
        var resource = event.fields
        resource["kind"] = "calendar#event"
        resource["id"] = .string(event.id)
        resource["etag"] = .string(event.etag)
        resource["start"] = moment(event.start)
        resource["end"] = moment(event.end)
        return JSONText(.object(resource)).text
    }

    private static func moment(_ moment: EventMoment) -> JSONValue {
        switch moment {
        case .day(let day): ["date": .string(day)]
        case .instant(let seconds, _): ["dateTime": .string(TimeText.reported(String(seconds)))]
        }
    }
}
