import Foundation
import Testing
import Transport

@Suite struct ReceivedJSONTests {
    private func decoded(_ json: String) throws -> [String: String] {
        try ReceivedJSON.decode([String: String].self, from: Data(json.utf8))
    }

    @Test(arguments: [
        (#"a\ud83d"#, "a\u{FFFD}"), (#"\udc00b"#, "\u{FFFD}b"), (#"\ud83d\ud83d\ude00"#, "\u{FFFD}😀"),
        (#"\uD83D\uDE00"#, "😀"), (#"\ude00\ud83d"#, "\u{FFFD}\u{FFFD}"), (#"\ud83d\n"#, "\u{FFFD}\n"),
        (#"\ud83dA"#, "\u{FFFD}A"), (#"\\ud83d"#, #"\ud83d"#), (#"\\\ud83d"#, "\\\u{FFFD}"),
        (#"\ud83d\\"#, "\u{FFFD}\\"),
        (#"\u0041\""#, "A\""), ("plain", "plain"), ("ä😀", "ä😀"), (#"\ud7ff\ue000"#, "\u{D7FF}\u{E000}"),
    ])
    func `half of a surrogate pair reads as the replacement character`(written: String, text: String) throws {
        #expect(try decoded("{\"t\":\"\(written)\"}") == ["t": text])
        #expect(try decoded("{\"\(written)\":\"t\"}") == [text: "t"])
    }

    @Test func `bytes that are no text are mended, and what is sound stays as it is`() throws {
        let broken = Data("{\"t\":\"a".utf8) + [0xED, 0xA0, 0xBD, 0xFF] + Data("b\"}".utf8)
        let text = try #require(try ReceivedJSON.decode([String: String].self, from: broken)["t"])
        #expect(text.hasPrefix("a\u{FFFD}") && text.hasSuffix("\u{FFFD}b"))
        let sound = Data(#"{"t":"\ud83d\ude00 ä \\ \u00e4"}"#.utf8)
        #expect(ReceivedJSON.mended(sound) == sound)
        #expect(ReceivedJSON.mended(Data()) == Data())
    }

    @Test func `a slice of data is read from its own beginning`() throws {
        let whole = Data(#"xxxx{"t":"\ud83d"}"#.utf8)
        #expect(try ReceivedJSON.decode([String: String].self, from: whole.dropFirst(4)) == ["t": "\u{FFFD}"])
    }

    @Test(arguments: [#"{"t":"\ud8"#, #"{"t":"\u"#, #"{"t":"\"#, "\\", #"{"t":"\ud83d\u"}"#, #"{"t":"\uXYZW"}"#])
    func `what is no JSON stays none`(json: String) {
        #expect(throws: (any Error).self) { try decoded(json) }
    }
}
