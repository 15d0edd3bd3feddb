import CCurl

/// The transfers under way on one multi handle; used by the event loop's thread alone.
struct TransferSet: ~Copyable {
    private let multi: MultiHandle
    private var transfers: [UnsafeMutableRawPointer: Transfer] = [:]

    init(_ multi: MultiHandle) { self.multi = multi }

    mutating func start(_ order: TransferOrder) {
        do throws(CurlError) {
            let transfer = try Transfer(order)
            guard curl_multi_add_handle(multi.pointer, transfer.handle.pointer) == CURLM_OK else {
                throw CurlError(CURLE_FAILED_INIT)
            }
            transfers[transfer.handle.pointer] = transfer
        } catch {
            let refusal = TransportError.refused(location: order.request.location, reason: error.reason)
            order.continuation.resume(returning: .failure(refusal))
        }
    }

    /// Ends the transfer of a ticket, if it is still under way.
    mutating func cancel(_ ticket: TransferTicket) {
        guard let (handle, _) = transfers.first(where: { $0.value.order.ticket === ticket }) else { return }
        end(handle) { _ in .failure(.cancelled) }
    }

    mutating func endAll(_ result: (Transfer) -> TransferResult) {
        for handle in Array(transfers.keys) { end(handle, result) }
    }

    /// Moves what can be moved without waiting, and answers the transfers that are done.
    mutating func perform() -> CURLMcode {
        var running: Int32 = 0
        let code = curl_multi_perform(multi.pointer, &running)
        guard code == CURLM_OK else { return code }
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi.pointer, &left) {
            // The message dies with its handle's removal.
            let (kind, handle, code) = (message.pointee.msg, message.pointee.easy_handle, message.pointee.data.result)
            if kind == CURLMSG_DONE, let handle { end(handle) { $0.result(code) } }
        }
        return code
    }

    private mutating func end(_ handle: UnsafeMutableRawPointer, _ result: (Transfer) -> TransferResult) {
        guard let transfer = transfers.removeValue(forKey: handle) else { return }
        let result = result(transfer)
        // It fails only for handles that are none or are in another set; there is nothing left to undo then.
        _ = curl_multi_remove_handle(multi.pointer, handle)
        transfer.order.continuation.resume(returning: result)
    }
}
