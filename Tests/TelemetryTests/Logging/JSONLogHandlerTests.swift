import Foundation
import Logging
import ReconcileModel
import Telemetry
import TestSupport
import Testing

struct JSONLogHandlerTests {
    let lines = Lines()

    @Test func `a line is one object with time, level, label, message and metadata`() {
        var logger = lines.jsonLogger(level: .info)
        logger[metadataKey: "b"] = "2"
        logger.debug("not shown")
        logger.info("synced", metadata: ["a": ["x", ["z": "1", "y": "0"]], "c": .stringConvertible(3)])
        logger.error("bare")
        #expect(
            lines.all == [
                #"{"time":"2026-11-20T17:00:00.007Z","level":"info","label":"test","message":"synced","#
                    + #""metadata":{"a":["x",{"y":"0","z":"1"}],"b":"2","c":"3"}}"# + "\n",
                #"{"time":"2026-11-20T17:00:00.007Z","level":"error","label":"test","message":"bare","#
                    + #""metadata":{"b":"2"}}"# + "\n",
            ]
        )
    }

    @Test(arguments: [
        "", "\"quoted\" and \\ and /", "lines\nof\r\ntext\tand \u{0} \u{1B}[31m \u{7F} \u{85}", "\u{2028}\u{2029}",
        "école 日本 👩‍👩‍👧 e\u{301}", "{\"level\":\"error\"}",
    ])
    func `any text comes back as it was, from one line`(text: String) throws {
        lines.jsonLogger().info("\(text)", metadata: [text: "\(text)"])
        let object = try #require(try lines.objects().first)
        #expect(Array((object["message"] as? String ?? "none").unicodeScalars) == Array(text.unicodeScalars))
        #expect(object["metadata"] as? [String: String] == [text: text])
        #expect(lines.all.count == 1)
        #expect(lines.all.joined().filter(\.isNewline) == "\n")
    }

    @Test func `a line tells on whose behalf the task works, and what it says itself counts more`() async {
        let logger = lines.jsonLogger()
        await WorkContext.with({ ($0.organization, $0.run) = ("acm", RunID(rawValue: 7)) }) {
            logger.info("read", metadata: ["organization": "film"])
        }
        #expect(lines.all.first?.contains(#""metadata":{"organization":"film","run":"7"}"#) == true)
    }

    @Test func `an error is told`() {
        let failure = Failure(code: "x", message: "It broke.")
        lines.jsonLogger().error("failed", error: failure)
        lines.consoleLogger().error("failed", error: failure)
        #expect(lines.all.first?.contains(#""metadata":{"error":"It broke."}"#) == true)
        #expect(lines.all.last == "error: failed error=It broke.\n")
    }
}
