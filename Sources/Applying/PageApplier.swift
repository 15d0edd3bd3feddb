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
    }

    /// - Parameters:
    ///   - outcomes: of the lines before, by position in the plan.
    ///   - addresses: of the events that were written, by page.
    func apply(after outcomes: [Int: Outcome], _ addresses: [PageID: String]) async -> Result {
        var result = Result()
        for case (let index, .change(.page(let write))) in plan.lines.enumerated() {
            guard result.warnings.isEmpty else {
                result.outcomes[index] = .skipped(Outcome.notAllowed)
                continue
            }
            if let reason = obstacle() ?? (Task.isCancelled ? Outcome.stopped : nil) {
                result.outcomes[index] = .skipped(reason)
                continue
            }
            guard let values = values(of: write, after: outcomes, addresses) else {
                result.outcomes[index] = .skipped("what became of its event is not known; the next run tells it")
                continue
            }
            do throws(NotionError) {
                try await notion.write(values, to: write.page)
                result.outcomes[index] = .applied
            } catch {
                guard case .restricted = error else {
                    result.outcomes[index] = .failed(error.failure)
                    continue
                }
                result.outcomes[index] = .skipped(Outcome.notAllowed)
                result.warnings.append(notAllowed)
            }
        }
        return result
    }

    /// What is to stand in the properties; nil: that is not known.
    private func values(
        of write: PageWrite,
        after outcomes: [Int: Outcome],
        _ addresses: [PageID: String]
    ) -> [String: PageText]? {
        let ends = plan.lines.enumerated().compactMap { index, line in
            line.resource == .event && line.page == write.page && !line.isHeld ? outcomes[index] : nil
        }
        var refusal: Failure?
        for case .failed(let failure) in ends { refusal = refusal ?? failure }
        guard refusal != nil || ends.allSatisfy(\.isFulfilled) else { return nil }
        var values: [String: PageText] = [:]
        for (field, value) in write.values {
            guard let column = columns[field] else { continue }
            switch (field, value.after) {
            case (.link, .address):
                // Of an event that could not be made there is none.
                guard let address = addresses[write.page] else {
                    guard refusal != nil else { return nil }
                    continue
                }
                values[column] = .url(address)
            case (.link, .text(let text)):
                // What was to go and did not is there yet.
                if refusal == nil { values[column] = .url(text) }
            case (.status, let after):
                let sentence = refusal.map { PageFeedback.fitted("refused by Google: \($0.message)") }
                values[column] = .text(sentence ?? after.text)
            }
        }
        return values
    }

    private var notAllowed: Warning {
        Warning(
            code: "write_back_refused",
            message:
                "Notion does not let this integration write into pages, so write_back does nothing. Give it the capability "
                + "\"Update content\" (in Notion's settings of the integration), or remove write_back from "
                + "\(plan.organization.source.file)."
        )
    }
}
