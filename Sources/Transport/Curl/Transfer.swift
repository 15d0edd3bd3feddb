import CCurl
import Foundation
import HTTPTypes

/// One request under way; lives on the event loop's thread.
final class Transfer {
    let order: TransferOrder
    let handle: EasyHandle
    private var head = ResponseHeadParser()
    private var body = Data()
    private var receivedBytes = 0
    private var isTooLarge = false
    /// How often libcurl began to send it: on a connection used before it repeats by itself what got no answer.
    private var sendings = 0

    /// Prepares the transfer; nothing is sent before the handle joins a multi handle.
    init(_ order: TransferOrder) throws(CurlError) {
        self.order = order
        handle = try EasyHandle()
        try setLimits()
        try setTrust()
        try setRequest()
        try setCallbacks()
    }

    /// What became of the request, once libcurl is done with it.
    func result(_ code: CURLcode) -> TransferResult {
        if isTooLarge {
            return .failure(.tooLarge(location: order.request.location, limit: order.configuration.responseLimit))
        }
        guard code == CURLE_OK else { return .failure(failure(handle.error(code))) }
        guard let head = head.response(status: handle.status) else {
            return .failure(.interrupted(location: order.request.location, reason: "the answer has no complete head"))
        }
        return .success(IncomingResponse(head: head, body: body, wasRepeated: sendings > 1))
    }

    private func failure(_ error: CurlError) -> TransportError {
        let (request, file) = (order.request, order.configuration.certificateFile)
        // A second try may end before it was sent, and the first was not.
        let wasSent = handle.wasSent || sendings > 0
        return TransportError(error, location: request.location, wasSent: wasSent, certificateFile: file)
    }

    private func setLimits() throws(CurlError) {
        let configuration = order.configuration
        // Signals belong to the process, and libcurl has a thread for name resolution, so it needs none.
        try handle.set(CURLOPT_NOSIGNAL, true)
        try handle.allowOnlyHTTP()
        try handle.set(CURLOPT_FOLLOWLOCATION, false)
        try handle.set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds: configuration.timeouts.connect)
        try handle.set(CURLOPT_TIMEOUT_MS, milliseconds: configuration.timeouts.total)
        try handle.set(CURLOPT_LOW_SPEED_LIMIT, 1)
        try handle.set(CURLOPT_LOW_SPEED_TIME, max(1, (configuration.timeouts.stall.milliseconds + 999) / 1000))
        try handle.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
        // Better one more stream on a connection that is being made than one more connection. Without TLS there is no
        // HTTP/2, and the wait would be in vain.
        try handle.set(CURLOPT_PIPEWAIT, order.target.isEncrypted)
        // On a connection used before, libcurl repeats by itself what got no answer.
        try handle.set(CURLOPT_FRESH_CONNECT, order.request.repeatability == .once)
        if order.target.isLoopback { try handle.set(CURLOPT_NOPROXY, "*") }
    }

    private func setTrust() throws(CurlError) {
        try handle.set(CURLOPT_SSL_VERIFYPEER, true)
        try handle.set(CURLOPT_SSL_VERIFYHOST, 2)
        try handle.set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        if let file = order.configuration.certificateFile {
            try handle.set(CURLOPT_CAINFO, file)
            try handle.set(CURLOPT_PROXY_CAINFO, file)
        }
        if let folder = order.configuration.certificateFolder {
            try handle.set(CURLOPT_CAPATH, folder)
            try handle.set(CURLOPT_PROXY_CAPATH, folder)
        }
    }

    private func setRequest() throws(CurlError) {
        let (head, body) = (order.request.head, order.request.body)
        try handle.set(CURLOPT_URL, order.target.url)
        // What is asked for is what was written: no id is taken for a step upwards.
        try handle.set(CURLOPT_PATH_AS_IS, true)
        try handle.set(CURLOPT_USERAGENT, order.configuration.userAgent)
        // All encodings that libcurl can undo.
        try handle.set(CURLOPT_ACCEPT_ENCODING, "")
        if let body {
            try handle.set(body: body)
        } else if [.post, .put, .patch].contains(head.method) {
            // So that "Content-Length: 0" is said; some servers insist on it.
            try handle.set(body: Data())
        }
        if head.method == .head { try handle.set(CURLOPT_NOBODY, true) }
        try handle.set(CURLOPT_CUSTOMREQUEST, head.method.rawValue)
        try handle.set(headerLines: headerLines(of: head.headerFields))
    }

    private func headerLines(of fields: HTTPFields) -> [String] {
        var lines = fields.map { field in
            field.value.isEmpty ? "\(field.name.rawName);" : "\(field.name.rawName): \(field.value)"
        }
        // A name without value takes away what libcurl would add: a pause to ask whether the body is welcome, and the
        // claim that it is a form.
        lines.append("Expect:")
        if fields[.contentType] == nil { lines.append("Content-Type:") }
        return lines
    }

    private func setCallbacks() throws(CurlError) {
        try handle.set(
            CURLOPT_WRITEFUNCTION,
            { bytes, size, count, transfer in
                Transfer.received(bytes, size * count, by: transfer) { transfer, bytes in
                    transfer.body.append(contentsOf: bytes)
                }
            },
            for: self,
            in: CURLOPT_WRITEDATA
        )
        try handle.set(
            CURLOPT_HEADERFUNCTION,
            { bytes, size, count, transfer in
                Transfer.received(bytes, size * count, by: transfer) { transfer, bytes in
                    transfer.head.append(line: String(decoding: bytes, as: UTF8.self))
                }
            },
            for: self,
            in: CURLOPT_HEADERDATA
        )
        try handle.set(
            prerequest: { transfer, _, _, _, _ in
                guard let transfer else { return 0 }
                Unmanaged<Transfer>.fromOpaque(transfer).takeUnretainedValue().sendings += 1
                return 0
            },
            for: self
        )
    }

    /// Hands bytes from libcurl to the transfer.
    ///
    /// - Returns: how many were taken; fewer than there are ends the transfer.
    private static func received(
        _ bytes: UnsafeMutablePointer<CChar>?,
        _ count: Int,
        by transfer: UnsafeMutableRawPointer?,
        take: (Transfer, UnsafeRawBufferPointer) -> Void
    ) -> Int {
        guard count > 0 else { return 0 }
        guard let bytes, let transfer else { return 0 }
        let object = Unmanaged<Transfer>.fromOpaque(transfer).takeUnretainedValue()
        object.receivedBytes += count
        guard object.receivedBytes <= object.order.configuration.responseLimit else {
            object.isTooLarge = true
            return 0
        }
        take(object, UnsafeRawBufferPointer(start: bytes, count: count))
        return count
    }
}
