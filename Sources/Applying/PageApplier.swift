import NotionAPI
import ReconcileModel

/// Tells pages what became of their events. Writing the same again changes nothing, so a run that is killed leaves nothing behind.
struct PageApplier: Sendable {
    let notion: NotionClient
    let plan: OrganizationPlan
    /// The properties that are written, by their names.
    let columns: [FeedbackField: String]
    /// Why nothing more may be written; nil: it may.
    let obstacle: @Sendable () -> String?

    struct Result: Sendable {
        /// By position in the plan.
        var outcomes: [Int: Outcome] = [:]
        var warnings: [Warning] = []
        /// Whether Notion does not let us write; nil: it was not asked.
        var isRefused: Bool?
    }

    /// - Parameters:
    ///   - outcomes: of the lines before, by position in the plan.
    ///   - addresses: of the events that were written, by page.
    func apply(after outcomes: [Int: Outcome], _ addresses: [PageID: String]) async -> Result {
        var result = Result()
        var end: Outcome?
        var failures = 0
        let ends = ends(outcomes)
        for case (let index, .change(.page(let write))) in plan.lines.enumerated() {
            if let reason = obstacle() ?? (Task.isCancelled ? Outcome.stopped : nil) { end = .skipped(reason) }
            if let end {
                result.outcomes[index] = end
                continue
            }
            guard let values = values(of: write, after: ends[write.page] ?? [], addresses) else {
                result.outcomes[index] = .skipped("what became of its event is not known; the next run tells it")
                continue
            }
            guard !values.isEmpty else {
                result.outcomes[index] = .unchanged("Google gave its event no address")
                continue
            }
            do throws(NotionError) {
                try await notion.write(values, to: write.page)
                (result.outcomes[index], failures) = (.applied, 0)
                result.isRefused = false
            } catch {
                failures += 1
                if case .restricted = error {
                    end = .skipped(Outcome.notAllowed)
                    result.isRefused = true
                    result.warnings.append(.writeBackRefused(of: plan.organization))
                } else if !error.concernsOneObject || failures == Self.patience {
                    end = .skipped("Notion did not take one before it: \(error.failure.message)")
                }
                result.outcomes[index] = end == .skipped(Outcome.notAllowed) ? end : .failed(error.failure)
            }
        }
        return result
    }

    /// After so many failures in a row Notion is in trouble, and each would wait for as long as a request may.
    private static let patience = 3

    /// What became of the events of each page, as far as something was to be done to them; nil: nobody knows.
    private func ends(_ outcomes: [Int: Outcome]) -> [PageID: [Outcome?]] {
        var ends: [PageID: [Outcome?]] = [:]
        for (index, line) in plan.lines.enumerated() where line.resource == .event && !line.isHeld {
            guard let page = line.page else { continue }
            ends[page, default: []].append(outcomes[index])
        }
        return ends
    }

    /// What is to stand in the properties and does not yet; nil: that is not known.
    private func values(
        of write: PageWrite,
        after ends: [Outcome?],
        _ addresses: [PageID: String]
    ) -> [String: PageText]? {
        var refusal: Failure?
        for end in ends {
            switch end {
            case .failed(let failure): refusal = refusal ?? failure
            case .applied, .unchanged: continue
            // Nobody knows what became of it.
            case .skipped, .stale, nil: return nil
            }
        }
        var values: [String: PageText] = [:]
        for (field, value) in write.values {
            guard let column = columns[field] else { continue }
            switch (field, value.after) {
            case (.link, .address):
                // Of an event that could not be made there is none, and Google does not tell that of each.
                if let address = addresses[write.page] { values[column] = .url(address) }
            case (.link, .text(let text)):
                // What was to go and did not is there yet.
                if refusal == nil { values[column] = .url(text) }
            case (.status, let after):
                let sentence = refusal.map { PageFeedback.fitted("refused by Google: \($0.message)") } ?? after.text
                // To write the same again would only move the page's edit time.
                if sentence != value.before { values[column] = .text(sentence) }
            }
        }
        return values
    }
}
