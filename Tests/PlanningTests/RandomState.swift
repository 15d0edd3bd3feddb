import ReconcileModel
import TestSupport

/// Makes up states of one organization in which everything that can happen has happened somewhere.
struct RandomState {
    private var random: SeededGenerator
    private(set) var state = OrganizationState.sample()
    private var nextEtag = 100

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
        if random.chance(20) {
            state.listing = .incomplete(Failure(code: "query_incomplete", message: "Notion cut the listing."))
        }
        state.calendar = calendar()
        if random.chance(20) { state.managedFields = [.summary, .start, .end] }
        if random.chance(30) { state.recentDeletes = Int.random(in: 0...6, using: &random) }
        // Without a calendar nothing can be in it.
        let isEmpty = state.calendar == .missing
        for number in 1...Int.random(in: 1...40, using: &random) { addPage(number, withEvents: !isEmpty) }
        if !isEmpty { addStrangers() }
        if random.chance(30) { addFeedback() }
    }

    /// Pages that are told what became of their events, some of them already, or something else.
    private mutating func addFeedback() {
        state.feedbackColumns = [.link: "Calendar link", .status: "Calendar status"]
        for page in state.pages.keys.sorted() {
            var feedback = PageFeedback(title: "Page")
            switch state.pages[page] {
            case .wants: break
            case .invalid: feedback.sentence = "date not understood: the end is before the start"
            case .absent(.undated, _): feedback.sentence = PageFeedback.undated
            case .absent(.filteredOut, _): feedback.sentence = PageFeedback.leftOut(["Status is Draft"])
            case .absent, nil: continue
            }
            if random.chance(50) { feedback.values[.status] = PageFeedback.onCalendar }
            if random.chance(30) { feedback.values[.link] = "https://example.org/old" }
            state.feedback[page] = feedback
        }
    }

    mutating func organization() -> Organization {
        .sample(
            deletions: random.chance(20) ? (random.chance(50) ? .never : .confirm) : .auto,
            maxDeletePercent: [0, 25, 25, 60, 100].randomElement(using: &random) ?? 25
        )
    }

    mutating func allowedDeletes() -> Int? { random.chance(30) ? Int.random(in: 0...20, using: &random) : nil }

    private mutating func calendar() -> CalendarObservation {
        switch Int.random(in: 0..<6, using: &random) {
        case 0: .missing
        case 1: .existing(.sample(summary: "Renamed", description: "Hi", timeZone: "UTC"))
        case 2: .existing(.sample(summary: "Theirs", description: nil, isCreatedByUs: false))
        default: .existing(.sample())
        }
    }

    private mutating func etag() -> Int {
        nextEtag += 1
        return nextEtag
    }

    private mutating func event(_ number: Int) -> EventContent {
        let titles = ["Kickoff", "Workshop", "Caf\u{E9}", "", "🎓 Graduation"]
        let descriptions = [nil, "Bring a laptop.", "a\r\nb ", "<script>x", String(repeating: "x", count: 100)]
        var event = EventContent.sample(
            "\(titles.randomElement(using: &random) ?? "") \(number)",
            day: Int.random(in: 0...20, using: &random),
            description: descriptions.randomElement(using: &random) ?? nil,
            location: random.chance(50) ? "Room \(number % 3)" : nil
        )
        if random.chance(30) {
            let date = CivilDate(daysSince1970: 20_777 + number)
            (event.start, event.end) = (.date(date), .date(date.adding(days: 1 + number % 3)))
        }
        // Of an organization whose pages do not say so, a series is a person's.
        if state.managedFields.contains(.recurrence), random.chance(20) {
            let rules = ["FREQ=WEEKLY;COUNT=3", "FREQ=DAILY", "FREQ=YEARLY;UNTIL=20301231", "FREQ=MONTHLY;COUNT=2"]
            event[.recurrence] = .text("RRULE:\(rules.randomElement(using: &random) ?? "")")
        }
        return event
    }

    // MARK: - Pages and their events

    private mutating func addPage(_ number: Int, withEvents: Bool) {
        let desired = DesiredEvent.sample(number, event(number))
        if random.chance(70) {
            state.pages[desired.page] = .wants(desired.limited(to: state.managedFields))
        } else {
            addAbsence(desired.page)
        }
        guard withEvents else { return }
        switch Int.random(in: 0..<10, using: &random) {
        case 0...3: addInSync(desired)
        case 4: addChanged(desired)
        case 5: addTombstone(desired)
        case 6: addTakenID(desired)
        case 7: state.links[desired.page] = random.chance(50) ? desired.link() : nil
        case 8: addDuplicates(desired)
        default: addNeighbour(desired)
        }
    }

    private mutating func addAbsence(_ page: PageID) {
        switch Int.random(in: 0..<10, using: &random) {
        case 0: state.pages[page] = .invalid
        case 1: state.pages[page] = .absent(.present)
        case 2: state.pages[page] = .absent(.unknown("Notion answered 503"))
        case 3: break
        default:
            let proofs: [Absence] = [.trashed, .archived, .undated, .moved, .filteredOut, .gone]
            state.pages[page] = proofs.randomElement(using: &random).map { .absent($0) }
        }
    }

    /// Whatever is at Google was written down by Google.
    private mutating func add(_ event: LiveEvent) {
        state.events[event.id] = event
        state.events[event.id]?.event = event.event.map(ModelWorld.normalized)
        state.events[event.id]?.isSeries = event.event?.recurrence != nil
        guard event.event?.recurrence != nil, event.status == .live, random.chance(40) else { return }
        addException(to: event)
    }

    /// What a person made of one occurrence.
    private mutating func addException(to series: LiveEvent) {
        guard let start = series.event?.start else { return }
        var exception = series
        exception.id = EventID(rawValue: "\(series.id)_\(nextEtag)")
        (exception.recurringEvent, exception.originalStart, exception.isSeries) = (series.id, start, false)
        exception.event?[.recurrence] = .empty
        state.events[exception.id] = exception
        state.events[series.id]?.event?.exceptions = [SeriesException(start, exception.event)]
    }

    private mutating func addInSync(_ desired: DesiredEvent) {
        let number = etag()
        let organization = random.chance(80) ? "acm" : nil
        add(desired.live(etag: number, organization: organization))
        // Somebody set a colour since, or the state was lost, or it is as we left it.
        if random.chance(70) { state.links[desired.page] = desired.link(etag: random.chance(80) ? number : number - 1) }
    }

    private mutating func addChanged(_ desired: DesiredEvent) {
        let other = DesiredEvent(page: desired.page, event: event(7), hash: ContentHash(rawValue: "0f"))
        let number = etag()
        var live = (random.chance(50) ? other : desired).live(etag: number, event: other.event)
        if random.chance(10) { live.event = nil }
        add(live)
        if random.chance(60) { state.links[desired.page] = desired.link(etag: 1) }
    }

    private mutating func addTombstone(_ desired: DesiredEvent) {
        let isPredecessors = random.chance(30)
        let id = isPredecessors ? EventID(rawValue: "old\(nextEtag)") : EventID(derivedFrom: desired.page)
        var tombstone = desired.live(id: id, etag: etag(), status: .cancelled)
        if random.chance(40) { tombstone.marks = nil }
        if random.chance(40) { tombstone.event = nil }
        add(tombstone)
        if random.chance(50) { state.links[desired.page] = desired.link(event: id) }
    }

    private mutating func addTakenID(_ desired: DesiredEvent) {
        for generation in 0...Int.random(in: 0...2, using: &random) {
            let id = EventID(derivedFrom: desired.page, generation: generation)
            let isMarked = random.chance(30)
            add(
                isMarked
                    ? DesiredEvent.sample(999).live(id: id, etag: etag(), organization: "ieee")
                    : .stranger(id, etag: etag())
            )
        }
        if random.chance(30) { state.links[desired.page] = desired.link() }
    }

    private mutating func addDuplicates(_ desired: DesiredEvent) {
        let ids = (0...Int.random(in: 1...2, using: &random)).map { EventID(rawValue: "copy\(nextEtag)x\($0)") }
        for id in ids {
            let created = "2026-10-0\(Int.random(in: 1...9, using: &random))T10:00:00.000Z"
            var copy = desired.live(id: id, etag: etag(), event: random.chance(50) ? nil : event(9), created: created)
            if random.chance(20) { copy.recurringEvent = EventID(rawValue: "series\(nextEtag)") }
            if random.chance(20) { copy.created = nil }
            copy.isAsWritten = copy.event == desired.event
            add(copy)
        }
        if random.chance(50) { addInSync(desired) }
        if random.chance(30), let id = ids.randomElement(using: &random) {
            state.links[desired.page] = desired.link(event: id)
        }
    }

    private mutating func addNeighbour(_ desired: DesiredEvent) {
        let organization = random.chance(50) ? "ieee" : "dissolved"
        var neighbour = desired.live(
            id: EventID(rawValue: "neighbour\(nextEtag)"),
            etag: etag(),
            organization: organization
        )
        neighbour.isAsWritten = true
        add(neighbour)
    }

    private mutating func addStrangers() {
        for number in 0..<Int.random(in: 0...10, using: &random) {
            add(
                .stranger(
                    EventID(rawValue: "stranger\(number)"),
                    status: random.chance(20) ? .cancelled : .live,
                    etag: etag()
                )
            )
        }
    }
}
