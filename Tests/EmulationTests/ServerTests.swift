import Emulation
import Foundation
import Glibc
import Testing

@Suite struct ServerTests {
    private static func withEmulator(
        _ faults: [Fault] = [],
        _ body: @escaping @Sendable (Emulator, TestClient) async throws -> Void
    ) async throws {
        let emulator = Emulator(try World.empty())
        for fault in faults { emulator.add(fault) }
        try await emulator.withServer { address in try await body(emulator, .notion(address)) }
    }

    @Test(
        arguments: [
            (Fault(.resetBefore), TestClientError.reset), (Fault(.resetAfter), .reset),
            (Fault(.truncate(bytes: 10)), .truncated(received: 10)),
        ] as [(Fault, TestClientError)]
    )
    func `a connection fails as a fault asks for`(fault: Fault, error: TestClientError) async throws {
        try await Self.withEmulator([fault]) { _, client async throws in
            await #expect(throws: error) { try await client.send("GET", "/v1/users/me") }
        }
    }

    @Test func `a reset after carrying out has carried out, one before has not`() async throws {
        try await CalendarBench.with { bench async throws in
            bench.emulator.add(Fault(.resetBefore, .nth(number: 1), method: "POST", path: "/calendar"))
            bench.emulator.add(Fault(.resetAfter, .nth(number: 2), method: "POST", path: "/events$/"))
            await #expect(throws: TestClientError.reset) { try await bench.insert("aaaaa") }
            #expect(try await bench.get("aaaaa").status == 404)
            await #expect(throws: TestClientError.reset) { try await bench.insert("bbbbb") }
            #expect(try await bench.get("bbbbb").status == 200)
        }
    }

    @Test func `answers can be delayed, dripped, malformed or pages of a proxy`() async throws {
        let faults = [
            Fault(.delay(milliseconds: 5), .nth(number: 1)), Fault(.drip(bytes: 100, milliseconds: 1), .nth(number: 2)),
            Fault(.malformedBody, .nth(number: 3)), Fault(.errorPage(status: 502), .nth(number: 4)),
        ]
        try await Self.withEmulator(faults) { _, client async throws in
            for _ in 0..<2 { #expect(try await client.send("GET", "/v1/users/me").json["object"] == "user") }
            let malformed = try await client.send("GET", "/v1/users/me")
            #expect(malformed.status == 200)
            #expect(malformed.json == .null)
            let page = try await client.send("GET", "/v1/users/me")
            #expect(page.status == 502)
            #expect(page.headers["content-type"]?.hasPrefix("text/html") == true)
        }
    }

    @Test(arguments: [
        (Fault.Occurrence.first(count: 2), [503, 503, 200, 200, 200, 200]),
        (.nth(number: 2), [200, 503, 200, 200, 200, 200]),
        (.every(step: 3), [200, 200, 503, 200, 200, 503]), (.probability(share: 0), [200, 200, 200, 200, 200, 200]),
        (.probability(share: 1), [503, 503, 503, 503, 503, 503]),
    ])
    func `a fault strikes as often as it says`(occurrence: Fault.Occurrence, expected: [Int]) async throws {
        try await Self.withEmulator([Fault(.respond(status: 503), occurrence, api: "notion")]) {
            emulator,
            client async throws in
            var statuses: [Int] = []
            for _ in expected { statuses.append(try await client.send("GET", "/v1/users/me").status) }
            #expect(statuses == expected)
            emulator.removeFaults()
            #expect(try await client.send("GET", "/v1/users/me").status == 200)
        }
    }

    @Test func `faults, settings and counts can be reached over HTTP`() async throws {
        try await Self.withEmulator { emulator, client async throws in
            let fault: JSONValue = [
                "api": "notion", "action": ["respond": ["status": 529]], "occurrence": ["first": ["count": 1]],
            ]
            #expect(try await client.send("POST", "/_emulator/faults", [fault]).status == 204)
            #expect(try await client.send("GET", "/v1/users/me").status == 529)
            let counts = try await client.send("GET", "/_emulator/requests").json
            #expect(counts["notion"] == ["requests": 1, "reads": 1, "writes": 0, "batched": 0])
            #expect(counts["routes"] == ["GET /v1/users/me": 1])
            #expect(try await client.send("POST", "/_emulator/reset-counts").status == 204)
            #expect(emulator.requests.requests("notion") == 0)
            var settings = try await client.send("GET", "/_emulator/settings").json
            settings["queryRowLimit"] = 5
            #expect(try await client.send("PUT", "/_emulator/settings", settings).status == 204)
            #expect(emulator.settings.queryRowLimit == 5)
            #expect(try await client.send("DELETE", "/_emulator/faults").status == 204)
            #expect(try await client.send("GET", "/_emulator/world").text.contains("PRIVATE KEY") == false)
        }
    }

    @Test func `answers are packed for clients that ask for it`() async throws {
        try await Self.withEmulator { emulator, client async throws in
            emulator.settings.compresses = true
            let packed = try await client.send("GET", "/v1/users/me", headers: ["Accept-Encoding": "gzip"])
            #expect(packed.headers["content-encoding"] == "gzip")
            #expect(packed.body.starts(with: [0x1F, 0x8B]))
            #expect(try await client.send("GET", "/v1/users/me").json["object"] == "user")
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `stopping does not wait for open connections or hanging requests, and frees the port`() async throws {
        let emulator = Emulator(try World.empty())
        emulator.add(Fault(.hang))
        let port = try await emulator.withServer { address in
            let port = UInt16(address.baseURL.split(separator: ":").last ?? "") ?? 0
            let idle = connect(to: port)
            let hanging = connect(to: port)
            let request = Array("GET /v1/users/me HTTP/1.1\r\nHost: x\r\n\r\n".utf8)
            #expect(Glibc.send(hanging, request, request.count, 0) == request.count)
            #expect(idle >= 0)
            return port
        }
        let client = TestClient(baseURL: "http://127.0.0.1:\(port)")
        await #expect(throws: TestClientError.notConnected) { try await client.send("GET", "/v1/users/me") }
    }

    @Test func `the world's file has every change before its answer, and is read again`() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "emulator-\(UUID().uuidString).json").path
        defer { try? FileManager.default.removeItem(atPath: file) }
        let clock = ManualClock()
        let first = try Emulator.load(file: file, now: { clock.now })
        let made = try await first.withServer { address in
            let client = try await TestClient.google(address)
            return try await client.send("POST", "/calendar/v3/calendars", ["summary": "Kept"]).json["id"]?.string ?? ""
        }
        let attributes = try FileManager.default.attributesOfItem(atPath: file)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let second = try Emulator.load(file: file, now: { clock.now })
        let pages = try first.withWorld { $0.notion.pages.count }
        try second.withWorld { world in
            #expect(world.google.calendars[made]?.summary == "Kept")
            #expect(world.notion.pages.count == pages)
        }
        try await second.withServer { address in
            let client = try await TestClient.google(address)
            #expect(try await client.send("GET", "/calendar/v3/calendars/\(segment(made))").status == 200)
        }
    }

    private func connect(to port: UInt16) -> Int32 {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.connect(socket, $0, size) }
        }
        return result == 0 ? socket : -1
    }
}
