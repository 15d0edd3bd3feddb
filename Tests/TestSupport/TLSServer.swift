import Foundation

/// `openssl s_server` on a port of loopback that the system picks, with a certificate that nobody has signed.
package final class TLSServer {
    private static let tool = "/usr/bin/openssl"
    package static var isAvailable: Bool { FileManager.default.isExecutableFile(atPath: tool) }
    private static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
    /// For the address 127.0.0.1, until the year 2126.
    package static let certificate = fixtures.appending(path: "server-certificate.pem").path

    package let port: String
    private let process: ChildProcess

    package init() throws {
        process = try ChildProcess(
            Self.tool,
            [
                "s_server", "-www", "-accept", "127.0.0.1:0", "-cert", Self.certificate,
                "-key", Self.fixtures.appending(path: "server-key.pem").path,
            ],
            output: .pipe,
            errors: .null
        )
        var text = ""
        while !text.contains("ACCEPT") || !text.hasSuffix("\n") {
            guard let data = process.output?.availableData, !data.isEmpty else { break }
            text += String(decoding: data, as: UTF8.self)
        }
        guard let port = text.firstMatch(of: #/ACCEPT .*:(\d+)/#)?.1 else { throw CocoaError(.fileReadUnknown) }
        self.port = String(port)
    }

    deinit {
        process.send(SIGTERM)
        process.wait()
    }
}
