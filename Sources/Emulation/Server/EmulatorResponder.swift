import Glibc
import HTTPTypes
import Hummingbird
import NIOCore

/// A request with the connection that it came over.
struct EmulatorContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }
}

/// Between HTTP and the emulator: reads requests whole, and makes connections fail as faults ask for.
struct EmulatorResponder: HTTPResponder {
    let emulator: Emulator

    func respond(to request: Request, context: EmulatorContext) async throws -> Response {
        var headers: [String: String] = [:]
        for field in request.headers { headers[field.name.canonicalName] = field.value }
        let body = try await request.body.collect(upTo: 64 << 20)
        let call = Call(
            method: request.method.rawValue,
            target: request.head.path ?? "/",
            headers: headers,
            body: Array(body.readableBytesView)
        )
        let (answer, fault) = emulator.handle(call)
        return try await respond(answer, fault, context.channel)
    }

    private func respond(_ answer: Answer, _ fault: Fault.Action?, _ channel: any Channel) async throws -> Response {
        switch fault {
        case .hang:
            await waitForClosing(channel)
            return Response(status: .internalServerError)
        case .resetBefore, .resetAfter:
            await reset(channel)
            return Response(status: .internalServerError)
        case .delay(let milliseconds): await pause(.milliseconds(Int64(milliseconds)), channel)
        case .truncate(let bytes): return truncated(answer, to: bytes, channel)
        case .drip(let bytes, let milliseconds):
            return dripping(answer, bytes: max(1, bytes), every: .milliseconds(Int64(milliseconds)), channel)
        case nil, .respond, .malformedBody, .misreport, .errorPage: break
        }
        return whole(answer)
    }

    private func whole(_ answer: Answer) -> Response {
        let body = answer.body.isEmpty ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body))
        var response = Response(status: .init(code: answer.status), headers: fields(answer), body: body)
        if answer.status == 304 || answer.status == 204 { response.headers[.contentLength] = nil }
        return response
    }

    private func fields(_ answer: Answer) -> HTTPFields {
        var fields = HTTPFields()
        for (name, value) in answer.headers {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        return fields
    }

    /// Says how long the body is, sends less, and ends the connection.
    private func truncated(_ answer: Answer, to bytes: Int, _ channel: any Channel) -> Response {
        let body = ResponseBody(contentLength: answer.body.count) { writer in
            try await writer.write(ByteBuffer(bytes: answer.body.prefix(bytes)))
            try await channel.close()
        }
        return Response(status: .init(code: answer.status), headers: fields(answer), body: body)
    }

    private func dripping(_ answer: Answer, bytes: Int, every time: TimeAmount, _ channel: any Channel) -> Response {
        let body = ResponseBody(contentLength: answer.body.count) { writer in
            var rest = answer.body[...]
            while !rest.isEmpty {
                try await writer.write(ByteBuffer(bytes: rest.prefix(bytes)))
                rest = rest.dropFirst(bytes)
                if !rest.isEmpty { await pause(time, channel) }
            }
            try await writer.finish(nil)
        }
        return Response(status: .init(code: answer.status), headers: fields(answer), body: body)
    }

    /// Closes so that the client sees a reset, not an end.
    private func reset(_ channel: any Channel) async {
        let options = channel as? any SocketOptionProvider
        try? await options?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        try? await channel.close()
    }

    /// Ends with the connection, and that with the server.
    private func waitForClosing(_ channel: any Channel) async { try? await channel.closeFuture.get() }

    /// Waits, but not longer than the connection lasts.
    private func pause(_ time: TimeAmount, _ channel: any Channel) async {
        let promise = channel.eventLoop.makePromise(of: Void.self)
        let timer = channel.eventLoop.scheduleTask(in: time) { promise.succeed() }
        channel.closeFuture.whenComplete { _ in
            timer.cancel()
            promise.succeed()
        }
        try? await promise.futureResult.get()
    }
}
