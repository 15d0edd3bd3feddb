import Foundation
import HTTPTypes
import Synchronization
import TestSupport
import Testing
import Transport

/// What a request says of its answer decides nothing: it only spares a second look at it.
struct AnswerReaderTests {
    private struct Listing: Decodable, Sendable {
        var results: [Int]
    }

    /// Counts how often one is read.
    private struct Counted: Decodable, Sendable {
        static let readings = Mutex(0)
        var listing: Listing

        init(from decoder: any Decoder) throws {
            Self.readings.withLock { $0 += 1 }
            listing = try Listing(from: decoder)
        }
    }

    /// Takes whatever is JSON.
    private struct Anything: Decodable, Sendable {
        init(from decoder: any Decoder) {}
    }

    static let bodies = [
        #"{"results":[1,2]}"#, " {\n\"results\":[]}\r\n", #"{"results":[1,2]"#, #"{"results":[1"#, "{", "", " ", "[]",
        "[1,2",
        #"{"results":null}"#, #"{"results":["x"]}"#, "{}", "{}{}", "{} x", "null", "1", #""results""#, "<html></html>",
        "\u{FEFF}{\"results\":[]}", "{\"results\":[]}\u{0}", #"{"results":[1,]}"#, #"{"results":[01]}"#,
        #"{"a":"\ud83d"}"#,
    ]

    private func sent(
        _ answers: [IncomingResponse],
        reader: AnswerReader?,
        repeatability: Repeatability = .repeatable
    ) async throws -> (IncomingResponse, requests: Int) {
        let clock = ManualClock()
        let base = ScriptedTransport(answers.map { .success($0) }, clock: clock)
        let transport = RetryingTransport(
            base,
            api: "notion",
            bucket: TokenBucket(ratePerSecond: 0, burst: 1),
            counter: RequestCounter(),
            instruments: .silent(clock)
        )
        var request = OutgoingRequest(
            head: HTTPRequest(method: .get, scheme: "https", authority: "api.example.com", path: "/"),
            repeatability: repeatability
        )
        request.reader = reader
        return (try await transport.send(request), base.times.count)
    }

    @Test(arguments: bodies, [200, 201, 204, 400, 403, 404, 409, 500])
    func `an answer is repeated as often as one that nobody reads on its way`(body: String, status: Int) async throws {
        for repeatability in [Repeatability.repeatable, .once] {
            let (plain, expected) = try await sent([answer(status, body)], reader: nil, repeatability: repeatability)
            for reader in [AnswerReader.json(Listing.self), .json(Anything.self)] {
                let (read, count) = try await sent([answer(status, body)], reader: reader, repeatability: repeatability)
                #expect(count == expected)
                #expect(read.body == plain.body && read.wasRepeated == plain.wasRepeated)
            }
        }
    }

    @Test(arguments: bodies)
    func `it says the same as if it were read at the end, or fails for the same reason`(body: String) async throws {
        let plain = Result { try answer(200, body).read(as: Listing.self).results }
        let read = try await sent([answer(200, body)], reader: .json(Listing.self)).0
        let result = Result { try read.read(as: Listing.self).results }
        switch (plain, result) {
        case (.success(let expected), .success(let found)): #expect(found == expected)
        case (.failure(let expected), .failure(let found)): #expect("\(found)" == "\(expected)")
        default: Issue.record("\(plain) became \(result)")
        }
    }

    @Test func `a cut answer is asked for again, and a whole one is read once`() async throws {
        let answers = [answer(200, #"{"results":[1"#), answer(200, "<html>"), answer(200, #"{"results":[1,2]}"#)]
        let (response, requests) = try await sent(answers, reader: .json(Counted.self))
        #expect(requests == 3)
        #expect(try response.read(as: Counted.self).listing.results == [1, 2])
        #expect(Counted.readings.withLock(\.self) == 1)
    }
}
