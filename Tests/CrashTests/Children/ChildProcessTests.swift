import Foundation
import Testing
import TestSupport

/// What tests rely on when they start a process.
struct ChildProcessTests {
    @Test func `a process gets its streams and no other descriptor`() async throws {
        // Neither is closed by itself when a program starts, as those of other tests may not be.
        let open = (0..<50).map { _ in Foundation.open("/dev/null", O_RDONLY) }
        defer { for descriptor in open { close(descriptor) } }
        let process = try ChildProcess("/bin/ls", ["/proc/self/fd"], output: .pipe)
        // The fourth is that of the folder it lists.
        #expect(await process.output?.text() == "0\n1\n2\n3\n")
        #expect(await process.ended().reason == .exited(0))
    }

    @Test func `a process says how it ended`() async throws {
        let fails = try ChildProcess("/bin/sh", ["-c", "exit 3"])
        #expect(await fails.ended().reason == .exited(3))
        let waits = try ChildProcess("/bin/cat", input: .pipe)
        #expect(waits.isRunning)
        waits.send(SIGKILL)
        #expect(await waits.ended().reason == .killed(signal: SIGKILL))
        #expect(!waits.isRunning)
        #expect(throws: POSIXError.self) { try ChildProcess("/nowhere/program") }
    }

    @Test func `a process has the folder, the environment and the streams it is given`() async throws {
        let folder = try TemporaryFolder()
        let process = try ChildProcess(
            "/bin/sh",
            ["-c", "pwd; echo $WORD; echo oops >&2; cat"],
            environment: ["WORD": "hello"],
            folder: folder.path,
            input: .pipe,
            output: .file(folder.file("said.txt")),
            errors: nil
        )
        try process.input?.write(contentsOf: Data("and more".utf8))
        try process.input?.close()
        #expect(await process.ended().reason == .exited(0))
        let real = URL(filePath: folder.path).resolvingSymlinksInPath().path
        #expect(String(decoding: try folder.read("said.txt"), as: UTF8.self) == "\(real)\nhello\noops\nand more")
    }
}
