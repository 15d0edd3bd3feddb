import TestSupport
import Testing

@testable import Rendering

/// Long texts, word by word.
struct WordDifferenceTests {
    private func text(_ before: String, _ after: String) -> String? {
        WordDifference(before, after).map { Self.text($0.parts) }
    }

    private static func text(_ parts: [WordDifference.Part]) -> String {
        parts.map { part in
            switch part {
            case .same(let text): text
            case .removed(let text): "[-\(text)-]"
            case .added(let text): "{+\(text)+}"
            }
        }.joined()
    }

    @Test(arguments: [
        ("Bring a laptop.", "Bring a charger.", "Bring a [-laptop-]{+charger+}."),
        ("Bring a laptop.", "Bring a laptop.", "Bring a laptop."),
        (
            "We meet at the old red gate.", "We meet at the new blue gate.",
            "We meet at the [-old red-]{+new blue+} gate."
        ),
        ("We meet at the gate.", "We meet at the gate, rain or shine.", "We meet at the gate{+, rain or shine+}."),
        ("Room 1, Room 2", "Room 2", "Room [-1, Room -]2"),
        ("ab 日本語 cd ef gh", "ab 日本人 cd ef gh", "ab 日本[-語-]{+人+} cd ef gh"),
        ("Café au lait", "Cafe\u{301}s au lait", "[-Café-]{+Cafe\u{301}s+} au lait"),
    ])
    func `only what changed is marked, in whole words`(before: String, after: String, expected: String) {
        #expect(text(before, after) == expected)
    }

    @Test func `texts without much in common are no difference`() {
        #expect(text("one two three four", "five six seven eight") == nil)
        #expect(text("", "x") == nil)
    }

    @Test func `an excerpt keeps each change and some words around it`() throws {
        let filler = String(repeating: "word ", count: 40)
        let difference = try #require(WordDifference(filler + "a " + filler, filler + "b " + filler))
        let excerpt = Self.text(difference.excerpt(context: 12, longest: 10))
        #expect(excerpt == "… word word [-a-]{+b+} word word …")
        let grown = try #require(WordDifference(filler, filler + filler.uppercased()))
        #expect(Self.text(grown.excerpt(context: 12, longest: 10)) == "… word word {+WORD WORD…+}")
    }

    @Test(arguments: 1...300 as ClosedRange<UInt64>)
    func `both texts can be read from it`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let words = ["a", "b", "c", " ", " ", ", ", "⏎", "é", "日", "👩‍👩‍👧‍👦", "e\u{301}", "long"]
        func text() -> [String] {
            (0..<Int.random(in: 0...60, using: &random)).map { _ in words.randomElement(using: &random) ?? "" }
        }
        let before = text()
        var after = random.chance(20) ? text() : before
        for _ in 0..<Int.random(in: 0...6, using: &random) {
            let place = Int.random(in: 0...after.count, using: &random)
            if random.chance(50) || place == after.count {
                after.insert("x", at: place)
            } else {
                after.remove(at: place)
            }
        }
        let (old, new) = (before.joined(), after.joined())
        guard let difference = WordDifference(old, new) else { return }
        let (kept, made) = difference.parts.reduce(into: ("", "")) { texts, part in
            switch part {
            case .same(let text):
                texts.0 += text
                texts.1 += text
            case .removed(let text): texts.0 += text
            case .added(let text): texts.1 += text
            }
        }
        #expect(Array(kept.utf8) == Array(old.utf8) && Array(made.utf8) == Array(new.utf8), "seed \(seed)")
    }

    @Test func `texts that differ throughout are compared in no time`() {
        let old = String(repeating: "one two, ", count: 900)
        let new = String(repeating: "two one; ", count: 900)
        let parts = WordDifference(old, new)?.parts ?? []
        #expect(parts.count <= 3)
    }
}
