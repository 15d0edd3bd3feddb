import CCurl
import Foundation

/// A call to libcurl that failed.
struct CurlError: Error {
    var code: CURLcode
    /// In libcurl's words.
    var reason: String

    init(_ code: CURLcode, detail: String = "") {
        self.code = code
        reason = detail.isEmpty ? String(cString: curl_easy_strerror(code)) : detail
    }
}

/// Owns one `CURL` handle and what libcurl wants to find in place while it lives: header lines and the error text.
final class EasyHandle {
    let pointer: UnsafeMutableRawPointer
    private var headerLines: UnsafeMutablePointer<curl_slist>?
    private let errorText: UnsafeMutablePointer<CChar>

    init() throws(CurlError) {
        guard let pointer = curl_easy_init() else { throw CurlError(CURLE_OUT_OF_MEMORY) }
        self.pointer = pointer
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        try check(ccurl_set_pointer(pointer, CURLOPT_ERRORBUFFER, errorText))
    }

    deinit {
        curl_easy_cleanup(pointer)
        curl_slist_free_all(headerLines)
        errorText.deallocate()
    }

    func set(_ option: CURLoption, _ value: Int) throws(CurlError) { try check(ccurl_set_long(pointer, option, value)) }

    func set(_ option: CURLoption, _ value: Bool) throws(CurlError) { try set(option, value ? 1 : 0) }

    /// libcurl keeps a copy of the text.
    func set(_ option: CURLoption, _ value: String) throws(CurlError) {
        try check(ccurl_set_string(pointer, option, value))
    }

    /// In milliseconds, and at least one: to libcurl none means no limit.
    func set(_ option: CURLoption, milliseconds value: Duration) throws(CurlError) {
        try set(option, max(1, value.milliseconds))
    }

    /// Sets a callback and the object that it finds in its last argument; libcurl does not retain the object.
    func set(
        _ option: CURLoption,
        _ callback: @escaping curl_write_callback,
        for object: AnyObject,
        in dataOption: CURLoption
    ) throws(CurlError) {
        try check(ccurl_set_callback(pointer, option, callback))
        try check(ccurl_set_pointer(pointer, dataOption, Unmanaged.passUnretained(object).toOpaque()))
    }

    /// Sets what is called each time that the request is about to be sent: 0 lets it go.
    func set(
        prerequest callback: @escaping ccurl_prerequest_callback,
        for object: AnyObject
    ) throws(CurlError) {
        try check(ccurl_set_prerequest(pointer, callback, Unmanaged.passUnretained(object).toOpaque()))
    }

    /// libcurl keeps a copy of the body.
    func set(body: Data) throws(CurlError) {
        try check(ccurl_set_offset(pointer, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)))
        // Without bytes there may be no address, and to libcurl that means no body instead of an empty one.
        let bytes = body.isEmpty ? Data([0]) : body
        let code = bytes.withUnsafeBytes { bytes in
            ccurl_set_pointer(pointer, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: bytes.baseAddress))
        }
        try check(code)
    }

    func set(headerLines lines: [String]) throws(CurlError) {
        for line in lines {
            guard let extended = curl_slist_append(headerLines, line) else { throw CurlError(CURLE_OUT_OF_MEMORY) }
            headerLines = extended
        }
        try check(ccurl_set_list(pointer, CURLOPT_HTTPHEADER, headerLines))
    }

    func allowOnlyHTTP() throws(CurlError) { try check(ccurl_allow_only_http(pointer)) }

    /// Why the transfer ended with `code`.
    func error(_ code: CURLcode) -> CurlError { CurlError(code, detail: String(cString: errorText)) }

    /// The status of the last answer; 0 where there was none.
    var status: Int {
        var status = 0
        return ccurl_get_long(pointer, CURLINFO_RESPONSE_CODE, &status) == CURLE_OK ? status : 0
    }

    /// Whether the request was on its way, so that the service may have carried it out.
    var wasSent: Bool {
        var microseconds: curl_off_t = 0
        // Better to think a request sent that was not than the other way round.
        guard ccurl_get_offset(pointer, CURLINFO_PRETRANSFER_TIME_T, &microseconds) == CURLE_OK else { return true }
        return microseconds > 0
    }

    private func check(_ code: CURLcode) throws(CurlError) {
        guard code == CURLE_OK else { throw error(code) }
    }
}
