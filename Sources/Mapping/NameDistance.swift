/// Tells misspelt names from other names.
enum NameDistance {
    /// The nearest of `names`, where it is the same but for case, or at most two edits and half of its length away.
    static func nearest(to name: String, among names: [String]) -> String? {
        let wanted = Array(name.lowercased())
        let distances = names.map { candidate in
            (name: candidate, edits: edits(Array(candidate.lowercased()), wanted))
        }
        return distances.filter { $0.edits <= min(2, $0.name.count / 2) }.min { $0.edits < $1.edits }?.name
    }

    /// Levenshtein's distance: insertions, deletions and replacements.
    private static func edits(_ left: [Character], _ right: [Character]) -> Int {
        var row = Array(0...right.count)
        for (index, character) in left.enumerated() {
            var next = [index + 1]
            var least = index + 1
            for (other, (diagonal, above)) in zip(right, zip(row, row.dropFirst())) {
                least = min(diagonal + (character == other ? 0 : 1), least + 1, above + 1)
                next.append(least)
            }
            row = next
        }
        return row.last ?? 0
    }
}
