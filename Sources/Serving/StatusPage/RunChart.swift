import ReconcileModel

/// The geometry of a chart with one bar for each run, the oldest at the left: what was created, updated and deleted.
///
/// It is stretched to the width of the page, so there is no text in it.
struct RunChart {
    struct Bar {
        var label: String
        var parts: [Part]
    }

    struct Part {
        /// A class of the style.
        var kind: String
        var x, y, width, height: Int
    }

    let bars: [Bar]
    let width: Int
    let height = Self.plot + Self.strip
    /// Where the bars stand.
    let baseline = Self.plot
    /// The number of changes that the full height means.
    let scale: Int

    /// Units of the drawing.
    private static let (slot, gap, plot, strip) = (20, 4, 100, 10)
    /// Fewer runs than this do not make broader bars.
    private static let slots = 16

    /// - Parameter runs: the oldest first.
    init(_ runs: [RunRecord]) {
        let scale = max(4, runs.map(\.counts.changes).max() ?? 0)
        self.scale = scale
        width = Self.slot * max(Self.slots, runs.count)
        bars = runs.enumerated().map { Self.bar($1, at: $0, scale: scale) }
    }

    private static func bar(_ run: RunRecord, at index: Int, scale: Int) -> Bar {
        let x = index * slot + gap / 2
        var parts: [Part] = []
        var below = 0
        let counts = run.counts
        for (kind, count) in [("created", counts.created), ("updated", counts.updated), ("deleted", counts.deleted)] {
            guard count > 0 else { continue }
            // From sums, so that rounding leaves neither gaps nor a bar that is too high; but seen must be whatever there is.
            let (bottom, top) = (below * plot / scale, max((below + count) * plot / scale, below * plot / scale + 1))
            parts.append(Part(kind: kind, x: x, y: plot - top, width: slot - gap, height: top - bottom))
            below += count
        }
        parts.append(Part(kind: run.isGood ? "good" : "bad", x: x, y: plot + 4, width: slot - gap, height: strip - 4))
        return Bar(label: "Run \(run.id), \(run.result): \(counts.sentence)", parts: parts)
    }
}

extension RunRecord.Counts {
    fileprivate var changes: Int { created + updated + deleted }

    /// `2 created, 1 updated, 0 deleted`.
    var sentence: String { "\(created) created, \(updated) updated, \(deleted) deleted" }
}

extension RunRecord {
    /// A run that is under way is not bad yet.
    var isGood: Bool { outcome == "success" || (outcome == nil && finishedAt == nil) }

    /// In one word.
    var result: String { outcome ?? "unfinished" }
}
