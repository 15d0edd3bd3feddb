import Logging
import Synchronization
import Telemetry
import Testing

struct ConsoleLogHandlerTests {
    @Test func `a line has the level, the message and the metadata by name`() {
        let lines = Mutex<[String]>([])
        var logger = Logger(label: "test") { _ in
            ConsoleLogHandler(level: .info) { line in lines.withLock { $0.append(line) } }
        }
        logger[metadataKey: "organization"] = "acm"
        logger.debug("not shown")
        logger.notice("synced", metadata: ["events": "3"])
        #expect(lines.withLock(\.self) == ["notice: synced events=3 organization=acm\n"])
    }
}
