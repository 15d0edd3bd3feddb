package import NotionAPI
package import ReconcileModel
import Recurring

extension PageMapper {
    /// What the page is told of its event, as far as the page itself says that; nil: it is told nothing.
    ///
    /// - Parameters:
    ///   - outcome: of this page.
    ///   - window: pages outside of it are left alone.
    package func feedback(of page: NotionPage, _ outcome: PageOutcome, in window: EventWindow) -> PageFeedback? {
        guard let columns = mapping.feedback, let (title, sentence) = Self.words(of: outcome) else { return nil }
        if case .event = outcome {
            // Whether it lies in the window its event tells, too.
        } else if let times = times(of: page), !window.holds(times) {
            return nil
        }
        return PageFeedback(title: title, values: columns.values(of: page), sentence: sentence)
    }

    /// Nil for pages that are thrown away.
    private static func words(of outcome: PageOutcome) -> (title: String, sentence: String?)? {
        switch outcome {
        case .event(let desired, _): (desired.event.summary, nil)
        case .undated(_, let title): (title, PageFeedback.undated)
        case .filteredOut(_, let title, let facts):
            (title ?? EventChange.untitled, PageFeedback.leftOut(facts.map(\.description)))
        case .cancelled(_, let title): (title ?? EventChange.untitled, PageFeedback.cancelled)
        case .invalid(_, let title, _, let sentence): (title, sentence)
        case .trashed, .archived: nil
        }
    }
}
