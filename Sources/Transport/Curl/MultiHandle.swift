import CCurl

/// Owns one `CURLM`, the handle that drives many transfers and keeps their connections.
///
/// Unchecked because the compiler cannot see that only the event loop's thread uses it, `wakeUp` apart, which libcurl
/// allows from any thread. It lives as long as anyone may still call that.
final class MultiHandle: @unchecked Sendable {
    let pointer: UnsafeMutableRawPointer

    init?(connectionsPerHost: Int) {
        guard CurlLibrary.isReady, let pointer = curl_multi_init() else { return nil }
        self.pointer = pointer
        let options = [
            (CURLMOPT_PIPELINING, Int(CURLPIPE_MULTIPLEX)),
            (CURLMOPT_MAX_HOST_CONNECTIONS, max(1, connectionsPerHost)),
        ]
        for (option, value) in options where ccurl_multi_set_long(pointer, option, value) != CURLM_OK { return nil }
    }

    deinit { CurlLibrary.use { _ = curl_multi_cleanup(pointer) } }

    /// Lets a `wait` in progress, or else the next one, return at once.
    func wakeUp() {
        // It can fail only where the pipe is full, and then the thread is about to wake.
        _ = curl_multi_wakeup(pointer)
    }

    /// Waits until a transfer can go on, a time-out of libcurl's is due, or someone calls `wakeUp`.
    func wait() -> CURLMcode { curl_multi_poll(pointer, nil, 0, 60_000, nil) }
}
