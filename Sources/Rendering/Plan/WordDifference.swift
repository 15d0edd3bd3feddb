import ReconcileModel

/// What became of a long text, word by word.
struct WordDifference {
    enum Part: Equatable {
        case same(String)
        case removed(String)
        case added(String)
    }

    private(set) var parts: [Part]

    /// - Returns: nil where the texts have so little in common that both are better read as a whole.
    init?(_ before: String, _ after: String) {
        let (old, new) = (Self.words(before)[...], Self.words(after)[...])
        let start = zip(old, new).prefix { $0 == $1 }.count
        let (oldRest, newRest) = (old.dropFirst(start), new.dropFirst(start))
        let end = zip(oldRest.reversed(), newRest.reversed()).prefix { $0 == $1 }.count
        let middle = Self.steps(Array(oldRest.dropLast(end)), Array(newRest.dropLast(end)))
        let steps = old.prefix(start).map { Step.same($0) } + middle + old.suffix(end).map { Step.same($0) }
        let kept = steps.reduce(0) { sum, step in if case .same(let word) = step { sum + word.utf8.count } else { sum }
        }
        guard kept * 3 >= max(before.utf8.count, after.utf8.count) else { return nil }
        parts = Self.joined(steps)
    }

    /// The same, of what did not change only so many characters on both sides of each change, and of changes only so many.
    func excerpt(context: Int, longest: Int) -> [Part] {
        parts.enumerated().map { index, part in
            switch part {
            case .removed(let text): return .removed(text.shortened(to: longest))
            case .added(let text): return .added(text.shortened(to: longest))
            case .same(let text):
                let head = index == 0 ? 0 : context
                let tail = index == parts.count - 1 ? 0 : context
                // Not worth an ellipsis.
                guard text.count > head + tail + 3 else { return .same(text) }
                return .same("\(Self.head(of: text, head))…\(Self.tail(of: text, tail))")
            }
        }
    }

    /// The beginning, with whole words where it has any.
    private static func head(of text: String, _ longest: Int) -> Substring {
        let head = text.prefix(longest)
        return head.lastIndex(of: " ").map { head[...$0] } ?? head
    }

    private static func tail(of text: String, _ longest: Int) -> Substring {
        let tail = text.suffix(longest)
        return tail.firstIndex(of: " ").map { tail[$0...] } ?? tail
    }

    private enum Step {
        case same(Substring)
        case removed(Substring)
        case added(Substring)
    }

    /// Words, and what stands between them character by character.
    private static func words(_ text: String) -> [Substring] {
        var (words, start) = ([Substring](), text.startIndex)
        while start < text.endIndex {
            let isWord = isLetter(text[start])
            let end = isWord ? text[start...].firstIndex { !isLetter($0) } ?? text.endIndex : text.index(after: start)
            words.append(text[start..<end])
            start = end
        }
        return words
    }

    private static func isLetter(_ character: Character) -> Bool { character.isLetter || character.isNumber }

    /// Two texts that differ in more words than these together are not compared word by word: that takes the product of both.
    private static let largest = 20_000

    /// The longest common subsequence, kept.
    private static func steps(_ old: [Substring], _ new: [Substring]) -> [Step] {
        guard !old.isEmpty, !new.isEmpty, old.count * new.count <= largest else {
            return old.map { .removed($0) } + new.map { .added($0) }
        }
        let width = new.count + 1
        // How many words are common to what follows on both sides.
        var common = [Int](repeating: 0, count: (old.count + 1) * width)
        for row in old.indices.reversed() {
            for column in new.indices.reversed() {
                common[row * width + column] =
                    old[row] == new[column]
                    ? common[(row + 1) * width + column + 1] + 1
                    : max(common[(row + 1) * width + column], common[row * width + column + 1])
            }
        }
        var (steps, row, column) = ([Step](), 0, 0)
        while row < old.count || column < new.count {
            if row < old.count, column < new.count, old[row] == new[column] {
                steps.append(.same(old[row]))
                (row, column) = (row + 1, column + 1)
            } else if column == new.count
                || row < old.count && common[(row + 1) * width + column] >= common[row * width + column + 1]
            {
                steps.append(.removed(old[row]))
                row += 1
            } else {
                steps.append(.added(new[column]))
                column += 1
            }
        }
        return steps
    }

    /// Runs of steps. What is between two changes and is no word counts as changed, too: people read whole phrases.
    private static func joined(_ steps: [Step]) -> [Part] {
        var (parts, removed, added, gap) = ([Part](), "", "", "")
        func close() {
            if !removed.isEmpty { parts.append(.removed(removed)) }
            if !added.isEmpty { parts.append(.added(added)) }
            (removed, added) = ("", "")
            if !gap.isEmpty { parts.append(.same(gap)) }
            gap = ""
        }
        func bridge() {
            (removed, added, gap) = (removed + gap, added + gap, "")
        }
        var isChanging = false
        for step in steps {
            switch step {
            case .same(let word):
                if isChanging, word.first.map({ !isLetter($0) }) ?? false {
                    gap += word
                    continue
                }
                close()
                isChanging = false
                guard case .same(let text)? = parts.last else {
                    parts.append(.same(String(word)))
                    continue
                }
                parts[parts.count - 1] = .same(text + word)
            case .removed(let word):
                bridge()
                removed += word
                isChanging = true
            case .added(let word):
                bridge()
                added += word
                isChanging = true
            }
        }
        close()
        return parts
    }
}
