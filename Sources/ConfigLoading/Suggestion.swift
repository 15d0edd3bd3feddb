/// Finds the name that somebody probably meant.
enum Suggestion {
    /// Longer texts are no misspelt names, and comparing them costs time.
    private static let longestText = 64

    /// The candidate nearest to `text`, or nil where none is near: equal but for case and separators, else a few typing
    /// errors away, else the only one that has it among its words.
    static func nearest(to text: String, among candidates: some Sequence<String>) -> String? {
        guard !text.isEmpty, text.utf8.count <= longestText else { return nil }
        let wanted = normalized(text)
        let names = candidates.map { (name: $0, normalized: normalized($0)) }
        if let same = names.first(where: { $0.normalized == wanted }) { return same.name }

        let tolerance = max(1, min(3, wanted.count / 4))
        let near =
            names
            .map { (name: $0.name, distance: distance(from: wanted, to: $0.normalized, atMost: tolerance)) }
            .filter { $0.distance <= tolerance }
            .min { ($0.distance, $0.name) < ($1.distance, $1.name) }
        if let near { return near.name }

        guard wanted.count >= 4 else { return nil }
        let containing = names.filter { contains($0.normalized, wanted) }
        return containing.count == 1 ? containing.first?.name : nil
    }

    /// How many characters have to be inserted, removed, replaced or swapped with their neighbour; `limit + 1` for
    /// anything above `limit`.
    static func distance(from source: [UInt8], to target: [UInt8], atMost limit: Int) -> Int {
        guard abs(source.count - target.count) <= limit else { return limit + 1 }
        var beforePrevious: [Int] = []
        var previous = Array(0...target.count)
        for row in source.indices {
            var current = [row + 1]
            current.reserveCapacity(target.count + 1)
            for column in target.indices {
                let replaced = previous[column] + (source[row] == target[column] ? 0 : 1)
                var cost = min(replaced, previous[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, source[row] == target[column - 1], source[row - 1] == target[column] {
                    cost = min(cost, beforePrevious[column - 1] + 1)
                }
                current.append(cost)
            }
            (beforePrevious, previous) = (previous, current)
        }
        return min(previous.last ?? 0, limit + 1)
    }

    /// Lower case, with one kind of separator.
    private static func normalized(_ text: String) -> [UInt8] {
        text.lowercased().utf8.map { separators.contains($0) ? UInt8(ascii: "_") : $0 }
    }

    private static let separators = Array("- /".utf8)

    /// Whether `part` is one or several whole words of `text`.
    private static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
        let separator = [UInt8(ascii: "_")]
        let (text, part) = (separator + text + separator, separator + part + separator)
        guard part.count <= text.count else { return false }
        return (0...(text.count - part.count)).contains { text[$0..<($0 + part.count)].elementsEqual(part) }
    }
}
