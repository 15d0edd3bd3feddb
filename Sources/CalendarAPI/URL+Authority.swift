import Foundation

extension URL {
    /// Host and port as they stand in a request: an IPv6 address in brackets, the port only where it is written.
    var authority: String {
        let host = host() ?? ""
        let bracketed = host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
        return port.map { "\(bracketed):\($0)" } ?? bracketed
    }
}
