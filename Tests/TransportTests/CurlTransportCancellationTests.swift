import TestSupport
import Testing
import Transport

struct CurlTransportCancellationTests {
    /// A server that never answers, and what it notices.
    private enum Sight {
        case arrived, closed
    }

    private func silentServer() throws -> (LoopbackServer, AsyncStream<Sight>) {
        let (sights, sight) = AsyncStream.makeStream(of: Sight.self)
        let server = try LoopbackServer { connection in
            _ = connection.request()
            sight.yield(.arrived)
            connection.waitForClose()
            sight.yield(.closed)
        }
        return (server, sights)
    }

    @Test func `cancelling a request under way ends its transfer`() async throws {
        let (server, sights) = try silentServer()
        let transport = CurlTransport()
        let task = Task { try await transport.send(OutgoingRequest(to: server)).status }
        var iterator = sights.makeAsyncIterator()
        #expect(await iterator.next() == .arrived)
        task.cancel()
        await #expect(throws: TransportError.cancelled) { try await task.value }
        #expect(await iterator.next() == .closed)
    }

    @Test func `a request of a cancelled task is not sent`() async throws {
        let (server, _) = try silentServer()
        let transport = CurlTransport()
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await transport.send(OutgoingRequest(to: server)).status
        }
        await #expect(throws: TransportError.cancelled) { try await task.value }
        #expect(server.connectionCount == 0)
    }

    @Test func `cancelling at any moment ends every request once`() async throws {
        let server = try LoopbackServer { connection in
            while connection.request() != nil { connection.answer() }
        }
        let transport = CurlTransport()
        for _ in 0..<100 {
            let task = Task { try await transport.send(OutgoingRequest(to: server)).status }
            await Task.yield()
            task.cancel()
            switch await task.result {
            case .success(let status): #expect(status == 200)
            case .failure(let error): #expect(error as? TransportError == .cancelled)
            }
        }
        #expect(try await transport.send(OutgoingRequest(to: server)).status == 200)
    }

    @Test func `closing cancels what is under way and refuses what comes later`() async throws {
        let (server, sights) = try silentServer()
        let transport = CurlTransport()
        let task = Task { try await transport.send(OutgoingRequest(to: server)).status }
        var iterator = sights.makeAsyncIterator()
        #expect(await iterator.next() == .arrived)
        transport.close()
        transport.close()
        await #expect(throws: TransportError.cancelled) { try await task.value }
        #expect(await iterator.next() == .closed)
        let refusal = TransportError.refused(
            location: "http://127.0.0.1:\(server.port)/",
            reason: "the HTTP transport is closed"
        )
        await #expect(throws: refusal) { try await transport.send(OutgoingRequest(to: server)) }
    }

    @Test func `a transport that nobody holds any more closes its connections`() async throws {
        let (closings, closing) = AsyncStream.makeStream(of: Void.self)
        let server = try LoopbackServer { connection in
            while connection.request() != nil { connection.answer() }
            closing.yield()
        }
        #expect(try await CurlTransport().send(OutgoingRequest(to: server)).status == 200)
        var iterator = closings.makeAsyncIterator()
        #expect(await iterator.next() != nil)
    }
}
