import ReconcileModel
import Rendering
import TestSupport

/// How long a large plan takes in each format: of twenty organizations, each with creations, edits and deletes of events with long
/// descriptions.
enum RenderingTime {
    static func measure(changes: Int) {
        let plan = plan(changes: changes)
        print("\(changes) changes   seconds   bytes")
        for format in PlanFormat.allCases {
            for isVerbose in format == .text || format == .markdown ? [false, true] : [false] {
                let look = Look(style: TextStyle(isColored: true), isVerbose: isVerbose, width: 120)
                let start = ContinuousClock.now
                let text = PlanOutput.plan(plan).text(as: format, look)
                let seconds = start.duration(to: .now) / .seconds(1)
                let milliseconds = Int(seconds * 1000)
                print(
                    "\(format.rawValue)\(isVerbose ? " -v" : "")   \(milliseconds / 1000).\(String(1000 + milliseconds % 1000).dropFirst())   \(text.utf8.count)"
                )
            }
        }
    }

    private static func plan(changes: Int) -> Plan {
        let organizations = 20
        let text = "What happens, who speaks, what to bring, and where to go afterwards. "
        return Plan(
            organizations: (0..<organizations).map { place in
                let lines = (0..<changes / organizations).map { number -> PlanLine in
                    let description = String(repeating: text, count: 4) + "Room \(number)."
                    let event = EventContent.sample("Event \(number)", day: number % 700, description: description)
                    let desired = DesiredEvent.sample(number, event)
                    var before = event
                    before.description =
                        String(repeating: text, count: 3) + "Somewhere. " + text + "Room \(number + 1)."
                    before.location = "MU 202"
                    switch number % 4 {
                    case 0:
                        return .create(
                            EventCreation(desired: desired, id: EventID(derivedFrom: desired.page), reason: .newPage)
                        )
                    case 1: return .delete(EventDeletion(live: desired.live(), page: desired.page, reason: .trashed))
                    default:
                        let fields: [EventField] = [.location, .description]
                        let live = desired.live(event: before)
                        return .update(EventUpdate(desired: desired, live: live, fields: fields, reason: .edited))
                    }
                }
                return .planned(.sample("org\(place)", name: "Organization \(place)"), lines)
            }
        )
    }
}
