import Logging
import ReconcileModel
import Testing

struct ConsoleLogHandlerTests {
    let lines = Lines()

    @Test func `a line has the level, the message and the metadata by name`() {
        var logger = lines.consoleLogger(level: .info)
        logger[metadataKey: "organization"] = "acm"
        logger.debug("not shown")
        logger.notice("synced", metadata: ["events": "3"])
        #expect(lines.all == ["notice: synced events=3 organization=acm\n"])
    }

    @Test func `a line tells on whose behalf the task works`() async {
        let logger = lines.consoleLogger()
        await WorkContext.with({ $0.operation = "webhook" }) {
            await WorkContext.with({ ($0.organization, $0.run) = ("acm", RunID(rawValue: 7)) }) { logger.info("read") }
        }
        logger.info("done")
        #expect(lines.all == ["info: read operation=webhook organization=acm run=7\n", "info: done\n"])
    }
}
