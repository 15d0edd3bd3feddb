import CCurl
import Foundation

/// libcurl as a whole: its preparation of the process, and its peace when the process exits.
enum CurlLibrary {
    /// Whether libcurl could be prepared; done once and never undone.
    static let isReady: Bool = {
        guard curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK else { return false }
        // At exit libcrypto takes down what a thread in a TLS transfer still uses, which would crash. Handlers run in
        // reverse order: this one comes before libcrypto's, waits until no thread is in libcurl, and lets none in again.
        return atexit { CurlLibrary.gate.lock() } == 0
    }()

    private static let gate = NSLock()

    /// Runs work that moves bytes; never returns once the process exits.
    static func use<Result>(_ work: () -> Result) -> Result { gate.withLock(work) }
}
