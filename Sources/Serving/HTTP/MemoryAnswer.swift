import HTTPTypes
import Hummingbird
import NIOCore

/// An answer that is there as a whole.
struct MemoryAnswer: Sendable {
    var status: HTTPResponse.Status
    var headers: HTTPFields
    /// Nil for answers that have none.
    var body: ByteBuffer?

    init(status: HTTPResponse.Status, headers: HTTPFields, body: ByteBuffer? = nil) {
        (self.status, self.headers, self.body) = (status, headers, body)
        if let body { self.headers[.contentLength] = String(body.readableBytes) }
    }

    var head: HTTPResponse { HTTPResponse(status: status, headerFields: headers) }

    var response: Response {
        Response(status: status, headers: headers, body: body.map { ResponseBody(byteBuffer: $0) } ?? ResponseBody())
    }
}
