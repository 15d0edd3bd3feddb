import ReconcileModel
import TestSupport
import Testing

/// What holds for every declaration: drawn as people would write them, read by the loader, and with drawn pages and calendars taken
/// through mapping and planner. A failure names its seed, and shows the smallest set of pages that fails.
struct DeclarationPropertyTests {
    private static let seeds = 1...400 as ClosedRange<UInt64>

    /// A story that went wrong, or all of it.
    private struct Told {
        var complaints: [String] = []
        var scene = ""
        var reached: Set<String> = []
        var pages: Set<Int>
    }

    private static func tell(_ seed: UInt64, pages: Set<Int>? = nil) -> Told {
        var story = DeclarationStory(seed: seed, pages: pages)
        var told = Told(pages: Set(story.pages.keys))
        for number in 1...DeclarationStory.runs {
            if number > 1 { story.letPeopleAct(before: number) }
            let before = story
            do {
                let run = try story.run()
                let judge = RunJudge(before, run)
                told.reached.formUnion(judge.reached)
                told.reached.formUnion(before.declaration.reached)
                guard !judge.complaints.texts.isEmpty else { continue }
                told.complaints = judge.complaints.texts.map { "run \(number): \($0)" }
                told.scene = before.scene(run)
            } catch {
                told.complaints = ["run \(number): \(error)"]
                told.scene = before.declaration.yaml.file
            }
            return told
        }
        return told
    }

    @Test(arguments: seeds)
    func `a plan makes of the world what declaration and pages ask for, and nothing else`(seed: UInt64) {
        let told = Self.tell(seed)
        guard !told.complaints.isEmpty else { return }
        let smallest = Shrinking.smallest(from: told) { told in
            told.pages.sorted().map { Self.tell(seed, pages: told.pages.subtracting([$0])) }
        } fails: {
            !$0.complaints.isEmpty
        }
        Issue.record("seed \(seed): \(smallest.complaints.joined(separator: "; "))\n\(smallest.scene)")
    }

    /// A generator that never gets somewhere would prove nothing.
    @Test func `the stories reach every key, every kind of change and every limit`() {
        let reached = Self.seeds.reduce(into: Set<String>()) { $0.formUnion(Self.tell($1).reached) }
        let keys = FilterOperator.allCases.map { "filter \($0.rawValue)" }
        let settings = ["color", "visibility", "busy", "reminders", "location", "description", "recurrence"]
        let expected =
            keys + settings.map { "released \($0)" } + [
                "all", "any", "not", "pattern", "end", "window", "templates", "cancelled remove", "cancelled prefix",
                "sharing", "write_back", "defaults",
                "calendar create calendar_missing", "calendar update calendar_settings",
                "event create new_page", "event create revived", "event update edited", "event update drift",
                "event delete duplicate", "event delete trashed", "event delete archived", "event delete undated",
                "event delete moved", "event delete filtered_out", "event delete cancelled", "event delete gone",
                "access_rule create sharing_widened", "access_rule update sharing", "access_rule update drift",
                "access_rule delete sharing", "page update write_back",
                "outside", "unmarked", "people's copy", "foreign mark", "deletes blocked", "updates held",
                "status changes", "status no_changes", "status blocked",
                "told on the calendar", "told cancelled", "told no date", "told waiting for approval",
            ]
        let missing = expected.filter { !reached.contains($0) }
        #expect(missing.isEmpty, "of \(reached.sorted())")
    }
}

extension DrawnDeclaration {
    /// The keys in it.
    fileprivate var reached: Set<String> {
        var reached: Set<String> = []
        func note(_ holds: Bool, _ word: String) { if holds { reached.insert(word) } }
        func note(_ filter: DrawnFilter) {
            reached.formUnion(filter.keys.map { "filter \($0.rawValue)" })
            switch filter {
            case .all(let filters):
                reached.insert("all")
                filters.forEach(note)
            case .any(let filters):
                reached.insert("any")
                filters.forEach(note)
            case .not(let filter):
                reached.insert("not")
                note(filter)
            case .tests: break
            }
        }
        if let filter { note(filter) }
        note(texts.values.contains { if case .pattern = $0 { true } else { false } }, "pattern")
        note(hasEnd, "end")
        note(past != nil || future != nil, "window")
        note(templates != nil, "templates")
        note(cancelled?.prefix == nil && cancelled != nil, "cancelled remove")
        note(cancelled?.prefix != nil, "cancelled prefix")
        note(sharing != nil, "sharing")
        note(!writeBack.isEmpty, "write_back")
        note(!shared.isEmpty, "defaults")
        return reached
    }
}

extension DeclarationStory {
    /// What a run went by, for people who look for the mistake.
    fileprivate func scene(_ run: Run) -> String {
        var lines = [declaration.yaml.file, "_defaults.yaml:", declaration.yaml.defaults]
        lines.append("decided: \(decided.map { "\($0.sorted())" } ?? "nothing"), state lost: \(isStateLost)")
        lines.append("allowed: \(run.allowances.command(for: "acm")), deleted of late: \(run.before.recentDeletes)")
        lines.append("rules: \(rules.map { "\($0.scope.text) \($0.role?.rawValue ?? "?")" }), given: \(given)")
        for page in pages.values.sorted(by: { $0.number < $1.number }) {
            lines.append("page \(page.number), \(page.place), told \(page.told):")
            lines += DrawnColumn.allCases.compactMap { column in
                page.values[column].map { "  \(column.rawValue): \($0.notion(column))" }
            }
            lines.append("  finding: \(run.before.pages[page.id].map { "\($0)" } ?? "none")")
            lines.append("  own: \(own[page.number] ?? []), set: \((own[page.number] ?? []).compactMap { set[$0] })")
        }
        lines += run.before.events.values.sorted { $0.id < $1.id }.map { "before \($0)" }
        lines += run.after.events.values.sorted { $0.id < $1.id }.map { "after \($0)" }
        lines.append("plan: \(run.plan.words), \(run.plan.status), \(run.plan.message ?? "")")
        lines.append("again: \(run.again.words)")
        return lines.joined(separator: "\n")
    }
}
